from __future__ import annotations

import pytest
from django.urls import reverse

from debate.publishing import Status
from positions.models import Evidence
from review.changing import change
from review.steps import Step, take
from tests.factories import EventFactory, EvidenceFactory, PositionFactory, SourceFactory, TopicFactory
from tests.review.people import author_as, person_as

pytestmark = pytest.mark.django_db
RECORD_QUERIES = 18


def fresh(record):
    return type(record)._base_manager.get(pk=record.pk)


def page(record):
    return reverse("editing:review-record", args=[record._meta.model_name.replace("event", "debate"), record.pk])


def step(client, record, name, **more):
    return client.post(f"{page(record)}step/", {"step": name, "revision": record.revision, **more})


@pytest.fixture
def as_(client):
    def log_in(role):
        client.force_login(person_as(role, is_staff=True))
        return client

    return log_in


def test_what_was_never_public_is_shown_whole_with_the_words_it_was_read_from(as_):
    text = "One.\n\nShe said that the state should act now. Nobody objected."
    source = SourceFactory(title="Minutes of May", text=text)
    position = PositionFactory(status=Status.IN_REVIEW, summary_en="Wants it now", source_language="en")
    start = text.index("the state")
    quote = {"quote": "the state should act", "start": start, "end": start + 20, "state": "exact"}
    EvidenceFactory(position=position, source=source, locator="¶ 2", **quote)
    shown = as_("reviewer").get(page(position))
    assert shown.context["published"] is None
    columns = {one.column: one.after for one in shown.context["differences"]}
    assert columns["summary_en"] == "Wants it now" and columns["stance"] == "supports" and "evidence" in columns
    (reading,) = shown.context["readings"]
    assert (reading.before, reading.quote, reading.after) == (text[:start], "the state should act", text[start + 20 :])
    assert "<mark>the state should act</mark>" in shown.text and "Minutes of May" in shown.text


def test_what_was_public_shows_what_changed_since_field_by_field_and_row_by_row(as_):
    reviewer, position = author_as("reviewer"), EvidenceFactory(locator="¶ 1").position
    change(position, {"summary_en": "As published"}, reviewer, reason="x")
    take(Step.WITHDRAW, position, reviewer, reason="In doubt.")
    change(position, {"status": "draft", "summary_en": "Put right"}, reviewer, reason="y")
    rows = [{"pk": position.evidence.get().pk, "locator": "¶ 2"}]
    change(position, {"evidence": rows}, reviewer, reason="z")
    shown = as_("reviewer").get(page(position))
    assert shown.context["published"].summary_en == "As published"
    told = {one.column: (one.before, one.after) for one in shown.context["differences"]}
    assert set(told) == {"summary_en", "evidence"}
    assert told["summary_en"] == ("As published", "Put right")
    (row,) = next(one.rows for one in shown.context["differences"] if one.column == "evidence")
    assert [(one.before, one.after) for one in row.differences] == [("¶ 1", "¶ 2")]


def test_a_quote_that_is_not_in_its_source_is_told(as_):
    evidence = EvidenceFactory(quote="Nobody said so", state=Evidence.State.NOT_FOUND)
    evidence.position.status = Status.IN_REVIEW
    evidence.position.save()
    assert "not found" in as_("reviewer").get(page(evidence.position)).text


@pytest.mark.parametrize(
    ("role", "offered"),
    [("contributor", []), ("editor", ["take_back"]), ("reviewer", ["take_back", "publish", "send_back"])],
)
def test_a_record_offers_the_steps_that_one_may_take(as_, role, offered):
    topic = TopicFactory(status=Status.IN_REVIEW)
    shown = as_(role).get(page(topic))
    assert [one["value"] for one in shown.context["steps"]] == offered


def test_a_record_goes_through_review_by_its_screens(as_):
    topic = TopicFactory(status=Status.DRAFT)
    step(as_("editor"), topic, "send_to_review", reason="Ready.")
    assert fresh(topic).status == Status.IN_REVIEW
    step(as_("reviewer"), fresh(topic), "publish")
    assert fresh(topic).is_public
    refused = step(as_("reviewer"), fresh(topic), "withdraw")
    assert refused.status_code == 409 and "Say in a line why" in refused.text
    step(as_("reviewer"), fresh(topic), "withdraw", reason="Was one with another.")
    assert fresh(topic).withdrawn_because == "Was one with another."
    assert as_("").get(topic.get_absolute_url()).status_code == 410
    step(as_("reviewer"), fresh(topic), "publish_again")
    assert fresh(topic).is_public


def test_a_contributor_can_not_take_a_step_that_was_not_offered(as_):
    topic = TopicFactory(status=Status.DRAFT)
    for name in ("send_to_review", "publish"):
        assert step(as_("contributor"), topic, name).status_code == 409
    assert fresh(topic).status == Status.DRAFT


def test_what_was_changed_since_it_was_seen_is_looked_at_once_more(as_):
    topic = TopicFactory(status=Status.IN_REVIEW, name_en="Seen")
    change(topic, {"name_en": "Changed"}, author_as("editor"))
    refused = step(as_("reviewer"), topic, "publish", reason="Typed")
    assert refused.status_code == 409
    assert (
        "changed by somebody else meanwhile" in refused.text and "Changed" in refused.text and "Typed" in refused.text
    )
    assert not fresh(topic).is_public


def test_a_position_without_evidence_says_so_and_is_not_published(as_):
    position = PositionFactory(status=Status.IN_REVIEW)
    assert "It has no evidence" in as_("reviewer").get(page(position)).text
    refused = step(as_("reviewer"), position, "publish")
    assert refused.status_code == 409 and not fresh(position).is_public


def test_a_debate_is_published_on_its_own_screen(as_):
    event = EventFactory(status=Status.IN_REVIEW)
    offered = {one["value"]: one["address"] for one in as_("reviewer").get(page(event)).context["steps"]}
    assert offered["publish"] == reverse("editing:publish", args=[event.slug])
    assert step(as_("reviewer"), event, "publish").status_code == 409
    assert fresh(event).status == Status.IN_REVIEW


@pytest.mark.parametrize("data", [{}, {"step": "destroy"}, {"step": "publish", "revision": "x"}])
def test_a_step_that_can_not_be_taken_is_told(as_, data):
    topic = TopicFactory(status=Status.IN_REVIEW)
    assert as_("reviewer").post(f"{page(topic)}step/", data).status_code == 409


def test_there_is_no_such_kind_and_no_such_record(as_):
    client = as_("reviewer")
    for kind, number in (("person", 1), ("topic", 999)):
        assert client.get(reverse("editing:review-record", args=[kind, number])).status_code == 404


def test_who_may_not_see_records_sees_none(client):
    topic = TopicFactory(status=Status.DRAFT)
    client.force_login(person_as("", is_staff=True))
    assert client.get(page(topic)).status_code == 403


@pytest.mark.parametrize("rows", [1, 15])
def test_a_record_runs_the_same_queries_however_much_there_is_of_it(as_, rows, django_assert_num_queries):
    position = PositionFactory(status=Status.IN_REVIEW)
    EvidenceFactory.create_batch(rows, position=position)
    for number in range(rows):
        change(position, {"summary_en": f"No. {number}"}, author_as("editor"), reason="x")
    client = as_("reviewer")
    with django_assert_num_queries(RECORD_QUERIES):
        client.get(page(position))
