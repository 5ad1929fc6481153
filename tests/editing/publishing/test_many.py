from __future__ import annotations

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.urls import reverse

from debate.publishing import Status
from editing.publishing import bulk
from positions.models import Evidence, PropositionTopic
from review.changing import change
from review.models import Revision
from tests.factories import (
    EventFactory,
    EvidenceFactory,
    PositionFactory,
    PropositionFactory,
    PropositionTopicFactory,
    TopicFactory,
)
from tests.review.people import author_as, person_as

pytestmark = pytest.mark.django_db
CONFIRMATION_QUERIES = 10


def fresh(record):
    return type(record)._base_manager.get(pk=record.pk)


@pytest.fixture
def as_(client):
    def log_in(role):
        client.force_login(person_as(role, is_staff=True))
        return client

    return log_in


def act(client, action, *records, **more):
    meta = records[0]._meta
    data = {"action": action, ACTION_CHECKBOX_NAME: [record.pk for record in records], **more}
    return client.post(reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist"), data)


def confirm(client, action, *records, ready=None, **more):
    keys = [f"{record.pk}.{record.revision}" for record in (records if ready is None else ready)]
    return act(client, action, *records, confirmed="yes", key=keys, **{"reason": "Read.", **more})


def ready(**options):
    return EvidenceFactory(position=PositionFactory(status=Status.IN_REVIEW, **options)).position


def test_publishing_many_says_first_what_would_be_public_and_what_can_not_be_and_why(as_):
    whole, bare = ready(), PositionFactory(status=Status.DRAFT)
    lost = EvidenceFactory(position=ready(), quote="x", state=Evidence.State.NOT_FOUND).position
    unseen, out = ready(appearance__session__event__status=Status.DRAFT), PositionFactory()
    shown = act(as_("reviewer"), "publish_chosen", whole, bare, lost, unseen, out).context["bulk"]
    assert [one.record for one in shown.plain] == [whole]
    assert {one.record: one.but for one in shown.otherwise} == {
        lost: "A quote of it is not found in its source.",
        unseen: "Readers see it once its debate is published.",
    }
    assert [(one.record, one.cannot) for one in shown.left_out] == [
        (bare, "It has no evidence: nobody could check it."),
        (out, "It is published already."),
    ]
    assert not fresh(whole).is_public


def test_what_was_confirmed_is_published_and_nothing_else(as_):
    whole, bare = ready(), PositionFactory(status=Status.DRAFT)
    confirm(as_("reviewer"), "publish_chosen", whole, bare, ready=[whole])
    assert (fresh(whole).is_public, fresh(bare).status) == (True, Status.DRAFT)
    assert whole.history.first().history_change_reason == "Read."


def test_if_one_was_changed_meanwhile_none_is_published(as_):
    one, other = ready(), ready()
    change(other, {"summary_en": "Changed"}, author_as("editor"))
    refused = confirm(as_("reviewer"), "publish_chosen", one, other)
    assert "Nothing was done" in refused.context["mistake"]
    assert not fresh(one).is_public and not fresh(other).is_public


def test_without_a_reason_nothing_is_done(as_):
    one = ready()
    assert "Say why" in confirm(as_("reviewer"), "publish_chosen", one, reason=" ").context["mistake"]
    assert not fresh(one).is_public


@pytest.mark.parametrize(("role", "after"), [("editor", Status.IN_REVIEW), ("contributor", Status.DRAFT)])
def test_editors_send_many_to_review(as_, role, after):
    one, published = EventFactory(status=Status.DRAFT), EventFactory()
    confirm(as_(role), "send_chosen_to_review", one, published, ready=[one])
    assert (fresh(one).status, fresh(published).status) == (after, Status.PUBLISHED)


@pytest.mark.parametrize("role", ["contributor", "editor"])
def test_nobody_else_is_offered_or_does_publish(as_, role):
    one = ready()
    client = as_(role)
    assert "publish_chosen" not in client.get(reverse("admin:positions_position_changelist")).text
    confirm(client, "publish_chosen", one)
    assert fresh(one).status == Status.IN_REVIEW


def test_debates_are_published_one_by_one_and_a_stance_is_given_to_none(as_):
    client = as_("reviewer")
    event, position = EventFactory(status=Status.IN_REVIEW), ready()
    confirm(client, "publish_chosen", event)
    assert fresh(event).status == Status.IN_REVIEW
    page = client.get(reverse("admin:positions_position_changelist")).text
    offered = page.partition('name="action"')[2].partition("</select>")[0]
    assert "publish_chosen" in offered and "stance" not in offered
    assert fresh(position).stance == position.stance


def test_a_topic_is_assigned_to_many_propositions_that_lack_it(as_):
    topic, kept = TopicFactory(), PropositionTopicFactory()
    having = PropositionTopicFactory(topic=topic).proposition
    client = as_("reviewer")
    assert "Assign a topic" in act(client, "assign_topic", kept.proposition, having).text
    shown = act(client, "assign_topic", kept.proposition, having, topic=topic.pk).context["bulk"]
    assert [one.record for one in shown.ready] == [kept.proposition]
    assert [one.cannot for one in shown.left_out] == ["It has the topic already."]
    confirm(client, "assign_topic", kept.proposition, having, ready=[kept.proposition], topic=topic.pk)
    assert set(kept.proposition.topics.all()) == {topic, kept.topic}
    assert PropositionTopic.objects.filter(proposition=having).count() == 1


def test_a_topic_of_what_is_published_waits_where_who_assigns_it_may_not_publish(as_):
    topic, published, draft = TopicFactory(), PropositionFactory(), PropositionFactory(status=Status.DRAFT)
    client = as_("contributor")
    shown = act(client, "assign_topic", published, draft, topic=topic.pk).context["bulk"]
    assert [one.record for one in shown.otherwise] == [published]
    confirm(client, "assign_topic", published, draft, topic=topic.pk)
    assert set(PropositionTopic.objects.values_list("proposition", flat=True)) == {draft.pk}
    assert Revision.objects.get().record == published


def test_more_than_can_be_looked_through_is_refused(as_, monkeypatch):
    monkeypatch.setattr(bulk, "MOST_AT_ONCE", 1)
    one, other = ready(), ready()
    client = as_("reviewer")
    assert act(client, "publish_chosen", one, other).status_code == 302
    told = client.get(reverse("admin:positions_position_changelist"))
    assert "Choose at most 1 at once" in told.text


@pytest.mark.parametrize("rows", [1, 20])
def test_the_confirmation_runs_the_same_queries_for_any_number(as_, rows, django_assert_num_queries):
    several = [ready() for _row in range(rows)]
    client = as_("reviewer")
    with django_assert_num_queries(CONFIRMATION_QUERIES):
        act(client, "publish_chosen", *several)
