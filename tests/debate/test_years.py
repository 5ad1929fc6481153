"""Debates by the year that they may have been held in."""

from __future__ import annotations

import pytest

from debate.models import Event
from debate.years import counted_years, known_year, reaches, within
from tests.factories import EventFactory


@pytest.mark.once
@pytest.mark.parametrize("text", ["", "2025", "0987", "unknown"])
def test_a_year_is_four_digits_or_unknown(text):
    assert known_year(text) == text


@pytest.mark.once
@pytest.mark.parametrize("text", ["25", "20255", "0000", "２０２５", "soon", " 2025"])
def test_all_else_is_refused_with_what_would_be_right(text):
    with pytest.raises(ValueError, match="Write four digits, as in year=2025, or year=unknown"):
        known_year(text)


@pytest.mark.django_db
def test_a_debate_is_within_every_year_that_its_date_may_be_of():
    for date in ("2025-02-12", "202X", "2024/2025", "XXXX-XX-12"):
        EventFactory(slug=f"d-{date.replace('/', '-')}".lower(), date=date)

    found = {year: set(Event.objects.filter(within(year)).values_list("date", flat=True)) for year in ("2025", "2029")}

    assert found == {"2025": {"2025-02-12", "202X", "2024/2025"}, "2029": {"202X"}}
    assert [event.date for event in Event.objects.filter(within("unknown"))] == ["XXXX-XX-12"]
    assert Event.objects.filter(within("")).count() == 4
    years = [(year, count) for year, _label, count in counted_years(reaches(Event.objects.all()))]
    assert years == [("2025", 3), ("2024", 2), ("unknown", 1)]
