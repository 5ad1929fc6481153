"""Requests made from the schema, valid and not, and every answer held against it, operation by operation."""

from __future__ import annotations

import os
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from config.wsgi import application
from tests.api.test_schema import COMMITTED, read, strict

pytestmark = pytest.mark.words

AS_IT_IS = {"Accept-Encoding": "identity"}  # werkzeug unpacks nothing
CHECKS = {"missing_required_header": {"expected-statuses": ["400", "401", "403", "428"]}}
IS_FULL = bool(os.environ.get("TEST_FULL"))
REQUESTS = 60 if IS_FULL else 3


def described(*, every_border: bool) -> Any:
    """Without room for what is not described. Every border of every parameter is many requests."""
    config = SchemathesisConfig.from_dict({"phases": {"coverage": {"enabled": every_border}}, "checks": CHECKS})
    document = read(COMMITTED.read_bytes())
    document = joined(document, document["components"]["schemas"])
    document["components"]["schemas"]["Sparse"]["additionalProperties"] = True
    loaded = schemathesis.openapi.from_dict(strict(document if every_border else whole(document)), config=config)
    loaded.app = application
    return loaded


def joined(document: Any, components: Any) -> Any:
    """With what is several things at once as one thing, which can be closed."""
    if isinstance(document, list):
        return [joined(one, components) for one in document]
    if not isinstance(document, dict):
        return document
    if "allOf" not in document:
        return {name: joined(value, components) for name, value in document.items()}
    parts = [components[part["$ref"].rpartition("/")[2]] for part in document["allOf"]]
    properties = {name: value for part in parts for name, value in part["properties"].items()}
    required = [name for part in parts for name in part.get("required", ())]
    return {"type": "object", "properties": joined(properties, components), "required": required}


def whole(document: Any) -> Any:
    """With records as they are where nobody asked for less or more of them: any record would do as part of one."""
    if isinstance(document, list):
        return [whole(one) for one in document]
    if not isinstance(document, dict):
        return document
    if (alternatives := document.get("anyOf")) and any("Sparse" in one.get("$ref", "") for one in alternatives):
        (alone,) = [one for one in alternatives if "Sparse" not in one.get("$ref", "")]
        return alone
    return {name: whole(value) for name, value in document.items()}


reading = {"method": ["GET", "HEAD"]}
anything = described(every_border=IS_FULL).include(**reading)
what_exists = described(every_border=False).include(**reading)


@anything.parametrize()
@settings(max_examples=REQUESTS, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_answer_is_as_described(case, example):
    case.call_and_validate(headers=AS_IT_IS, excluded_checks=left_out(case))


@what_exists.parametrize()
@settings(max_examples=REQUESTS, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_answer_about_what_there_is_is_as_described(case, example):
    """The same with ids that exist."""
    known = identifiers(example)
    resource = case.path.removeprefix("/api/v1/").partition("/")[0]
    if "id" in case.path_parameters and resource in known:
        case.path_parameters["id"] = known[resource]
    for name in {"fields", "expand"} & set(case.query):
        del case.query[name]
    for name in set(case.query) & set(known):
        case.query[name] = [known[name]]
    case.call_and_validate(headers=AS_IT_IS, excluded_checks=left_out(case))


def left_out(case) -> list[Any]:
    """The schema can't say which ids there are or which words are dates. What a form sends empty was not given."""
    sent = [one for value in case.query.values() for one in (value if isinstance(value, list) else [value])]
    return [positive_data_acceptance, *([negative_data_rejection] if "" in sent else [])]


def identifiers(example) -> dict[str, str]:
    """Of each resource, and of each filter that takes ids."""
    by_resource = {resource: path.split("/")[-2] for resource, path in example.addresses.items()}
    return {**by_resource, **{resource.removesuffix("s"): one for resource, one in by_resource.items()}}
