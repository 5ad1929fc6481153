from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema
from jsonschema import Draft202012Validator, FormatChecker

from tests.api.examples import RESOURCES
from tests.factories import AppearanceFactory, EventFactory, PositionFactory, SessionFactory

pytestmark = pytest.mark.words

SINGLE = (
    "search",
    "suggest",
    "version",
    "problems",
    "context",
    "vocabularies",
    "agreement",
    "compare",
    "debates/{id}/agreement",
    "debates/{id}/matrix",
    "positions/{id}/history",
    "speakers/{id}/agreement",
    "statements",
    "exports",
    "changes",
)
FILES = {f"/api/v1/{name}" for name in ("statements.csv", "statements.ndjson", "exports/{name}.zip")}
COMMITTED = Path(settings.BASE_DIR) / "docs" / "openapi.yaml"


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    generated: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return generated


def read(text: bytes) -> Any:
    """JSON is YAML too."""
    return yaml.load(text, Loader=yaml.CSafeLoader)


def strict(schema: Any) -> Any:
    """The same schema without room for properties that it does not tell of."""
    if isinstance(schema, list):
        return [strict(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {"additionalProperties": False} if isinstance(schema.get("properties"), dict) else {}
    return {**closed, **{name: strict(value) for name, value in schema.items()}}


def mistakes(schema, path, status, body):
    """Where `body` is not what the schema says that `path` answers with."""
    content = schema["paths"][path]["get"]["responses"][str(status)]["content"]
    answer = content.get("application/json") or content["application/problem+json"]
    # Of the forms an answer can have, the whole one: the other is for those who ask for some members only.
    described = answer["schema"].get("anyOf", [answer["schema"]])[0]
    whole = strict({**described, "components": schema["components"]})
    return [error.message for error in Draft202012Validator(whole, format_checker=FormatChecker()).iter_errors(body)]


@pytest.mark.once
def test_the_schema_is_valid_openapi_3_1_and_made_without_a_warning(schema):
    validate_schema(schema)
    assert schema["openapi"] == "3.1.0"
    assert not GENERATOR_STATS


@pytest.mark.once
def test_the_committed_schema_is_that_of_the_code(schema):
    committed = read(COMMITTED.read_bytes())
    assert committed == schema, "The API changed. If it is meant to: ./run spectacular --file docs/openapi.yaml"


@pytest.mark.once
def test_every_list_and_every_record_is_described(schema):
    addresses = {f"/api/v1/{resource}/" for resource in RESOURCES}
    single = {"/api/v1/", *(f"/api/v1/{name}/" for name in SINGLE)}
    revisions = {f"/api/v1/revisions/{step}" for step in ("", "{id}/", "{id}/accept/", "{id}/send-back/")}
    records = addresses | {f"{address}{{id}}/" for address in addresses}
    assert set(schema["paths"]) == records | single | FILES | revisions
    assert all(method["description"] for path in schema["paths"].values() for method in path.values())


def test_lists_and_records_are_what_the_schema_says(client, example, schema):
    AppearanceFactory(session=SessionFactory(event=EventFactory(date="XXXX-XX-12")), person=None, label="A citizen")
    for resource, address in example.addresses.items():
        page = client.get(f"/api/v1/{resource}/").json()
        assert page["results"]
        assert mistakes(schema, f"/api/v1/{resource}/", 200, page) == []
        assert mistakes(schema, f"/api/v1/{resource}/{{id}}/", 200, client.get(address).json()) == []


def test_all_other_answers_are_what_the_schema_says(client, example, schema):
    for path in ("/api/v1/", "/api/v1/version/", "/api/v1/problems/"):
        assert mistakes(schema, path, 200, client.get(path).json()) == []
    answer = client.get(f"/api/v1/search/?q={example.speaker.name_ko}").json()
    assert answer["results"] and answer["others"]
    assert mistakes(schema, "/api/v1/search/", 200, answer) == []


def test_what_is_worked_out_of_the_record_is_what_the_schema_says(client, example, schema):
    other = PositionFactory(on=example.proposition, appearance__session=example.session, stance="opposes").appearance
    PositionFactory(appearance=example.appearance, on=example.proposition, stance="neutral")
    debate, speaker = example.debate.slug, example.speaker.slug
    for path, address in {
        "agreement/": "agreement/?show=stands",
        "debates/{id}/agreement/": f"debates/{debate}/agreement/",
        "debates/{id}/matrix/": f"debates/{debate}/matrix/?first={speaker}&topic={example.topic.slug}",
        "compare/": f"compare/?speaker={speaker}&speaker={other.person.slug}&organization={example.organization.slug}",
        "positions/{id}/history/": f"positions/{example.position.public_id}/history/",
        "speakers/{id}/agreement/": f"speakers/{speaker}/agreement/",
    }.items():
        answer = client.get(f"/api/v1/{address}")
        assert answer.status_code == 200, address
        assert mistakes(schema, f"/api/v1/{path}", 200, answer.json()) == [], address


def test_problems_are_what_the_schema_says(client, example, schema):
    for status, address, path in (
        (400, "/api/v1/debates/?page=0", "/api/v1/debates/"),
        (404, "/api/v1/debates/?page=9", "/api/v1/debates/"),
        (404, "/api/v1/debates/nowhere/", "/api/v1/debates/{id}/"),
    ):
        response = client.get(address)
        assert response.status_code == status
        assert mistakes(schema, path, status, response.json()) == []


@pytest.mark.parametrize("resource", [*RESOURCES, "search"])
def test_every_parameter_that_is_described_is_taken_and_no_other(client, db, schema, resource):
    described = [one["name"] for one in schema["paths"][f"/api/v1/{resource}/"]["get"]["parameters"]]
    assert (
        client.get(f"/api/v1/{resource}/", dict.fromkeys(set(described) - {"page", "page_size"}, "")).status_code == 200
    )
    message = client.get(f"/api/v1/{resource}/?color=red").json()["errors"][0]["detail"]
    assert all(name in message for name in set(described) - {"page", "page_size"})


@pytest.mark.parametrize(
    ("accept", "served"),
    [
        ("*/*", "application/json"),
        ("application/vnd.oai.openapi+json", "application/vnd.oai.openapi+json"),
        ("application/yaml", "application/yaml"),
    ],
)
def test_the_schema_is_served_as_json_and_yaml(client, db, schema, accept, served):
    response = client.get("/api/v1/schema/", headers={"accept": accept, "accept-language": "ko"})
    assert response["Content-Type"].partition(";")[0] == served
    assert read(response.content) == schema  # in English all the same
