"""Dates of which only a part is known, written in EDTF.

Accepted: level 0 dates whose digits may be ``X`` where unknown (``2025``, ``2025-02``, ``XXXX-XX-12``, ``20XX``) and
intervals of them, of which one end may be open (``2024-05/..``, "still") or unknown (``2024-05/``).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Self

from django.utils import formats
from django.utils.translation import gettext

_DAY = re.compile(r"([0-9X]{4})(?:-([0-9X]{2})(?:-([0-9X]{2}))?)?")
_EXAMPLES = "2025, 2025-02, 2025-02-12, XXXX-XX-12, 2024-05/2025-01, 2024-05/.. (still), 2024-05/ (end unknown)"
OPEN = ".."
UNKNOWN = ""


class PartialDateError(ValueError):
    """The text is no date this record keeps; the message says what would be."""


@dataclass(frozen=True, slots=True)
class Day:
    """A year, month or day; digits that are not known are ``X``, parts that are not written are empty."""

    year: str
    month: str = ""
    day: str = ""

    @classmethod
    def parse(cls, text: str) -> Self:
        match = _DAY.fullmatch(text)
        if match is None:
            raise PartialDateError(f"{text!r} is not a date. Write for example {_EXAMPLES}.")
        day = cls(*(part or "" for part in match.groups()))
        if day._first(latest=False) is None:
            raise PartialDateError(f"{text!r} is on no calendar. Write for example {_EXAMPLES}.")
        return day

    def __str__(self) -> str:
        return "-".join(part for part in (self.year, self.month, self.day) if part)

    @property
    def earliest(self) -> date | None:
        """The first day it can be; None when nothing is known of the year."""
        return None if self.year == "XXXX" else self._first(latest=False)

    @property
    def latest(self) -> date | None:
        return None if self.year == "XXXX" else self._first(latest=True)

    def _first(self, *, latest: bool) -> date | None:
        """The first day that fits, counted from the end if `latest`; None when no day fits."""
        for year in _matching(self.year, range(1, 10_000), latest=latest):
            for month in _matching(self.month or "XX", range(1, 13), latest=latest):
                days = range(1, monthrange(year, month)[1] + 1)
                for day in _matching(self.day or "XX", days, latest=latest):
                    return date(year, month, day)
        return None

    def in_words(self) -> str:
        """In the active language, saying which parts are not given: "12th; month and year not given"."""
        if any("X" in part and part.strip("X") for part in (self.year, self.month, self.day)):
            return self._partly_known_in_words()
        year = self.year.lstrip("0") if self.year != "XXXX" else ""
        month = int(self.month) if self.month not in {"", "XX"} else 0
        day = int(self.day) if self.day not in {"", "XX"} else 0
        if year and month and day:
            return formats.date_format(date(int(year), month, day), "DATE_FORMAT")
        if year and month:
            return formats.date_format(date(int(year), month, 1), "YEAR_MONTH_FORMAT")
        if year and day:
            return gettext("%(day)s of a month in %(year)s; month not given") % {"day": _ordinal(day), "year": year}
        if month and day:
            month_and_day = formats.date_format(date(2000, month, day), "MONTH_DAY_FORMAT")
            return gettext("%(month_and_day)s; year not given") % {"month_and_day": month_and_day}
        if year:
            return gettext("%(year)s; month not given") % {"year": year} if self.month else _year(year)
        if month:
            return gettext("%(month)s; year not given") % {"month": formats.date_format(date(2000, month, 1), "F")}
        if day:
            return gettext("%(day)s; month and year not given") % {"day": _ordinal(day)}
        return gettext("not given")

    def _partly_known_in_words(self) -> str:
        if self.earliest is None or self.latest is None:
            return gettext("%(edtf)s (X: not known)") % {"edtf": str(self)}
        ends = {
            "earliest": formats.date_format(self.earliest, "DATE_FORMAT"),
            "latest": formats.date_format(self.latest, "DATE_FORMAT"),
        }
        return gettext("between %(earliest)s and %(latest)s") % ends


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A day, or an interval whose ends are a day, OPEN (``..``) or UNKNOWN (empty)."""

    start: Day | str
    end: Day | str | None = None

    def __str__(self) -> str:
        return str(self.start) if self.end is None else f"{self.start}/{self.end}"

    @property
    def earliest(self) -> date | None:
        return self.start.earliest if isinstance(self.start, Day) else None

    @property
    def latest(self) -> date | None:
        last = self.start if self.end is None else self.end
        return last.latest if isinstance(last, Day) else None

    def in_words(self) -> str:
        start = self.start.in_words() if isinstance(self.start, Day) else ""
        if self.end is None:
            return start
        end = self.end.in_words() if isinstance(self.end, Day) else ""
        if start and end:
            return gettext("%(start)s to %(end)s") % {"start": start, "end": end}
        if start and self.end == OPEN:
            return gettext("since %(start)s") % {"start": start}
        if start:
            return gettext("from %(start)s; end not given") % {"start": start}
        if self.start == OPEN:
            return gettext("until %(end)s") % {"end": end}
        return gettext("until %(end)s; start not given") % {"end": end}


@lru_cache(maxsize=4096)
def parse(text: str) -> PartialDate:
    """Raises PartialDateError, with what would be right, for anything else than the forms above."""
    start, slash, end = text.partition("/")
    if not slash:
        return PartialDate(Day.parse(start))
    interval = PartialDate(_end(start), _end(end))
    if not isinstance(interval.start, Day) and not isinstance(interval.end, Day):
        raise PartialDateError(f"{text!r} names neither a start nor an end. Leave the field empty instead.")
    if interval.earliest and interval.latest and interval.latest < interval.earliest:
        raise PartialDateError(f"{text!r} ends before it starts. Write the earlier date first.")
    return interval


def in_words(text: str) -> str:
    """The date in the active language; empty for the empty text, the text itself if it is no date."""
    try:
        return parse(text).in_words() if text else ""
    except PartialDateError:
        return text


def _end(text: str) -> Day | str:
    return text if text in {OPEN, UNKNOWN} else Day.parse(text)


def _matching(pattern: str, numbers: range, *, latest: bool) -> Iterable[int]:
    """Those of `numbers` whose digits fit `pattern`, in which X is any digit; lazily, from the wanted end."""
    if "X" not in pattern:
        return (int(pattern),) if int(pattern) in numbers else ()
    ordered = reversed(numbers) if latest else numbers
    expression = re.compile(pattern.replace("X", "[0-9]"))
    return (number for number in ordered if expression.fullmatch(f"{number:0{len(pattern)}}"))


def _year(year: str) -> str:
    return gettext("year %(year)s") % {"year": year}


def _ordinal(day: int) -> str:
    """1st, 2nd, 3rd, 4th ...; each ending is a message of its own, since other languages have one form."""
    number = {"number": day}
    if day in {11, 12, 13}:
        return gettext("%(number)sth") % number
    match day % 10:
        case 1:
            return gettext("%(number)sst") % number
        case 2:
            return gettext("%(number)snd") % number
        case 3:
            return gettext("%(number)srd") % number
    return gettext("%(number)sth") % number
