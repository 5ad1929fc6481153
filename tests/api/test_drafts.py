"""Nothing leaks of what is not published: address by address."""

from __future__ import annotations

import pytest

from debate.models import EventRelation
from debate.publishing import Status
from positions.models import Position, PositionLink, Remark
from tests.api.examples import RESOURCES, make_example
from tests.factories import (
    AppearanceFactory,
    EventFactory,
    EventOrganizationFactory,
    EvidenceFactory,
    OrganizationFactory,
    PersonFactory,
    PositionFactory,
    PropositionFactory,
    PropositionTopicFactory,
    SourceFactory,
    TopicFactory,
)

UNPUBLISHED = [Status.DRAFT, Status.IN_REVIEW]


@pytest.fixture(params=UNPUBLISHED)
def hidden(db, request):
    """Everything hangs on a debate, a topic and a proposition that are not published."""
    return make_example(status=request.param)


def test_what_hangs_on_something_unpublished_is_in_no_list_and_at_no_address(client, hidden):
    for resource, address in hidden.addresses.items():
        assert client.get(f"/api/v1/{resource}/").json()["count"] == 0, resource
        assert client.get(address).status_code == 404, address


def test_the_counts_are_of_what_is_public(client, hidden):
    assert set(client.get("/api/v1/version/").json()["counts"].values()) == {0}


def test_no_search_finds_it(client, hidden):
    for address in ("search/?q=measure", "search/", "positions/?q=measure", "positions/?sort=newest"):
        answer = client.get(f"/api/v1/{address}").json()
        assert (answer["count"], answer["results"], answer.get("others", [])) == (0, [], []), address


NAMING = (
    "positions/?speaker={speaker.slug}",
    "positions/?organization={organization.slug}",
    "positions/?topic={topic.slug}",
    "positions/?proposition={proposition.slug}",
    "positions/?debate={debate.slug}",
    "sessions/?debate={debate.slug}",
    "appearances/?session={session.public_id}",
    "evidence/?source={source.public_id}",
    "evidence/?position={position.public_id}",
    "propositions/?topic={topic.slug}",
)


def test_filters_do_not_tell_an_unpublished_name_from_an_unknown_one(client, hidden):
    for address in NAMING:
        response = client.get(f"/api/v1/{address.format(**vars(hidden))}")
        assert response.status_code == 400, address
        assert "in the record" in response.json()["errors"][0]["detail"]


def all_that_is_public(client, example):
    """The whole text of every list and of every record of the example."""
    lists = [client.get(f"/api/v1/{resource}/?page_size=100") for resource in RESOURCES]
    return "".join(response.content.decode() for response in [*lists, *map(client.get, example.addresses.values())])


@pytest.mark.parametrize("status", UNPUBLISHED)
def test_published_records_do_not_show_the_unpublished_ones_they_are_tied_to(client, example, status):
    draft_debate = EventFactory(title_en="SECRET debate", status=status)
    EventRelation.objects.create(from_event=example.debate, to_event=draft_debate)
    draft_debate.event_sources.create(source=example.source)
    OrganizationFactory(name_en="SECRET child", parent=example.organization)
    EventOrganizationFactory(event=draft_debate, organization=example.organization)
    draft_topic = TopicFactory(name_en="SECRET topic", status=status)
    PropositionTopicFactory(proposition=example.proposition, topic=draft_topic)
    example.topic.parent = draft_topic
    example.topic.save()
    draft = PositionFactory(appearance=example.appearance, on=example.proposition, summary_en="SECRET", status=status)
    EvidenceFactory(position=draft, source=SourceFactory(title="SECRET source"))
    Remark.objects.create(position=draft, kind="correction", date="2026-01-02", text_en="SECRET remark")
    PositionLink.objects.create(from_position=example.position, to_position=draft, kind="disputes")
    original = SourceFactory(title="SECRET original")
    example.source.translation_of = original
    example.source.save()
    unpublished = PositionFactory(
        appearance=example.appearance, on=PropositionFactory(status=status, wording="SECRET proposition")
    )
    assert not Position.objects.get(pk=unpublished.pk).is_public
    AppearanceFactory(session__event=draft_debate, person=PersonFactory(name_en="SECRET person"))
    assert "SECRET" not in all_that_is_public(client, example)


def test_publishing_shows_at_once_and_withdrawing_hides_at_once(client, hidden):
    for record in (hidden.debate, hidden.topic, hidden.proposition):
        record.status = Status.PUBLISHED
        record.save()
    assert {resource for resource, path in hidden.addresses.items() if client.get(path).status_code != 200} == set()
    hidden.debate.status = Status.DRAFT
    hidden.debate.save()
    gone = {resource for resource, path in hidden.addresses.items() if client.get(path).status_code == 404}
    assert gone == set(RESOURCES) - {"topics", "propositions"}
