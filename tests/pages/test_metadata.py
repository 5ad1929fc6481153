"""What the head of a page says of it: one address, its languages, and what it is called elsewhere."""

from __future__ import annotations

import html
import re

import pytest

from tests.factories import AppearanceFactory, EventFactory, PersonFactory, PositionFactory, PropositionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.words]
SITE = "http://127.0.0.1:8000"


def head(client, path):
    return client.get(path).text.partition("</head>")[0]


def canonical(client, path):
    (address,) = re.findall(r'<link rel="canonical" href="([^"]*)"', head(client, path))
    return address


def alternates(client, path):
    return dict(re.findall(r'hreflang="([^"]*)" href="([^"]*)"', head(client, path)))


def graph_of(client, path):
    found = re.findall(r'<meta property="og:([^"]*)" content="([^"]*)">', head(client, path))
    assert len(dict(found)) == len(found)
    return {name: html.unescape(value) for name, value in found}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("/debates/", "/debates/"),
        ("/debates/?page=1", "/debates/"),
        ("/debates/?page=2", "/debates/?page=2"),
        ("/debates/?page=2&utm_source=letter", "/debates/?page=2"),
        ("/positions/?page=2", "/positions/?page=2"),
        ("/positions/?stance=supports", "/positions/"),
        ("/positions/?stance=supports&page=2", "/positions/"),
        ("/positions/?sort=oldest&page=2", "/positions/"),
        ("/search/?q=measure&page=2", "/search/"),
        ("/about/?anything=1", "/about/"),
    ],
)
def test_a_page_of_a_whole_list_has_an_address_and_a_narrowed_list_has_none(client, asked, said):
    on = PropositionFactory()
    for _time in range(26):
        PositionFactory(on=on)

    assert canonical(client, asked) == f"{SITE}{said}"
    assert canonical(client, f"/ko{asked}") == f"{SITE}/ko{said}"
    languages = {"en": f"{SITE}{said}", "ko": f"{SITE}/ko{said}", "x-default": f"{SITE}{said}"}
    assert alternates(client, asked) == alternates(client, f"/ko{asked}") == languages


def test_the_graph_of_a_record_is_in_the_language_of_its_page(client):
    EventFactory(slug="hearing", title_en='The "hearing"', title_ko="공청회")

    assert graph_of(client, "/debates/hearing/") == {
        "site_name": "Debate Record",
        "type": "article",
        "title": 'The "hearing"',
        "description": 'The "hearing" (policy debate, Feb. 12, 2025): programme, participants, 0 positions and their'
        " sources.",
        "url": f"{SITE}/debates/hearing/",
        "locale": "en_US",
        "locale:alternate": "ko_KR",
    }
    korean = graph_of(client, "/ko/debates/hearing/")
    assert (korean["title"], korean["url"]) == ("공청회", f"{SITE}/ko/debates/hearing/")
    assert (korean["locale"], korean["locale:alternate"]) == ("ko_KR", "en_US")


def test_a_speaker_is_a_profile_and_a_list_a_page_of_the_site(client):
    AppearanceFactory(person=PersonFactory(slug="han"))

    assert graph_of(client, "/speakers/han/")["type"] == "profile"
    assert graph_of(client, "/speakers/")["type"] == "website"
    assert graph_of(client, "/")["title"] == "Debate Record"


def test_a_summary_in_a_description_is_labelled_as_the_editors(client):
    position = PositionFactory(summary_en="Wants\na levy")

    page = head(client, position.get_absolute_url())
    assert '<meta name="description" content="Paraphrased by the editors: Wants a levy">' in page
    assert graph_of(client, position.get_absolute_url())["description"] == "Paraphrased by the editors: Wants a levy"


@pytest.mark.parametrize("path", ["/no/such/page/", "/debates/nothing/"])
def test_what_is_not_there_has_no_address_of_its_own(client, path):
    page = head(client, path)

    assert '<meta name="robots" content="noindex">' in page
    assert "canonical" not in page and "og:" not in page


def test_a_search_is_not_to_be_found_by_a_search(client):
    assert '<meta name="robots" content="noindex">' in head(client, "/search/?q=measure")
    assert "noindex" not in head(client, "/positions/?stance=supports")


def test_addresses_are_the_public_ones_whatever_host_is_asked(client, settings):
    settings.PUBLIC_URL, settings.ALLOWED_HOSTS = "https://debates.example.org", ["elsewhere.example"]
    event = EventFactory()

    for path in ("/", "/debates/", event.get_absolute_url(), f"{event.get_absolute_url()}cite.bib"):
        page = client.get(path, headers={"host": "elsewhere.example"}).text
        assert "https://debates.example.org/" in page and "elsewhere" not in page


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/ko/speakers/", "/api/v1/speakers/"),
        ("/ko/positions/?stance=opposes", "/api/v1/positions/?stance=opposes"),
        ("/search/?q=tax&stance=opposes", "/api/v1/search/?q=tax&amp;stance=opposes"),
    ],
)
def test_a_list_leads_to_the_same_list_as_data(client, path, data):
    assert f'<a href="{data}" type="application/json">' in client.get(path).text
    assert client.get(data.replace("&amp;", "&")).status_code == 200


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/positions/", "/api/v1/statements.csv"),
        ("/ko/positions/?stance=opposes", "/api/v1/statements.csv?stance=opposes"),
        ("/search/?q=tax&stance=opposes", "/api/v1/statements.csv?q=tax&amp;stance=opposes"),
    ],
)
def test_positions_lead_to_the_same_positions_as_a_table(client, path, data):
    assert f'<a href="{data}" type="text/csv" rel="nofollow">' in client.get(path).text
    assert client.get(data.replace("&amp;", "&")).status_code == 200
