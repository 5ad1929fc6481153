"""Whatever is asked, the answer is an answer or a problem document that names what is wrong."""

from __future__ import annotations

import os
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.problems import KINDS, MEDIA_TYPE
from tests.api.programs import program_of
from tests.api.test_schema import COMMITTED, read

pytestmark = pytest.mark.words

PATHS = read(COMMITTED.read_bytes())["paths"]
TAKING = {
    path: one["get"]["parameters"] for path, one in PATHS.items() if "{" not in path and one["get"].get("parameters")
}
REQUESTS = 300 if os.environ.get("TEST_FULL") else 12
NASTY = [
    "%00", "a%00b", "%ED%A0%80", "%FF%FE", "%", "%zz", "%u0041", "%F0%9F%98%80", "%E2%80%AE", "%0A%0D", "\"'`;--",
    "%3Cscript%3E", "-1", "0", "1e3", "01", "+1", "9" * 40, "-" + "9" * 40, "NaN", "Infinity", "true", "null", "*",
    "%2A", "..%2f..", ".", "[]", "{}", "a,b", ",", ",,,", "id,id", "a.b.c.d.e.f", "__class__", "pk__in", "2025-02-30",
    "0000", "XXXX-XX-12", "%D9%A3", "%EA%B0%95", "AAAAAAAAAAE", "________", "/////////_8", "=", "a" * 3000,
    "x%20OR%201=1", "%7B%7D", "(((((", '"', "q:",
]  # fmt: skip
UNKNOWN = [
    "color", "format", "Page", "page[]", "page_size[0]", "%00", "%ED%A0%80", "__proto__", "stance ", "", "%",
    "csrfmiddlewaretoken",
]  # fmt: skip
ACCEPTED = [
    "*/*", "application/json", "text/csv", "application/x-ndjson", "application/ld+json", "text/html", "image/png", "",
    ";;;", "a", "*/*;q=0", "application/json;q=abc", "application/json;version=2", "text/*",
    "application/*;q=0.1,text/csv;q=0.2", ",".join(["a/b"] * 200),
]  # fmt: skip
values = st.sampled_from(NASTY) | st.text(max_size=40).map(lambda text: quote(text.encode("utf-8", "surrogatepass")))


@st.composite
def queries(draw, path: str) -> str:
    names = st.sampled_from([one["name"] for one in TAKING[path] if one["in"] == "query"])
    pairs = draw(st.lists(st.tuples(names | st.sampled_from(UNKNOWN), values), min_size=1, max_size=4))
    return "&".join(f"{name}={value}" for name, value in pairs)


@pytest.mark.parametrize("path", TAKING)
def test_no_query_is_answered_with_an_error_of_ours(client, example, path):
    shown = {} if {} in PATHS[path]["get"]["security"] else {"authorization": f"Bearer {program_of('reviewer').text}"}

    @settings(max_examples=REQUESTS, deadline=None, suppress_health_check=list(HealthCheck))
    @given(queries(path), st.sampled_from(ACCEPTED), st.sampled_from(["get", "head"]))
    def ask(query, accept, method):
        response = getattr(client, method)(f"{path}?{query}", headers={"accept": accept, **shown})
        assert response.status_code in {200, 400, 404, 406, 410}, (query, accept)
        if response.status_code != 200 and method == "get":
            is_told(response)

    ask()


def needed(path: str) -> dict[str, str]:
    """What has to be given, given."""
    return {one["name"]: "0" for one in TAKING.get(path, ()) if one.get("required")}


def is_told(response) -> None:
    assert response["Content-Type"] == MEDIA_TYPE
    problem = response.json()
    assert problem["status"] == response.status_code and problem["detail"]
    assert problem["type"].partition("#")[2] in KINDS
    given = {name.replace("\0", "\ufffd") for name in response.wsgi_request.GET}
    given |= set(needed(response.wsgi_request.path))
    for error in problem.get("errors", []):
        assert error["detail"] and error["parameter"] in given


@pytest.mark.parametrize("path", TAKING)
def test_each_wrong_value_is_told_by_the_name_of_its_parameter(client, example, path):
    for parameter in TAKING[path]:
        if (wrong := wrong_value(parameter["schema"])) is None or parameter["in"] != "query":
            continue
        response = client.get(path, {**needed(path), parameter["name"]: wrong})
        assert response.status_code == 400, (parameter["name"], wrong)
        is_told(response)
        assert [error["parameter"] for error in response.json()["errors"]] == [parameter["name"]]


def wrong_value(schema) -> str | None:
    """What no choice and no whole number is; None where any text may be right."""
    items = schema.get("items", schema)
    if items.get("type") == "integer":
        return "2.5"
    return "no-such-value" if "enum" in items else None


@pytest.mark.parametrize("path", TAKING)
@pytest.mark.parametrize("name", ["color", "Page", "page_size[]"])
def test_a_parameter_that_does_not_exist_is_named_beside_those_that_do(client, example, path, name):
    response = client.get(path, {**needed(path), name: "1"})
    assert response.status_code == 400
    (error,) = response.json()["errors"]
    assert error["parameter"] == name
    assert all(one["name"] in error["detail"] for one in TAKING[path] if one["in"] == "query")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
def test_a_method_that_is_not_served_is_told_which_are(client, example, method):
    for path, item in PATHS.items():
        if method.lower() in item:
            continue
        response = client.generic(method, path.replace("{id}", "1"), QUERY_STRING="kind=debate&page=2")
        if response.status_code == 401:
            continue  # who may not write at all is told that first
        assert response.status_code == 405, (method, path)
        allowed = response["Allow"].replace(" ", "").split(",")
        assert {served.upper() for served in item} <= set(allowed) and method not in allowed
        assert response["Content-Type"] == MEDIA_TYPE


def test_a_form_that_is_not_served_is_told_which_are(client, example):
    for path in PATHS:
        if "{" in path or "." in path:
            continue  # an ending is the form
        response = client.get(path, needed(path), headers={"accept": "image/png"})
        assert response.status_code == 406, path
        assert "application/json" in response.json()["detail"]


ENDINGS = {
    "json": "application/json",
    "jsonld": "application/ld+json",
    "ndjson": "application/x-ndjson",
    "csv": "text/csv",
}


@pytest.mark.parametrize("accept", ["text/html,*/*;q=0.8", "application/json", "text/csv", "image/png", ""])
@pytest.mark.parametrize(("ending", "form"), ENDINGS.items())
def test_an_ending_gives_its_form_whatever_else_is_accepted(client, example, ending, form, accept):
    response = client.get(f"/api/v1/positions.{ending}", headers={"accept": accept})
    assert response.status_code == 200
    assert response["Content-Type"].partition(";")[0] == form


@pytest.mark.parametrize("address", ["/api/v1/nothing/", "/api/v1/positions/?color=red", "/api/v1/positions/nobody/"])
def test_what_is_wrong_is_told_to_those_too_who_have_an_answer_already(client, example, address):
    for known in ("*", '"a"', "W/*", 'W/"a", *'):
        assert client.get(address, headers={"if-none-match": known}).status_code in {400, 404}
