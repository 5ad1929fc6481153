from __future__ import annotations

import pytest
from django.urls import reverse

from debate.publishing import Status
from editing.publishing.checking import Weight
from positions.models import Evidence, Position, Proposition
from review.changing import change
from tests.factories import (
    AppearanceFactory,
    CapacityFactory,
    EventFactory,
    EventSourceFactory,
    EvidenceFactory,
    OrganizationFactory,
    PersonFactory,
    PositionFactory,
    PropositionFactory,
    PropositionTopicFactory,
    SessionFactory,
    TopicFactory,
)
from tests.review.people import author_as, person_as

pytestmark = pytest.mark.django_db
CHOICE_QUERIES, CONFIRMATION_QUERIES = 25, 26


def fresh(record):
    return type(record)._base_manager.get(pk=record.pk)


def debate(**options):
    """In review, in Korean, with nothing missing in it."""
    whole = {"title_ko": "토론회", "summary_ko": "요약", "source_language": "ko", "status": Status.IN_REVIEW}
    event = EventFactory(**{**whole, **options})
    EventSourceFactory(event=event)
    return event


def position(event, **options):
    """Complete, on a proposition and a topic that are in review, too."""
    proposition = PropositionFactory(status=Status.IN_REVIEW)
    wording = proposition.current_wording
    wording.text_ko = "명제"
    wording.save()
    PropositionTopicFactory(proposition=proposition, topic=TopicFactory(status=Status.IN_REVIEW))
    session = event.sessions.first() or SessionFactory(event=event)
    appearance = CapacityFactory(appearance__session=session, appearance__person__name_ko="김").appearance
    whole = {"summary_ko": "요약", "status": Status.IN_REVIEW, "on": proposition, "appearance": appearance}
    return EvidenceFactory(position=PositionFactory(**{**whole, **options})).position


def address(event):
    return reverse("editing:publish", args=[event.slug])


@pytest.fixture
def reviewer(client):
    client.force_login(person_as("reviewer", is_staff=True))
    return client


def chosen(*records):
    names = {"position": [], "proposition": [], "topic": []}
    for record in records:
        names[record._meta.model_name].append(f"{record.pk}.{record.revision}")
    return names


def all_of(one):
    return one, one.proposition, *one.proposition.topics.all()


def published(client, event, *records, **more):
    data = {"revision": event.revision, "confirmed": "yes", "reason": "Read twice.", **chosen(*records), **more}
    return client.post(address(event), data)


def test_a_complete_debate_has_nothing_to_be_mended(reviewer):
    event = debate()
    position(event)
    assert reviewer.get(address(event)).context["findings"] == []


def test_what_is_incomplete_is_listed_with_a_way_to_mend_it(reviewer):
    event = debate(title_ko="", title_en="Only English", summary_ko="", date="")
    event.event_sources.all().delete()
    one = position(event, summary_ko="", stance="conditional", condition_en="If", condition_ko="")
    wording = one.wording
    wording.text_ko = ""
    wording.save()
    person = PersonFactory(name_en="Only English")
    AppearanceFactory(session=event.sessions.get(), person=person)
    SessionFactory(event=event, title_en="Empty session")
    bare = PositionFactory(appearance=one.appearance, on=one.proposition, summary_ko="요약", status=Status.DRAFT)
    EvidenceFactory(position=one, quote="x", state=Evidence.State.NOT_FOUND)
    EvidenceFactory(position=one, quote="x", state=Evidence.State.MOVED)
    found = {one.what: one for one in reviewer.get(address(event)).context["findings"]}
    assert [(what, one.weight) for what, one in found.items() if one.is_heavy] == [
        ("It has no title in its own language.", Weight.STOPS),
        ("It has no source: nobody could check it.", Weight.STOPS),
        ("Positions without evidence: nobody could check them.", Weight.HINDERS),
    ]
    assert {what for what, one in found.items() if not one.is_heavy} == {
        "It has no summary in its own language.",
        "It has no date.",
        "Quotes that are not found in their source.",
        "Quotes that are found elsewhere than they were, to be confirmed.",
        "Positions without a summary in the debate's own language.",
        "Conditions that are not given in the debate's own language.",
        "Propositions without a wording in the debate's own language.",
        "People who appear without a capacity.",
        "People without a name in the debate's own language.",
        "Sessions in which nobody appears.",
    }
    (item,) = found["Positions without evidence: nobody could check them."].items
    assert item.address == reverse("admin:positions_position_change", args=[bare.pk])
    assert {item.name for finding in found.values() for item in finding.items} >= {"Only English", "Empty session"}


def test_what_can_be_published_is_suggested_with_what_it_needs(reviewer):
    event = debate()
    whole = position(event)
    lost = position(event)
    EvidenceFactory(position=lost, quote="x", state=Evidence.State.NOT_FOUND)
    bare = PositionFactory(appearance=whole.appearance, on=whole.proposition, status=Status.DRAFT)
    offer = reviewer.get(address(event)).context["offer"]
    assert {one.record: (one.can_be_published, one.is_suggested) for one in offer.positions} == {
        whole: (True, True),
        lost: (True, False),
        bare: (False, False),
    }
    assert {one.record for one in offer.propositions} == {whole.proposition, lost.proposition}
    assert {one.record for one in offer.topics} == {*whole.proposition.topics.all(), *lost.proposition.topics.all()}


