from __future__ import annotations

from threading import Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from debate.publishing import Status
from editing.rounds.refusals import NotToBeSettled
from editing.rounds.settling import Decision, already_in_the_record, settle, settle_agreed
from positions.models import CodingUnit, Position
from review.changing import change
from review.deciding import accept
from review.models import Revision
from review.refusals import Invalid, MovedOn, NotAllowed, ReasonMissing
from tests.editing.rounds.people import TEXT, Team
from tests.factories import EvidenceFactory, PositionFactory, SourceFactory
from tests.review.people import author_as

pytestmark = pytest.mark.django_db
BRIDGE, SOON, AGAIN = "the state should pay for the bridge", "pay soon", "the state should pay all the same"


def differing():
    """Two units: on one the coders differ, the other one alone saw."""
    team = Team()
    one, other = team.reads(0, BRIDGE), team.reads(1, BRIDGE, "neutral")
    team.reads(1, AGAIN, "opposes")
    team.close()
    return team, one, other


def fresh(record):
    return type(record)._base_manager.get(pk=record.pk)


def test_taking_a_coders_reading_makes_a_draft_with_its_passage_as_evidence():
    team, one, _other = differing()
    unit = settle(team.units()[0], Decision(one, reason="He says so."), team.editor)
    position = Position.objects.get()
    assert (position.status, position.stance, position.kind) == (Status.DRAFT, "supports", "recommendation")
    assert (position.appearance, position.wording, position.summary_en) == (team.han, one.wording, "Read by 0")
    evidence = position.evidence.get()
    start = TEXT.index(BRIDGE)
    assert (evidence.source, evidence.locator, evidence.quote, evidence.state) == (team.source, "¶ 2", BRIDGE, "exact")
    assert (evidence.start, evidence.end, evidence.prefix) == (start, start + len(BRIDGE), TEXT[start - 40 : start])
    assert evidence.suffix == TEXT[evidence.end : evidence.end + 40]
    assert (unit.outcome, unit.position, unit.taken_from, unit.reason) == ("adopted", position, one, "He says so.")
    assert (unit.settled_by, unit.history.first().history_change_reason) == (team.editor.user, "He says so.")
    assert position.history.get().history_user == team.editor.user


def test_another_reading_is_settled_on_with_a_reason():
    team, one, _other = differing()
    values = {"stance": "conditional", "condition_en": "If soon", "summary_en": "Pays if it is soon"}
    with pytest.raises(ReasonMissing):
        settle(team.units()[0], Decision(one, values), team.editor)
    settle(team.units()[0], Decision(one, values, "Both overlooked the condition."), team.editor)
    position = Position.objects.get()
    assert (position.stance, position.condition_en, position.summary_en) == (
        "conditional",
        "If soon",
        "Pays if it is soon",
    )


@pytest.mark.parametrize("drops", [True, False])
def test_a_difference_is_neither_settled_nor_dropped_without_saying_why(drops):
    team, one, _other = differing()
    with pytest.raises(ReasonMissing):
        settle(team.units()[0], Decision(None if drops else one), team.editor)
    assert not Position.objects.exists() and not team.units()[0].outcome


def test_what_one_coder_alone_saw_is_taken_without_a_reason_but_not_dropped():
    team, _one, _other = differing()
    alone = team.units()[1]
    with pytest.raises(ReasonMissing):
        settle(alone, Decision(None), team.editor)
    settle(alone, Decision(alone.codings.get()), team.editor)
    assert Position.objects.get().stance == "opposes"


def test_with_its_last_unit_the_round_is_settled():
    team, one, _other = differing()
    first, last = team.units()
    settle(first, Decision(one, reason="So."), team.editor)
    assert fresh(team.round).state == "compared"
    settle(last, Decision(None, reason="No position."), team.editor)
    settled = fresh(team.round)
    assert (settled.state, settled.settled_at is not None) == ("settled", True)
    assert fresh(last).outcome == "dropped"


def test_a_settled_round_and_an_open_one_are_not_settled():
    team, one, _other = differing()
    for unit in team.units():
        settle(unit, Decision(None, reason="No."), team.editor)
    with pytest.raises(NotToBeSettled, match="whole round is settled"):
        settle(team.units()[0], Decision(one, reason="So."), team.editor)


