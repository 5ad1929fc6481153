from __future__ import annotations

from datetime import UTC, datetime

import pytest

from debate.publishing import Status
from search.find import SearchUnavailable
from tests.api.examples import RESOURCES
from tests.factories import EventFactory, PersonFactory, TopicFactory

pytestmark = pytest.mark.words

PROBLEM = "application/problem+json"
LISTS = [*RESOURCES, "search"]


def withdraw(record, because="Published twice."):
    record.status, record.withdrawn_because = Status.WITHDRAWN, because
    record.withdrawn_at = datetime(2026, 3, 1, 9, tzinfo=UTC)
    record.save()


def test_a_problem_says_what_it_is_in_the_form_of_rfc_9457(client, db, settings):
    settings.PUBLIC_URL = "https://debates.example.org"
    response = client.get("/api/v1/debates/nowhere/")
    assert (response.status_code, response["Content-Type"]) == (404, PROBLEM)
    assert response.json() == {
        "type": "https://debates.example.org/api/v1/problems/#not-found",
        "title": "Not Found",
        "status": 404,
        "detail": "There is no 'nowhere' in the record.",
    }


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("ending", ["csv", "ndjson", "json", "jsonld"])
def test_a_list_under_its_ending_is_only_read(client, db, ending, method):
    response = getattr(client, method)(f"/api/v1/topics.{ending}")
    assert (response.status_code, response["Content-Type"]) == (405, PROBLEM)
    assert "GET" in response["Allow"] and method.upper() not in response["Allow"]
    assert client.options(f"/api/v1/topics.{ending}").status_code == 204


def test_the_address_of_a_problems_type_explains_it(client, db):
    problem = client.get("/api/v1/debates/nowhere/").json()
    explained = {kind["type"]: kind for kind in client.get("/api/v1/problems/").json()}
    assert explained[problem["type"]]["status"] == 404


def test_an_unknown_id_is_not_found(client, db):
    for resource in RESOURCES:
        response = client.get(f"/api/v1/{resource}/xxxxxxxx/")
        assert (response.status_code, response["Content-Type"]) == (404, PROBLEM), resource


def test_unknown_parameters_are_named(client, db):
    for address in LISTS:
        problem = client.get(f"/api/v1/{address}/?color=red&format=csv").json()
        assert [error["parameter"] for error in problem["errors"]] == ["color", "format"], address


def test_a_record_and_the_overview_take_no_pages(client, example):
    for address in ("/api/v1/", "/api/v1/version/", "/api/v1/problems/"):
        problem = client.get(f"{address}?page=1").json()
        assert problem["errors"] == [
            {"parameter": "page", "detail": "There is no such parameter. This address takes none."}
        ]
    problem = client.get(f"{example.addresses['debates']}?page=1").json()
    assert problem["errors"] == [
        {"parameter": "page", "detail": "There is no such parameter. There are: fields, expand, lang."}
    ]


def test_everything_wrong_with_a_request_is_told_at_once(client, db):
    problem = client.get("/api/v1/sessions/?kind=party&debate=nowhere&color=red&page=0&page_size=x").json()
    assert {error["parameter"]: error["detail"] for error in problem["errors"]} == {
        "color": "There is no such parameter. There are: debate, kind, fields, expand, lang, page, page_size, cursor.",
        "page": "'0' is no whole number from 1 up.",
        "page_size": "'x' is no whole number from 1 up.",
        "debate": "Not in the record: nowhere.",
        "kind": "'party' is none of: opening, presentation, discussion, questions, closing.",
    }
    assert problem["detail"] == "Can't be used as given: color, debate, kind, page, page_size."


@pytest.mark.parametrize("address", ["positions", "search"])
def test_positions_and_search_tell_of_bad_filters_and_pages_alike(client, db, address):
    problem = client.get(f"/api/v1/{address}/?stance=maybe&from=tomorrow&page=0").json()
    assert {error["parameter"] for error in problem["errors"]} == {"stance", "from", "page"}
    unknown = client.get(f"/api/v1/{address}/?speaker=nobody")
    assert unknown.status_code == 400 and unknown.json()["errors"][0]["parameter"] == "speaker"


