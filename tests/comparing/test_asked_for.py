"""Networks of what is public now, kept until the record changes."""

from __future__ import annotations

import pytest

from comparing.networks.asked_for import asked_for, of_debate
from comparing.networks.choices import Choices, Show
from positions.agreement import Measure, Normalisation
from search.filters import Filters, FiltersError
from tests.spoken import Debate


@pytest.fixture
def robots(transactional_db):
    debate = Debate()
    for who, stance, proposition in (
        ("Ann", "supports", "tax"),
        ("Bob", "supports", "tax"),
        ("Ann", "opposes", "ban"),
        ("Bob", "opposes", "ban"),
        ("Cho", "opposes", "tax"),
    ):
        debate.says(who, stance, proposition)
    return debate


def weights(network):
    return [tie.weight for tie in network.ties]


def test_a_least_weight_leaves_out_what_is_below_it(robots):
    assert weights(asked_for(None, Filters(), Choices())) == [2, -1, -1]
    assert weights(asked_for(None, Filters(), Choices(least=1))) == [2, -1, -1]
    heavy = asked_for(None, Filters(), Choices(least=1.5))
    assert weights(heavy) == [2]
    assert heavy.choices.least == 1.5 and heavy.shares_nothing == ()
    stands = asked_for(None, Filters(), Choices(show=Show.STANDS, least=2))
    assert stands.stands == ()


def test_another_least_weight_or_measure_asks_the_database_for_nothing_but_the_version(
    robots, django_assert_num_queries
):
    first = asked_for(None, Filters(), Choices())
    for choices in (
        Choices(least=2),
        Choices(least=0.5),
        Choices(measure=Measure.CONFLICT, least=1),
        Choices(normalisation=Normalisation.JACCARD),
    ):
        with django_assert_num_queries(1):
            asked_for(None, Filters(), choices)
    with django_assert_num_queries(1):
        assert asked_for(None, Filters(), Choices()) is first


def test_what_is_kept_is_of_the_record_as_it_is(robots):
    before = weights(of_debate(robots.event)), weights(asked_for(robots.event, Filters(), Choices(least=2)))

    robots.says("Dan", "opposes", "tax")
    robots.says("Dan", "supports", "ban")

    assert before == ([2, -1, -1], [2])
    assert weights(of_debate(robots.event)) == [2, -2, -2, -1, -1, 1]
    assert weights(asked_for(robots.event, Filters(), Choices(least=2))) == [2, -2, -2]


@pytest.mark.django_db
def test_words_and_another_debate_are_refused():
    with pytest.raises(FiltersError, match="not by words"):
        asked_for(None, Filters(q="tax"), Choices())
    with pytest.raises(FiltersError, match="its address says which"):
        asked_for(Debate().event, Filters(debate=("robots",)), Choices())
