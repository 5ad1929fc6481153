"""A copy of the record that follows its changes is like the record again."""

from __future__ import annotations

import json
from random import Random
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection

from api.exports.contents import records
from api.formats import JSONRenderer
from debate.models import Capacity, EditorialNote, Event, EventOrganization, EventRelation, EventSource
from debate.publishing import Status
from positions.models import Evidence, Position, PositionCapacity, PropositionTopic, Remark, Wording
from record import changes, version
from record.models import Departure
from record.triggers import note_everything
from speakers.models import Name
from tests.api.examples import RESOURCES, make_example
from tests.factories import (
    AffiliationFactory,
    AppearanceFactory,
    CapacityFactory,
    EventFactory,
    EvidenceFactory,
    OrganizationFactory,
    PersonFactory,
    PositionFactory,
    PropositionFactory,
    PropositionTopicFactory,
    SessionFactory,
    SourceFactory,
    TopicFactory,
)
from tests.record.commits import as_if_committed

pytestmark = pytest.mark.django_db

WITHDRAWN = {"status": Status.WITHDRAWN, "withdrawn_at": "2026-01-01T00:00:00Z", "withdrawn_because": "A mistake."}

type Copy = dict[str, dict[str, Any]]


def whole() -> Copy:
    """The record as an archive of now would have it."""
    return {
        resource: {one["id"]: json.loads(JSONRenderer().render(one)) for one in records(resource)}
        for resource in RESOURCES
    }


class Mirror:
    """Does what docs/open-data.md tells a program to do."""

    def __init__(self, client: Any) -> None:
        as_if_committed()
        self.client, self.at, self.copy = client, version.stamp(), whole()

    def told(self, limit: int = 1_000) -> list[dict[str, Any]]:
        as_if_committed()
        address = f"/api/v1/changes/?since={self.at.number}&token={self.at.token}&limit={limit}"
        found: list[dict[str, Any]] = []
        while address:
            answer = self.client.get(address).json()
            assert len(answer["results"]) <= limit
            found += answer["results"]
            address = answer["next"] and answer["next"].removeprefix("http://127.0.0.1:8000")
        assert len(found) == answer["count"]
        self.at = version.Stamp(answer["until"], answer["token"])
        return found

    def follow(self, limit: int = 1_000) -> None:
        for one in self.told(limit):
            kept = self.copy[one["resource"]]
            if one["change"] == "removed":
                kept.pop(one["id"], None)
            else:
                kept[one["id"]] = self.client.get(urlsplit(one["url"]).path).json()


def differing(first: Copy, second: Copy) -> set[str]:
    return {
        f"{resource}:{identifier}"
        for resource in RESOURCES
        for identifier in first[resource].keys() | second[resource].keys()
        if first[resource].get(identifier) != second[resource].get(identifier)
    }


@pytest.fixture
def mirror(client, example):
    make_example()
    return Mirror(client)


def test_the_records_come_along_where_they_are_asked_for(mirror, client, example):
    renamed(example.debate, title_en="Another")
    withdrawn(example.position)
    as_if_committed()
    address = f"/api/v1/changes/?since={mirror.at.number}&records=include&limit=3"
    seen = 0
    while address:
        page = client.get(address).json()
        assert len(page["results"]) <= 3
        for one in page["results"]:
            seen += 1
            gone = one["change"] == "removed"
            assert one["record"] == (None if gone else client.get(urlsplit(one["url"]).path).json())
        address = page["next"] and page["next"].removeprefix("http://127.0.0.1:8000")
    assert seen == page["count"] > 10


def test_nothing_has_changed_since_now(mirror, client):
    assert mirror.told() == []


def renamed(record, **values):
    for name, value in values.items():
        setattr(record, name, value)
    record.save()


def remark_on(person):
    Remark.objects.create(person=person, kind="disputed", date="2026-01-01", text_en="No.")


def reworded(example):
    wording = Wording.objects.create(proposition=example.proposition, text_en="Said anew")
    renamed(example.position, wording=wording)
    return wording


def withdrawn(record):
    renamed(record, **WITHDRAWN)


