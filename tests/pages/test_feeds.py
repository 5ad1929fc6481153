"""Feeds follow whatever can be filtered: the newest changes first, each told in words and known by a lasting id."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from debate.models import Event
from debate.publishing import Status
from pages.views import feeds
from positions.models import Position
from search.filters import Filters
from search.find import find
from tests.factories import (
    AppearanceFactory,
    CapacityFactory,
    EventFactory,
    EvidenceFactory,
    OrganizationFactory,
    PersonFactory,
    PositionFactory,
    PropositionFactory,
    PropositionTopicFactory,
    TopicFactory,
)
from tests.pages.reading import links

pytestmark = pytest.mark.django_db
ATOM = {"atom": "http://www.w3.org/2005/Atom"}
LONG_AGO = datetime(2026, 1, 1, 12, tzinfo=UTC)
FEEDS = ["/feeds/positions/", "/feeds/search/?q=measure", "/feeds/debates/"]
WITHDRAWN = {"status": Status.WITHDRAWN, "withdrawn_at": LONG_AGO, "withdrawn_because": "Entered twice."}


def read(client, path):
    response = client.get(path)
    assert response.status_code == 200, response.content
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(response.content)


def text(element, name):
    return element.findtext(f"atom:{name}", namespaces=ATOM)


def entries(client, path):
    return read(client, path).findall("atom:entry", ATOM)


def titles(client, path):
    return [text(entry, "title") for entry in entries(client, path)]


def ways(element):
    return {(link.get("rel"), link.get("href")) for link in element.findall("atom:link", ATOM)}


def speaking(name, **options):
    return PositionFactory(appearance__person=PersonFactory(name_en=name, slug=name.lower()), **options)


def changed(record, days):
    then = {"created_at": LONG_AGO, "updated_at": LONG_AGO + timedelta(days=days)}
    if isinstance(record, Position) and record.is_public:
        then["public_since"] = LONG_AGO
    type(record).objects.filter(pk=record.pk).update(**then)


@pytest.mark.parametrize("prefix", ["", "/ko"])
@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_has_all_that_atom_asks_for(client, path, prefix):
    EvidenceFactory(position=PositionFactory())
    feed = read(client, prefix + path)

    for element in (feed, *feed.findall("atom:entry", ATOM)):
        assert text(element, "id") and text(element, "title")
        assert datetime.fromisoformat(text(element, "updated")).tzinfo
    assert feed.findtext("atom:author/atom:name", namespaces=ATOM)
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == ("ko" if prefix else "en")
    assert ("self", f"http://127.0.0.1:8000{prefix}{path}") in ways(feed)
    (entry,) = feed.findall("atom:entry", ATOM)
    assert text(entry, "summary") and text(entry, "published")
    assert any(rel == "alternate" for rel, _href in ways(entry))


def test_an_entry_says_in_words_who_holds_what_and_that_the_summary_is_a_paraphrase(client):
    proposition = PropositionFactory(wording="Robots should be taxed")
    PropositionTopicFactory(proposition=proposition, topic=TopicFactory(name_en="Taxes & work"))
    PropositionTopicFactory(proposition=proposition, topic=TopicFactory(name_en="A draft", status="draft"))
    position = speaking(
        "Han", on=proposition, stance="conditional", condition_en="If <others> do", summary_en="Wants a levy",
        appearance__session__event=EventFactory(title_en="The hearing", date="XXXX-XX-12", slug="hearing"),
    )  # fmt: skip
    CapacityFactory(appearance=position.appearance, organization_name_en="R&D Lab", role_en="Head")
    source = EvidenceFactory(position=position).source

    (entry,) = entries(client, "/feeds/positions/")

    assert text(entry, "title") == "Han supports on a condition: Robots should be taxed"
    assert text(entry, "summary") == (
        "<p>Paraphrased by the editors: Wants a levy</p><p>identified as: Head, R&amp;D Lab</p>"
        "<p>Condition: If &lt;others&gt; do</p><p>Debate: The hearing, 12th; month and year not given</p>"
    )
    assert [category.get("term") for category in entry.findall("atom:category", ATOM)] == ["Taxes & work"]
    assert ways(entry) == {
        ("alternate", f"http://127.0.0.1:8000/positions/{position.public_id}/"),
        ("related", "http://127.0.0.1:8000/debates/hearing/"),
        ("via", f"http://127.0.0.1:8000/sources/{source.public_id}/"),
    }


def test_in_korean_everything_around_the_texts_is_korean(client):
    speaking("Han", summary_ko="부담금을 원한다", on=PropositionFactory(wording="Robots should be taxed"))

    feed = read(client, "/ko/feeds/positions/")
    (entry,) = feed.findall("atom:entry", ATOM)

    assert text(feed, "title") == "입장 · 정책 토론 기록"
    assert text(entry, "title") == "Han, 찬성: Robots should be taxed"
    assert text(entry, "summary").startswith("<p>편집자가 풀어 쓴 요약: 부담금을 원한다</p>")
    assert all("/ko/" in href for _rel, href in ways(entry))


def test_an_id_stays_when_the_address_changes_and_differs_between_languages(client):
    event = EventFactory(slug="before")
    before = text(entries(client, "/feeds/debates/")[0], "id")
    Event.objects.filter(pk=event.pk).update(slug="after")

    (entry,) = entries(client, "/feeds/debates/")

    assert ("alternate", "http://127.0.0.1:8000/debates/after/") in ways(entry)
    assert text(entry, "id") == before
    assert re.fullmatch(rf"tag:127\.0\.0\.1,\d{{4}}-\d\d-\d\d:debate/{event.pk}/en", before)
    assert text(entries(client, "/ko/feeds/debates/")[0], "id") == before.removesuffix("en") + "ko"


def test_the_latest_change_comes_first_and_is_the_time_of_the_whole(client):
    for name, days in (("Old", 1), ("Newest", 3), ("Newer", 2)):
        changed(speaking(name, summary_en="measure"), days)

    feed = read(client, "/feeds/positions/")

    assert [text(entry, "title").split()[0] for entry in feed.findall("atom:entry", ATOM)] == ["Newest", "Newer", "Old"]
    assert datetime.fromisoformat(text(feed, "updated")) == LONG_AGO + timedelta(days=3)
    assert [title.split()[0] for title in titles(client, "/feeds/search/?q=measure")] == ["Newest", "Newer", "Old"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("of", ["event", "proposition"])
def test_what_its_debate_or_proposition_makes_public_comes_first_and_is_published_that_day(client, monkeypatch, of):
    monkeypatch.setattr(feeds, "ENTRIES", 2)
    waiting = speaking("Waiting", summary_en="measure")
    host = getattr(waiting, of)
    type(host).objects.filter(pk=host.pk).update(status=Status.DRAFT)
    changed(Position.objects.get(pk=waiting.pk), days=1)
    for name, days in (("Older", 2), ("Newer", 3)):
        changed(speaking(name, summary_en="measure"), days)
    for path in ("/feeds/positions/", "/feeds/search/?q=measure"):
        assert [title.split()[0] for title in titles(client, path)] == ["Newer", "Older"]

    before = timezone.now()
    type(host).objects.filter(pk=host.pk).update(status=Status.PUBLISHED)

    for path in ("/feeds/positions/", "/feeds/search/?q=measure"):
        first, second = entries(client, path)
        assert [text(entry, "title").split()[0] for entry in (first, second)] == ["Waiting", "Newer"]
        assert text(first, "published") == text(first, "updated")
        assert timedelta(seconds=-1) < datetime.fromisoformat(text(first, "published")) - before < timedelta(minutes=1)
        assert datetime.fromisoformat(text(second, "published")) == LONG_AGO


def test_where_nobody_noted_since_when_it_is_public_it_is_told_since_when_it_is_recorded(client):
    changed(speaking("Han"), days=1)
    Position.objects.update(public_since=None, updated_at=LONG_AGO + timedelta(days=1))

    (entry,) = entries(client, "/feeds/positions/")

    assert datetime.fromisoformat(text(entry, "published")) == LONG_AGO
    assert datetime.fromisoformat(text(entry, "updated")) == LONG_AGO + timedelta(days=1)


def test_a_feed_is_bounded(client, monkeypatch):
    monkeypatch.setattr(feeds, "ENTRIES", 2)
    for days, name in enumerate(("One", "Two", "Three")):
        changed(speaking(name, summary_en="measure"), days)

    for path in ("/feeds/positions/", "/feeds/search/?q=measure"):
        assert [title.split()[0] for title in titles(client, path)] == ["Three", "Two"]
    assert len(entries(client, "/feeds/debates/")) == 2


def test_every_filter_narrows_as_it_does_on_the_page(client):
    organization = OrganizationFactory(slug="ministry")
    proposition = PropositionFactory(slug="tax")
    PropositionTopicFactory(proposition=proposition, topic=TopicFactory(slug="taxes"))
    wanted = speaking(
        "Han", on=proposition, stance="opposes", kind="concern", source_language="ko", appearance__role="witness",
        appearance__session__event=EventFactory(slug="hearing", date="2019-05"),
    )  # fmt: skip
    CapacityFactory(appearance=wanted.appearance, organization=organization)
    speaking("Kim")

    for query in (
        "speaker=han", "organization=ministry", "topic=taxes", "proposition=tax", "debate=hearing", "stance=opposes",
        "kind=concern", "role=witness", "language=ko", "from=2019&to=2019-06", "stance=opposes&speaker=han&sort=oldest",
    ):  # fmt: skip
        assert [title.split()[0] for title in titles(client, f"/feeds/positions/?{query}")] == ["Han"], query
        assert [title.split()[0] for title in titles(client, f"/feeds/search/?{query}")] == ["Han"], query


def test_the_title_says_what_it_is_narrowed_to(client):
    speaking("Han", on=PropositionFactory(), stance="opposes", summary_en="measure")

    assert text(read(client, "/feeds/positions/?speaker=han&stance=opposes"), "title") == (
        "Positions (Han, opposes) · Debate Record"
    )
    assert text(read(client, "/feeds/search/?q=measure"), "title") == "Search: measure · Debate Record"


@pytest.mark.parametrize("name", ["positions", "search"])
def test_bad_parameters_are_named_and_nothing_else_is_answered(client, name):
    response = client.get(f"/feeds/{name}/?stance=maybe&from=soon&colour=red&page=2&utm_source=x")

    assert (response.status_code, response["Content-Type"]) == (400, "text/plain; charset=utf-8")
    lines = response.text.splitlines()
    assert [line.partition(":")[0] for line in lines] == ["colour", "stance", "from"]
    assert "'maybe' is none of: supports, opposes, conditional, neutral." in lines[1]
    assert "ETag" not in response


def test_a_name_that_is_not_in_the_record_is_named(client):
    assert client.get("/feeds/positions/?speaker=nobody").text == "speaker: 'nobody' is not in the record.\n"
    assert client.get("/feeds/search/?debate=none&q=x").status_code == 400


def test_debates_take_no_filters_and_say_so(client):
    response = client.get("/feeds/debates/?stance=supports")

    assert response.status_code == 400
    assert response.text == "stance: The feed of debates takes no filters. That of positions does: /feeds/positions/\n"


def test_words_lead_to_the_feed_of_the_search(client):
    response = client.get("/feeds/positions/?q=tax&stance=opposes")

    assert (response.status_code, response["Location"]) == (302, "/feeds/search/?q=tax&stance=opposes")


@pytest.mark.parametrize("path", ["/feeds/positions/", "/feeds/search/?q=quokka"])
def test_what_is_not_public_is_in_no_feed(client, path):
    speaking("Draft", summary_en="quokka", status="draft")
    speaking("Reviewed", summary_en="quokka", status="in_review")
    speaking("Withdrawn", summary_en="quokka", **WITHDRAWN)
    speaking("Hidden", summary_en="quokka", appearance__session__event=EventFactory(status="draft"))
    left = speaking("Left", summary_en="quokka")
    assert [title.split()[0] for title in titles(client, path)] == ["Left"]

    left.status, left.withdrawn_at, left.withdrawn_because = Status.WITHDRAWN, LONG_AGO, "Entered twice."
    left.save()

    assert titles(client, path) == []


def test_debates_that_are_not_public_are_in_no_feed(client):
    EventFactory(status="draft")
    EventFactory(**WITHDRAWN)
    EventFactory(title_en="Shown", summary_en="On robots & work", date="")

    (entry,) = entries(client, "/feeds/debates/")

    assert text(entry, "title") == "Shown"
    assert text(entry, "summary") == (
        "<p>Summary by the editors: On robots &amp; work</p><p>policy debate, date not given</p>"
    )


def test_addresses_are_the_public_ones_whatever_host_is_asked(client, settings):
    settings.PUBLIC_URL, settings.ALLOWED_HOSTS = "https://debates.example.org", ["elsewhere.example"]
    PositionFactory(summary_en="measure")

    for path in FEEDS:
        body = client.get(path, headers={"host": "elsewhere.example"}).text
        assert "https://debates.example.org/" in body and "elsewhere" not in body


def test_what_xml_can_not_hold_is_left_out(client):
    speaking("Han\x0b", summary_en="One\x07 \ufffftwo <three>")

    (entry,) = entries(client, "/feeds/positions/")
    assert "One two &lt;three&gt;" in text(entry, "summary")
    assert read(client, "/feeds/search/?q=a%07b") is not None


@pytest.mark.django_db(transaction=True)
def test_a_reader_that_has_it_is_told_so_until_the_record_changes(client):
    position = PositionFactory(summary_en="measure")
    for path in FEEDS:
        tag = client.get(path)["ETag"]
        again = client.get(path, headers={"if-none-match": tag})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    position.status = Status.DRAFT
    position.save()

    for path in FEEDS:
        assert client.get(path, headers={"if-none-match": tag}).status_code == 200


def test_words_that_nothing_has_yet_are_not_corrected(client):
    PositionFactory.create_batch(3, summary_en="Regulate the platform")
    assert find(Filters(q="platfrom")).instead == "platform"

    assert titles(client, "/feeds/search/?q=platfrom") == []


def test_a_search_that_is_behind_the_record_is_asked_for_again(client, monkeypatch):
    monkeypatch.setattr(feeds, "find", lambda *asked, **options: replace(find(*asked, **options), is_behind=True))

    assert "ETag" not in client.get("/feeds/search/?q=measure")
    assert "ETag" in client.get("/feeds/positions/")


def test_an_entry_costs_no_query(client):
    def grow():
        position = PositionFactory(summary_en="measure", appearance=AppearanceFactory())
        CapacityFactory(appearance=position.appearance)
        PropositionTopicFactory(proposition=position.proposition)
        EvidenceFactory(position=position)

    grow()
    few = {path: queries(client, path) for path in FEEDS}
    for _time in range(4):
        grow()

    assert {path: queries(client, path) for path in FEEDS} == few
    assert max(few.values()) <= 10
    assert Position.objects.public().count() == 5


def queries(client, path):
    client.get(path)  # the index follows the record once
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_pages_lead_to_their_feeds(client):
    topic = TopicFactory(slug="taxes")
    proposition = PropositionFactory(slug="tax")
    PropositionTopicFactory(proposition=proposition, topic=topic)
    position = speaking("Han", on=proposition, appearance__session__event=EventFactory(slug="hearing"))
    CapacityFactory(appearance=position.appearance, organization=OrganizationFactory(slug="ministry"))

    for page, feed in {
        "/debates/": "/feeds/debates/",
        "/positions/": "/feeds/positions/",
        "/positions/?stance=supports&page=1&sort=oldest": "/feeds/positions/?stance=supports",
        "/search/?q=measure&stance=supports": "/feeds/search/?q=measure&stance=supports",
        "/speakers/han/": "/feeds/positions/?speaker=han",
        "/organizations/ministry/": "/feeds/positions/?organization=ministry",
        "/topics/taxes/": "/feeds/positions/?topic=taxes",
        "/propositions/tax/": "/feeds/positions/?proposition=tax",
        "/debates/hearing/": "/feeds/positions/?debate=hearing",
    }.items():
        body = client.get(page)
        assert 'type="application/atom+xml" title="' in body.text
        assert links(body).count(feed) == 2, page  # in the head, and to be seen
        assert client.get(feed).status_code == 200
