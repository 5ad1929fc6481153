"""Lists are paged, say when there is no such page, and cost the same at any length."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

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
    PropositionFactory,
    PropositionTopicFactory,
    SessionFactory,
    SourceFactory,
    TopicFactory,
)
from tests.pages.reading import links, words

pytestmark = pytest.mark.django_db
LISTS = ["debates", "speakers", "organizations", "topics", "propositions", "positions", "sources"]
DETAILS = ["debate", "speaker", "organization", "topic", "proposition", "position", "source"]


class Record:
    """One record of each kind, to which everything that its page shows can be added."""

    def __init__(self) -> None:
        self.debate = EventFactory()
        self.organization = OrganizationFactory()
        self.topic = TopicFactory()
        self.proposition = PropositionFactory()
        self.source = SourceFactory()
        self.speaker = AppearanceFactory(session=SessionFactory(event=self.debate)).person
        PropositionTopicFactory(proposition=self.proposition, topic=self.topic)
        EventSourceFactory(event=self.debate, source=self.source)
        self.grow(1)
        self.position = self.speaker.positions.first()

    def grow(self, times: int) -> None:
        for _time in range(times):
            self._add_to_the_programme()
            self._add_around()

    def _add_to_the_programme(self) -> None:
        appearance = AppearanceFactory(session=SessionFactory(event=self.debate), person=self.speaker)
        for basis in ("identified_as", "on_behalf_of"):
            CapacityFactory(appearance=appearance, organization=self.organization, basis=basis)
        for stance in ("supports", "opposes"):
            position = PositionFactory(appearance=appearance, on=self.proposition, stance=stance)
            EvidenceFactory(position=position, source=self.source)
        CapacityFactory(appearance=AppearanceFactory(session=appearance.session))

    def _add_around(self) -> None:
        PropositionTopicFactory(proposition=PropositionFactory(), topic=self.topic)
        PropositionTopicFactory(proposition=self.proposition, topic=TopicFactory())
        EventOrganizationFactory(event=self.debate)
        EventSourceFactory(event=self.debate)
        EventSourceFactory(event=EventFactory(), source=self.source)
        another = EventOrganizationFactory(organization=self.organization).event
        CapacityFactory(appearance=AppearanceFactory(session=SessionFactory(event=another), person=self.speaker))
        AffiliationFactory(person=self.speaker, organization=self.organization)
        CapacityFactory(organization=OrganizationFactory(parent=self.organization))
        TopicFactory(parent=self.topic)
        OrganizationFactory.create_batch(2, parent=self.organization)


def test_every_page_runs_the_same_queries_at_any_size(client):
    record = Record()
    paths = [reverse(f"pages:{name}") for name in ("home", *LISTS)]
    paths += [getattr(record, name).get_absolute_url() for name in DETAILS]
    paths += ["/search/?q=measure&stance=opposes", "/positions/?stance=opposes&from=2020"]
    few = {path: queries(client, path) for path in paths}

    record.grow(3)

    assert {path: queries(client, path) for path in paths} == few
    assert max(few.values()) < 35


def queries(client, path):
    client.get(path)  # the index follows the record once, whatever the page
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize("name", LISTS)
def test_a_page_beyond_the_last_is_not_found_and_says_how_many_there_are(client, name):
    response = client.get(reverse(f"pages:{name}"), {"page": "999"})

    assert response.status_code == 404
    assert "There is no page 999: this list has 1 page." in words(response)


@pytest.mark.parametrize("page", ["abc", "0", "-1", "1.5", "٢", ""])
def test_what_is_no_page_number_is_not_found_and_says_what_would_be(client, page):
    response = client.get("/debates/", {"page": page})

    assert response.status_code == 404
    assert f"“{page}” is no page number. Pages are counted from 1" in words(response)


def test_a_page_number_beyond_all_bounds_is_not_found(client):
    assert client.get("/debates/", {"page": "9" * 5_000}).status_code == 404


def test_pages_follow_each_other_and_keep_the_filters(client):
    EventFactory.create_batch(26)

    first, second = client.get("/debates/?page=1"), client.get("/debates/?page=2")

    assert "26 debates" in words(first) and "Page 1 of 2" in words(first)
    assert "?page=2" in links(first)
    assert 'rel="canonical" href="http://127.0.0.1:8000/debates/"' in first.text
    assert "?page=1" in links(second)
    assert 'rel="canonical" href="http://127.0.0.1:8000/debates/?page=2"' in second.text


def test_filters_are_kept_from_page_to_page(client):
    PositionFactory.create_batch(26, stance="opposes", on=PropositionFactory())

    assert "?stance=opposes&page=2" in links(client.get("/positions/?stance=opposes"))


def test_an_empty_record_says_so(client):
    assert "No debate has been published yet." in words(client.get("/"))
    assert "No debate has been published yet." in words(client.get("/debates/"))
    assert "Nobody is in the record yet." in words(client.get("/speakers/"))


def test_speakers_of_one_name_are_told_apart_by_what_they_are_now(client):
    for role, period in (("Analyst", "2001/2003"), ("Director", "2020/..")):
        person = AppearanceFactory(person__name_en="Kim Minjun").person
        AffiliationFactory(person=person, role_en="Student", period="1999/2000")
        AffiliationFactory(person=person, role_en=role, period=period, organization__name_en=f"{role}s’ House")
        CapacityFactory(organization=person.affiliations.last().organization)
    AffiliationFactory(person=AppearanceFactory(person__name_en="Lee Seo").person, organization__name_en="Hidden House")

    page = words(client.get("/speakers/"))

    assert "Kim Minjun Analysts’ House Analyst 0 positions" in page
    assert "Kim Minjun Directors’ House Director 0 positions" in page
    assert "Student" not in page and "Hidden House" not in page
