from __future__ import annotations

from copy import deepcopy

import pytest

from tests.api.contract.compatibility import METHODS, breaks
from tests.api.test_schema import COMMITTED, read

RELEASED = COMMITTED.with_name("openapi-released.yaml")
pytestmark = pytest.mark.once

STANCE = {"type": "string", "enum": ["supports", "opposes"]}
DOCUMENT = {
    "paths": {
        "/things/": {
            "get": {
                "parameters": [
                    {"in": "query", "name": "stance", "schema": {"type": "array", "items": STANCE, "maxItems": 50}},
                    {"in": "query", "name": "page", "schema": {"type": "integer", "maximum": 100}},
                ],
                "responses": {
                    "200": {
                        "content": {
                            "application/json": {
                                "schema": {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}}
                            },
                            "text/csv": {"schema": {"type": "string"}},
                        }
                    },
                    "404": {"content": {}},
                },
            },
            "post": {
                "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}},
                "responses": {"201": {"content": {}}},
            },
        }
    },
    "components": {
        "schemas": {
            "Thing": {
                "type": "object",
                "properties": {
                    "id": {"type": "string"},
                    "name": {"type": ["string", "null"]},
                    "url": {"type": "string", "format": "uri"},
                    "stance": STANCE,
                    "part_of": {"anyOf": [{"$ref": "#/components/schemas/Thing"}, {"type": "null"}]},
                },
                "required": ["id", "url"],
            }
        }
    },
}


def changed(change) -> list[str]:
    after = deepcopy(DOCUMENT)
    thing = after["components"]["schemas"]["Thing"]
    change(after["paths"], after["paths"]["/things/"]["get"], thing)
    return breaks(DOCUMENT, after)


def test_nothing_breaks_where_nothing_changed():
    assert breaks(DOCUMENT, DOCUMENT) == []


ADDED = {
    "an address": lambda paths, get, thing: paths.update({"/others/": paths["/things/"]}),
    "a parameter": lambda paths, get, thing: get["parameters"].append(query("lang", {"type": "string"})),
    "a form": lambda paths, get, thing: get["responses"]["200"]["content"].update({"application/ld+json": {}}),
    "a member": lambda paths, get, thing: thing["properties"].update({"more": {"type": "string"}}),
    "a value": lambda paths, get, thing: thing["properties"]["stance"]["enum"].append("neutral"),
    "room": lambda paths, get, thing: get["parameters"][1]["schema"].update({"maximum": 1000}),
    "words": lambda paths, get, thing: thing["properties"]["id"].update({"description": "Another."}),
}


@pytest.mark.parametrize("what", ADDED)
def test_what_is_added_breaks_nothing(what):
    assert changed(ADDED[what]) == []


def query(name: str, schema: dict, **more) -> dict:
    return {"in": "query", "name": name, "schema": schema, **more}


def of_member(name: str, schema: dict):
    return lambda paths, get, thing: thing["properties"].update({name: schema})


FEWER_STANCES = {"type": "array", "items": {"type": "string", "enum": ["supports"]}, "maxItems": 10}
TAKEN_AWAY = {
    "an address": (
        lambda paths, get, thing: paths.pop("/things/"),
        ["GET /things/: is gone", "POST /things/: is gone"],
    ),
    "a method": (lambda paths, get, thing: paths["/things/"].pop("post"), ["POST /things/: is gone"]),
    "a parameter": (
        lambda paths, get, thing: get["parameters"].pop(0),
        ["GET /things/: the parameter stance is gone"],
    ),
    "the choice to leave out a new parameter": (
        lambda paths, get, thing: get["parameters"].append(query("since", {"type": "integer"}, required=True)),
        ["GET /things/: the parameter since has to be given"],
    ),
    "the choice to leave out an old one": (
        lambda paths, get, thing: get["parameters"][1].update({"required": True}),
        ["GET /things/: the parameter page has to be given"],
    ),
    "a value of a parameter, and room": (
        lambda paths, get, thing: get["parameters"][0].update({"schema": FEWER_STANCES}),
        ["GET /things/: stance: maxItems is 10", "GET /things/: stance[]: takes no opposes"],
    ),
    "the type of a parameter": (
        lambda paths, get, thing: get["parameters"][1]["schema"].update({"type": "string"}),
        ["GET /things/: page: takes no integer"],
    ),
    "a form": (
        lambda paths, get, thing: get["responses"]["200"]["content"].pop("text/csv"),
        ["GET /things/ 200: is not given as text/csv"],
    ),
    "an answer": (lambda paths, get, thing: get["responses"].pop("200"), ["GET /things/ 200: is no answer now"]),
    "a member": (lambda paths, get, thing: thing["properties"].pop("name"), ["Thing.name: is gone"]),
    "the type of a member": (
        of_member("id", {"type": "integer"}),
        ["Thing.id: may be integer", "Thing.id: takes no string"],
    ),
    "that it is never null": (of_member("id", {"type": ["string", "null"]}), ["Thing.id: may be null"]),
    "its format": (of_member("url", {"type": "string"}), ["Thing.url: is no uri"]),
    "that it is always there": (
        lambda paths, get, thing: thing.update({"required": ["id"]}),
        ["Thing.url: may be missing"],
    ),
    "the choice not to send it": (
        lambda paths, get, thing: thing.update({"required": ["id", "url", "name"]}),
        ["Thing.name: has to be given"],
    ),
    "a value that may be sent": (
        of_member("stance", {"type": "string", "enum": ["supports"]}),
        ["Thing.stance: takes no opposes"],
    ),
    "that it is one of two": (
        lambda paths, get, thing: thing["properties"]["part_of"]["anyOf"].append({"type": "string"}),
        ["Thing.part_of: may be string"],
    ),
    "the choice to send nothing": (
        lambda paths, get, thing: paths["/things/"]["post"]["requestBody"].update({"required": True}),
        ["POST /things/: a body has to be sent"],
    ),
}


@pytest.mark.parametrize("what", TAKEN_AWAY)
def test_what_is_taken_away_or_asked_for_breaks_programs(what):
    change, told = TAKEN_AWAY[what]
    assert sorted(changed(change)) == sorted(told)


def test_nothing_breaks_programs_that_worked_with_what_was_released():
    """When something is released, `cp docs/openapi.yaml docs/openapi-released.yaml`."""
    assert breaks(read(RELEASED.read_bytes()), read(COMMITTED.read_bytes())) == []


def test_what_was_released_tells_of_the_version_that_its_addresses_have():
    released = read(RELEASED.read_bytes())
    assert released["info"]["version"] == "1" and all(path.startswith("/api/v1/") for path in released["paths"])


def test_the_page_says_whether_anything_is_being_given_up():
    items = read(COMMITTED.read_bytes())["paths"].values()
    operations = [item[method] for item in items for method in METHODS if method in item]
    is_given_up = any(
        one.get("deprecated") for operation in operations for one in (operation, *operation.get("parameters", ()))
    )
    said = COMMITTED.with_name("versioning.md").read_text(encoding="utf-8")
    assert ("At present nothing is." in said) is not is_given_up
