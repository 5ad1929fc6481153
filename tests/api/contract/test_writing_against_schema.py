"""What is written made from the schema, valid and not, by an editor's program, and every answer held against it."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, settings

from tests.api.contract.test_against_schema import AS_IT_IS, IS_FULL, REQUESTS, described, identifiers, left_out
from tests.factories import EditorFactory

pytestmark = pytest.mark.words

METHODS = ["POST", "PUT", "PATCH", "DELETE"]
writing = described(every_border=IS_FULL).include(method=METHODS)
if not any(method.upper() in METHODS for item in writing.raw_schema["paths"].values() for method in item):
    pytest.skip("no operation of the schema writes", allow_module_level=True)


@pytest.fixture
def token(db) -> str:
    """Of an editor who may do everything."""
    from review import tokens

    return tokens.issue(EditorFactory(), "Program", "publish")[1]


@writing.parametrize()
@settings(max_examples=REQUESTS, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_answer_to_what_is_written_is_as_described(case, example, token):
    """Of what is there, in the state that was seen, and taken back each time."""
    known = identifiers(example)
    resource = case.path.removeprefix("/api/v1/").partition("/")[0]
    if "id" in case.path_parameters and resource in known:
        case.path_parameters["id"] = known[resource]
    authorization = {"Authorization": f"Bearer {token}"}
    seen = Client().get(case.formatted_path, headers=authorization)
    if "If-Match" in case.headers:  # left out on purpose it is missed
        case.headers["If-Match"] = seen.headers.get("ETag", "*")
    with transaction.atomic():
        case.call_and_validate(headers={**AS_IT_IS, **authorization}, excluded_checks=left_out(case))
        transaction.set_rollback(True)
