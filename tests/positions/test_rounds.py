from __future__ import annotations

import pytest
from django.db import connection

from positions import rounds
from positions.models import CodingUnit, Position
from positions.reliability import Undefined
from positions.rounds import UnitRead, measured, pairs_of_stances
from speakers import derived
from tests.factories import (
    NOW,
    AppearanceFactory,
    CodingFactory,
    CodingRoundFactory,
    CodingUnitFactory,
    EditorFactory,
    PositionFactory,
    PropositionFactory,
    RoundCoderFactory,
)

pytestmark = pytest.mark.django_db


def coded(*readings, propositions=1):
    """A round whose units have readings (stances by coder, None for no reading), unit by unit."""
    coding_round = CodingRoundFactory(state="compared", compared_at=NOW)
    coders = [RoundCoderFactory(round=coding_round).coder for _coder in readings[0]]
    wordings = [PropositionFactory() for _number in range(propositions)]
    for number, stances in enumerate(readings):
        unit = CodingUnitFactory(round=coding_round, number=number + 1)
        about = {"unit": unit, "round": coding_round, "on": wordings[number % propositions]}
        for coder, stance in zip(coders, stances, strict=True):
            if stance:
                CodingFactory(coder=coder, stance=stance, **about)
    return coding_round, [coder.pk for coder in coders]


FOR, AGAINST, NEUTRAL = "supports", "opposes", "neutral"


def test_agreement_is_of_the_readings_of_one_unit_overall_and_for_each_proposition():
    coding_round, coders = coded(
        (FOR, FOR), (AGAINST, AGAINST), (FOR, AGAINST), (AGAINST, None), (FOR, FOR), (AGAINST, AGAINST), propositions=2
    )
    units = rounds.read(coding_round, coders)
    whole = measured(units)
    assert (whole.units, whole.alone, whole.share_alone) == (6, 1, pytest.approx(1 / 6))
    # Five pairs, of which one differs; five values are each stance: 1 − 2 / (2 · 5 · 5 / 9)
    assert whole.stance.alpha == pytest.approx(1 - 2 / (50 / 9))
    assert whole.stance.observed == pytest.approx(4 / 5)
    assert whole.kind.undefined is Undefined.NO_VARIATION
    parts = list(rounds.by_proposition(units).values())
    assert [(part.units, part.alone, part.stance.observed) for part in parts] == [
        (3, 0, pytest.approx(2 / 3)),
        (3, 1, 1.0),
    ]
    assert parts[1].stance.undefined is Undefined.NO_VARIATION


def test_units_say_whether_coders_differ_or_one_alone_saw_a_position():
    coding_round, coders = coded((FOR, FOR, None), (FOR, AGAINST, None), (None, None, NEUTRAL))
    found = [(unit.number, unit.differs, unit.is_alone) for unit in rounds.read(coding_round, coders)]
    assert found == [(1, False, False), (2, True, False), (3, False, True)]


def test_pairs_of_stances_tell_what_is_taken_for_what():
    units = [UnitRead(1, 1, "", 1, (FOR, AGAINST, None), ()), UnitRead(2, 2, "", 1, (AGAINST, FOR, FOR), ())]
    assert pairs_of_stances(units) == {(AGAINST, FOR): 3, (FOR, FOR): 1}


def test_units_are_of_one_speaker_also_where_nobody_is_named():
    coding_round = CodingRoundFactory()
    proposition, somebody = PropositionFactory(), AppearanceFactory()
    again = AppearanceFactory(person=somebody.person, session=somebody.session, role="moderator")
    unnamed = AppearanceFactory(person=None, label="A student", session=somebody.session)
    elsewhere = AppearanceFactory(person=None, label="A student")
    keys = [
        CodingFactory(round=coding_round, on=proposition, appearance=appearance).pk
        for appearance in (somebody, again, unnamed, elsewhere)
    ]
    assert sorted(map(sorted, rounds.units_of(coding_round))) == [keys[:2], keys[2:3], keys[3:]]


@pytest.mark.parametrize("size", [1, 12])
def test_a_round_is_read_with_one_query_whatever_its_size(size, django_assert_num_queries):
    coding_round, coders = coded(*[(FOR, AGAINST)] * size)
    with django_assert_num_queries(1):
        assert len(rounds.read(coding_round, coders)) == size
    with django_assert_num_queries(1):
        assert len(rounds.units_of(coding_round)) == size * 2  # each reading is of somebody else


def brought_by_a_round(**options):
    position = PositionFactory()
    unit = CodingUnitFactory()
    settled = {"outcome": "adopted", "settled_by": EditorFactory(), "settled_at": NOW, "made_position": True}
    CodingUnit.objects.filter(pk=unit.pk).update(position=position, **settled | options)
    return position, unit.round


def test_the_database_keeps_a_position_out_of_the_public_until_its_round_is_settled():
    position, coding_round = brought_by_a_round()
    assert not Position.objects.public().exists()
    assert list(Position.objects.in_unsettled_rounds()) == [position] and not rounds.is_settled(position)
    coding_round.state, coding_round.settled_at = "settled", NOW
    coding_round.save()
    assert list(Position.objects.public()) == [position] and rounds.is_settled(position)
    assert not any(derived.wrong_rows(connection).values())


def test_one_that_was_there_before_the_round_stays_public():
    position, _round = brought_by_a_round(made_position=False)
    assert list(Position.objects.public()) == [position] and rounds.is_settled(position)


def test_what_is_taken_out_of_a_round_is_public_again():
    position, _round = brought_by_a_round()
    CodingUnit.objects.all().delete()
    assert list(Position.objects.public()) == [position]
