"""What pages say in the words of schema.org: what is known and public, and nobody's words but their own."""

from __future__ import annotations

import json
import re

import html5lib
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pages import linked_data
from positions.models import Proposition
from speakers.models import Identifier, Name
from tests.factories import (
    AffiliationFactory,
    AppearanceFactory,
    CapacityFactory,
    EventFactory,
    EventOrganizationFactory,
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

pytestmark = [pytest.mark.django_db, pytest.mark.words]
SITE = "http://127.0.0.1:8000"
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
EDITORS = {"@type": "Organization", "@id": f"{SITE}/#editors", "name": "Editors of Debate Record"}


def graph(client, path):
    (block,) = BLOCK.findall(client.get(path).text)
    data = json.loads(block)
    assert data["@context"] == "https://schema.org"
    return data["@graph"]


def thing(client, record, prefix=""):
    return graph(client, f"{prefix}{record.get_absolute_url()}")[0]


def names(things):
    return [one["name"] for one in things]


def test_the_home_page_is_a_site_that_can_be_searched(client):
    (site,) = graph(client, "/ko/")

    assert (site["@type"], site["@id"], site["name"]) == ("WebSite", f"{SITE}/#site", "정책 토론 기록")
    assert site["potentialAction"]["target"]["urlTemplate"] == f"{SITE}/ko/search/?q={{search_term_string}}"
    assert site["potentialAction"]["query-input"] == "required name=search_term_string"


def test_a_debate_is_an_event_with_those_who_held_it_and_spoke(client):
    event = EventFactory(
        slug="hearing", title_en="The hearing", title_ko="공청회", summary_en="On robots", date="2025-02-12",
        languages=["ko"],
        venue_name_en="Main hall", venue_locality_en="Seoul", venue_country="KR",
    )  # fmt: skip
    for role, name in (("host", "Ministry"), ("co_host", "League"), ("sponsor", "Bank"), ("subject", "Plan")):
        organization = OrganizationFactory(name_en=name, kind="ministry" if role == "host" else "other")
        EventOrganizationFactory(event=event, organization=organization, role=role)
    AppearanceFactory(session__event=event, person__name_en="Han", person__slug="han")
    AppearanceFactory(session__event=event, person__name_en="Absent", is_absent=True)
    AppearanceFactory(session__event=event, person=None, label="a citizen")

    said = thing(client, event)

    assert (said["@type"], said["@id"]) == ("Event", f"{SITE}/debates/hearing/#it")
    assert (said["name"], said["alternateName"]) == ("The hearing", ["공청회"])
    assert said["description"] == "Summary by the editors: On robots"
    assert (said["startDate"], said["inLanguage"]) == ("2025-02-12", ["ko"])
    assert said["location"] == {
        "@type": "Place",
        "name": "Main hall",
        "address": {"@type": "PostalAddress", "addressLocality": "Seoul", "addressCountry": "KR"},
    }
    assert (
        names(said["organizer"]) == ["Ministry", "League"] and said["organizer"][0]["@type"] == "GovernmentOrganization"
    )
    assert (names(said["sponsor"]), names(said["about"])) == (["Bank"], ["Plan"])
    assert said["performer"] == [
        {"@type": "Person", "@id": f"{SITE}/speakers/han/#it", "name": "Han", "url": f"{SITE}/speakers/han/"}
    ]


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("XXXX-XX-12", None, None),
        ("", None, None),
        ("20XX", None, None),
        ("2025-XX-12", "2025", None),
        ("2025-02/2025-03-01", "2025-02", "2025-03-01"),
        ("2025-02/..", "2025-02", None),
    ],
)
def test_a_day_that_is_not_known_is_not_said(client, written, start, end):
    said = thing(client, EventFactory(date=written))

    assert (said.get("startDate"), said.get("endDate")) == (start, end)
    assert "location" not in said and "organizer" not in said and "performer" not in said


def test_a_thing_is_the_same_in_both_languages(client):
    event = EventFactory(slug="hearing", title_ko="공청회")

    english, korean = thing(client, event), thing(client, event, "/ko")

    assert korean["@id"] == english["@id"] == f"{SITE}/debates/hearing/#it"
    assert (korean["name"], korean["url"]) == ("공청회", f"{SITE}/ko/debates/hearing/")
    assert korean["mainEntityOfPage"]["inLanguage"] == "ko"


