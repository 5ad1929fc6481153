"""People and organizations side by side as data."""

from __future__ import annotations

import pytest
from django.conf import settings

from comparing import comparison
from tests.factories import CapacityFactory, EvidenceFactory, OrganizationFactory
from tests.pages.reading import words
from tests.spoken import Debate

pytestmark = [pytest.mark.django_db, pytest.mark.words]
QUERIES_OF_TWO = 12


@pytest.fixture
def robots():
    """Ann and Bob agree on a tax and disagree on a ban; Bob alone wants to wait."""
    debate = Debate()
    for who, stance, proposition in (
        ("Ann", "supports", "tax"),
        ("Bob", "supports", "tax"),
        ("Ann", "supports", "ban"),
        ("Bob", "opposes", "ban"),
        ("Bob", "supports", "wait"),
    ):
        EvidenceFactory(position=debate.says(who, stance, proposition))
    return debate


def get(client, query):
    response = client.get(f"/api/v1/compare/{query}")
    assert response.status_code == 200, response.content
    return response.json()


def test_two_people_stand_side_by_side_on_what_they_took_positions_on(client, robots):
    answer = get(client, "?speaker=bob&speaker=ann")

    assert [(one["speaker"]["id"], one["positions"]) for one in answer["compared"]] == [("bob", 3), ("ann", 2)]
    assert answer["pairs"] == [{"one": 0, "other": 1, "shared": 2, "agreed": 1, "disagreed": 1, "mixed": 0}]
    assert (answer["shared"], answer["count"]) == (2, 3)
    assert [
        (row["proposition"]["id"], row["sides"], [one["compared"] for one in row["stated"]])
        for row in answer["results"]
    ] == [
        ("robots-tax", "same", [0, 1]),
        ("robots-ban", "different", [0, 1]),
        ("robots-wait", None, [0]),
    ]
    first = answer["results"][0]["stated"][0]
    assert first["positions"][0]["speaker"]["id"] == "bob" and first["positions"][0]["evidence"][0]["locator"] == "¶ 1"
    assert client.get(first["url"].removeprefix(settings.PUBLIC_URL)).json()["count"] == 1


def test_it_says_what_the_page_says(client, robots):
    answer = get(client, "?speaker=ann&speaker=bob")
    page = words(client.get(answer["html_url"].removeprefix(settings.PUBLIC_URL)))

    pair = answer["pairs"][0]
    assert f"agree on {pair['agreed']} of {pair['shared']} propositions on which both took a side" in page
    assert f"On {answer['shared']} of them two or more took a position" in page
    texts = [row["proposition"]["text"]["en"] for row in answer["results"]]
    assert sorted(texts, key=page.index) == texts


def test_an_organization_has_what_was_stated_on_its_behalf_and_on_request_also_what_is_beside_it(client, robots):
    union = OrganizationFactory(slug="union")
    CapacityFactory(appearance=robots.appearances["Ann"], organization=union, basis="identified_as")
    CapacityFactory(appearance=robots.appearances["Bob"], organization=union, basis="on_behalf_of")

    behalf = get(client, "?organization=union&speaker=ann")
    identified = get(client, "?organization=union&speaker=ann&basis=identified")

    assert [(one["organization"] or one["speaker"])["id"] for one in behalf["compared"]] == ["ann", "union"]
    assert [behalf["compared"][1]["positions"], identified["compared"][1]["positions"]] == [3, 5]
    assert behalf["pairs"] == identified["pairs"] == []
    assert behalf["results"][0]["stated"][1]["url"] is None
    assert identified["url"].endswith("/compare/?speaker=ann&organization=union&basis=identified")
    assert identified["results"][0]["stated"][1]["url"].endswith("?organization=union&proposition=robots-tax")


def test_nobody_is_compared_where_nobody_is_named(client, robots):
    answer = get(client, "")

    assert (answer["compared"], answer["pairs"], answer["count"], answer["results"]) == ([], [], 0, [])


def test_only_the_newest_are_given_of_many_and_how_many_there_are(client, robots, monkeypatch):
    for _time in range(3):
        robots.says("Ann", "supports", "tax")
    monkeypatch.setattr(comparison, "SHOWN", 1)

    (stated,) = get(client, "?speaker=ann&page_size=1")["results"][0]["stated"]

    assert (stated["count"], len(stated["positions"])) == (4, 1)
    assert client.get("/api/v1/compare/?speaker=ann&page=3").status_code == 404


def test_what_is_wrong_is_said_with_what_there_is(client, robots):
    response = client.get("/api/v1/compare/?speaker=nobody&organization=none&basis=love&colour=red&page_size=500")

    assert response.status_code == 400
    told = {error["parameter"]: error["detail"] for error in response.json()["errors"]}
    assert told["basis"] == "'love' is none of: behalf, identified."
    assert told["speaker"] == "'nobody' is not in the record."
    assert told["organization"] == "'none' is not in the record."
    assert "speaker, organization, basis, page, page_size" in told["colour"]
    too_many = client.get("/api/v1/compare/?" + "&".join(f"speaker=p{number}" for number in range(7)))
    assert too_many.json()["errors"] == [{"parameter": "speaker", "detail": "At most 6 can be compared."}]


def test_propositions_come_in_short_pages(client, robots):
    for number in range(7):
        robots.says("Ann", "supports", f"measure-{number}")

    first, second = get(client, "?speaker=ann"), get(client, "?speaker=ann&page=2")

    assert (first["count"], len(first["results"]), len(second["results"])) == (9, 8, 1)
    assert first["next"].endswith("/compare/?speaker=ann&page=2")
    (error,) = client.get("/api/v1/compare/?speaker=ann&page_size=21").json()["errors"]
    assert error == {"parameter": "page_size", "detail": "At most 20 are on a page."}


def test_drafts_and_hidden_people_are_not_compared(client, robots):
    before = get(client, "?speaker=ann")
    robots.says("Ann", "opposes", "wait", status="draft")
    Debate("hidden", status="in_review").says("Fay", "supports", "tax")

    assert get(client, "?speaker=ann") == before
    assert client.get("/api/v1/compare/?speaker=fay").status_code == 400


@pytest.mark.parametrize("count", [1, 15])
def test_a_comparison_takes_the_same_queries_at_any_size(client, robots, count, django_assert_num_queries):
    for number in range(count):
        for who in ("Ann", "Bob"):
            CapacityFactory(appearance=robots.appearances[who])
            EvidenceFactory(position=robots.says(who, "supports", f"measure-{number}"))

    with django_assert_num_queries(QUERIES_OF_TWO):
        get(client, "?speaker=ann&speaker=bob&page_size=20")
