"""The stance matrix of a debate as data and as a table."""

from __future__ import annotations

import csv
import io

import pytest
from django.conf import settings

from api import matrix as matrices
from tests.factories import (
    AppearanceFactory,
    CapacityFactory,
    OrganizationFactory,
    PositionFactory,
    PropositionTopicFactory,
    TopicFactory,
)
from tests.spoken import Debate

pytestmark = [pytest.mark.django_db, pytest.mark.words]
ADDRESS = "/api/v1/debates/robots/matrix"
QUERIES = 12


@pytest.fixture
def robots():
    """On three propositions, of which tax is divided: Ann stated twice that she is for it."""
    debate = Debate()
    for who, stance, proposition in (
        ("Bob", "opposes", "tax"),
        ("Ann", "supports", "tax"),
        ("Ann", "supports", "tax"),
        ("Ann", "neutral", "ban"),
        ("Ann", "conditional", "ban"),
        ("Cho", "opposes", "wait"),
    ):
        debate.says(who, stance, proposition)
    return debate


def get(client, query=""):
    response = client.get(f"{ADDRESS}/{query}")
    assert response.status_code == 200, response.content
    return response.json()


def stances(answer):
    """By proposition, who took which stance how often."""
    names = [column["speaker"]["id"] if column["speaker"] else None for column in answer["columns"]]
    return {
        row["proposition"]["id"].removeprefix("robots-"): [
            (names[cell["column"]], cell["stance"], cell["count"]) for cell in row["cells"]
        ]
        for row in answer["results"]
    }


def table(client, query=""):
    response = client.get(f"{ADDRESS}.csv{query}")
    assert response["Content-Type"] == "text/csv; charset=utf-8; header=present"
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_rows_are_propositions_with_what_each_speaker_stated(client, robots):
    answer = get(client, "?rows=divided")

    assert [column["speaker"]["id"] for column in answer["columns"]] == ["bob", "ann", "cho"]
    assert [column["positions"] for column in answer["columns"]] == [1, 4, 1]
    assert stances(answer) == {
        "tax": [("bob", "opposes", 1), ("ann", "supports", 2)],
        "ban": [("ann", "conditional", 1), ("ann", "neutral", 1)],
        "wait": [("cho", "opposes", 1)],
    }
    assert answer["results"][0]["stances"] == {"supports": 2, "opposes": 1}
    assert answer["stances"] == {"supports": 2, "conditional": 1, "neutral": 1, "opposes": 2}
    assert (answer["propositions"], answer["speakers"], answer["positions"], answer["count"]) == (3, 3, 6, 3)


def test_a_cell_has_the_ids_of_its_positions_and_leads_to_them(client, robots, monkeypatch):
    bob, ann = get(client, "?rows=divided")["results"][0]["cells"]
    position = client.get(bob["url"].removeprefix(settings.PUBLIC_URL)).json()
    several = client.get(ann["url"].removeprefix(settings.PUBLIC_URL)).json()

    assert bob["positions"] == [position["id"]] and bob["html_url"] == position["html_url"]
    assert ann["positions"] == sorted(ann["positions"], key=[one["id"] for one in several["results"]].index)
    assert several["count"] == 2
    assert client.get(ann["html_url"].removeprefix(settings.PUBLIC_URL)).status_code == 200
    monkeypatch.setattr(matrices, "IDS", 1)
    assert get(client, "?rows=divided")["results"][0]["cells"][1]["positions"] == ann["positions"][:1]


@pytest.mark.parametrize(
    "query",
    ["", "?rows=positions", "?rows=wording&columns=name", "?rows=divided&columns=positions&first=cho", "?topic=bans"],
)
def test_it_is_sorted_and_narrowed_as_the_page_is(client, robots, query):
    PropositionTopicFactory(proposition=robots.on("ban"), topic=TopicFactory(slug="bans"))
    PropositionTopicFactory(proposition=robots.on("wait"), topic=TopicFactory(slug="work"))

    answer, page = get(client, query), client.get(f"/debates/robots/matrix/{query}")

    matrix = page.context["matrix"]
    assert [row["proposition"]["id"] for row in answer["results"]] == [row.proposition.slug for row in matrix.rows]
    assert [one["speaker"]["id"] for one in answer["columns"]] == [one.slug for one in matrix.columns]
    assert [[(cell["stance"], cell["count"]) for cell in row["cells"]] for row in answer["results"]] == [
        [(one.taken.stance, one.taken.number) for cell in row.cells for one in cell] for row in matrix.rows
    ]
    assert answer["html_url"].removeprefix(settings.PUBLIC_URL) == f"/debates/robots/matrix/{query}"
    assert [row["proposition"] for row in table(client, query)] == [row.proposition.slug for row in matrix.rows]


