"""Debates by the year that they were held in, as far as their dates tell it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Count, Q
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext as _

from debate.models import EventQuerySet

UNKNOWN = "unknown"
_DIGITS = 4
type Reach = tuple[int | None, int | None, int]


def known_year(text: str) -> str:
    """`text`, if it is empty, a year or that none is known; raises ValueError otherwise."""
    is_year = len(text) == _DIGITS and text.isascii() and text.isdigit() and text.strip("0")
    if not text or text == UNKNOWN or is_year:
        return text
    message = _("“year=%(value)s” is no year. Write four digits, as in year=2025, or year=unknown.")
    raise ValueError(message % {"value": text[:40]})


def within(year: str) -> Q:
    """Those that may have been held in `year`, or of which no day is known; all if it is empty."""
    if not year:
        return Q()
    undated = Q(date_earliest=None, date_latest=None)
    if year == UNKNOWN:
        return undated
    begun = Q(date_earliest=None) | Q(date_earliest__lte=date(int(year), 12, 31))
    not_over = Q(date_latest=None) | Q(date_latest__gte=date(int(year), 1, 1))
    return begun & not_over & ~undated


def reaches(events: EventQuerySet) -> list[Reach]:
    """From which year to which the dates reach, and how many debates' do; one query."""
    bounds = events.order_by().annotate(first=ExtractYear("date_earliest"), last=ExtractYear("date_latest"))
    return list(bounds.values_list("first", "last").annotate(Count("pk")))


def counted_years(reached: Sequence[Reach], chosen: str = "") -> list[tuple[str, str, int]]:
    """The years to choose from, latest first, and how many debates `within` finds for each.

    A date that reaches over several years counts in each of them, and offers them if they are but two: for
    “202X” nobody would look in 2029.
    """
    offered = {year for first, last, _count in reached if _is_narrow(first, last) for year in (first, last) if year}
    if chosen and chosen != UNKNOWN:
        offered.add(int(chosen))
    dated = [
        (f"{year:04}", str(year), sum(count for first, last, count in reached if _may_be_in(year, first, last)))
        for year in sorted(offered, reverse=True)
    ]
    undated = sum(count for first, last, count in reached if first is None and last is None)
    return [*dated, (UNKNOWN, _("not given"), undated)]


def _is_narrow(first: int | None, last: int | None) -> bool:
    return first is None or last is None or last - first <= 1


def _may_be_in(year: int, first: int | None, last: int | None) -> bool:
    if first is None and last is None:
        return False
    return (first is None or first <= year) and (last is None or last >= year)
