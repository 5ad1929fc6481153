from __future__ import annotations

import pytest
from django.utils import timezone

from debate.publishing import Status
from positions.models import CodingRound, Position
from review.changing import change
from review.models import Revision
from review.refusals import Invalid, MovedOn, NotAllowed, ReasonMissing
from review.steps import Step, steps, take
from tests.factories import CodingUnitFactory, EventFactory, EvidenceFactory, PositionFactory, TopicFactory
from tests.review.people import author_as, person_as

pytestmark = pytest.mark.django_db
SETTLED = {"settled_at": timezone.now()}


def fresh(record):
    return type(record)._base_manager.get(pk=record.pk)


def ready(**options):
    return EvidenceFactory(position=PositionFactory(**options)).position


@pytest.mark.parametrize(
    ("role", "status", "offered"),
    [
        ("contributor", Status.DRAFT, []),
        ("contributor", Status.IN_REVIEW, []),
        ("contributor", Status.PUBLISHED, []),
        ("editor", Status.DRAFT, [Step.SEND_TO_REVIEW]),
        ("editor", Status.IN_REVIEW, [Step.TAKE_BACK]),
        ("editor", Status.PUBLISHED, []),
        ("reviewer", Status.DRAFT, [Step.SEND_TO_REVIEW, Step.PUBLISH]),
        ("reviewer", Status.IN_REVIEW, [Step.TAKE_BACK, Step.PUBLISH, Step.SEND_BACK]),
        ("reviewer", Status.PUBLISHED, [Step.WITHDRAW]),
        ("administrator", Status.DRAFT, []),
    ],
)
def test_the_steps_that_lie_before_a_record_are_offered_to_those_who_may_take_them(role, status, offered):
    assert steps(TopicFactory(status=status), author_as(role)) == offered


def test_a_record_goes_from_draft_to_the_public_and_back_step_by_step_with_its_reasons():
    position, editor, reviewer = ready(status=Status.DRAFT), author_as("editor"), author_as("reviewer")
    take(Step.SEND_TO_REVIEW, position, editor, base_revision=1, reason="Read twice.")
    assert fresh(position).status == Status.IN_REVIEW
    take(Step.PUBLISH, position, reviewer)
    assert fresh(position).is_public
    take(Step.WITHDRAW, position, reviewer, reason="  The source\n was retracted. ")
    withdrawn = fresh(position)
    assert (withdrawn.status, withdrawn.withdrawn_because) == ("withdrawn", "The source was retracted.")
    take(Step.PUBLISH_AGAIN, position, reviewer, reason="It stands again.")
    assert fresh(position).is_public
    assert [row.history_change_reason for row in position.history.all()] == [
        "It stands again.", "  The source\n was retracted. ", None, "Read twice.", None,
    ]  # fmt: skip


@pytest.mark.parametrize("step", [Step.SEND_BACK, Step.WITHDRAW])
def test_sending_back_and_withdrawing_need_a_reason(step):
    topic = TopicFactory(status=Status.IN_REVIEW if step is Step.SEND_BACK else Status.PUBLISHED)
    with pytest.raises(ReasonMissing):
        take(step, topic, author_as("reviewer"), reason=" ")
    assert fresh(topic).status == topic.status


def test_whoever_sent_a_record_to_review_is_told_why_it_came_back():
    event, editor, reviewer = EventFactory(status=Status.DRAFT), author_as("editor"), author_as("reviewer")
    take(Step.SEND_TO_REVIEW, event, editor)
    change(event, {"title_en": "Another"}, author_as("contributor"))
    take(Step.SEND_BACK, event, reviewer, reason="The date is missing.")
    told = Revision.objects.get()
    assert (told.record, told.author, told.state, told.values) == (event, editor.user, "sent_back", {})
    assert (told.decided_by, told.decision_comment) == (reviewer.user, "The date is missing.")
    latest = event.history.first()
    assert (latest.status, latest.history_change_reason) == ("draft", "The date is missing.")


def test_a_step_is_taken_from_the_state_that_was_seen():
    topic = TopicFactory(status=Status.DRAFT)
    change(topic, {"name_en": "Another name"}, author_as("editor"))
    with pytest.raises(MovedOn):
        take(Step.PUBLISH, topic, author_as("reviewer"), base_revision=1)
    take(Step.SEND_TO_REVIEW, topic, author_as("editor"))
    with pytest.raises(NotAllowed):
        take(Step.SEND_TO_REVIEW, topic, author_as("editor"))


@pytest.mark.parametrize("role", ["", "contributor", "editor", "administrator"])
def test_nobody_but_a_reviewer_publishes(role):
    topic = TopicFactory(status=Status.IN_REVIEW)
    with pytest.raises(NotAllowed):
        take(Step.PUBLISH, topic, author_as(role))


def test_a_position_without_evidence_is_not_published():
    position = PositionFactory(status=Status.IN_REVIEW)
    with pytest.raises(Invalid, match="no evidence"):
        take(Step.PUBLISH, position, author_as("reviewer"))
    assert not fresh(position).is_public


def test_a_position_of_a_coding_round_is_published_once_the_round_is_settled():
    position = ready(status=Status.IN_REVIEW)
    unit = CodingUnitFactory(
        position=position, made_position=True, outcome="adopted", **SETTLED, settled_by=person_as()
    )
    with pytest.raises(Invalid, match="not settled yet"):
        take(Step.PUBLISH, position, author_as("reviewer"))
    assert Position.objects.public().count() == 0
    CodingRound.objects.filter(pk=unit.round_id).update(state="settled", compared_at=timezone.now(), **SETTLED)
    assert take(Step.PUBLISH, position, author_as("reviewer")).is_public
