from __future__ import annotations

import csv
import json
from io import StringIO

import pytest
from django.test import Client

from debate.publishing import Status
from exchange.statements import COLUMNS
from tests.api.examples import make_example
from tests.factories import PersonFactory, PositionFactory, TopicFactory
from tests.record.commits import as_if_committed

pytestmark = pytest.mark.django_db


@pytest.fixture
def table(client):
    """The rows at an address, as a program reads them."""

    def _table(query=""):
        response = client.get(f"/api/v1/statements.csv{query}")
        assert response.status_code == 200, response.content
        return list(csv.DictReader(StringIO(response.getvalue().decode("utf-8-sig"), newline="")))

    return _table


def test_the_table_is_a_file_of_csv_that_streams(client):
    position = PositionFactory()

    response = client.get("/api/v1/statements.csv")

    assert response.streaming
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="statements.csv"'
    header, row, end = response.getvalue().split(b"\r\n")
    assert header == b"\xef\xbb\xbf" + ",".join(COLUMNS).encode()
    assert row.startswith(position.public_id.encode()) and end == b""


@pytest.mark.parametrize("stance", ["opposes", "supports"])
def test_all_filters_of_the_site_narrow_it(table, stance):
    wanted = PositionFactory(stance=stance)
    PositionFactory(stance="neutral")

    assert [row["position_id"] for row in table(f"?stance={stance}")] == [wanted.public_id]
    assert [row["position_id"] for row in table(f"?speaker={wanted.person.slug}")] == [wanted.public_id]
    assert table(f"?speaker={wanted.person.slug}&stance=conditional") == []


def test_words_find_what_the_search_finds_in_its_order(client, table, monkeypatch):
    for number in range(5):
        PositionFactory(summary_en="quantum " * (number + 1))
    PositionFactory(summary_en="Something else")
    as_if_committed()
    for query in ("?q=quantum", "?q=quantum&sort=oldest"):
        expected = [one["id"] for one in client.get(f"/api/v1/positions/{query}").json()["results"]]
        with monkeypatch.context() as small:
            small.setattr("search.find.MOST_PER_PAGE", 2)
            assert [row["position_id"] for row in table(query)] == expected
        assert len(expected) == 5


def test_what_the_search_looks_for_instead_of_a_mistyped_word_is_looked_for_here_too(client, table):
    position = PositionFactory(summary_en="quantum computing")
    as_if_committed()
    assert client.get("/api/v1/search/?q=quantmu").json()["searched_instead"] == "quantum"

    assert [row["position_id"] for row in table("?q=quantmu")] == [position.public_id]
    assert table("?q=zebra") == []


def test_oldest_first_where_that_is_asked(table):
    for date in ("2024", "2025", "2023"):
        PositionFactory(appearance__session__event__date=date)

    assert [row["date"] for row in table()] == ["2025", "2024", "2023"]
    assert [row["date"] for row in table("?sort=oldest")] == ["2023", "2024", "2025"]


@pytest.mark.parametrize("suffix", ["csv", "ndjson"])
def test_bad_parameters_are_told_as_a_problem_before_anything_streams(client, suffix):
    response = client.get(f"/api/v1/statements.{suffix}?stance=x&colour=red&speaker=nobody")

    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert {error["parameter"] for error in response.json()["errors"]} == {"stance", "colour"}
    assert client.get(f"/api/v1/statements.{suffix}?speaker=nobody").json()["errors"][0]["parameter"] == "speaker"


def test_the_same_rows_are_lines_of_json(client):
    position = PositionFactory()

    response = client.get("/api/v1/statements.ndjson")

    assert response["Content-Type"] == "application/x-ndjson; charset=utf-8"
    (line,) = response.getvalue().decode().splitlines()
    row = json.loads(line)
    assert tuple(row) == COLUMNS
    assert (row["position_id"], row["agreement"], row["date_latest"]) == (position.public_id, 1, "2025-02-12")
    assert client.get("/api/v1/statements/").json()["results"] == [row]


def test_pages_of_the_table_are_those_of_the_list(client):
    PositionFactory.create_batch(3)
    as_if_committed()

    page = client.get("/api/v1/statements/?page_size=2&page=2").json()

    assert (page["count"], page["pages"], len(page["results"])) == (3, 2, 1)
    listed = client.get("/api/v1/positions/?page_size=2&page=2").json()["results"]
    assert page["results"][0]["position_id"] == listed[0]["id"]
    assert client.get("/api/v1/statements/?q=measure&page_size=2").json()["count"] == 3


def test_head_tells_the_same_and_asks_only_how_many_there_are(client, django_assert_num_queries):
    PositionFactory()
    with django_assert_num_queries(1):
        response = client.head("/api/v1/statements.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"


def test_an_error_half_way_breaks_the_answer_off(client, monkeypatch):
    def broken(_rows):
        raise LookupError("the record can't be read")

    PositionFactory()
    monkeypatch.setattr("exchange.statements.reading._statement", lambda *_anything: broken(None))
    response = client.get("/api/v1/statements.csv")
    with pytest.raises(LookupError):
        response.getvalue()


def test_a_formula_is_no_formula_in_a_spreadsheet(table):
    PositionFactory(summary_en="=HYPERLINK(1)", appearance__person=PersonFactory(name_en="+82"))

    (row,) = table()

    assert (row["summary_paraphrase_en"], row["person_en"]) == ("'=HYPERLINK(1)", "'+82")


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW])
def test_nothing_unpublished_is_told(client, table, status):
    hidden = make_example(status=status)

    assert table() == []
    for name, record in {"topic": hidden.topic, "speaker": hidden.speaker, "debate": hidden.debate}.items():
        response = client.get(f"/api/v1/statements.csv?{name}={record.slug}")
        assert response.status_code == 400
        assert "not in the record" in response.json()["errors"][0]["detail"]
    TopicFactory(name_en="SECRET", status=status)
    assert "SECRET" not in str(client.get("/api/v1/statements/").json())


def test_it_streams_outside_of_a_test_s_transaction_too(transactional_db):
    PositionFactory.create_batch(2)
    response = Client().get("/api/v1/statements.csv")
    pieces = iter(response)
    assert next(pieces).startswith(b"\xef\xbb\xbfposition_id")
    response.close()  # the reader is gone before the first row
    assert Client().get("/api/v1/statements.csv").getvalue().count(b"\r\n") == 3
