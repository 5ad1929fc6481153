"""Which positions stand where a proposition and a speaker meet."""

from __future__ import annotations

import pytest

from positions.matrix import Speaker, Weight, busiest_speakers, by_cell, taken, weights
from positions.models import Position
from tests.factories import AppearanceFactory, OrganizationFactory, PositionFactory, PropositionFactory

pytestmark = pytest.mark.django_db


def test_propositions_are_weighed_by_their_positions_and_sides():
    quiet, divided = PropositionFactory(), PropositionFactory()
    PositionFactory(on=quiet, stance="neutral")
    for stance in ("supports", "supports", "opposes", "neutral"):
        PositionFactory(on=divided, stance=stance)

    found = weights(Position.objects.public())

    assert found == {
        divided.pk: Weight({"supports": 2, "opposes": 1, "neutral": 1}),
        quiet.pk: Weight({"neutral": 1}),
    }
    assert list(found) == [divided.pk, quiet.pk]


def test_the_more_are_on_the_smaller_side_the_more_divided_is_a_proposition():
    even, lopsided = Weight({"supports": 3, "opposes": 3}), Weight({"supports": 8, "opposes": 1})
    agreed = Weight({"supports": 20})

    assert sorted([agreed, lopsided, even], key=lambda weight: weight.division) == [agreed, lopsided, even]


def test_speakers_are_people_organizations_and_those_unnamed():
    person = AppearanceFactory()
    itself = AppearanceFactory(person=None, organization=OrganizationFactory())
    unnamed = AppearanceFactory(person=None, label="A member of the audience")
    for appearance in (person, person, itself, unnamed):
        PositionFactory(appearance=appearance)

    assert busiest_speakers(Position.objects.public(), 10) == {
        Speaker(person.person_id, None, ""): 2,
        Speaker(None, itself.organization_id, ""): 1,
        Speaker(None, None, "A member of the audience"): 1,
    }
    assert list(busiest_speakers(Position.objects.public(), 1)) == [Speaker(person.person_id, None, "")]


def test_a_cell_has_all_that_a_speaker_stated_on_a_proposition_and_no_draft():
    appearance, proposition = AppearanceFactory(), PropositionFactory()
    for stance in ("supports", "opposes"):
        PositionFactory(appearance=appearance, on=proposition, stance=stance)
    PositionFactory(appearance=appearance, on=proposition, stance="neutral", status="draft")
    PositionFactory(appearance=appearance)

    speaker = Speaker(appearance.person_id, None, "")
    cells = by_cell(taken(Position.objects.public(), [proposition.pk], [speaker]))

    assert list(cells) == [(proposition.pk, speaker)]
    assert [(one.stance, one.number) for one in cells[proposition.pk, speaker]] == [("supports", 1), ("opposes", 1)]


def test_whatever_others_stated_a_speaker_has_all_of_it():
    proposition = PositionFactory().proposition
    PositionFactory.create_batch(3, on=proposition)
    last = PositionFactory(on=proposition)

    (stated,) = taken(Position.objects.public(), [proposition.pk], [Speaker(last.person_id, None, "")])

    assert (stated.number, stated.public_id) == (1, last.public_id)
