from __future__ import annotations

import pytest

from api.kept import store
from debate.models import EventRelation
from positions.models import PositionLink, Remark
from tests.api.examples import make_example
from tests.factories import (
    AffiliationFactory,
    AppearanceFactory,
    CapacityFactory,
    EventFactory,
    EventOrganizationFactory,
    EventSourceFactory,
    EvidenceFactory,
    OrganizationFactory,
    PositionFactory,
    PropositionTopicFactory,
    SessionFactory,
)

# The state of the record, the count, which rows, these rows, and what they show of other tables.
QUERIES = {
    "debates": 5,
    "sessions": 4,
    "appearances": 5,
    "sources": 4,
    "speakers": 4,
    "organizations": 4,
    "affiliations": 4,
    "topics": 4,
    "propositions": 5,
    "positions": 4,
    "evidence": 4,
    "remarks": 4,
    "links": 4,
}
# The state of the record is asked besides.
QUERIES_OF_ONE = {
    "debates": 10,
    "sessions": 4,
    "appearances": 2,
    "sources": 2,
    "speakers": 5,
    "organizations": 5,
    "affiliations": 1,
    "topics": 1,
    "propositions": 3,
    "positions": 8,
    "evidence": 1,
    "remarks": 1,
    "links": 1,
}


@pytest.mark.parametrize("rows", [1, 30])
def test_every_list_runs_the_same_queries_at_any_size(client, db, rows, django_assert_num_queries):
    for _number in range(rows):
        make_example()
    for resource, queries in QUERIES.items():
        store.clear()
        with django_assert_num_queries(queries):
            page = client.get(f"/api/v1/{resource}/?page_size=100").json()
        assert page["count"] >= rows and len(page["results"]) == min(page["count"], 100)


def grow(example):
    """Gives each record of the example ten more of what it shows of other tables."""
    for _number in range(10):
        EventOrganizationFactory(event=example.debate)
        EventSourceFactory(event=example.debate)
        EventRelation.objects.create(from_event=example.debate, to_event=EventFactory())
        AppearanceFactory(session=SessionFactory(event=example.debate), source=example.source)
        appearance = AppearanceFactory(session=example.session, source=EventSourceFactory(event=example.debate).source)
        CapacityFactory(appearance=appearance)
        organization = CapacityFactory(appearance=example.appearance).organization
        AffiliationFactory(person=example.speaker, organization=organization)
        CapacityFactory(appearance=appearance, organization=OrganizationFactory(parent=example.organization))
        PropositionTopicFactory(proposition=example.proposition)
        EventSourceFactory(source=example.source)
        position = PositionFactory(appearance=appearance)
        EvidenceFactory(position=example.position)
        PositionLink.objects.create(from_position=position, to_position=example.position, kind="disputes")
        Remark.objects.create(position=example.position, kind="correction", date="2026-01-02", text_en="A remark.")


@pytest.mark.parametrize("much", [False, True])
def test_every_record_by_itself_is_read_with_the_same_queries_however_much_it_shows(
    client, example, much, django_assert_num_queries
):
    if much:
        grow(example)
    for resource, address in example.addresses.items():
        with django_assert_num_queries(QUERIES_OF_ONE[resource]):
            assert client.get(address).status_code == 200


def test_a_filter_costs_a_query_for_each_kind_of_record_it_names(client, example, django_assert_num_queries):
    with django_assert_num_queries(QUERIES["positions"] + 2):
        client.get(f"/api/v1/positions/?speaker={example.speaker.slug}&debate={example.debate.slug}")
