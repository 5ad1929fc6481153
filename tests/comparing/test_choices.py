"""How a network is counted, as an address says it."""

from __future__ import annotations

import pytest

from comparing.networks.choices import NAMES, VALUES, Choices, Show, read
from positions.agreement import Duplicates, Measure, Normalisation, Share

pytestmark = pytest.mark.once


def test_what_is_asked_for_is_read_and_what_is_empty_asks_for_nothing():
    chosen, problems = read({"measure": ["conflict"], "duplicates": [" all "], "least": ["0,25"], "share": [""]})

    assert problems == []
    assert chosen == Choices(measure=Measure.CONFLICT, duplicates=Duplicates.ALL, least=0.25)
    assert read({"colour": ["red"]}) == (Choices(), [])


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"measure": ["love"]}, "'love' is none of: subtract, congruence, conflict, ignore."),
        ({"measure": ["conflict", "ignore"]}, "Give it once."),
        ({"least": ["-1"]}, "'-1' is no weight."),
        ({"least": ["1e9"]}, "'1e9' is no weight."),
        ({"least": ["1.2.3"]}, "'1.2.3' is no weight."),
        ({"least": ["1234567890"]}, "'1234567890' is no weight."),
    ],
)
def test_what_can_not_be_read_is_said_and_all_else_is_kept(given, message):
    chosen, (problem,) = read({**given, "normalisation": ["cosine"]})

    assert (problem.parameter, problem.message[: len(message)]) == (next(iter(given)), message)
    assert chosen == Choices(normalisation=Normalisation.COSINE)


@pytest.mark.parametrize("least", [0.25, 2, 0.12345678, 123456789])
def test_an_address_made_of_choices_asks_for_these(least):
    choices = Choices(show=Show.STANDS, share=Share.ACTIVITY, least=least)

    assert set(choices.as_parameters()) == {"show", "share", "least"}
    assert read(choices.as_parameters()) == (choices, [])
    assert Choices().as_parameters() == {}


def test_every_choice_has_its_values_the_usual_one_first():
    assert set(VALUES) == set(NAMES) - {"least"}
    assert all(values[0] == getattr(Choices(), name) for name, values in VALUES.items())
    assert all(set(values) == set(type(values[0])) for values in VALUES.values())


def test_a_network_does_not_depend_on_what_is_for_another_kind():
    asked = Choices(share=Share.ACTIVITY, measure=Measure.CONFLICT)

    assert asked.without_what_is_irrelevant() == Choices(measure=Measure.CONFLICT)
    stands = Choices(show=Show.STANDS, share=Share.ACTIVITY, normalisation=Normalisation.COSINE)
    assert stands.without_what_is_irrelevant() == Choices(show=Show.STANDS, share=Share.ACTIVITY)
