"""Who may write what: every role and every scope, tried on every address."""

from __future__ import annotations

import pytest
from django.test import Client

from api.resources import RESOURCES
from debate.publishing import HasStatus, Status
from review.models import Scope
from tests.api.examples import make_example
from tests.api.programs import CHANGES, PROBLEM, Program, bodies, drafts, program_of

pytestmark = pytest.mark.django_db
PUBLISHES = {("reviewer", Scope.PUBLISH)}
WRITES = {"contributor", "editor", "reviewer"}
DELETES = {"editor", "reviewer"}
ROLES = ("", "contributor", "editor", "reviewer", "administrator")


def states():
    """Of everything that is there: its revision, by which a change shows."""
    return {
        (name, record.pk): record.revision
        for name, viewset in RESOURCES.items()
        for record in viewset.model._base_manager.all()
    }


def send_everything(program: Program, example, resource: str):
    """The answers to a new record, a change and a deletion, each with a reason."""
    path = example.addresses[resource]
    etag = program.get(path).headers.get("ETag", '"x"')
    yield program.post(f"/api/v1/{resource}/", {**bodies(example)[resource], "reason": "x"})
    yield program.send("PATCH", path, {**CHANGES[resource], "reason": "x"}, if_match=etag)
    yield program.send("DELETE", f"{path}?reason=x", if_match=program.get(path).headers.get("ETag", etag))


# The borders of what somebody may; all the others take long.
_BORDERS = {("contributor", "write"), ("editor", "publish"), ("reviewer", "write"), ("reviewer", "publish")}
WHO = [
    pytest.param(role, scope, marks=[] if (role, scope) in _BORDERS else pytest.mark.full)
    for role in ROLES
    for scope in Scope.values
]


@pytest.mark.parametrize(("role", "scope"), WHO)
def test_no_token_does_more_with_drafts_than_its_scope_and_its_owners_role(role, scope):
    for resource in RESOURCES:
        example, program = drafts(), program_of(role, scope)
        before = states()
        made, changed, deleted = send_everything(program, example, resource)
        if role not in WRITES or scope == Scope.READ:
            expected = (403, 403, 403) if role or scope == Scope.READ else (403, 404, 404)
            assert (made.status_code, changed.status_code, deleted.status_code) == expected, resource
            assert made["Content-Type"] == PROBLEM and states() == before
            continue
        assert (made.status_code, changed.status_code) == (201, 200), (resource, made.content, changed.content)
        in_use = resource not in {"affiliations", "evidence", "remarks", "links", "positions"}
        may_delete = {True: 409 if in_use else 204, False: 403}[role in DELETES]
        if resource == "affiliations":
            may_delete = 409 if role in DELETES else 403  # a capacity was printed with it
        assert deleted.status_code == may_delete, (resource, deleted.content)


@pytest.mark.parametrize(("role", "scope"), WHO)
def test_no_token_changes_what_is_public_unless_its_owner_may_and_it_says_so(role, scope):
    for resource in RESOURCES:
        example, program = make_example(), program_of(role, scope)
        path = example.addresses[resource]
        before, shown = states(), Client().get(path).content
        made, changed, deleted = send_everything(program, example, resource)
        if (role, scope) in PUBLISHES:
            assert (made.status_code, changed.status_code) == (201, 200), (resource, made.content, changed.content)
            assert Client().get(path).content != shown
            continue
        assert {key: value for key, value in states().items() if key in before} == before, resource
        assert Client().get(path).content == shown
        allowed = role in WRITES and scope != Scope.READ
        assert changed.status_code == (202 if allowed else 403), resource
        assert deleted.status_code in ({409, 403} if allowed else {403}), resource
        has_own_state = issubclass(RESOURCES[resource].model, HasStatus) or resource in {
            "speakers",
            "organizations",
            "sources",
        }
        assert made.status_code == ((201 if has_own_state else 202) if allowed else 403), resource


@pytest.mark.parametrize("role", ["contributor", "editor"])
def test_nothing_that_has_a_status_is_published_or_withdrawn_by_who_may_not(role):
    for resource, viewset in RESOURCES.items():
        if not issubclass(viewset.model, HasStatus):
            continue
        for example in (drafts(), make_example()):
            program, path = program_of(role), example.addresses[resource]
            for status in (Status.PUBLISHED, Status.WITHDRAWN):
                document = {"status": status, "withdrawn_because": "x", "reason": "x"}
                made = program.post(f"/api/v1/{resource}/", {**bodies(example)[resource], **document})
                assert made.status_code == 403, (resource, status)
                if program.client.get(path).status_code != 200 or status == Status.WITHDRAWN:
                    assert program.patch(path, document).status_code == 403, (resource, status)


