from __future__ import annotations

import pytest

from search.errors import SearchUnavailable
from search.filters import MAX_QUERY_LENGTH
from speakers.models import Name
from tests.api.test_schema import mistakes, schema  # noqa: F401
from tests.factories import AffiliationFactory, EventFactory, OrganizationFactory, PositionFactory, TopicFactory
from tests.record.commits import as_if_committed

pytestmark = pytest.mark.django_db

SITE = "https://debates.example.org"
SUGGEST = "/api/v1/suggest/"


@pytest.fixture(autouse=True)
def _site(settings):
    settings.PUBLIC_URL = SITE


@pytest.fixture
def suggested(client):
    """The answer to what is typed; what it says is JSON, and every status but 200 a mistake of the test."""

    def _suggested(q, **parameters):
        as_if_committed()
        response = client.get(SUGGEST, {"q": q, **parameters})
        assert response.status_code == 200, response.content
        return response.json()

    return _suggested


def make_speaker(name_en, name_ko=""):
    position = PositionFactory(
        appearance__person__name_en=name_en,
        appearance__person__name_ko=name_ko,
        appearance__person__slug=name_en.lower().replace(" ", "-"),
        appearance__session__event__title_en="A hearing",
    )
    return position.person


def test_a_suggestion_says_who_it_is_and_where_in_the_language_asked_for(suggested):
    person = make_speaker("Kang Hoon-sik", "강훈식")
    party = OrganizationFactory(name_en="Party", name_ko="정당")
    PositionFactory(appearance__organization=party, appearance__person=None)
    AffiliationFactory(person=person, organization=party, role_en="Member", role_ko="의원")
    expected = {
        "id": "kang-hoon-sik",
        "url": f"{SITE}/api/v1/speakers/kang-hoon-sik/",
        "html_url": f"{SITE}/speakers/kang-hoon-sik/",
        "kind": "person",
        "label": "Kang Hoon-sik",
        "detail": "Member, Party",
        "is_correction": False,
    }
    assert suggested("gang hu") == suggested("강후", lang="en") == [expected]
    assert suggested("gang hu", lang="ko") == [
        {**expected, "html_url": f"{SITE}/ko/speakers/kang-hoon-sik/", "label": "강훈식", "detail": "의원, 정당"}
    ]
    assert suggested("knag hoon") == [{**expected, "is_correction": True}]


def test_every_kind_leads_to_its_record(client, suggested):
    person = make_speaker("Cloud Kang")
    organization = OrganizationFactory(name_en="Cloud Company")
    PositionFactory(
        appearance__organization=organization, appearance__person=None, on__wording="Clouds should be public"
    )
    TopicFactory(name_en="Cloud policy")
    EventFactory(title_en="Cloud debate")
    Name.objects.create(person=person, text="클라우드 강")
    found = suggested("cloud")
    assert {one["kind"] for one in found} == {"person", "organization", "topic", "proposition", "event"}
    for one in found:
        assert client.get(one["url"].removeprefix(SITE)).json()["id"] == one["id"]
        assert client.get(one["html_url"].removeprefix(SITE)).status_code == 200


def test_nothing_typed_suggests_nothing(client, suggested):
    TopicFactory(name_en="Energy")
    assert suggested("") == suggested("  ") == suggested("xyzzy") == []
    assert client.get(SUGGEST).json() == []


def test_so_many_are_given_as_are_wanted(suggested):
    for number in range(12):
        TopicFactory(name_en=f"Energy {number}")
    assert [len(suggested("ene", **limit)) for limit in ({}, {"limit": 3}, {"limit": "50"}, {"limit": ""})] == [
        10, 3, 12, 10,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("q=a&q=b", "Give it once."),
        (f"q={'a' * (MAX_QUERY_LENGTH + 1)}", f"At most {MAX_QUERY_LENGTH} characters."),
        ("q=%00", "There is a NUL character in it."),
        ("lang=fr", "'fr' is none of: en, ko."),
        ("lang=en&lang=ko", "Give it once."),
        ("limit=0", "'0' is no whole number from 1 to 50."),
        ("limit=51", "'51' is no whole number from 1 to 50."),
        ("limit=-1", "'-1' is no whole number from 1 to 50."),
        ("limit=١", "'١' is no whole number from 1 to 50."),
        ("limit=" + "9" * 5_000, "… is no whole number from 1 to 50."),
        ("color=red", "There is no such parameter. There are: q, lang, limit."),
    ],
)
def test_what_is_wrong_is_said(client, query, told):
    response = client.get(f"{SUGGEST}?{query}")
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert told.replace("… is", "…' is") in response.json()["errors"][0]["detail"]


def test_all_that_is_wrong_is_said_at_once(client):
    errors = client.get(f"{SUGGEST}?color=red&lang=fr&limit=x").json()["errors"]
    assert [error["parameter"] for error in errors] == ["color", "lang", "limit"]


@pytest.mark.parametrize(
    "q", ["%01%02%1B", "%ED%A0%80%ED%BF%BF", "%FF%FE", "*", '"', "((((", ".*", "[a-z", "~1", "^", "%E1%84%80" * 300]
)
def test_strange_beginnings_are_answered(client, q):
    TopicFactory(name_en="Energy")
    response = client.get(f"{SUGGEST}?q={q}")
    assert (response.status_code, response.json()) == (200, [])


def test_an_answer_may_be_given_again_for_a_moment(client):
    response = client.get(SUGGEST, {"q": "a"})
    assert response["Cache-Control"] == "public, max-age=30"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "max-age" not in client.get(SUGGEST, {"limit": "x"}).get("Cache-Control", "")


def test_an_index_that_cannot_be_read_is_said(client, monkeypatch):
    def unavailable(*_arguments, **_options):
        raise SearchUnavailable("The search index can't be opened.")

    monkeypatch.setattr("api.suggestions.suggest", unavailable)
    response = client.get(SUGGEST, {"q": "a"})
    assert (response.status_code, response["Content-Type"]) == (503, "application/problem+json")


def test_suggestions_are_what_the_schema_says(suggested, schema):  # noqa: F811
    make_speaker("Kang Hoon-sik")
    assert mistakes(schema, SUGGEST, 200, found := suggested("kang")) == [] and found
