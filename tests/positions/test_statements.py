"""Whose statements positions are, and what is left out of a network."""

from __future__ import annotations

import pytest
from django.utils import timezone

from positions.agreement import Conditional, Neutral, Rules, Statement
from positions.models import Position, PositionCapacity, Stance
from positions.statements import ActorKind, stated
from tests.factories import (
    AppearanceFactory,
    CapacityFactory,
    OrganizationFactory,
    PositionFactory,
    PropositionFactory,
)

pytestmark = pytest.mark.django_db
PUBLIC = Position.objects.public()


def of(kind, **options):
    return stated(Position.objects.public(), kind, options.pop("rules", Rules()), **options)


def names(found):
    return [str(actor.record) for actor in found.actors]


def test_the_statements_of_people_are_theirs():
    position = PositionFactory(stance="opposes")

    assert of(ActorKind.PEOPLE).statements == (
        Statement(position.person_id, position.proposition_id, "opposes", position.event_id, position.person_id),
    )


def test_a_draft_is_no_statement():
    PositionFactory(status="draft")
    PositionFactory(appearance__session__event__status="draft")
    PositionFactory(status="withdrawn", withdrawn_because="A mistake", withdrawn_at=timezone.now())

    found = of(ActorKind.PEOPLE)

    assert (found.actors, found.statements, found.found) == ((), (), 0)


def test_what_is_left_out_is_counted():
    for stance in ("supports", "opposes", "neutral", "neutral"):
        PositionFactory(stance=stance)
    PositionFactory(stance="conditional", condition_en="If paid")
    PositionFactory(appearance__person=None, appearance__label="A visitor")

    found = of(ActorKind.PEOPLE)
    with_all = of(ActorKind.PEOPLE, rules=Rules(conditional=Conditional.OWN, neutral=Neutral.OWN))

    assert (found.found, found.nobodys, found.counted) == (6, 1, 2)
    assert found.left_out == {Stance.CONDITIONAL: 1, Stance.NEUTRAL: 2}
    assert (with_all.left_out, with_all.nobodys, with_all.counted) == ({}, 1, 5)


def test_an_organization_states_what_is_said_on_its_behalf_and_by_itself():
    union, party, ministry = (OrganizationFactory(name_en=name) for name in ("Union", "Party", "Ministry"))
    on_behalf = CapacityFactory(organization=union, basis="on_behalf_of")
    identified = CapacityFactory(organization=party)
    itself = AppearanceFactory(person=None, organization=ministry)
    for appearance in (on_behalf.appearance, identified.appearance, itself):
        PositionFactory(appearance=appearance)

    behalf, both = of(ActorKind.ON_BEHALF), of(ActorKind.IDENTIFIED)

    assert (sorted(names(behalf)), behalf.nobodys) == (["Ministry", "Union"], 1)
    assert (sorted(names(both)), both.nobodys) == (["Ministry", "Party", "Union"], 0)
    people = {statement.actor: statement.person for statement in both.statements}
    assert people == {
        union.pk: on_behalf.appearance.person_id,
        party.pk: identified.appearance.person_id,
        ministry.pk: None,
    }


def test_a_position_without_capacities_is_of_all_of_its_appearances_and_else_of_those_it_names():
    """As `PositionQuerySet.spoken_for` and `identified_with` say of each organization."""
    appearance = AppearanceFactory()
    union, party = (CapacityFactory(appearance=appearance, basis=basis) for basis in ("on_behalf_of", "identified_as"))
    silent, chosen = PositionFactory.create_batch(2, appearance=appearance)
    PositionCapacity.objects.create(position=chosen, capacity=party)

    found = of(ActorKind.IDENTIFIED)

    rows = {(statement.actor, statement.proposition) for statement in found.statements}
    assert rows == {
        (union.organization_id, silent.proposition_id),
        (party.organization_id, silent.proposition_id),
        (party.organization_id, chosen.proposition_id),
    }
    assert {actor.record.pk: actor.positions for actor in found.actors} == {
        capacity.organization_id: PUBLIC.spoken_for(capacity.organization).count()
        + PUBLIC.identified_with(capacity.organization).count()
        for capacity in (union, party)
    }


def test_a_position_is_counted_once_for_an_organization_spoken_for_in_two_capacities():
    appearance = AppearanceFactory()
    union = OrganizationFactory()
    for basis in ("on_behalf_of", "identified_as"):
        CapacityFactory(appearance=appearance, organization=union, basis=basis)
    PositionFactory(appearance=appearance)

    found = of(ActorKind.IDENTIFIED)

    assert len(found.statements) == 1
    assert [actor.positions for actor in found.actors] == [1]
    assert (found.found, found.nobodys) == (1, 0)


def test_a_capacity_without_an_organization_is_of_none():
    PositionFactory(appearance=CapacityFactory(organization=None, organization_name_en="", role_en="Farmer").appearance)

    assert of(ActorKind.IDENTIFIED).actors == ()
    assert of(ActorKind.IDENTIFIED).nobodys == 1


def test_those_with_most_positions_are_kept_and_the_cut_is_known():
    busy, usual, _later = (AppearanceFactory() for _number in range(3))
    for appearance, times in ((usual, 2), (busy, 3), (_later, 2)):
        PositionFactory.create_batch(times, appearance=appearance)

    found = of(ActorKind.PEOPLE, actors=2)

    assert [(actor.record, actor.positions) for actor in found.actors] == [(busy.person, 3), (usual.person, 2)]
    assert (found.all_actors, found.counted, found.theirs, len(found.statements)) == (3, 7, 5, 5)


def test_of_too_many_positions_the_newest_are_read():
    appearance = AppearanceFactory(session__event__date="2025")
    old = PositionFactory(appearance__person=appearance.person, appearance__session__event__date="1999")
    new = PositionFactory.create_batch(2, appearance=appearance)

    found = of(ActorKind.PEOPLE, read=2)

    assert {statement.proposition for statement in found.statements} == {each.proposition_id for each in new}
    assert old.proposition_id not in {statement.proposition for statement in found.statements}
    assert (found.theirs, len(found.statements)) == (3, 2)


@pytest.mark.parametrize("times", [1, 12])
@pytest.mark.parametrize(("kind", "queries"), [(ActorKind.PEOPLE, 3), (ActorKind.IDENTIFIED, 5)])
def test_statements_take_the_same_queries_at_any_size(kind, queries, times, django_assert_num_queries):
    on = PropositionFactory()
    for _time in range(times):
        PositionFactory(appearance=CapacityFactory().appearance, on=on)

    with django_assert_num_queries(queries):
        found = of(kind)

    assert len(found.statements) == times