def the_last_on_an_old_wording_goes(example):
    Wording.objects.create(proposition=example.proposition, text_en="New")
    Position.objects.filter(proposition=example.proposition).delete()


def withdrawn_and_back(example):
    withdrawn(example.position)
    as_if_committed()
    renamed(example.position, status=Status.PUBLISHED, withdrawn_at=None, withdrawn_because="")


EDITS = {
    "a person is renamed": lambda e: renamed(e.speaker, name_en="Another"),
    "a person gets another address": lambda e: renamed(e.speaker, slug="another-address"),
    "an organization is renamed": lambda e: renamed(e.organization, name_en="Another"),
    "an organization becomes part of another": lambda e: renamed(e.organization, parent=OrganizationFactory()),
    "an organization is part of none": lambda e: renamed(e.organization, parent=None),
    "a parent is renamed": lambda e: renamed(e.organization.parent, name_en="Another"),
    "a debate is renamed": lambda e: renamed(e.debate, title_en="Another"),
    "a debate gets another address": lambda e: renamed(e.debate, slug="another-debate"),
    "a debate gets another date": lambda e: renamed(e.debate, date="2024"),
    "a debate is withdrawn": lambda e: withdrawn(e.debate),
    "a debate goes back to draft": lambda e: renamed(e.debate, status=Status.DRAFT),
    "a related debate is withdrawn": lambda e: withdrawn(Event.objects.get(relations_to__from_event=e.debate)),
    "a relation ends": lambda e: EventRelation.objects.filter(from_event=e.debate).delete(),
    "a note is written": lambda e: EditorialNote.objects.create(event=e.debate, text_en="A note."),
    "a host leaves": lambda e: EventOrganization.objects.filter(event=e.debate).delete(),
    "a source no longer belongs": lambda e: EventSource.objects.filter(event=e.debate).delete(),
    "a session is renamed": lambda e: renamed(e.session, title_en="Another"),
    "a session is made": lambda e: SessionFactory(event=e.debate),
    "an appearance is made": lambda e: AppearanceFactory(session=e.session),
    "an appearance moves": lambda e: renamed(e.appearance, session=SessionFactory(event=e.debate)),
    "an appearance goes": lambda e: AppearanceFactory(session=e.session).delete(),
    "a capacity is changed": lambda e: renamed(e.capacity, role_en="Another"),
    "a capacity is made": lambda e: CapacityFactory(appearance=e.appearance),
    "a capacity is no longer named": lambda e: PositionCapacity.objects.filter(position=e.position).delete(),
    "a source is renamed": lambda e: renamed(e.source, title="Another"),
    "a source is a translation": lambda e: renamed(e.source, translation_of=SourceFactory()),
    "an affiliation is made": lambda e: AffiliationFactory(person=e.speaker, organization=e.organization),
    "an affiliation goes": lambda e: AffiliationFactory(person=e.speaker, organization=e.organization).delete(),
    "an affiliation moves out of sight": lambda e: renamed(e.affiliation, organization=OrganizationFactory()),
    "another name is given": lambda e: Name.objects.create(person=e.speaker, text="Also"),
    "a topic is renamed": lambda e: renamed(e.topic, name_en="Another"),
    "a topic gets another address": lambda e: renamed(e.topic, slug="another-topic"),
    "a topic is withdrawn": lambda e: withdrawn(e.topic),
    "a parent topic is withdrawn": lambda e: withdrawn(e.topic.parent),
    "a topic is taken off": lambda e: PropositionTopic.objects.filter(topic=e.topic).delete(),
    "a topic is put on": lambda e: PropositionTopicFactory(proposition=e.proposition, topic=TopicFactory()),
    "a proposition gets another address": lambda e: renamed(e.proposition, slug="another-proposition"),
    "a proposition is withdrawn": lambda e: withdrawn(e.proposition),
    "a proposition is worded anew": reworded,
    "the last position on an old wording goes": the_last_on_an_old_wording_goes,
    "a position is put right": lambda e: renamed(e.position, summary_en="Another"),
    "a position is made": lambda e: PositionFactory(appearance=e.appearance, on=e.proposition),
    "a draft is made": lambda e: PositionFactory(appearance=e.appearance, status=Status.DRAFT),
    "a position is withdrawn": lambda e: withdrawn(e.position),
    "a position is withdrawn and comes back": withdrawn_and_back,
    "a position is deleted": lambda e: e.position.delete(),
    "evidence is made": lambda e: EvidenceFactory(position=e.position, source=SourceFactory()),
    "evidence goes": lambda e: e.evidence.delete(),
    "evidence moves to another position": lambda e: renamed(e.evidence, position=e.link.to_position),
    "evidence moves to a draft": lambda e: renamed(e.evidence, position=PositionFactory(status=Status.DRAFT)),
    "words may no longer be shown": lambda e: renamed(e.source, quoting="nothing"),
    "a remark is made": lambda e: remark_on(e.speaker),
    "a remark moves": lambda e: renamed(e.remark, position=e.link.to_position),
    "a remark goes": lambda e: e.remark.delete(),
    "a link goes": lambda e: e.link.delete(),
    "a link turns to a draft": lambda e: renamed(e.link, to_position=PositionFactory(status=Status.DRAFT)),
    "both ends of a link are withdrawn": lambda e: Position.objects.update(**WITHDRAWN),
}  # fmt: skip


