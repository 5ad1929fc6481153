"""Dates as Popolo takes them: a year, a month or a day, and nothing where the year is not known."""

from __future__ import annotations

from speakers.partial_dates import Day, parse


def ends(edtf: str) -> tuple[str | None, str | None]:
    """The first and the last date, as precise as they are known."""
    if not edtf:
        return None, None
    period = parse(edtf)
    return _reduced(period.start), _reduced(period.start if period.end is None else period.end)


def _reduced(end: Day | str) -> str | None:
    """What is known from the year on: a day of an unknown month is in that year, and no more can be said of it."""
    if not isinstance(end, Day) or "X" in end.year:
        return None
    known = [end.year]
    for part in (end.month, end.day):
        if not part or "X" in part:
            break
        known.append(part)
    return "-".join(known)