def test_the_table_writes_stances_in_words_and_leaves_silence_empty(client, robots):
    tax, ban, wait = table(client, "?rows=divided")

    assert list(tax)[:4] == ["proposition", "proposition_en", "proposition_ko", "topic"]
    assert list(tax)[4:] == ["supports", "conditional", "neutral", "opposes", "bob", "ann", "cho"]
    assert (tax["ann"], tax["bob"], tax["cho"]) == ("supports 2", "opposes", "")
    assert ban["ann"] == "conditional | neutral"
    assert (wait["proposition"], wait["proposition_en"], wait["opposes"]) == (
        "robots-wait",
        "The state should wait",
        "1",
    )


def test_organizations_and_people_without_a_name_have_columns_too(client, robots):
    union = OrganizationFactory(slug="union", name_en="Union")
    for who in ({"organization": union}, {"label": "=A visitor"}):
        PositionFactory(
            appearance=AppearanceFactory(session=robots.session, person=None, order=9, **who), on=robots.on("tax")
        )

    answer = get(client)

    assert [(one["organization"] or {}).get("id") for one in answer["columns"]][3:] == ["union", None]
    assert answer["columns"][4]["label"] == "=A visitor"
    assert set(table(client)[0]) >= {"organization:union", "unnamed:=A visitor"}


def test_it_is_read_in_pages_and_the_table_as_a_whole(client, robots, monkeypatch):
    first, second = get(client, "?page_size=2"), get(client, "?page_size=2&page=2")

    assert (first["count"], first["pages"], len(first["results"]), len(second["results"])) == (3, 2, 2, 1)
    assert first["next"] == f"{settings.PUBLIC_URL}{ADDRESS}/?page_size=2&page=2"
    assert client.get(f"{ADDRESS}/?page=2").status_code == 404
    monkeypatch.setattr("exchange.matrices._BATCH", 2)
    monkeypatch.setattr(matrices, "COLUMNS", 1)
    assert len(get(client)["columns"]) == 1 and get(client)["speakers"] == 3
    assert len(table(client)) == 3 and set(table(client)[0]) >= {"ann", "bob", "cho"}


def test_what_is_wrong_is_said_with_what_there_is(client, robots):
    PropositionTopicFactory(proposition=robots.on("ban"), topic=TopicFactory(slug="bans"))
    response = client.get(
        f"{ADDRESS}/?topic=love&rows=up&columns=name&columns=name&first=nobody&page=0&stance=supports"
    )

    assert response.status_code == 400
    told = {error["parameter"]: error["detail"] for error in response.json()["errors"]}
    assert set(told) == {"topic", "rows", "columns", "first", "page", "stance"}
    assert told["topic"] == "'love' is none of: bans."
    assert told["rows"] == "'up' is none of: topic, positions, divided, wording."
    assert told["first"] == "'nobody' is none of: ann, bob, cho."
    assert "topic, rows, columns, first, page, page_size" in told["stance"]
    assert client.get(f"{ADDRESS}.csv?rows=up").json()["status"] == 400
    assert client.get("/api/v1/debates/nothing/matrix/").status_code == 404


def test_drafts_are_in_no_cell_and_no_column(client, robots):
    before, written = get(client), table(client)
    robots.says("Evelyn", "supports", "tax", status="draft")
    robots.says("Ann", "opposes", "secret", status="in_review")
    Debate("hidden", status="draft").says("Ann", "supports", "tax")

    assert {**get(client), "version": 0} == {**before, "version": 0}
    assert table(client) == written
    assert client.get("/api/v1/debates/hidden/matrix/").status_code == 404
    assert client.get("/api/v1/debates/hidden/matrix.csv").status_code == 404


@pytest.mark.parametrize("others", [1, 20])
def test_a_matrix_takes_the_same_queries_at_any_size(client, robots, others, django_assert_num_queries):
    for number in range(others):
        robots.says(f"P{number}", "supports", f"measure-{number}")
        CapacityFactory(appearance=robots.appearances[f"P{number}"])

    with django_assert_num_queries(QUERIES):
        get(client, "?page_size=100")