def test_a_person_has_other_names_and_public_affiliations(client):
    person = AppearanceFactory(person=PersonFactory(name_en="Han Jiwon", name_ko="한지원")).person
    Name.objects.create(person=person, text="J. W. Han", language="en")
    Identifier.objects.create(person=person, scheme="wikidata", value="Q42")
    Identifier.objects.create(person=person, scheme="assembly", value="7")
    public = CapacityFactory(organization__name_en="Lab", organization__kind="university").organization
    AffiliationFactory(person=person, organization=public, role_en="Head", unit_en="Law", period="2024-05/..")
    AffiliationFactory(person=person, organization=OrganizationFactory(name_en="Hidden"))

    said = thing(client, person)

    assert (said["@type"], said["name"], said["alternateName"]) == ("Person", "Han Jiwon", ["한지원", "J. W. Han"])
    assert said["sameAs"] == ["https://www.wikidata.org/entity/Q42"]
    (held,) = said["affiliation"]
    assert (held["@type"], held["roleName"], held["startDate"]) == ("OrganizationRole", "Head, Law", "2024-05")
    assert "endDate" not in held
    assert (held["affiliation"]["@type"], held["affiliation"]["name"]) == ("CollegeOrUniversity", "Lab")


def test_an_organization_is_of_its_kind_and_part_of_what_is_public(client):
    parent = OrganizationFactory(name_en="Assembly", kind="legislature")
    organization = CapacityFactory(organization=OrganizationFactory(kind="party", parent=parent)).organization

    said = thing(client, organization)

    assert said["@type"] == "PoliticalParty"
    assert said["parentOrganization"]["name"] == "Assembly"


def test_a_position_is_a_claim_as_the_editors_read_it_and_no_work_of_the_speaker(client):
    position = PositionFactory(
        public_id="abcd2345", stance="opposes", summary_en="Wants no levy",
        appearance=AppearanceFactory(person__name_en="Han", session__event__title_en="The hearing"),
        on=PropositionFactory(wording="Robots should be taxed", slug="tax"),
    )  # fmt: skip
    source = SourceFactory(
        title="Minutes", url="https://example.org/m", author="Staff", publisher="Assembly", date="2025-02"
    )
    EvidenceFactory.create_batch(2, position=position, source=source)

    said = thing(client, position)

    assert (said["@type"], said["name"]) == ("Claim", "Han opposes: Robots should be taxed")
    assert said["text"] == "Wants no levy"
    assert said["disambiguatingDescription"] == "The editors’ paraphrase, not the speaker’s words"
    assert said["claimInterpreter"] == EDITORS
    assert not {"author", "creator", "firstAppearance"} & said.keys()
    assert [(one["@type"], one["name"]) for one in said["about"]] == [
        ("Person", "Han"),
        ("Claim", "Robots should be taxed"),
    ]
    assert said["appearance"] == [
        {
            "@type": "CreativeWork",
            "name": "Minutes",
            "url": "https://example.org/m",
            "author": "Staff",
            "publisher": {"@type": "Organization", "name": "Assembly"},
            "datePublished": "2025-02",
            "inLanguage": "en",
        }
    ]
    assert said["subjectOf"]["name"] == "The hearing"


def test_somebody_unnamed_is_no_person(client):
    position = PositionFactory(appearance__person=None, appearance__label="a citizen")

    said = thing(client, position)

    assert [one["@type"] for one in said["about"]] == ["Claim"]
    assert said["name"].startswith("a citizen supports: ")


def test_a_proposition_is_worded_by_the_editors_and_by_nobody_else(client):
    proposition = PropositionFactory(wording="Robots should be taxed")
    PropositionTopicFactory(proposition=proposition, topic=TopicFactory(name_en="Taxes"))
    PropositionTopicFactory(proposition=proposition, topic=TopicFactory(name_en="A draft", status="draft"))

    said = thing(client, proposition)

    assert (said["@type"], said["text"], said["claimInterpreter"]) == ("Claim", "Robots should be taxed", EDITORS)
    assert "author" not in said and names(said["about"]) == ["Taxes"]
    assert said["disambiguatingDescription"].startswith("The wording is the editors’")


def test_a_topic_is_a_term_and_a_source_a_work(client):
    topic = thing(client, TopicFactory(name_en="Taxes"))
    article = EventSourceFactory(
        source=SourceFactory(kind="article", title="News", date="20XX", licence="CC BY")
    ).source

    assert (topic["@type"], topic["inDefinedTermSet"]["url"]) == ("DefinedTerm", f"{SITE}/topics/")
    said = thing(client, article)
    assert (said["@type"], said["name"], said["license"]) == ("NewsArticle", "News", "CC BY")
    assert "datePublished" not in said and "author" not in said


