"""Where the words of a piece of evidence stand in the text of its source. Pure.

The text quote and text position selectors of the W3C Web Annotation Data Model: places are counted in characters (code
points), not in the code units of a browser.
"""

from __future__ import annotations

from dataclasses import dataclass

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


def anchor(text: str, start: int, end: int) -> Anchor:
    """The words from start to end without the spaces around them; raises NotInText."""
    if not 0 <= start < end <= len(text):
        raise NotInText(f"{start}–{end} is no place in a text of {len(text)} characters.")
    chosen = text[start:end]
    start, end = start + len(chosen) - len(chosen.lstrip()), end - len(chosen) + len(chosen.rstrip())
    if start >= end:
        raise NotInText(f"There are no words from {start} to {end}.")
    return Anchor(
        quote=text[start:end],
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
        start=start,
        end=end,
        locator=_locator(text, start, end),
    )


def _locator(text: str, start: int, end: int) -> str:
    several = paragraphs(text)
    first, last = holding(several, start), holding(several, end - 1)
    assert first and last  # both are words of the text
    return f"¶ {first.number}" if first == last else f"¶ {first.number}–{last.number}"
