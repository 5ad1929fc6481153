from __future__ import annotations

from datetime import date

import edtf
import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from speakers.partial_dates import Day, PartialDateError, in_words, parse


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-02-12", date(2025, 2, 12), date(2025, 2, 12)),
        ("2025-XX-12", date(2025, 1, 12), date(2025, 12, 12)),
        ("2025-XX-31", date(2025, 1, 31), date(2025, 12, 31)),
        ("20XX", date(2000, 1, 1), date(2099, 12, 31)),
        ("20XX-02-29", date(2000, 2, 29), date(2096, 2, 29)),
        ("2025-1X", date(2025, 10, 1), date(2025, 12, 31)),
        ("XXXX-XX-12", None, None),
        ("XXXX-02", None, None),
        ("2024-05/2025-01", date(2024, 5, 1), date(2025, 1, 31)),
        ("2024-05/..", date(2024, 5, 1), None),
        ("2024-05/", date(2024, 5, 1), None),
        ("../2024", None, date(2024, 12, 31)),
        ("/2024", None, date(2024, 12, 31)),
        ("XXXX-XX-12/2024", None, date(2024, 12, 31)),
    ],
)
def test_a_date_is_kept_as_written_with_the_days_it_can_mean(text, earliest, latest):
    parsed = parse(text)
    assert str(parsed) == text
    assert (parsed.earliest, parsed.latest) == (earliest, latest)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("12 February 2025", "is not a date"),
        ("2025-2", "is not a date"),
        ("2025-02-12T10:00", "is not a date"),
        ("2025?", "is not a date"),
        ("\uff12\uff10\uff12\uff15", "is not a date"),
        ("2025-21", "is on no calendar"),
        ("2025-02-30", "is on no calendar"),
        ("XXXX-02-30", "is on no calendar"),
        ("0000", "is on no calendar"),
        ("2025/2024", "ends before it starts"),
        ("2025-02-12/2025-02-11", "ends before it starts"),
        ("../..", "neither a start nor an end"),
        ("/", "neither a start nor an end"),
        ("2024/2025/2026", "is not a date"),
        ("", "is not a date"),
    ],
)
def test_what_is_no_date_is_refused_with_a_reason(text, reason):
    with pytest.raises(PartialDateError, match=reason):
        parse(text)


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("", ""),
        ("XXXX-XX-12", "12th; month and year not given"),
        ("XXXX-XX-01", "1st; month and year not given"),
        ("XXXX-XX-22", "22nd; month and year not given"),
        ("XXXX-XX-11", "11th; month and year not given"),
        ("2025-02-12", "Feb. 12, 2025"),
        ("2025-02", "February 2025"),
        ("2025", "year 2025"),
        ("2025-XX", "2025; month not given"),
        ("XXXX-02-12", "February 12; year not given"),
        ("XXXX-02", "February; year not given"),
        ("2025-XX-12", "12th of a month in 2025; month not given"),
        ("XXXX", "not given"),
        ("202X", "between Jan. 1, 2020 and Dec. 31, 2029"),
        ("00XX-01", "between Jan. 1, 0001 and Jan. 31, 0099"),
        ("2024-05/..", "since May 2024"),
        ("2024-05/", "from May 2024; end not given"),
        ("../2024-05", "until May 2024"),
        ("/2024-05", "until May 2024; start not given"),
        ("2024-05/2025-01", "May 2024 to January 2025"),
    ],
)
def test_a_date_is_said_in_words_with_what_is_not_given(text, english):
    with translation.override("en"):
        assert in_words(text) == english


days = st.dates(min_value=date(1, 1, 1))


@given(day=days, hidden=st.sets(st.integers(0, 9)))
def test_whatever_digits_are_hidden_the_day_itself_stays_possible(day, hidden):
    written = day.isoformat()
    text = "".join(
        "X" if position in hidden and character != "-" else character for position, character in enumerate(written)
    )
    parsed = Day.parse(text)
    assert str(parsed) == text
    assert parsed.earliest is None or parsed.earliest <= day
    assert parsed.latest is None or parsed.latest >= day
    assert (parsed.earliest is None) == (text[:4] == "XXXX")


@given(start=days, end=days, form=st.sampled_from(["%Y-%m-%d", "%Y-%m", "%Y"]))
def test_bounds_agree_with_the_edtf_package_where_it_knows_both_ends(start, end, form):
    text = "/".join(
        f"{day.year:04}-{day.month:02}-{day.day:02}"[: {"%Y": 4, "%Y-%m": 7}.get(form, 10)] for day in (start, end)
    )
    if start > end:
        return
    theirs = edtf.parse_edtf(text)
    ours = parse(text)
    assert (ours.earliest, ours.latest) == (date(*theirs.lower_strict()[:3]), date(*theirs.upper_strict()[:3]))


@given(st.text(max_size=40) | st.text(alphabet="0123456789X-/.", max_size=24))
def test_no_text_breaks_the_parser(text):
    try:
        parsed = parse(text)
    except PartialDateError:
        return
    assert str(parsed) == text
    assert parsed.in_words()
