from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from debate.publishing import Status
from positions.models import Evidence, Position
from review import deciding
from review.changing import change
from review.models import Revision
from review.steps import Step, take
from tests.factories import EventFactory, EvidenceFactory, PositionFactory, PropositionFactory, TopicFactory
from tests.review.people import author_as, person_as

pytestmark = pytest.mark.django_db
QUEUE, MINE = "editing:review", "editing:review-mine"
QUEUE_QUERIES = 15
MINE_QUERIES = 13


def proposed(by=None, **values):
    position = PositionFactory()
    waiting = change(
        position, values or {"summary_en": "Better"}, by or author_as("contributor"), reason="Why."
    ).waiting
    assert waiting is not None
    return waiting


def names(response):
    return [row.name for row in response.context["rows"]]


@pytest.fixture
def reviewer(client):
    user = person_as("reviewer", is_staff=True)
    client.force_login(user)
    client.user = user
    return client


def test_the_queue_has_changes_and_records_in_review_the_longest_waiting_first(reviewer):
    old, topic = proposed(), TopicFactory(name_en="In review", status=Status.IN_REVIEW)
    Revision.objects.update(created_at=timezone.now() - timedelta(days=9))
    TopicFactory(status=Status.DRAFT)
    shown = reviewer.get(reverse(QUEUE))
    assert names(shown) == [str(old.record), "In review"]
    assert [row.address for row in shown.context["rows"]] == [
        reverse("editing:review-change", args=[old.pk]),
        reverse("editing:review-record", args=["topic", topic.pk]),
    ]
    assert "Why." in shown.text


def test_what_was_decided_on_or_is_published_no_longer_waits(reviewer):
    waiting = proposed()
    deciding.send_back(waiting, author_as("reviewer"), "No.")
    PositionFactory()
    assert names(reviewer.get(reverse(QUEUE))) == []


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"kind": "change"}, ["changed"]),
        ({"kind": "records"}, ["topic", "position"]),
        ({"kind": "topic"}, ["topic"]),
        ({"debate": "the-hearing"}, ["changed", "evidence", "position"]),
        ({"author": "min"}, ["changed"]),
        ({"older": "7"}, ["changed"]),
        ({"debate": "the-hearing", "kind": "position"}, ["position"]),
    ],
    ids=str,
)
def test_the_queue_is_narrowed(reviewer, asked, found):
    event = EventFactory(slug="the-hearing")
    there = PositionFactory(appearance__session__event=event, summary_en="changed")
    min_ = author_as("contributor")
    min_.user.username = "min"
    min_.user.save()
    change(there, {"kind": "concern"}, min_, reason="x")
    Revision.objects.update(created_at=timezone.now() - timedelta(days=9))
    TopicFactory(name_en="topic", status=Status.IN_REVIEW)
    PositionFactory(appearance__session__event=event, summary_en="position", status=Status.IN_REVIEW)
    if "evidence" in found:
        new = {"position": there.pk, "source": EvidenceFactory().source_id, "locator": "¶ 2"}
        change(Evidence(), new, author_as("contributor"), reason="x")
        elsewhere = {"position": PositionFactory().pk, "source": EvidenceFactory().source_id, "locator": "¶ 2"}
        change(Evidence(), elsewhere, author_as("contributor"), reason="x")
    rows = reviewer.get(reverse(QUEUE), asked).context["rows"]
    kinds = ["evidence" if row.revision and row.record is None else row.name for row in rows]
    assert sorted(kinds) == sorted(found)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"debate": "nowhere"}, "There is no debate with this slug"),
        ({"author": "nobody at all"}, "There is no account of this name"),
        ({"kind": "person"}, "Select a valid choice"),
        ({"older": "soon"}, "Select a valid choice"),
    ],
    ids=str,
)
def test_what_can_not_be_asked_for_is_told(reviewer, asked, told):
    response = reviewer.get(reverse(QUEUE), asked)
    assert response.status_code == 400
    assert told in response.text


@pytest.mark.parametrize("rows", [1, 30])
def test_the_queue_runs_the_same_queries_at_any_size(reviewer, rows, django_assert_num_queries):
    contributor = author_as("contributor")
    for _row in range(rows):
        proposed(by=contributor)
        source = EvidenceFactory().source_id
        new = {"position": PositionFactory().pk, "source": source, "locator": "¶ 2"}
        change(Evidence(), new, contributor, reason="x")
        TopicFactory(status=Status.IN_REVIEW)
        EventFactory(status=Status.IN_REVIEW)
        PropositionFactory(status=Status.IN_REVIEW)
        PositionFactory(status=Status.IN_REVIEW)
    with django_assert_num_queries(QUEUE_QUERIES):
        shown = reviewer.get(reverse(QUEUE))
    assert len(shown.context["rows"]) == min(50, rows * 6)


@pytest.mark.parametrize("role", ["contributor", "editor", "administrator"])
def test_who_may_not_decide_is_led_to_what_is_theirs(client, role):
    client.force_login(person_as(role, is_staff=True))
    assert client.get(reverse(QUEUE)).headers["Location"] == reverse(MINE)


@pytest.mark.parametrize("name", [QUEUE, MINE])
def test_nobody_sees_it_without_logging_in(client, name):
    assert reverse("admin:login") in client.get(reverse(name)).headers["Location"]


def test_ones_own_work_is_what_waits_what_came_back_and_what_was_not_sent(client):
    by = author_as("contributor")
    by.user.is_staff = True
    by.user.save()
    waiting, back = proposed(by=by), proposed(by=by)
    deciding.send_back(back, author_as("reviewer"), "Read it once more.")
    draft = change(
        Position(),
        {
            "appearance": waiting.record.appearance_id,
            "wording": waiting.record.wording_id,
            "stance": "supports",
            "kind": "concern",
            "summary_en": "My draft",
        },
        by,
    ).record
    proposed(), PositionFactory(status=Status.DRAFT)
    client.force_login(by.user)
    shown = client.get(reverse(MINE))
    assert [row.revision for row in shown.context["waiting"][0]] == [waiting]
    assert [row.revision for row in shown.context["sent_back"][0]] == [back]
    assert [found for _kind, _name, (found, _more) in shown.context["drafts"] if found] == [[draft]]
    assert "Read it once more." in shown.text and "My draft" in shown.text


def test_a_record_that_came_back_is_told_of_until_it_is_sent_again(client):
    editor, topic = author_as("editor"), TopicFactory(status=Status.DRAFT)
    editor.user.is_staff = True
    editor.user.save()
    take(Step.SEND_TO_REVIEW, topic, editor)
    take(Step.SEND_BACK, topic, author_as("reviewer"), reason="Which kind?")
    client.force_login(editor.user)
    assert "Which kind?" in client.get(reverse(MINE)).text
    take(Step.SEND_TO_REVIEW, topic, editor)
    assert client.get(reverse(MINE)).context["sent_back"] == ([], False)


@pytest.mark.parametrize("rows", [1, 12])
def test_ones_own_work_runs_the_same_queries_at_any_size(client, rows, django_assert_num_queries):
    by = author_as("contributor")
    by.user.is_staff = True
    by.user.save()
    reviewer = author_as("reviewer")
    for _row in range(rows):
        proposed(by=by)
        deciding.send_back(proposed(by=by), reviewer, "No.")
        change(EventFactory(), {"title_en": "Another"}, by, reason="x")
    client.force_login(by.user)
    with django_assert_num_queries(MINE_QUERIES):
        client.get(reverse(MINE))
