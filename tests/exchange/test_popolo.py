"""The record as Popolo: by the rules of its schemas, with nothing that is not public."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from debate.publishing import Status
from exchange import popolo
from exchange.popolo.dates import ends
from speakers.models import Identifier, Link, Name
from tests.factories import (
    AffiliationFactory,
    AppearanceFactory,
    CapacityFactory,
    EventFactory,
    EventOrganizationFactory,
    EventSourceFactory,
    OrganizationFactory,
    PersonFactory,
    SessionFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db

# What the specification asks of the properties that are used here.
DATE = {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}){0,2}$"}
TEXT = {"type": "string", "minLength": 1}
ADDRESS = {"type": "string", "format": "uri"}
MOMENT = {"type": "string", "format": "date-time"}
EXTENSION = {"type": "object"}


def obj(required: str = "", **properties: Any) -> dict[str, Any]:
    return {
        "type": "object", "properties": properties, "required": required.split(), "additionalProperties": False,
    }  # fmt: skip


def listed(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "minItems": 1, "items": items}


LINK = obj("url", url=ADDRESS, note=TEXT)
OTHER_NAME = obj("name", name=TEXT, note=TEXT, start_date=DATE, end_date=DATE)
COMMON = {
    "id": TEXT, "created_at": MOMENT, "updated_at": MOMENT, "sources": listed(LINK), "debate_record": EXTENSION,
}  # fmt: skip
SOMEBODY = {
    **COMMON, "name": TEXT, "other_names": listed(OTHER_NAME), "links": listed(LINK),
    "identifiers": listed(obj("identifier", scheme=TEXT, identifier=TEXT)),
}  # fmt: skip
SCHEMAS = {
    "persons": obj("id name", **SOMEBODY, sort_name=TEXT, biography=TEXT),
    "organizations": obj("id name", **SOMEBODY, classification=TEXT, parent_id=TEXT, description=TEXT),
    "memberships": obj(
        "id person_id", **COMMON, person_id=TEXT, organization_id=TEXT, organization=obj("name", name=TEXT), role=TEXT,
        label=TEXT, start_date=DATE, end_date=DATE,
    ),
    "events": obj(
        "id name", **COMMON, name=TEXT, description=TEXT, classification=TEXT, start_date=DATE, end_date=DATE,
        location=TEXT, organization_id=TEXT, attendees=listed(obj("id name", id=TEXT, name=TEXT)),
    ),
}  # fmt: skip


def document() -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = json.loads(b"".join(popolo.written()))
    return found


def only(collection: str) -> dict[str, Any]:
    (one,) = document()[collection]
    return one


@pytest.fixture
def hearing():
    """A person and an organization with all there is to know of them, at a hearing."""
    event = EventFactory(
        slug="hearing", title_en="Hearing", title_ko="청문회", date="2025-02", kind="hearing", venue_name_en="Hall",
        venue_room_en="Room 2", summary_en="On robots.",
    )  # fmt: skip
    host = EventOrganizationFactory(
        event=event, organization=OrganizationFactory(slug="host", name_en="Host")
    ).organization
    EventSourceFactory(event=event, source=SourceFactory(url="https://example.org/minutes"))
    EventSourceFactory(event=event, source=SourceFactory(url=""))
    kim = PersonFactory(slug="kim", name_en="Kim", name_ko="김", note_en="A note.")
    Name.objects.create(person=kim, text="Kim-Old", kind="former", period="2001-03/2010", language="en")
    Identifier.objects.create(person=kim, scheme="wikidata", value="Q1")
    Link.objects.create(person=kim, url="https://example.org/kim", label_en="Home")
    appearance = AppearanceFactory(session=SessionFactory(event=event), person=kim, role="witness")
    held = AffiliationFactory(person=kim, organization=host, role_en="Director", role_ko="소장", period="2024-05/..")
    CapacityFactory(
        appearance=appearance, organization=host, affiliation=held, role_en="Acting director", basis="on_behalf_of"
    )
    return event


def test_every_object_keeps_to_the_rules_of_popolo(hearing):
    AppearanceFactory(session__event=EventFactory(date="XXXX-XX-12"), person=None, label="A citizen")
    for collection, found in document().items():
        validator = Draft202012Validator(SCHEMAS[collection], format_checker=FormatChecker())
        assert found
        assert [error.message for one in found for error in validator.iter_errors(one)] == []


def test_ids_point_to_what_is_there(hearing):
    there = document()
    ids = {collection: {one["id"] for one in found} for collection, found in there.items()}
    assert {one["person_id"] for one in there["memberships"]} <= ids["persons"]
    assert {one["organization_id"] for one in there["memberships"]} <= ids["organizations"]
    assert {one["organization_id"] for one in there["events"]} <= ids["organizations"]
    assert {one["id"] for event in there["events"] for one in event["attendees"]} <= ids["persons"]


def test_a_person_has_every_name_identifier_and_link(hearing):
    kim = only("persons")
    assert kim["name"] == "Kim"
    assert kim["other_names"] == [
        {"name": "김", "note": "in Korean"},
        {"name": "Kim-Old", "note": "former", "start_date": "2001-03", "end_date": "2010"},
    ]
    assert kim["identifiers"] == [{"scheme": "wikidata", "identifier": "Q1"}]
    assert kim["links"] == [{"url": "https://example.org/kim", "note": "Home"}]
    assert kim["sources"] == [{"url": "http://127.0.0.1:8000/speakers/kim/", "note": "Debate Record"}]
    assert kim["biography"] == "A note."
    assert "family_name" not in kim, "nothing is guessed from a name"


def test_an_affiliation_is_a_membership_with_as_much_of_its_time_as_is_known(hearing):
    affiliation, _capacity = document()["memberships"]
    assert (affiliation["person_id"], affiliation["organization_id"], affiliation["role"]) == (
        "kim",
        "host",
        "Director",
    )
    assert affiliation["start_date"] == "2024-05" and "end_date" not in affiliation
    assert affiliation["debate_record"] == {
        "kind": "affiliation",
        "period": "2024-05/..",
        "role_en": "Director",
        "role_ko": "소장",
        "source_language": "en",
    }  # fmt: skip


def test_a_capacity_is_a_membership_as_printed_at_its_event_and_of_no_other_time(hearing):
    affiliation, capacity = document()["memberships"]
    assert (capacity["person_id"], capacity["organization_id"]) == ("kim", "host")
    assert (capacity["role"], capacity["label"]) == ("Acting director", "Acting director, Host")
    assert not {"start_date", "end_date"} & capacity.keys()
    told = capacity["debate_record"]
    assert (told["kind"], told["event_id"], told["basis"]) == ("capacity", "hearing", "on_behalf_of")
    assert told["affiliation_id"] == affiliation["id"]
    assert told["doubtful"] is False


def test_an_organization_without_a_record_has_the_printed_name():
    appearance = AppearanceFactory()
    CapacityFactory(appearance=appearance, organization=None, organization_name_en="A club")
    membership = only("memberships")
    assert membership["organization"] == {"name": "A club"}
    assert "organization_id" not in membership


def test_an_event_has_its_host_its_place_and_who_was_there(hearing):
    AppearanceFactory(session=hearing.sessions.get(), person=PersonFactory(name_en="Absent"), is_absent=True)
    event = only("events")
    assert (event["name"], event["classification"], event["location"]) == ("Hearing", "hearing", "Room 2, Hall")
    assert (event["start_date"], event["end_date"], event["organization_id"]) == ("2025-02", "2025-02", "host")
    assert event["attendees"] == [{"id": "kim", "name": "Kim"}]
    assert event["sources"][1:] == [{"url": "https://example.org/minutes", "note": "minutes"}]
    assert event["debate_record"]["title_ko"] == "청문회"
    assert event["debate_record"]["date"] == "2025-02"


@pytest.mark.once
@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("", (None, None)),
        ("2025", ("2025", "2025")),
        ("2025-02-12", ("2025-02-12", "2025-02-12")),
        ("2024-05/2025-01-03", ("2024-05", "2025-01-03")),
        ("2024-05/..", ("2024-05", None)),
        ("2024-05/", ("2024-05", None)),
        ("../2024", (None, "2024")),
        ("2025-XX-12", ("2025", "2025")),
        ("2025-02-XX", ("2025-02", "2025-02")),
        ("2025-1X", ("2025", "2025")),
        ("20XX", (None, None)),
        ("XXXX-XX-12", (None, None)),
    ],
)
def test_dates_are_as_precise_as_popolo_can_say_and_no_more(edtf, expected):
    assert ends(edtf) == expected


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW])
def test_nothing_unpublished_is_in_it(hearing, status):
    draft = EventFactory(title_en="SECRET debate", status=status)
    somebody = PersonFactory(name_en="SECRET person")
    appearance = AppearanceFactory(session__event=draft, person=somebody)
    CapacityFactory(appearance=appearance, organization=OrganizationFactory(name_en="SECRET organization"))
    out_of_sight = AffiliationFactory(person=somebody, organization=OrganizationFactory(name_en="SECRET other"))
    kim = hearing.sessions.get().appearances.get().person
    hidden = AffiliationFactory(person=kim, organization=out_of_sight.organization, role_en="SECRET role")
    capacity = CapacityFactory(appearance=kim.appearances.get(), organization=None, organization_name_en="Open")
    capacity.affiliation = hidden
    capacity.save()

    text = b"".join(popolo.written()).decode()

    assert "SECRET" not in text
    assert hidden.public_id not in text and out_of_sight.public_id not in text


@pytest.mark.parametrize("count", [1, 9])
def test_it_costs_the_same_queries_at_any_size(hearing, count, django_assert_num_queries):
    for _number in range(count):
        appearance = AppearanceFactory(person=PersonFactory())
        CapacityFactory(appearance=appearance)
        AffiliationFactory(person=appearance.person, organization=OrganizationFactory())
    with django_assert_num_queries(5 + 4 + 4 + 1 + 1 + 5):
        document()


def test_it_tells_how_many_objects_it_had(hearing):
    told: list[int] = []
    text = b"".join(popolo.written(told.append))
    assert told == [sum(map(len, json.loads(text).values()))]
