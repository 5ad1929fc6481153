from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.filters import MAX_QUERY_LENGTH, MAX_VALUES, PARAMETERS, Filters, FiltersError, parse

pytestmark = pytest.mark.once


def _problems(**parameters):
    with pytest.raises(FiltersError) as raised:
        parse({name.rstrip("_"): values for name, values in parameters.items()})
    return {problem.parameter: problem.message for problem in raised.value.problems}


def test_values_of_one_parameter_are_alternatives_and_said_once():
    filters = parse({"stance": ["supports", "opposes", "supports"], "speaker": [" han "], "q": ["  clean air "]})
    assert filters == Filters(q="clean air", stance=("supports", "opposes"), speaker=("han",))


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2025", "2025", (date(2025, 1, 1), date(2025, 12, 31))),
        ("2024-02", "2024-02", (date(2024, 2, 1), date(2024, 2, 29))),
        ("2025-02-12", "2025-02-12", (date(2025, 2, 12), date(2025, 2, 12))),
    ],
)
def test_from_and_to_take_in_the_whole_year_month_or_day(first, last, days):
    filters = parse({"from": [first], "to": [last]})
    assert (filters.after, filters.before) == days


def test_empty_parameters_ask_for_nothing():
    filters = parse({"q": [""], "stance": ["", " "], "from": [""]})
    assert filters == Filters()
    assert not filters.is_narrowing


def test_everything_that_is_wrong_is_told_at_once_with_what_would_be_right():
    problems = _problems(stance=["maybe"], from_=["soon"], sort=["best"], colour=["red"])
    assert problems["stance"].startswith("'maybe' is none of: supports, opposes")
    assert "2025-02-12" in problems["from"]
    assert problems["sort"] == "'best' is none of: relevance, newest, oldest."
    assert "There are: q, speaker" in problems["colour"]


@pytest.mark.parametrize("text", ["2025-13", "2025-02-30", "XXXX-02", "20XX", "2024/2025", "12 May"])
def test_what_is_no_whole_date_is_refused(text):
    assert "is not a date" in _problems(to=[text])["to"]


def test_an_end_before_its_beginning_is_refused():
    assert _problems(from_=["2025"], to=["2024"]) == {"to": "It is before the day in “from”."}


def test_too_much_is_refused():
    problems = _problems(q=["x" * (MAX_QUERY_LENGTH + 1)], speaker=[f"s{n}" for n in range(MAX_VALUES + 1)])
    assert problems == {"q": "At most 1000 characters.", "speaker": "At most 50 values."}


def test_what_is_given_twice_but_counts_once_is_refused():
    assert _problems(q=["a", "b"]) == {"q": "Give it once."}


def test_a_nul_character_is_refused():
    assert "NUL" in _problems(q=["a\x00b"])["q"]


def test_parameters_of_the_caller_are_left_to_the_caller():
    assert parse({"page": ["x"], "q": ["air"]}, also=["page"]) == Filters(q="air")


texts = st.lists(st.text(max_size=12) | st.sampled_from(["supports", "2025", "newest", "en", "panellist"]), max_size=3)


@given(st.dictionaries(st.sampled_from(PARAMETERS) | st.text(max_size=6), texts, max_size=6))
def test_any_parameters_are_read_or_refused_and_what_is_read_reads_the_same_again(parameters):
    try:
        filters = parse(parameters)
    except FiltersError:
        return
    assert parse(filters.as_parameters()) == filters
