"""As much of a partial date as is known from the year on, for formats that have no sign for what is not known."""

from __future__ import annotations

from speakers.partial_dates import Day, PartialDateError, parse


def start(edtf: str) -> str:
    """ "2025", "2025-02" or "2025-02-12"; empty where the year is not known, or the text is no date."""
    return _ends(edtf)[0]


def end(edtf: str) -> str:
    """The same of the last day of an interval; empty for a date that is none."""
    return _ends(edtf)[1]


def year(edtf: str) -> int | None:
    """None unless all of it was within one year that is known."""
    first, last = _ends(edtf)
    if not first or ("/" in edtf and first[:4] != last[:4]):
        return None
    return int(first[:4])


def _ends(edtf: str) -> tuple[str, str]:
    try:
        date = parse(edtf) if edtf else None
    except PartialDateError:
        date = None
    return (_known(date.start), _known(date.end)) if date else ("", "")


def _known(day: Day | str | None) -> str:
    if not isinstance(day, Day) or "X" in day.year:
        return ""
    known = [day.year]
    for part in (day.month, day.day):
        if not part or "X" in part:
            break
        known.append(part)
    return "-".join(known)
