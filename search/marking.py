"""Marks in a text the words that a question found, in whatever form they stand there: pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from search import analysis, korean
from search.analysis import Place, Word
from search.language import AllOf, AnyOf, Node, Occur, Phrase, Prefix, Reading, Words

LENGTH = 240  # letters of an excerpt
_CUT = "…"


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class Sought:
    """What a question looks for: stems of words, runs of letters in scripts without spaces, and beginnings of words."""

    stems: frozenset[str] = frozenset()
    runs: tuple[str, ...] = ()
    beginnings: tuple[str, ...] = ()


def sought(reading: Reading) -> Sought:
    nodes = [clause.node for clause in reading.clauses if clause.occur is not Occur.EXCLUDED]
    words = [word for text in _texts(nodes) for word in analysis.words(text)]
    meant = [word for word in words if not word.is_common] or words
    return Sought(
        frozenset(token for word in meant if not analysis.is_paired(word.text) for token in _stems(word)),
        tuple({run: None for word in meant if (run := word.run)}),
        tuple(analysis.fold(node.text) for node in _flat(nodes) if isinstance(node, Prefix)),
    )


def marked(text: str, wanted: Sought) -> tuple[Piece, ...]:
    """The whole text in pieces; joined they are `text`."""
    return tuple(_pieces(text, _merged(_spans(text, wanted))))


def excerpt(text: str, wanted: Sought, length: int = LENGTH) -> tuple[Piece, ...]:
    """The part of `text`, of about so many letters, in which the most is marked; nothing where nothing is."""
    spans = _merged(_spans(text, wanted))
    if not spans:
        return ()
    start, end = _best_window(text, spans, length)
    within = [(first - start, last - start) for first, last in spans if first >= start and last <= end]
    pieces = list(_pieces(text[start:end], within))
    before = [Piece(_CUT)] if start else []
    after = [Piece(_CUT)] if end < len(text) else []
    return (*before, *pieces, *after)


def _texts(nodes: Iterable[Node]) -> Iterator[str]:
    for node in _flat(nodes):
        if isinstance(node, Words | Phrase):
            yield node.text


def _flat(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        if isinstance(node, AnyOf | AllOf):
            yield from _flat(node.parts)
        else:
            yield node


def _stems(word: Word) -> Iterator[str]:
    yield from (token for alternatives in word.needed for token in alternatives)
    yield from analysis.stems(word.phrase)


def _spans(text: str, wanted: Sought) -> Iterator[tuple[int, int]]:
    """Not in order, and some within others."""
    before: Place | None = None
    for place in analysis.places(text):
        if place.stems:
            if not wanted.stems.isdisjoint(place.stems) or place.text.startswith(wanted.beginnings):
                yield place.start, place.end
        else:
            yield from _runs(place, wanted)
            if before and not before.stems:
                yield from _across(before, place, wanted)
        before = place


def _runs(place: Place, wanted: Sought) -> Iterator[tuple[int, int]]:
    for run in wanted.runs:
        at = place.text.find(run)
        while at >= 0:
            yield place.start + at, place.start + at + len(run)
            at = place.text.find(run, at + len(run))
    for beginning in wanted.beginnings:
        if place.text.startswith(beginning):
            yield place.start, place.start + max(len(beginning), len(korean.stem(place.text)))


def _across(before: Place, place: Place, wanted: Sought) -> Iterator[tuple[int, int]]:
    """데이터 센터 for 데이터센터: two letters at least on either side."""
    for run in wanted.runs:
        for cut in range(2, len(run) - 1):
            if before.text.endswith(run[:cut]) and place.text.startswith(run[cut:]):
                yield before.end - cut, place.start + len(run) - cut


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _pieces(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[Piece]:
    done = 0
    for start, end in spans:
        if start > done:
            yield Piece(text[done:start])
        yield Piece(text[start:end], is_marked=True)
        done = end
    if done < len(text):
        yield Piece(text[done:])


def _best_window(text: str, spans: list[tuple[int, int]], length: int) -> tuple[int, int]:
    """From a beginning of a word to an end of one."""
    if len(text) <= length:
        return 0, len(text)
    first = max(spans, key=lambda span: sum(span[0] <= other[0] < span[0] + length * 3 // 4 for other in spans))
    start = max(0, first[0] - length // 4)
    end = min(len(text), max(start + length, first[1]))
    if start:
        start = min(text.find(" ", start) + 1 or start, first[0])
    if end < len(text):
        end = max(text.rfind(" ", start, end), first[1])
    return start, end