def test_of_two_who_settle_one_unit_the_second_is_stopped_and_nothing_is_overwritten():
    team, one, other = differing()
    unit = team.units()[0]
    settle(unit, Decision(one, reason="First."), team.editor, base_revision=unit.revision)
    with pytest.raises(MovedOn):
        settle(unit, Decision(other, reason="Second."), author_as("reviewer"), base_revision=unit.revision)
    assert (Position.objects.get().stance, fresh(unit).reason) == ("supports", "First.")


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="on SQLite one writes after the other")
def test_two_who_settle_the_last_units_at_once_settle_the_round():
    team, one, _other = differing()
    first, last = team.units()

    def drop_the_last():
        try:
            settle(last, Decision(None, reason="No position."), team.editor)
        finally:
            connection.close()

    beside = Thread(target=drop_the_last)
    with transaction.atomic():
        settle(first, Decision(one, reason="So."), team.editor)
        beside.start()
        beside.join(0.5)
        assert beside.is_alive()  # it waits for what is done here
    beside.join()
    assert fresh(team.round).is_settled


def test_before_the_round_is_settled_a_unit_can_be_settled_otherwise():
    team, one, other = differing()
    unit = settle(team.units()[0], Decision(one, reason="First."), team.editor)
    elsewhere = EvidenceFactory(position=unit.position, source=SourceFactory(), locator="¶ 9")
    settle(unit, Decision(other, reason="On second thought."), team.editor)
    position = Position.objects.get()
    assert (position.pk, position.stance) == (unit.position_id, "neutral")
    assert {evidence.locator for evidence in position.evidence.all()} == {"¶ 2", "¶ 9"}
    assert position.evidence.filter(pk=elsewhere.pk).exists()


def test_a_draft_that_somebody_changed_meanwhile_is_not_overwritten_by_settling_once_more():
    team, one, other = differing()
    unit = settle(team.units()[0], Decision(one, reason="First."), team.editor)
    seen = unit.position.revision
    change(unit.position, {"summary_en": "By hand"}, author_as("contributor"))
    with pytest.raises(MovedOn):
        settle(unit, Decision(other, reason="Second.", seen=seen), team.editor)
    assert Position.objects.get().summary_en == "By hand"


def test_dropping_what_was_settled_takes_its_draft_away():
    team, one, _other = differing()
    unit = settle(team.units()[0], Decision(one, reason="First."), team.editor)
    settle(unit, Decision(None, reason="No position after all."), team.editor)
    assert not Position.objects.exists()
    assert (fresh(unit).outcome, fresh(unit).made_position) == ("dropped", False)


def test_only_editors_settle_and_only_on_readings_of_the_unit():
    team, one, _other = differing()
    with pytest.raises(NotAllowed):
        settle(team.units()[0], Decision(one, reason="Mine."), team.authors[0])
    with pytest.raises(Invalid, match="readings of this unit"):
        settle(team.units()[1], Decision(one, reason="So."), team.editor)
    assert not CodingUnit.objects.exclude(outcome="").exists()


def test_what_the_coders_agree_on_is_settled_together_in_the_words_of_one():
    team = Team()
    for coder in (0, 1):
        team.reads(coder, BRIDGE)
        team.reads(coder, "nobody needs a bridge there", "opposes", appearance=team.lee.pk)
    team.reads(0, AGAIN)
    team.reads(1, AGAIN, "neutral")
    team.reads(0, "The minister opened the evening.")
    team.close()
    assert settle_agreed(team.round, team.authors[1].user.pk, team.editor) == 2
    assert {(position.stance, position.summary_en) for position in Position.objects.all()} == {
        ("supports", "Read by 1"),
        ("opposes", "Read by 1"),
    }
    assert [unit.outcome for unit in team.units()] == ["", "adopted", "adopted", ""]


def test_a_position_is_neither_published_nor_public_before_its_whole_round_is_settled():
    team, one, _other = differing()
    first, last = team.units()
    position = settle(first, Decision(one, reason="So."), team.editor).position
    reviewer = author_as("reviewer")
    with pytest.raises(Invalid, match="settle the whole round first"):
        change(position, {"status": Status.PUBLISHED}, reviewer)
    with pytest.raises(ValidationError):
        Position(**{**_columns(position), "status": "published"}).full_clean()
    Position.objects.update(status=Status.PUBLISHED)  # whoever goes around it
    assert not Position.objects.public().exists()
    settle(last, Decision(None, reason="No position."), team.editor)
    assert Position.objects.public().get() == position


