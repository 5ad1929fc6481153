"""Where in a source something is: paragraphs, pages or a time.

Written ``¶ 12``, ``¶ 1, 4``, ``¶ 2–3``, ``p. 7``, ``p. 7–9``, ``00:12:30`` or ``00:12:30–00:13:05``. A paragraph of a
text may begin with its time in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.core.exceptions import ValidationError

type Unit = Literal["paragraph", "page", "second"]
_NUMBERED = re.compile(r"(?P<unit>¶¶?|§|para\.?|pp?\.)\s*(?P<spans>[0-9]+(?:\s*[-–,]\s*[0-9]+)*)")
_TIME = re.compile(r"(?:([0-9]{1,3}):)?([0-5]?[0-9]):([0-5][0-9])")
_TIME_CODE = re.compile(r"\[(?P<time>[0-9:\s–-]{4,24})\]\s*")
_EXAMPLES = "¶ 12, ¶ 2–3, ¶ 1, 4, p. 7, 00:12:30 or 00:12:30–00:13:05"


class LocatorError(ValueError):
    """The text says no place in a source; the message says what would."""


@dataclass(frozen=True, slots=True)
class Locator:
    """Numbers from first to last of each span, both included; seconds from the beginning for times."""

    unit: Unit
    spans: tuple[tuple[int, int], ...]

    def __str__(self) -> str:
        if self.unit == "second":
            return ", ".join(_span(_clock(first), _clock(last)) for first, last in self.spans)
        prefix = "¶" if self.unit == "paragraph" else "p."
        return f"{prefix} " + ", ".join(_span(str(first), str(last)) for first, last in self.spans)

    @property
    def last(self) -> int:
        return max(last for _first, last in self.spans)


def parse(text: str) -> Locator:
    """Raises LocatorError for a text of none of the forms above, or a span that ends before it begins."""
    text = text.strip()
    locator = _numbered(text) or _timed(text)
    if locator is None:
        raise LocatorError(f"{text!r} names no place in a source. Write for example {_EXAMPLES}.")
    if any(last < first for first, last in locator.spans):
        raise LocatorError(f"{text!r} ends before it begins. Write the lower number first.")
    if locator.unit != "second" and any(first == 0 for first, _last in locator.spans):
        raise LocatorError(f"{text!r}: paragraphs and pages are counted from 1.")
    return locator


@dataclass(frozen=True, slots=True)
class TimeCode:
    """A time at the beginning of a paragraph, `[00:12:30]` or `[00:12:30–00:13:05]`, and how many characters it is."""

    locator: Locator
    length: int


def time_code(locator: Locator) -> str:
    return f"[{locator}]"


def leading_time_code(paragraph: str) -> TimeCode | None:
    match = _TIME_CODE.match(paragraph)
    locator = _timed(match["time"].strip()) if match else None
    if match is None or locator is None or locator.spans[0][1] < locator.spans[0][0]:
        return None
    return TimeCode(locator, match.end())


def validate_locator(text: str) -> None:
    try:
        parse(text)
    except LocatorError as error:
        raise ValidationError(str(error), code="not_a_locator") from error


def _numbered(text: str) -> Locator | None:
    match = _NUMBERED.fullmatch(text)
    if match is None:
        return None
    unit: Unit = "page" if match["unit"].startswith("p") and not match["unit"].startswith("para") else "paragraph"
    return Locator(unit, tuple(_numbers(match["spans"])))


def _numbers(spans: str) -> Iterator[tuple[int, int]]:
    for span in spans.split(","):
        first, *rest = re.split("[-–]", span)
        yield int(first), int(rest[-1] if rest else first)


def _timed(text: str) -> Locator | None:
    ends = [_TIME.fullmatch(end.strip()) for end in re.split("[-–]", text)]
    if len(ends) > 2 or not all(ends):
        return None
    seconds = [_seconds(*(int(part or 0) for part in end.groups())) for end in ends if end]
    return Locator("second", ((seconds[0], seconds[-1]),))


def _seconds(hours: int, minutes: int, seconds: int) -> int:
    return hours * 3600 + minutes * 60 + seconds


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first}–{last}"
