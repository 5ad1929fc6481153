"""Which positions stand where a proposition and a speaker meet."""

from __future__ import annotations

import pytest

from positions.matrix import Speaker, Weight, busiest_speakers, by_cell, stances_of, taken, weights
from positions.models import Position
from tests.factories import AppearanceFactory, OrganizationFactory, PositionFactory, PropositionFactory

pytestmark = pytest.mark.django_db


def test_propositions_are_weighed_by_their_positions_and_sides():
    quiet, divided = PropositionFactory(), PropositionFactory()
    PositionFactory(on=quiet, stance="neutral")
    for stance in ("supports", "supports", "opposes", "neutral"):
        PositionFactory(on=divided, stance=stance)

    assert weights(Position.objects.public(), 10) == {divided.pk: Weight(4, 2, 1), quiet.pk: Weight(1, 0, 0)}
    assert list(weights(Position.objects.public(), 1)) == [divided.pk]


def test_the_more_are_on_the_smaller_side_the_more_divided_is_a_proposition():
    even, lopsided, agreed = Weight(6, 3, 3), Weight(9, 8, 1), Weight(20, 20, 0)

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

    cells = by_cell(taken(Position.objects.public(), [proposition.pk]))

    assert list(cells) == [(proposition.pk, Speaker(appearance.person_id, None, ""))]
    assert list(stances_of(next(iter(cells.values())))) == [("supports", 1), ("opposes", 1)]
