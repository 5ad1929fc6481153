"""What the pages about the record say is what the software does. They ask nothing of the database."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from debate.models import Basis, Capacity, Quoting, Source
from positions.models import Evidence, PositionKind, Stance
from tests.factories import EvidenceFactory, SourceFactory
from tests.pages.reading import links, words

pytestmark = pytest.mark.words

PAGES = ["about", "about-coding", "about-data", "about-licence", "about-accessibility"]


@pytest.mark.parametrize("name", PAGES)
def test_each_page_leads_to_all_of_them_and_marks_itself(client, name):
    page = client.get(reverse(f"pages:{name}"))

    assert {reverse(f"pages:{other}") for other in PAGES} <= set(links(page))
    assert re.findall(r'href="([^"]+)" aria-current="page"', page.text) == [reverse(f"pages:{name}")]


def test_every_code_of_a_position_is_explained(client):
    page = client.get("/about/coding/")

    headings = [re.sub("<.*?>", "", term) for term in re.findall("<dt>(.+?)</dt>", page.text)]
    codes = [*Stance, *PositionKind, *Basis, *Evidence.State]
    assert len(headings) == len(codes)
    for code in codes:
        assert any(heading.casefold().endswith(str(code.label).casefold()) for heading in headings), code


def test_what_is_taken_where_nothing_is_said_is_what_the_pages_say():
    assert Source().quoting == Quoting.NOTHING
    assert Source().text_public is False
    assert Capacity().basis == Basis.IDENTIFIED_AS


@pytest.mark.django_db
def test_words_that_may_not_be_quoted_are_not_shown_but_their_place_is(client):
    source = SourceFactory(quoting="nothing")
    evidence = EvidenceFactory(source=source, quote="Tax all robots", state="exact", locator="¶ 3")

    page = words(client.get(evidence.position.get_absolute_url()))

    assert "Tax all robots" not in page and "¶ 3" in page


@pytest.mark.parametrize("path", ["/about/", "/about/accessibility/"])
def test_a_reader_learns_whether_there_is_somebody_to_write_to(client, settings, path):
    settings.CONTACT_URL = settings.CONTACT_EMAIL = ""
    assert "has not given an address to write to" in words(client.get(path))

    settings.CONTACT_EMAIL = "editors@example.org"
    page = client.get(path)
    assert "Write to the editors. Give the address of the page" in words(page)
    assert 'href="mailto:editors@example.org">the editors</a>' in page.text


def test_the_examples_of_the_data_page_answer(client, db):
    given = re.findall(r'<d[td]><a href="([^"]+)"', client.get("/about/data/").text)

    assert given == [
        "/positions/?kind=concern",
        "/api/v1/positions/?kind=concern",
        "/search/?q=platform",
        "/api/v1/search/?q=platform",
    ]
    assert all(client.get(address).status_code == 200 for address in given)


def test_the_data_page_leads_to_the_table_and_the_archives(client, db):
    page = client.get("/about/data/").text

    for address, status in (("statements.csv", 200), ("exports/latest/", 302), ("exports/", 200)):
        assert f'href="/api/v1/{address}"' in page
        assert client.get(f"/api/v1/{address}").status_code == status
