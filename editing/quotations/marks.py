"""What stands in quotation marks in a text. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from debate.paragraphs import Paragraph, paragraphs

DOUBLE = '“"«'
SINGLE = "‘'"
CORNERS = "「『"
_CLOSING = {"“": "”", '"': '"', "‘": "’", "'": "'", "「": "」", "『": "』", "«": "»"}
_STOPS = (",", ".", ";", "")  # a mark before one of them is no apostrophe


@dataclass(frozen=True, slots=True)
class Quoted:
    """The words from start to end, without their marks, of which the first is `mark`; `after` is behind the last."""

    start: int
    end: int
    after: int
    mark: str

    @property
    def before(self) -> int:
        return self.start - 1


def quoted(text: str) -> list[Quoted]:
    """The outermost ones. Where a paragraph leaves one open and the next begins with its mark, it goes on there."""
    found: list[Quoted] = []
    several = paragraphs(text)
    number = 0
    while number < len(several):
        *closed, last = _in_paragraph(text, several[number])
        found += [one for one in closed if one]
        if last is not None:
            ended, number = _going_on(text, several, number, last)
            found += [ended] if ended else []
        number += 1
    return found


def _in_paragraph(text: str, paragraph: Paragraph) -> Iterator[Quoted | None]:
    """And at last the one that is not closed, or None."""
    place = paragraph.start
    while place < paragraph.end:
        mark = text[place]
        if mark in _CLOSING and _opens(text, place):
            close = _closing(text, place + 1, paragraph.end, mark)
            if close is not None:
                yield Quoted(place + 1, close, close + 1, mark)
                place = close
            elif mark in DOUBLE:
                yield Quoted(place + 1, paragraph.end, paragraph.end, mark)
                return
        place += 1
    yield None


def _going_on(text: str, several: Sequence[Paragraph], number: int, begun: Quoted) -> tuple[Quoted | None, int]:
    """The whole of what was left open, and the paragraph in which it ends; None where nothing closes it."""
    for later in range(number + 1, len(several)):
        paragraph = several[later]
        if text[paragraph.start] != begun.mark:
            break
        close = _closing(text, paragraph.start + 1, paragraph.end, begun.mark)
        if close is not None:
            return Quoted(begun.start, close, close + 1, begun.mark), later
    return None, number


def _opens(text: str, place: int) -> bool:
    """A straight mark, and an apostrophe that looks like an opening one, stand within or behind words, too."""
    before, behind = text[place - 1 : place], text[place + 1 : place + 2]
    if not behind or behind.isspace():
        return False
    return text[place] in CORNERS + "“«" or not (before.isalnum() or before in (",", ".", "’"))


def _closing(text: str, start: int, end: int, mark: str) -> int | None:
    closing = _CLOSING[mark]
    if mark in SINGLE:
        return _closing_single(text, start, end, closing)
    depth, place = 1, start
    while place < end:
        if text[place] == closing:
            depth -= 1
        elif text[place] == mark:
            depth += 1
        if depth == 0:
            return place
        place += 1
    return None


def _closing_single(text: str, start: int, end: int, closing: str) -> int | None:
    """The first that can't be an apostrophe; that of “tenants’ rights” is not told from one."""
    possible = [place for place in range(start, end) if text[place] == closing and not _is_within_a_word(text, place)]
    surely = (place for place in possible if text[place - 1] in ",.?!…" or text[place + 1 : place + 2] in _STOPS)
    return next(surely, possible[0] if possible else None)


def _is_within_a_word(text: str, place: int) -> bool:
    before, behind = text[place - 1], text[place + 1 : place + 2]
    return before.isascii() and before.isalnum() and behind.isascii() and behind.isalnum()