@pytest.mark.parametrize("edit", EDITS)
def test_a_copy_that_follows_is_like_the_record(mirror, example, edit):
    EDITS[edit](example)
    mirror.follow()
    assert differing(mirror.copy, whole()) == set()


def fresh(example):
    """The same objects as they are now; those that are gone are left out."""
    for name in example.__dataclass_fields__:
        record = getattr(example, name)
        found = type(record).objects.filter(pk=record.pk).first()
        if found is None:
            return False
        object.__setattr__(example, name, found)
    return True


@pytest.mark.parametrize("seed", range(6))
def test_so_is_one_that_comes_late_and_takes_many_pages(client, seed):
    random, examples = Random(seed), [make_example() for _number in range(3)]
    mirror = Mirror(client)
    for _round in range(3):
        for edit in random.sample(sorted(EDITS), 6):
            if fresh(example := random.choice(examples)):
                try_out(EDITS[edit], example)
        mirror.follow(limit=7)
        assert differing(mirror.copy, whole()) == set()


def try_out(edit, example):
    """Edits that make no sense after others are refused by the database or the models, and change nothing."""
    from django.db import DatabaseError, transaction

    try:
        with transaction.atomic():
            edit(example)
    except (DatabaseError, LookupError, AttributeError, Event.DoesNotExist):
        pass
    as_if_committed()


def test_each_change_says_what_it_was(mirror, example):
    withdrawn(example.position)
    renamed(example.speaker, name_en="Another")

    told = {(one["resource"], one["id"]): one for one in mirror.told()}

    gone = told["positions", example.position.public_id]
    assert gone["change"] == "removed" and gone["version"] <= mirror.at.number
    assert gone["url"] == f"http://127.0.0.1:8000/api/v1/positions/{example.position.public_id}/"
    assert told["evidence", example.evidence.public_id]["change"] == "removed"
    assert told["remarks", example.remark.public_id]["change"] == "removed"
    assert told["links", example.link.public_id]["change"] == "removed"
    speaker = told["speakers", example.speaker.slug]
    assert speaker["change"] == "changed" and speaker["version"] <= mirror.at.number
    shown_with = told["positions", example.link.to_position.public_id]
    assert (shown_with["change"], shown_with["version"]) == ("changed", None)


def test_a_new_address_is_a_new_record_and_the_end_of_the_old(mirror, example):
    before = example.topic.slug
    renamed(example.topic, slug="robots")

    told = {(one["id"], one["change"]) for one in mirror.told() if one["resource"] == "topics"}

    assert {(before, "removed"), ("robots", "changed")} <= told


def test_what_was_never_public_is_not_told_of(mirror):
    hidden = make_example(status=Status.DRAFT)
    renamed(hidden.debate, slug="secret-debate")
    renamed(hidden.topic, slug="secret-topic")
    AffiliationFactory(person=hidden.speaker).delete()
    for record in (hidden.link, hidden.remark, hidden.evidence, hidden.position):
        record.delete()
    as_if_committed()

    assert mirror.told() == []
    assert not Departure.objects.exists()