def test_what_would_be_public_is_counted_and_listed_before_it_is(reviewer):
    event, above = debate(), OrganizationFactory(name_en="The ministry above")
    one = position(event)
    organization = one.appearance.capacities.get().organization
    organization.parent = above
    organization.save()
    data = {"revision": event.revision, **chosen(*all_of(one))}
    shown = reviewer.post(address(event), data)
    assert {part.what: (part.count, part.first) for part in shown.context["becoming"]} == {
        "positions": (1, [one]),
        "people": (1, [one.person]),
        "organizations": (2, [organization, above]),
        "sources": (2, [event.event_sources.get().source, one.evidence.get().source]),
        "propositions": (1, [one.proposition]),
        "topics": (1, list(one.proposition.topics.all())),
    }
    assert not fresh(event).is_public and not fresh(one).is_public


def test_one_confirmation_publishes_all_that_was_chosen_with_its_reason(reviewer, client):
    event = debate()
    one, other = position(event), position(event)
    answer = published(reviewer, event, *all_of(one))
    assert answer.headers["Location"] == reverse("editing:review-record", args=["debate", event.pk])
    assert all(fresh(record).is_public for record in (event, *all_of(one)))
    assert fresh(other).status == fresh(other.proposition).status == Status.IN_REVIEW
    assert fresh(one.person).is_public
    for record in (event, *all_of(one)):
        latest = record.history.first()
        assert (latest.history_change_reason, latest.history_user.username[:8]) == ("Read twice.", "reviewer")
    client.logout()
    assert str(one.summary_ko) in client.get(event.get_absolute_url()).text


def test_later_positions_are_published_into_a_debate_that_is_public(reviewer):
    event = debate(status=Status.PUBLISHED)
    one = position(event)
    published(reviewer, event, *all_of(one))
    assert fresh(one).is_public


def test_without_a_reason_nothing_is_published_and_the_choice_is_kept(reviewer):
    event = debate()
    one = position(event)
    refused = published(reviewer, event, *all_of(one), reason=" ")
    assert refused.status_code == 400 and "Say why it is published" in refused.text
    assert f'value="{one.pk}.{one.revision}"' in refused.text
    assert not fresh(event).is_public


@pytest.mark.parametrize("without", ["evidence", "proposition", "debate's title"])
def test_what_is_not_whole_is_refused_and_nothing_of_it_is_published(reviewer, without):
    event = debate(**({"title_ko": "", "title_en": "x"} if without == "debate's title" else {}))
    one = position(event)
    if without == "evidence":
        one.evidence.all().delete()
    records = [record for record in all_of(one) if record._meta.model_name != without]
    refused = published(reviewer, event, *records)
    assert refused.status_code == 409 and refused.context["mistake"]
    assert not Position.objects.public().exists() and not Proposition.objects.public().exists()


@pytest.mark.parametrize("changed", ["debate", "position", "withdrawn"])
def test_what_was_changed_meanwhile_is_not_published_unseen(reviewer, changed):
    event = debate()
    one = position(event)
    records = all_of(one)
    if changed == "debate":
        change(event, {"title_ko": "다른 제목"}, author_as("editor"))
    elif changed == "position":
        change(one, {"summary_ko": "다른 요약"}, author_as("editor"))
    else:
        change(one, {"status": "withdrawn", "withdrawn_because": "x"}, author_as("reviewer"), reason="x")
    refused = published(reviewer, event, *records)
    assert refused.status_code == 409 and "meanwhile" in refused.context["mistake"]
    assert not fresh(event).is_public and not Proposition.objects.public().exists()


@pytest.mark.parametrize("role", ["contributor", "editor"])
def test_others_see_what_is_incomplete_and_publish_nothing(client, role):
    event = debate(summary_ko="")
    one = position(event)
    client.force_login(person_as(role, is_staff=True))
    assert "It has no summary" in client.get(address(event)).text
    assert published(client, event, *all_of(one)).status_code == 409
    assert not fresh(event).is_public


@pytest.mark.parametrize(
    "data",
    [{}, {"revision": "x"}, {"position": ["nothing"]}, {"position": ["1.1"], "confirmed": "yes"}, {"topic": ["9.9"]}],
    ids=str,
)
def test_what_can_not_be_chosen_is_told(reviewer, data):
    event = debate(status=Status.PUBLISHED)
    position(event)
    assert reviewer.post(address(event), data).status_code == 409


def test_there_is_no_such_debate(reviewer):
    assert reviewer.get(reverse("editing:publish", args=["nowhere"])).status_code == 404


@pytest.mark.parametrize("rows", [1, 12])
def test_it_runs_the_same_queries_for_any_debate(reviewer, rows, django_assert_num_queries):
    event = debate()
    several = [position(event, summary_ko="") for _row in range(rows)]
    with django_assert_num_queries(CHOICE_QUERIES):
        reviewer.get(address(event))
    data = chosen(*(record for one in several for record in all_of(one)))
    with django_assert_num_queries(CONFIRMATION_QUERIES):
        reviewer.post(address(event), {"revision": event.revision, **data})
