"""The paragraphs of a source's text: what blank lines part, numbered from 1. Pure.

Places are counted in characters (code points) from the beginning of the text, the end not included.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

_PARAGRAPH = re.compile(r"\S(?:.|\n(?![^\S\n]*\n))*")


@dataclass(frozen=True, slots=True)
class Paragraph:
    number: int
    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]


def paragraphs(text: str) -> list[Paragraph]:
    """Of a text whose lines end in ``\\n``; spaces around a paragraph are not a part of it."""
    found = (match.span() for match in _PARAGRAPH.finditer(text))
    return [
        Paragraph(number, start, start + len(text[start:end].rstrip()))
        for number, (start, end) in enumerate(found, start=1)
    ]


def holding(several: Sequence[Paragraph], place: int) -> Paragraph | None:
    """The paragraph that a place is in or, between two, the one before it; None before the first."""
    number = bisect_right(several, place, key=lambda paragraph: paragraph.start)
    return several[number - 1] if number else None