def test_a_slug_that_was_given_after_withdrawing_is_not_told_of(mirror, example):
    public_slug = example.debate.slug
    withdrawn(example.debate)
    as_if_committed()
    renamed(example.debate, slug="secret-debate")

    told = mirror.told()

    assert "secret-debate" not in str(told)
    assert ("debates", public_slug, "removed") in {(one["resource"], one["id"], one["change"]) for one in told}


def get(client, **parameters):
    return client.get("/api/v1/changes/", parameters)


def test_a_version_that_the_log_does_not_know_is_too_old(mirror, client, example):
    now = mirror.at
    for parameters in ({"since": now.number + 1}, {"since": 0}, {"since": now.number, "token": "0" * 32}):
        response = get(client, **parameters)
        assert (response.status_code, response["Content-Type"]) == (410, "application/problem+json"), parameters
        assert response.json()["type"].endswith("#too-old")
        assert "take a new archive" in response.json()["detail"]


def test_so_is_one_after_which_the_log_was_cut_or_everything_may_have_changed(mirror, client, example):
    before = mirror.at
    renamed(example.topic, name_en="Another")
    as_if_committed()
    assert get(client, since=before.number).status_code == 200
    note_everything(connection)
    as_if_committed()
    assert get(client, since=before.number).status_code == 410
    changes.forget(kept_versions=1)
    assert get(client, since=before.number).status_code == 410
    assert not Departure.objects.exists()


def test_so_is_one_since_which_more_has_changed_than_can_be_told(mirror, client, example, monkeypatch):
    renamed(example.speaker, name_en="Another")
    as_if_committed()
    monkeypatch.setattr("api.changes.MOST", 3)
    response = get(client, since=mirror.at.number)
    assert (response.status_code, response.json()["status"]) == (410, 410)


@pytest.mark.parametrize(
    ("parameters", "wrong"),
    [
        ({}, "since"),
        ({"since": "yesterday"}, "since"),
        ({"since": "-1"}, "since"),
        ({"since": "9" * 30}, "since"),
        ({"since": "1", "limit": "0"}, "limit"),
        ({"since": "1", "limit": "5001"}, "limit"),
        ({"since": "1", "token": "abc"}, "token"),
        ({"since": "1", "until": "x"}, "until"),
        ({"since": "1", "after": "nonsense"}, "after"),
        ({"since": "1", "records": "yes"}, "records"),
        ({"since": "1", "colour": "red"}, "colour"),
    ],
)
def test_bad_parameters_are_told_by_name(client, parameters, wrong):
    response = get(client, **parameters)
    assert response.status_code == 400
    assert [error["parameter"] for error in response.json()["errors"]] == [wrong]


def test_a_span_that_ends_before_it_begins_is_refused(mirror, client):
    response = get(client, since=mirror.at.number, until=mirror.at.number + 5)
    assert (response.status_code, response.json()["errors"][0]["parameter"]) == (400, "until")


def test_a_walk_ends_where_it_was_when_it_began(mirror, client, example):
    renamed(example.speaker, name_en="Another")
    as_if_committed()
    first = get(client, since=mirror.at.number, limit=1).json()
    renamed(example.topic, name_en="Another")
    as_if_committed()

    second = client.get(first["next"].removeprefix("http://127.0.0.1:8000")).json()

    assert (second["until"], second["token"]) == (first["until"], first["token"])
    assert second["results"][0]["id"] != first["results"][0]["id"]
    assert {one["resource"] for one in get(client, since=first["until"]).json()["results"]} >= {"topics"}


@pytest.mark.parametrize("count", [1, 20])
def test_changes_cost_the_same_queries_at_any_size(client, count, django_assert_max_num_queries):
    PositionFactory()
    as_if_committed()
    before = version.stamp()
    proposition = PropositionFactory()
    for _number in range(count):
        EvidenceFactory(position=PositionFactory(on=proposition, appearance__person=PersonFactory()))
    Capacity.objects.all().delete()
    EventFactory()
    as_if_committed()
    with django_assert_max_num_queries(80):
        assert get(client, since=before.number).status_code == 200
    assert Evidence.objects.count() == count