def _columns(position):
    return {field.attname: getattr(position, field.attname) for field in Position._meta.concrete_fields}


def test_after_that_it_is_published_as_any_other():
    team, one, _other = differing()
    first, last = team.units()
    position = settle(first, Decision(one, reason="So."), team.editor).position
    settle(last, Decision(None, reason="No position."), team.editor)
    assert change(position, {"status": Status.PUBLISHED}, author_as("reviewer")).record.is_public


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"A new beginning.\n\n{TEXT}", ("moved", "¶ 2", True)),
        ("Nothing of it is left.", ("not_found", "¶ 2", False)),
        (f"{BRIDGE}\n\n{BRIDGE}", ("not_found", "¶ 2", False)),
    ],
)
def test_words_of_a_text_that_changed_since_are_looked_for_and_never_taken_for_others(text, found):
    team, one, _other = differing()
    team.source.text = text
    team.source.save()
    settle(team.units()[0], Decision(one, reason="So."), team.editor)
    evidence = Position.objects.get().evidence.get()
    assert (evidence.state, evidence.locator, evidence.start is not None) == found
    assert evidence.quote == BRIDGE
    if evidence.start is not None:
        assert text[evidence.start : evidence.end] == BRIDGE


def test_without_a_text_the_words_are_as_the_coder_copied_them():
    team = Team(text="")
    team.reads(0, "as printed", locator="p. 7")
    team.close()
    settle(team.units()[0], Decision(team.units()[0].codings.get()), team.editor)
    evidence = Position.objects.get().evidence.get()
    assert (evidence.quote, evidence.locator, evidence.state, evidence.start) == ("as printed", "p. 7", "exact", None)


def with_one_in_the_record(**options):
    """A round on a source in which somebody read Han on the bridge before."""
    team = Team()
    position = PositionFactory(appearance=team.han, wording=team.bridge.current_wording, stance="opposes", **options)
    EvidenceFactory(position=position, source=team.source, locator="¶ 2")
    team.reads(0, BRIDGE)
    team.reads(1, BRIDGE)
    team.close()
    return team, position


def test_a_draft_that_is_in_the_record_already_takes_what_was_settled_and_keeps_its_words():
    team, position = with_one_in_the_record(status=Status.DRAFT, summary_en="As it was")
    unit = team.units()[0]
    reading = unit.codings.first()
    assert list(already_in_the_record(unit, reading)) == [position]
    settle(unit, Decision(reading, into=position, seen=position.revision), team.editor)
    now = Position.objects.get()
    assert (now.pk, now.stance, now.summary_en) == (position.pk, "supports", "As it was")
    assert (now.evidence.get().locator, fresh(unit).made_position) == ("¶ 2", False)


def test_one_that_is_published_stays_as_it_is_until_a_reviewer_accepts_the_change():
    team, position = with_one_in_the_record()
    unit, reviewer = team.units()[0], author_as("reviewer")
    with pytest.raises(ReasonMissing):
        settle(unit, Decision(unit.codings.first(), into=position), reviewer)
    settle(unit, Decision(unit.codings.first(), into=position, reason="Two read it so."), reviewer)
    now = Position.objects.public().get()
    assert (now.pk, now.stance) == (position.pk, "opposes")
    accept(Revision.objects.get(), reviewer)
    assert Position.objects.public().get().stance == "supports"


def test_another_position_is_not_taken_for_it():
    team, _position = with_one_in_the_record(status=Status.DRAFT)
    with pytest.raises(Invalid, match="positions offered"):
        settle(team.units()[0], Decision(team.units()[0].codings.first(), into=PositionFactory()), team.editor)


def test_going_over_to_one_that_is_there_takes_the_draft_away_that_was_made():
    team, position = with_one_in_the_record(status=Status.DRAFT)
    team.round.units.create(number=9)  # so that the round is not settled with the first
    reading = team.units()[0].codings.first()
    made = settle(team.units()[0], Decision(reading), team.editor).position
    settle(team.units()[0], Decision(reading, into=position), team.editor)
    assert Position.objects.get() == position != made
