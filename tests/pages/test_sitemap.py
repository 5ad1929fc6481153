"""Search engines are told of every public page and of no other."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from debate.publishing import Status
from pages import sitemap
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
    SourceFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db
NS = {"map": "http://www.sitemaps.org/schemas/sitemap/0.9", "xhtml": "http://www.w3.org/1999/xhtml"}
SITE = "http://127.0.0.1:8000"
KINDS = ["debates", "speakers", "organizations", "topics", "propositions", "positions", "sources"]


def read(client, path):
    response = client.get(path.removeprefix(SITE))
    assert (response.status_code, response["Content-Type"]) == (200, "application/xml")
    return ET.fromstring(response.content)


def parts(client):
    return [part.text for part in read(client, "/sitemap.xml").findall("map:sitemap/map:loc", NS)]


def addresses(client):
    return [
        loc.text.removeprefix(SITE)
        for part in parts(client)
        for loc in read(client, part).findall("map:url/map:loc", NS)
    ]


def part_of(kind, record):
    return f"/sitemap-{kind}-{record.pk // sitemap.KEYS}.xml"


def one_of_each():
    appearance = AppearanceFactory()
    organization = CapacityFactory(appearance=appearance).organization
    position = PositionFactory(appearance=appearance)
    topic = PropositionTopicFactory(proposition=position.proposition).topic
    source = EvidenceFactory(position=position).source
    return [position.event, appearance.person, organization, topic, position.proposition, position, source]


def hide():
    """Something of each kind that is not public."""
    withdrawn = {
        "status": Status.WITHDRAWN,
        "withdrawn_at": datetime(2026, 3, 3, tzinfo=UTC),
        "withdrawn_because": "Entered twice.",
    }
    draft = EventFactory(status="draft")
    EventSourceFactory(event=draft)
    hidden = AppearanceFactory(session__event=draft)
    for make in (EventFactory, TopicFactory, PropositionFactory):
        make(status="draft")
        make(**withdrawn)
    on = PropositionFactory(status="draft")
    PositionFactory(status="draft", appearance=hidden, on=on)
    PositionFactory(**withdrawn, appearance=hidden, on=on)
    for make in (PersonFactory, OrganizationFactory, SourceFactory):
        make()


def test_every_public_page_is_there_once_in_each_language_and_no_other(client):
    records = [record.get_absolute_url() for record in one_of_each()]
    hide()

    found = addresses(client)

    about = [f"/about/{page}" for page in ("", "coding/", "data/", "licence/", "accessibility/")]
    static = ["/", *(f"/{kind}/" for kind in KINDS), "/agreement/", "/compare/", "/search/help/", *about]
    assert sorted(found) == sorted([*static, *records] + [f"/ko{path}" for path in [*static, *records]])
    assert all(client.get(path).status_code == 200 for path in found)


def test_each_address_has_its_alternates_and_the_day_of_its_last_change(client):
    event = EventFactory(slug="hearing")
    day = datetime(2026, 3, 9, 12, tzinfo=UTC)
    type(event).objects.update(updated_at=day)

    english, korean = read(client, part_of("debates", event)).findall("map:url", NS)

    assert english.findtext("map:loc", namespaces=NS) == f"{SITE}/debates/hearing/"
    assert korean.findtext("map:loc", namespaces=NS) == f"{SITE}/ko/debates/hearing/"
    for url in (english, korean):
        assert url.findtext("map:lastmod", namespaces=NS) == "2026-03-09"
        assert {link.get("hreflang"): link.get("href") for link in url.findall("xhtml:link", NS)} == {
            "en": f"{SITE}/debates/hearing/",
            "ko": f"{SITE}/ko/debates/hearing/",
            "x-default": f"{SITE}/debates/hearing/",
        }
    (part,) = [one for one in read(client, "/sitemap.xml") if "debates" in one.findtext("map:loc", namespaces=NS)]
    assert datetime.fromisoformat(part.findtext("map:lastmod", namespaces=NS)) == day


def test_parts_are_ranges_of_keys_and_empty_ones_are_not_listed(client, monkeypatch):
    monkeypatch.setattr(sitemap, "KEYS", 2)
    topics = TopicFactory.create_batch(7)
    type(topics[0]).objects.filter(pk__in=[topic.pk for topic in topics if topic.pk // 2 == topics[3].pk // 2]).update(
        status="draft"
    )

    numbers = [int(number) for number in re.findall(r"sitemap-topics-(\d+)\.xml", " ".join(parts(client)))]

    public = {topic.pk // 2 for topic in topics} - {topics[3].pk // 2}
    assert numbers == sorted(public)
    assert client.get(f"/sitemap-topics-{topics[3].pk // 2}.xml").status_code == 404
    assert len([path for path in addresses(client) if path.startswith("/topics/t")]) == len(
        [topic for topic in topics if topic.pk // 2 in public]
    )


@pytest.mark.parametrize(
    "part", ["positions-99", "positions-9223372036854775807", "positions-99999999999999999999", "pages-1", "people-0"]
)
def test_there_is_no_part_beyond_the_last_and_none_of_another_kind(client, part):
    assert client.get(f"/sitemap-{part}.xml").status_code == 404


def test_addresses_are_the_public_ones_whatever_host_is_asked(client, settings):
    settings.PUBLIC_URL, settings.ALLOWED_HOSTS = "https://debates.example.org", ["elsewhere.example"]
    part = part_of("debates", EventFactory())

    for path in ("/sitemap.xml", part, "/sitemap-pages-0.xml", "/robots.txt"):
        body = client.get(path, headers={"host": "elsewhere.example"}).text
        assert "https://debates.example.org/" in body and "elsewhere" not in body


def test_the_index_and_a_part_run_the_same_queries_at_any_size(client, django_assert_num_queries):
    for _size in range(2):
        records = one_of_each()
        with CaptureQueriesContext(connection) as captured:
            client.get("/sitemap.xml")
        assert len(captured) == len(KINDS)
        with django_assert_num_queries(1):
            client.get(part_of("positions", records[5]))


def test_robots_may_read_the_record_but_not_what_has_no_end(client):
    response = client.get("/robots.txt")
    lines = response.text.splitlines()

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert lines[0] == "User-agent: *"
    assert {"/admin/", "/ko/admin/", "/search/", "/ko/search/", "/*?*speaker=", "/*?*q=", "/*?*sort="} <= {
        line.removeprefix("Disallow: ") for line in lines
    }
    assert "Disallow: /" not in lines and not any("page=" in line for line in lines)
    assert lines[-1] == f"Sitemap: {SITE}/sitemap.xml"
