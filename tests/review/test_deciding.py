from __future__ import annotations

from datetime import date

import pytest

from positions.models import Evidence, Remark
from review.changing import change
from review.deciding import accept, send_back
from review.models import Revision
from review.refusals import Decided, Gone, Invalid, MovedOn, NotAllowed, ReasonMissing
from review.versions import proposed
from speakers.models import Name
from tests.factories import (
    AppearanceFactory,
    CapacityFactory,
    EvidenceFactory,
    PositionFactory,
    SessionFactory,
    SourceFactory,
)
from tests.review.people import author_as

pytestmark = pytest.mark.django_db


def propose(record, values, reason="A slip."):
    waiting = change(record, values, author_as("contributor"), reason=reason).waiting
    assert waiting is not None
    return waiting


def fresh(record):
    return type(record)._base_manager.get(pk=record.pk)


def test_an_accepted_change_is_public_in_the_name_of_its_author():
    position, reviewer = PositionFactory(), author_as("reviewer")
    waiting = propose(position, {"summary_en": "Better"})
    accepted = accept(waiting, reviewer, "Yes.")
    assert (accepted.summary_en, accepted.is_public) == ("Better", True)
    latest = position.history.first()
    assert (latest.history_user, latest.history_change_reason) == (waiting.author, "A slip.")
    assert (waiting.state, waiting.decided_by, waiting.decision_comment) == ("accepted", reviewer.user, "Yes.")
    assert waiting.decided_at is not None


def test_a_change_that_was_sent_back_leaves_the_record_as_it_was_and_says_why():
    position = PositionFactory(summary_en="As it was")
    waiting = propose(position, {"summary_en": "Worse"})
    with pytest.raises(ReasonMissing):
        send_back(waiting, author_as("reviewer"), " ")
    send_back(waiting, author_as("reviewer"), "The source says otherwise.")
    assert (fresh(position).summary_en, position.history.count()) == ("As it was", 1)
    assert (waiting.state, waiting.decision_comment) == ("sent_back", "The source says otherwise.")


@pytest.mark.parametrize("role", ["", "contributor", "editor", "administrator"])
def test_only_those_who_may_publish_decide(role):
    waiting = propose(PositionFactory(), {"stance": "opposes"})
    for decide in (accept, send_back):
        with pytest.raises(NotAllowed):
            decide(waiting, author_as(role), "x")
    with pytest.raises(NotAllowed):
        accept(waiting, author_as("reviewer", publishing=False))
    assert fresh(waiting).state == Revision.State.WAITING


def test_a_change_of_what_was_changed_since_is_a_conflict_field_by_field_and_goes_on_waiting():
    position = PositionFactory(summary_en="First", stance="supports")
    waiting = propose(position, {"summary_en": "Proposed", "kind": "concern"})
    change(position, {"summary_en": "Second", "stance": "neutral"}, author_as("reviewer"), reason="Read again.")
    with pytest.raises(MovedOn) as conflict:
        accept(waiting, author_as("reviewer"))
    told = {one.column: (one.before, one.yours, one.now) for one in conflict.value.differences}
    assert told == {
        "summary_en": ("First", "Proposed", "Second"),
        "stance": ("supports", "supports", "neutral"),
        "kind": ("recommendation", "concern", "recommendation"),
    }
    assert (fresh(position).summary_en, fresh(waiting).state) == ("Second", "waiting")


def test_a_change_is_decided_on_once():
    waiting = propose(PositionFactory(), {"stance": "opposes"})
    accept(waiting, author_as("reviewer"))
    for decide in (accept, send_back):
        with pytest.raises(Decided):
            decide(waiting, author_as("reviewer"), "x")


def test_what_was_to_be_new_is_made_on_acceptance():
    position, source = PositionFactory(), SourceFactory()
    waiting = propose(Evidence(), {"position": position.pk, "source": source.pk, "locator": "¶ 4"})
    evidence = accept(waiting, author_as("reviewer"))
    assert (evidence.position, evidence.locator, evidence.is_public) == (position, "¶ 4", True)
    assert waiting.record == evidence
    assert evidence.history.get().history_user == waiting.author


def test_days_times_and_rows_wait_as_they_were_meant():
    values = {"position": PositionFactory().pk, "kind": "correction", "date": date(2026, 3, 1), "text_en": "A slip."}
    assert accept(propose(Remark(), values), author_as("reviewer")).date == date(2026, 3, 1)
    session = SessionFactory()
    assert str(accept(propose(session, {"starts_at": "14:30"}), author_as("reviewer")).starts_at) == "14:30:00"

    person = AppearanceFactory().person
    name = Name.objects.create(person=person, text="Old", period="2020")
    rows = [{"pk": name.pk, "text": "New"}, {"text": "Another", "period": "2021/.."}]
    accept(propose(person, {"names": rows}), author_as("reviewer"))
    assert set(person.names.values_list("pk", "text", "period")) == {
        (name.pk, "New", "2020"),
        (Name.objects.get(text="Another").pk, "Another", "2021/.."),
    }


def test_what_can_no_longer_be_is_refused_and_goes_on_waiting():
    capacity = CapacityFactory()
    position = PositionFactory(appearance=capacity.appearance)
    waiting = propose(position, {"capacity_choices": [{"capacity": capacity.pk}]})
    capacity.delete()
    with pytest.raises(Invalid):
        accept(waiting, author_as("reviewer"))
    assert fresh(waiting).state == "waiting"


def test_a_change_of_what_is_gone_can_only_be_sent_back():
    position = PositionFactory()
    waiting = propose(position, {"stance": "opposes"})
    position.delete()
    with pytest.raises(Gone):
        accept(waiting, author_as("reviewer"))
    send_back(waiting, author_as("reviewer"), "It is no longer there.")
    assert waiting.state == "sent_back"


def test_who_proposes_says_why():
    with pytest.raises(ReasonMissing):
        change(PositionFactory(), {"stance": "opposes"}, author_as("contributor"))
    assert not Revision.objects.exists()


def test_a_row_that_came_while_a_change_waited_stays_and_is_not_told_as_removed():
    evidence = EvidenceFactory(locator="¶ 1")
    rows = [{"pk": evidence.pk, "locator": "¶ 2"}]
    waiting = change(evidence.position, {"evidence": rows}, author_as("contributor"), reason="Counted again.").waiting
    came = EvidenceFactory(position=evidence.position, locator="¶ 9")
    (told,) = proposed([waiting])[0]
    assert [row.what for row in told.rows] == ["changed"]
    accept(waiting, author_as("reviewer"))
    assert set(evidence.position.evidence.values_list("pk", "locator")) == {(evidence.pk, "¶ 2"), (came.pk, "¶ 9")}