@pytest.mark.parametrize("withdrawn", ["debates", "positions"])
def test_what_lies_in_something_withdrawn_is_changed_by_who_may_publish(withdrawn):
    example, reviewer, contributor = make_example(), program_of("reviewer"), program_of("contributor")
    within = ("evidence", "links") if withdrawn == "positions" else ("sessions", "appearances")
    shown = ("speakers", "organizations", "sources", "affiliations") if withdrawn == "debates" else ()
    gone = {"status": "withdrawn", "withdrawn_because": "Published twice.", "reason": "x"}
    assert reviewer.patch(example.addresses[withdrawn], gone).status_code == 200
    before = states()
    for resource in (*within, *shown):
        path = example.addresses[resource]
        assert contributor.patch(path, {**CHANGES[resource], "reason": "x"}).status_code == 202, resource
    for resource in within:
        path = example.addresses[resource]
        made = contributor.post(f"/api/v1/{resource}/", {**bodies(example)[resource], "reason": "x"})
        assert made.status_code == 202, (resource, made.json())
        assert program_of("editor").delete(f"{path}?reason=x").status_code in {403, 409}, resource
    assert states() == before
    for resource in within:
        changed = reviewer.patch(example.addresses[resource], {**CHANGES[resource], "reason": "x"})
        assert changed.status_code == 200, resource


def test_a_contributor_leaves_sending_to_review_to_editors():
    example = drafts()
    path = example.addresses["positions"]
    assert program_of("contributor").patch(path, {"status": "in_review"}).status_code == 403
    assert program_of("editor").patch(path, {"status": "in_review"}).json()["status"] == "in_review"


@pytest.mark.parametrize("resource", RESOURCES)
def test_whoever_shows_no_token_is_told_how(client, resource):
    example = make_example()
    before = states()
    for method, path in (
        ("POST", f"/api/v1/{resource}/"),
        ("PATCH", example.addresses[resource]),
        ("DELETE", example.addresses[resource]),
    ):
        response = client.generic(method, path, b"{}", content_type="application/json")
        assert (response.status_code, response["Content-Type"]) == (401, PROBLEM)
        assert response["WWW-Authenticate"] == 'Bearer realm="api"'
        assert response["Access-Control-Allow-Origin"] == "*"
    assert states() == before


@pytest.mark.parametrize("resource", RESOURCES)
def test_drafts_are_read_by_those_who_may_view_them_and_by_nobody_else(client, resource):
    example = drafts()
    path = example.addresses[resource]
    assert client.get(path).status_code == 404
    assert program_of("").get(path).status_code == 404
    for role in ("contributor", "administrator"):
        program = program_of(role, Scope.READ)
        read = program.get(path)
        assert (read.status_code, read["Cache-Control"]) == (200, "private, no-store")
        assert program.get(f"/api/v1/{resource}/").json()["count"] == 0  # lists are for everybody
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("resource", RESOURCES)
def test_the_addresses_say_which_methods_they_take(client, db, resource):
    for path, methods in ((f"/api/v1/{resource}/", "GET, POST"), (f"/api/v1/{resource}/x/", "GET, PATCH, DELETE")):
        preflight = client.options(path, headers={"origin": "https://else.example"})
        assert preflight["Access-Control-Allow-Methods"] == f"{methods}, HEAD, OPTIONS"
        assert {"authorization", "if-match", "content-type"} <= set(
            preflight["Access-Control-Allow-Headers"].lower().split(", ")
        )
        assert preflight["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in preflight
        assert client.generic("PUT", path, b"{}", content_type="application/json").status_code == 405


def test_a_cookie_of_the_admin_counts_for_nothing(client):
    example = drafts()
    program = program_of("reviewer")
    client.force_login(program.owner)
    assert client.get(example.addresses["topics"]).status_code == 404
    response = client.post("/api/v1/topics/", {"name": {"en": "x"}}, content_type="application/json")
    assert response.status_code == 401
