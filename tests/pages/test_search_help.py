"""The query language is explained by questions that can be asked."""

from __future__ import annotations

import pytest
from django.utils import translation

from pages.views import search_help
from search.codes import called
from search.language import read
from tests.pages.reading import links, words

pytestmark = pytest.mark.words

LANGUAGES = ["en", "ko"]


def examples():
    several = [*search_help._words(), *search_help._fields()]
    return several + [example for values in search_help._values() for example in values.examples]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_is_read_as_it_is_meant(language):
    with translation.override(language):
        read_as = {example.question: read(example.question, called()) for example in examples()}

    assert len(read_as) > 30
    assert {question: reading.problems for question, reading in read_as.items() if reading.problems} == {}
    assert all(reading.clauses for reading in read_as.values())


@pytest.mark.django_db
def test_examples_lead_to_their_search(client):
    response = client.get("/search/help/")

    assert "/search/?q=speaker%3Akang" in links(response)
    assert "/search/?q=stance%3Aconditional" in links(response)
    assert "stance:conditional supports on a condition" in words(response)


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["", "/ko"])
def test_the_help_is_linked_beside_the_search_box(client, prefix):
    assert f"{prefix}/search/help/" in links(client.get(f"{prefix}/search/"))
    assert client.get(f"{prefix}/search/help/").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/search/", "/debates/", "/search/help/"])
def test_every_page_has_one_search_box(client, path):
    page = client.get(path).text

    assert page.count('type="search"') == 1
    assert page.count('role="search"') == 1
