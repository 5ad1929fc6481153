"""What is written and answered is what the description says."""

from __future__ import annotations

from typing import Any

import pytest
from drf_spectacular.generators import SchemaGenerator
from jsonschema import Draft202012Validator, FormatChecker

from api.resources import RESOURCES
from review.models import Scope
from tests.api.programs import CHANGES, bodies, drafts, program_of

pytestmark = [pytest.mark.django_db, pytest.mark.words]


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    generated: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return generated


def mistakes(schema, part, document):
    whole = {**part, "components": schema["components"]}
    return [
        error.message for error in Draft202012Validator(whole, format_checker=FormatChecker()).iter_errors(document)
    ]


def answered(schema, operation, response):
    (content,) = operation["responses"][str(response.status_code)]["content"].values()
    return mistakes(schema, content["schema"], response.json())


def taken(schema, operation, document):
    return mistakes(schema, operation["requestBody"]["content"]["application/json"]["schema"], document)


@pytest.mark.parametrize("resource", RESOURCES)
def test_what_is_sent_and_what_comes_back_is_described(schema, resource):
    example, editor = drafts(), program_of("editor")
    listed, single = (schema["paths"][f"/api/v1/{resource}/{step}"] for step in ("", "{id}/"))
    path, new, changed = example.addresses[resource], bodies(example)[resource], CHANGES[resource]
    assert taken(schema, listed["post"], new) == taken(schema, single["patch"], changed) == []
    assert taken(schema, listed["post"], {**new, "colour": "red"})
    assert answered(schema, listed["post"], editor.post(f"/api/v1/{resource}/", new)) == []
    assert answered(schema, single["patch"], editor.patch(path, changed)) == []
    for response in (
        editor.patch(path, {"colour": "red"}),
        editor.patch(path, changed, etag='"x"'),
        editor.send("PATCH", path, changed),
        editor.patch(path, b"{"),
        program_of("editor", Scope.READ).patch(path, changed),
        editor.client.patch(path),
    ):
        assert answered(schema, single["patch"], response) == [], response.status_code


def test_what_waits_and_what_is_decided_is_described(schema, example):
    contributor, reviewer = program_of("contributor"), program_of("reviewer")
    for resource, path in example.addresses.items():
        waiting = contributor.patch(path, {**CHANGES[resource], "reason": "x"})
        assert answered(schema, schema["paths"][f"/api/v1/{resource}/{{id}}/"]["patch"], waiting) == []
        address = waiting["Location"].removeprefix("http://127.0.0.1:8000")
        accept = schema["paths"]["/api/v1/revisions/{id}/accept/"]["post"]
        assert answered(schema, accept, reviewer.post(f"{address}accept/", {})) == []
    listed = schema["paths"]["/api/v1/revisions/"]["get"]
    assert answered(schema, listed, reviewer.get("/api/v1/revisions/")) == []


def test_the_description_says_where_a_token_is_needed(schema):
    assert schema["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            needs = operation.get("security", [{}]) == [{"token": []}]
            assert needs is (method != "get" or path.startswith("/api/v1/revisions/")), (method, path)
            seen = [one for one in operation.get("parameters", []) if one["name"] == "If-Match"]
            assert bool(seen) is (method in {"patch", "delete"})
