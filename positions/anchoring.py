"""Where the words of a piece of evidence stand in the text of its source. Pure.

The text quote and text position selectors of the W3C Web Annotation Data Model: places are counted in characters (code
points), not in the code units of a browser.
"""

from __future__ import annotations

from dataclasses import dataclass

from debate.locators import Locator, leading_time_code
from debate.paragraphs import holding, paragraphs

CONTEXT = 40  # characters kept before and after a quote


class NotInText(ValueError):
    """The place lies outside of the text, or holds no words."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The fields of `Evidence` of the same names; `end` is not included."""

    quote: str
    prefix: str
    suffix: str
    start: int
    end: int
    locator: str


class Numbered:
    """A text with its paragraphs, which are counted once for however many places."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.paragraphs = paragraphs(text)

    def anchor(self, start: int, end: int) -> Anchor:
        """The words from start to end without the spaces around them and a time before them; raises NotInText."""
        if not 0 <= start < end <= len(self.text):
            raise NotInText(f"{start}–{end} is no place in a text of {len(self.text)} characters.")
        chosen = self.text[start:end]
        start, end = self._behind_time_code(start + len(chosen) - len(chosen.lstrip())), start + len(chosen.rstrip())
        if start >= end:
            raise NotInText(f"There are no words from {start} to {end}.")
        return Anchor(
            quote=self.text[start:end],
            prefix=self.text[max(0, start - CONTEXT) : start],
            suffix=self.text[end : end + CONTEXT],
            start=start,
            end=end,
            locator=self._locator(start, end),
        )

    def _behind_time_code(self, start: int) -> int:
        paragraph = holding(self.paragraphs, start)
        found = leading_time_code(paragraph.of(self.text)) if paragraph else None
        return max(start, paragraph.start + found.length) if paragraph and found else start

    def _locator(self, start: int, end: int) -> str:
        """The time where all paragraphs have one, else their numbers."""
        first, last = holding(self.paragraphs, start), holding(self.paragraphs, end - 1)
        assert first and last  # both are words of the text
        touched = self.paragraphs[first.number - 1 : last.number]
        codes = [found for one in touched if (found := leading_time_code(one.of(self.text)))]
        if len(codes) == len(touched):
            begins, ends = codes[0].locator.spans[0][0], max(code.locator.last for code in codes)
            return str(Locator("second", ((begins, ends),)))
        return f"¶ {first.number}" if first == last else f"¶ {first.number}–{last.number}"


def anchor(text: str, start: int, end: int) -> Anchor:
    return Numbered(text).anchor(start, end)