def test_too_many_values_are_refused(client, db):
    problem = client.get("/api/v1/sessions/", {"kind": ["opening"] * 51}).json()
    assert problem["errors"] == [{"parameter": "kind", "detail": "At most 50 values."}]


@pytest.mark.parametrize("resource", ["debates", "topics", "propositions", "positions"])
def test_what_was_withdrawn_is_gone_and_says_when_and_why(client, example, resource):
    record = {
        "debates": example.debate,
        "topics": example.topic,
        "propositions": example.proposition,
        "positions": example.position,
    }[resource]
    withdraw(record)
    response = client.get(example.addresses[resource])
    assert (response.status_code, response["Content-Type"]) == (410, PROBLEM)
    assert response.json()["withdrawn_at"] == "2026-03-01T09:00:00Z"
    assert response.json()["reason"] == "Published twice."
    assert example.addresses[resource] not in client.get(f"/api/v1/{resource}/?page_size=100").content.decode()


@pytest.mark.parametrize("resource", ["sessions", "appearances", "positions", "evidence"])
def test_what_belongs_to_a_withdrawn_debate_is_gone_with_it(client, example, resource):
    withdraw(example.debate)
    response = client.get(example.addresses[resource])
    assert (response.status_code, response.json()["reason"]) == (410, "Published twice.")


def test_a_draft_in_a_withdrawn_debate_stays_unknown(client, example):
    example.position.status = Status.DRAFT
    example.position.save()
    withdraw(example.debate)
    assert client.get(example.addresses["positions"]).status_code == 404


def test_a_former_slug_leads_to_the_present_one(client, example, settings):
    settings.PUBLIC_URL = "https://debates.example.org"
    for resource, record in {
        "debates": example.debate,
        "speakers": example.speaker,
        "organizations": example.organization,
        "topics": example.topic,
        "propositions": example.proposition,
    }.items():
        former = example.addresses[resource]
        record.slug = f"new-{resource}"
        record.save()
        response = client.get(former)
        assert response.status_code == 301
        assert response["Location"] == f"https://debates.example.org/api/v1/{resource}/new-{resource}/"


def test_a_former_slug_tells_nothing_of_a_draft(client, db):
    topic = TopicFactory(slug="old", status=Status.DRAFT)
    topic.slug = "secret"
    topic.save()
    response = client.get("/api/v1/topics/old/")
    assert response.status_code == 404 and "secret" not in str(response.headers) + response.content.decode()


def test_a_former_slug_of_a_withdrawn_record_says_that_it_is_gone(client, db):
    topic = TopicFactory(slug="old")
    topic.slug = "new"
    withdraw(topic)
    assert client.get("/api/v1/topics/old/").status_code == 410


@pytest.mark.parametrize("address", ["", "search/", "suggest/", "version/", "problems/", "schema/"])
def test_only_reading_is_allowed(client, db, address):
    for method in ("POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW"):
        response = client.generic(method, f"/api/v1/{address}", b"{not json", content_type="application/json")
        assert (response.status_code, response["Content-Type"]) == (405, PROBLEM)
        assert response["Allow"] == "GET, HEAD, OPTIONS"
        assert response.json()["title"] == "Method Not Allowed"


@pytest.mark.parametrize(
    "accept", ["text/html", "text/css, image/*", "application/xml;q=0.9", "nonsense", "/", ";;;,", "a" * 9_000]
)
def test_what_is_not_served_is_not_acceptable(client, db, accept):
    response = client.get("/api/v1/debates/", headers={"accept": accept})
    assert (response.status_code, response["Content-Type"]) == (406, PROBLEM)
    assert "application/json" in response.json()["detail"]


@pytest.mark.parametrize("accept", ["*/*", "application/*", "text/html, */*;q=0.1", "application/json; q=0.5"])
def test_json_is_served_to_whoever_takes_it(client, db, accept):
    response = client.get("/api/v1/debates/", headers={"accept": accept})
    assert (response.status_code, response.json()["count"]) == (200, 0)


@pytest.mark.parametrize(
    "path", ["nowhere/", "nowhere", "debates/a b/", "debates/%00/", "debates/x/y/", "debates//", "%ED%A0%80/", "한국/"]
)
def test_an_unknown_address_is_a_problem_too(client, db, path):
    response = client.get(f"/api/v1/{path}")
    assert (response.status_code, response["Content-Type"]) == (404, PROBLEM)


