"""What changed in a text, marked word by word: pure. Its cost is bounded, however long the texts are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import takewhile

MOST_COMPARED = 600_000  # pairs of words, or of lines: about a tenth of a second
AROUND = 120  # characters that are shown on each side of what changed
MOST_SHOWN = 4_000  # characters of what came or went at one place

_WORD = re.compile(r"\s+|\w+|[^\w\s]")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


class Kind(StrEnum):
    SAME = "same"
    GONE = "gone"
    NEW = "new"
    SKIPPED = "skipped"  # stands for text that is not shown


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    kind: Kind


def marked(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces that both have and those that only one has, with what lies far from any change left out."""
    pieces = list(_joined(_compared(before, after)))
    return tuple(part for number, piece in enumerate(pieces) for part in _shortened(piece, number, len(pieces)))


def _compared(before: str, after: str) -> Iterator[Piece]:
    if (by_word := _few(_WORD.findall(before), _WORD.findall(after))) is not None:
        yield from by_word
    elif (by_line := _few(_LINE.findall(before), _LINE.findall(after))) is not None:
        yield from _words_within(list(_joined(by_line)))
    else:
        yield Piece(before, Kind.GONE)
        yield Piece(after, Kind.NEW)


def _words_within(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Where lines were replaced by others, their words compared, if they are few enough."""
    skips = False
    for piece, following in zip(pieces, [*pieces[1:], None], strict=True):
        if skips:
            skips = False
        elif following is not None and (piece.kind, following.kind) == (Kind.GONE, Kind.NEW):
            words = _few(_WORD.findall(piece.text), _WORD.findall(following.text))
            yield from words if words is not None else (piece, following)
            skips = True
        else:
            yield piece


def _few(before: Sequence[str], after: Sequence[str]) -> list[Piece] | None:
    """None where they are too many to be compared."""
    start = _common(zip(before, after, strict=False))
    shorter = min(len(before), len(after)) - start
    end = min(shorter, _common(zip(reversed(before), reversed(after), strict=False)))
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    if len(old) * len(new) > MOST_COMPARED:
        return None
    head, tail = "".join(before[:start]), "".join(before[len(before) - end :])
    return [Piece(head, Kind.SAME), *_aligned(old, new), Piece(tail, Kind.SAME)]


def _common(pairs: Iterator[tuple[str, str]]) -> int:
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _aligned(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    for tag, at, until, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("".join(old[at:until]), Kind.SAME)
        else:
            yield Piece("".join(old[at:until]), Kind.GONE)
            yield Piece("".join(new[start:end]), Kind.NEW)


def _joined(pieces: Iterator[Piece] | Sequence[Piece]) -> Iterator[Piece]:
    """Neighbours of one kind as one; a blank alone between two changes belongs to them."""
    gone, new, same = "", "", ""
    for piece in pieces:
        if not piece.text:
            continue
        if piece.kind is Kind.SAME:
            same += piece.text
            continue
        if same and (same.strip() or not (gone or new)):
            yield from _pair(gone, new)
            yield Piece(same, Kind.SAME)
            gone = new = ""
        elif same:
            gone, new = gone + same, new + same
        same = ""
        gone, new = gone + piece.text * (piece.kind is Kind.GONE), new + piece.text * (piece.kind is Kind.NEW)
    yield from _pair(gone, new)
    if same:
        yield Piece(same, Kind.SAME)


def _pair(gone: str, new: str) -> Iterator[Piece]:
    if gone:
        yield Piece(gone, Kind.GONE)
    if new:
        yield Piece(new, Kind.NEW)


def _shortened(piece: Piece, number: int, count: int) -> Iterator[Piece]:
    text, kind = piece.text, piece.kind
    if kind is not Kind.SAME:
        yield Piece(text[:MOST_SHOWN], kind)
        if len(text) > MOST_SHOWN:
            yield Piece("…", Kind.SKIPPED)
        return
    head, tail = AROUND if number else 0, AROUND if number < count - 1 else 0
    if len(text) <= head + tail + AROUND:
        yield piece
        return
    if head:
        yield Piece(text[:head], Kind.SAME)
    yield Piece("…", Kind.SKIPPED)
    if tail:
        yield Piece(text[-tail:], Kind.SAME)