def test_every_record_shows_the_way_to_it(client):
    crumbs = graph(client, PositionFactory(appearance__person__name_en="Han").get_absolute_url())[1]

    assert crumbs["@type"] == "BreadcrumbList"
    assert [(step["position"], step["item"]) for step in crumbs["itemListElement"][:2]] == [
        (1, f"{SITE}/"),
        (2, f"{SITE}/positions/"),
    ]
    assert crumbs["itemListElement"][2]["name"].startswith("Han supports: ")


def test_a_list_names_the_entries_of_its_page_by_their_place_in_the_whole(client):
    EventFactory.create_batch(26)

    (page,) = graph(client, "/debates/?page=2")

    assert (page["@type"], page["name"], page["url"]) == ("CollectionPage", "Debates", f"{SITE}/debates/")
    (entry,) = page["mainEntity"]["itemListElement"]
    assert entry["position"] == 26 and entry["url"].startswith(f"{SITE}/debates/")


@pytest.mark.parametrize(
    "kind", ["debates", "speakers", "organizations", "topics", "propositions", "positions", "sources"]
)
def test_every_list_has_its_entries(client, kind):
    position = PositionFactory()
    CapacityFactory(appearance=position.appearance)
    PropositionTopicFactory(proposition=position.proposition)
    EvidenceFactory(position=position)

    (page,) = graph(client, f"/{kind}/")

    assert len(page["mainEntity"]["itemListElement"]) == 1


def test_a_list_of_what_could_not_be_asked_has_none(client):
    assert BLOCK.findall(client.get("/positions/?stance=maybe").text) == []


NASTY = "</script><script>alert('&amp;')</script><!-- \u2028\u2029 ]]>"


def test_no_text_of_the_record_can_break_out(client):
    event = EventFactory(title_en=NASTY)
    position = PositionFactory(appearance__session__event=event, summary_en=NASTY, appearance__person__name_en=NASTY)

    for path in (event.get_absolute_url(), position.get_absolute_url(), "/debates/", "/positions/"):
        source = client.get(path).text
        (block,) = BLOCK.findall(source)
        assert not re.search("[<>&\u2028\u2029]", block), path
        assert NASTY in json.dumps(json.loads(block), ensure_ascii=False)
        assert source.count("<script") == 2, path  # the data and the one that suggests while typing
        parser = html5lib.HTMLParser()
        parser.parse(source)
        assert parser.errors == [], path


def test_drafts_are_in_no_data(client):
    topic = TopicFactory()
    proposition = PropositionFactory(status="draft", wording="Quokkas should vote")
    PropositionTopicFactory(proposition=proposition, topic=topic)
    event = EventFactory()
    AppearanceFactory(session__event=event, person=None, organization=OrganizationFactory(parent=OrganizationFactory()))
    PositionFactory(appearance__session__event=event, status="draft", summary_en="A quokka")

    for path in (topic.get_absolute_url(), event.get_absolute_url(), "/propositions/", "/positions/"):
        assert all("uokka" not in block for block in BLOCK.findall(client.get(path).text))
    assert Proposition.objects.public().count() == 1


@pytest.fixture
def pages():
    """Of a record with something in everything that its data tells."""
    appearance = AppearanceFactory()
    organization = CapacityFactory(appearance=appearance).organization
    EventOrganizationFactory(event=appearance.session.event, organization=organization)
    AffiliationFactory(person=appearance.person, organization=organization)
    position = PositionFactory(appearance=appearance)
    topic = PropositionTopicFactory(proposition=position.proposition).topic
    source = EvidenceFactory(position=position).source
    records = [position.event, appearance.person, organization, topic, position.proposition, position, source]
    lists = ["debates", "speakers", "organizations", "topics", "propositions", "positions", "sources"]
    return ["/", *(record.get_absolute_url() for record in records), *(f"/{name}/" for name in lists)]


def test_what_is_said_was_fetched_for_the_page_anyway(client, pages, monkeypatch, django_assert_num_queries):
    silent = {}
    with monkeypatch.context() as patched:
        for name in ("website", "of_record", "of_list"):
            patched.setattr(linked_data, name, lambda *_things, **_more: {})
        for path in pages:
            with CaptureQueriesContext(connection) as captured:
                client.get(path)
            silent[path] = len(captured)

    for path in pages:
        with django_assert_num_queries(silent[path]):
            assert graph(client, path), path
