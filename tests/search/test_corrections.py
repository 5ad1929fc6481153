"""What is offered, or searched instead, where a word is in no text."""

from __future__ import annotations

import pytest

from search.filters import Filters
from search.find import find
from tests.factories import PersonFactory, PositionFactory
from tests.record.commits import as_if_committed

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask():
    PositionFactory(summary_en="Regulation of platforms", summary_ko="플랫폼을 규제한다")
    PositionFactory(summary_en="Energy for data centres", summary_ko="데이터센터에 전력을")
    as_if_committed()

    def _ask(q: str, **filters: object):
        return find(Filters(q=q, **filters))  # type: ignore[arg-type]

    return _ask


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("platfroms", "platforms"),
        ("enrgy", "energy"),
        ("rgulation", "regulation"),
        ("풀랫폼", "플랫폼"),
        ("데이타센터", "데이터센터"),
        ("+platfroms", "+platforms"),
    ],
)
def test_where_nothing_has_the_word_the_one_that_was_meant_is_searched(ask, written, meant):
    answer = ask(written)
    assert (answer.total, answer.instead) == (1, meant)


def test_what_something_has_is_not_corrected(ask):
    answer = ask("energy")
    assert (answer.total, answer.instead, answer.meant) == (1, "", "")


def test_where_other_words_find_something_the_correction_is_only_offered(ask):
    answer = ask("energy platfroms")
    assert (answer.total, answer.instead, answer.meant) == (1, "", "energy platforms")


@pytest.mark.parametrize("q", ["zzzzzzzz", "x", "-platfroms", '"platfroms"', "speaker:platfroms", "the", "ㅋㅋㅋㅋ"])
def test_where_nothing_is_near_nothing_is_searched_instead(ask, q):
    assert ask(q).instead == ""


def test_a_correction_that_the_filters_leave_nothing_of_is_not_searched(ask):
    answer = ask("platfroms", stance=("opposes",))
    assert (answer.total, answer.instead) == (0, "")


def test_names_are_corrected_too(ask):
    PersonFactory(name_en="Kang Hoon-sik")
    PositionFactory(appearance__person__name_en="Ada Lovelace")
    as_if_committed()
    assert ask("Lovelase").instead == "lovelace"