def test_a_missing_slash_is_put_right(client, example):
    response = client.get("/api/v1/positions?stance=supports")
    assert (response.status_code, response["Location"]) == (301, "/api/v1/positions/?stance=supports")
    assert client.get(example.addresses["debates"].rstrip("/"))["Location"] == example.addresses["debates"]


def test_a_nul_character_is_refused_wherever_it_stands(client, db):
    for address in (*LISTS, "version", "debates/x"):
        for query in ("speaker=%00", "q=a%00b", "page=%00", "%00=1"):
            response = client.get(f"/api/v1/{address}/?{query}")
            assert response.status_code == 400, address
            assert response.json()["errors"][0]["detail"] == "There is a NUL character in it."


WILD = (
    "speaker=%ED%A0%80",
    "speaker=%FF%FE",
    "from=99999-99",
    "from=0000",
    "to=XXXX",
    "debate=" + "a" * 20_000,
    "q=" + "a" * 20_000,
    "%ED%A0%80=1",
    "&".join(f"a{number}=1" for number in range(1_500)),
    "sort=random",
    "page_size=-1",
    "speaker[]=a",
    "q[$ne]=1",
)


@pytest.mark.parametrize("address", ["positions", "search", "appearances"])
def test_wild_parameters_are_refused_in_words(client, db, address):
    for query in WILD:
        response = client.get(f"/api/v1/{address}/?{query}")
        assert (response.status_code, response["Content-Type"]) == (400, PROBLEM)
        assert len(response.content) < 400_000


def test_words_in_no_encoding_find_nothing_and_break_nothing(client, example):
    for address in ("positions", "search"):
        assert client.get(f"/api/v1/{address}/?q=%ED%A0%80%FF").json()["count"] == 0


def test_search_that_cannot_be_read_is_said_and_the_rest_goes_on(client, example, monkeypatch):
    def unavailable(*_arguments, **_options):
        raise SearchUnavailable("The search index can't be opened.")

    monkeypatch.setattr("api.overview.find", unavailable)
    monkeypatch.setattr("api.resources.find", unavailable)
    for address in ("search/?q=data", "positions/?q=data"):
        response = client.get(f"/api/v1/{address}")
        assert (response.status_code, response["Content-Type"]) == (503, PROBLEM)
        assert response.json()["detail"] == "The search index can't be opened."
    assert client.get("/api/v1/positions/?stance=supports").json()["count"] == 2


def test_head_says_what_get_says_without_the_body(client, example):
    for address in ("/api/v1/debates/", example.addresses["positions"], "/api/v1/search/?q=measure"):
        got, head = client.get(address), client.head(address)
        assert head.status_code == 200 and head.content == b""
        assert head["Content-Length"] == got["Content-Length"]
    assert client.head("/api/v1/debates/nowhere/").status_code == 404


@pytest.mark.parametrize("address", ["", "search/", "version/", "schema/"])
def test_options_answers_a_preflight_from_any_web_page(client, db, address):
    response = client.options(
        f"/api/v1/{address}", headers={"origin": "https://else.example", "access-control-request-method": "GET"}
    )
    assert response.status_code == 204 and response.content == b""
    assert response["Allow"] == response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert response["Access-Control-Allow-Origin"] == "*"


def test_every_web_page_may_read_answers_and_problems(client, example):
    for address in ("debates/", "debates/nowhere/", "nowhere/", "debates/?x=1", "schema/"):
        assert client.get(f"/api/v1/{address}")["Access-Control-Allow-Origin"] == "*"


def test_reading_sets_no_cookie(client, example):
    assert not client.get("/api/v1/positions/").cookies


def test_messages_are_in_english_whatever_the_reader_prefers(client, db):
    response = client.get("/api/v1/positions/?stance=maybe", headers={"accept-language": "ko"})
    assert response.json()["errors"][0]["detail"].startswith("'maybe' is none of: supports")


def test_people_whom_no_published_debate_shows_are_not_found(client, db):
    person = PersonFactory()
    EventFactory()
    assert client.get(f"/api/v1/speakers/{person.slug}/").status_code == 404
