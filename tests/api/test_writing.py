from __future__ import annotations

import pytest

from api.resources import RESOURCES
from review.models import Revision
from tests.api.programs import CHANGES, PROBLEM, bodies, drafts, program_of

pytestmark = pytest.mark.django_db


def test_every_resource_is_written_in_these_tests():
    assert set(CHANGES) == set(RESOURCES)


@pytest.mark.parametrize("resource", RESOURCES)
def test_an_editor_makes_changes_and_deletes_one_of_everything(resource):
    example, editor = drafts(), program_of("editor")
    made = editor.post(f"/api/v1/{resource}/", {**bodies(example)[resource], "reason": "From the minutes."})
    assert made.status_code == 201, made.json()
    path = made["Location"].removeprefix("http://127.0.0.1:8000")
    read = editor.get(path)
    assert (read.status_code, read["ETag"], read.json()) == (200, made["ETag"], made.json())
    assert read["Cache-Control"] == "private, no-store"
    assert editor.client.get(path).status_code == 404  # for everybody else it is not there

    changed = editor.patch(path, {**CHANGES[resource], "reason": "Misread."}, etag=made["ETag"])
    assert changed.status_code == 200, changed.json()
    assert changed["ETag"] != made["ETag"]
    shown = changed.json()
    for name, value in CHANGES[resource].items():
        assert shown[name] == value or value.items() <= shown[name].items()

    record = RESOURCES[resource].model._base_manager.latest("pk")
    history = [(row.history_type, row.history_user, row.history_change_reason) for row in record.history.all()]
    if resource != "propositions":
        assert history == [("~", editor.owner, "Misread."), ("+", editor.owner, "From the minutes.")]
    deleted = editor.delete(path, etag=changed["ETag"])
    assert (deleted.status_code, deleted.content) == (204, b"")
    assert editor.get(path).status_code == 404
    assert record.history.first().history_user == editor.owner


@pytest.mark.parametrize("resource", RESOURCES)
def test_what_a_contributor_changes_in_something_public_waits(resource, example):
    contributor = program_of("contributor")
    path = example.addresses[resource]
    before = contributor.get(path)
    waiting = contributor.patch(path, {**CHANGES[resource], "reason": "A slip."})
    assert waiting.status_code == 202, waiting.json()
    after = contributor.get(path)
    assert (after.content, after["ETag"]) == (before.content, before["ETag"])
    assert waiting.json()["state"] == "waiting"
    assert waiting.json()["record"].endswith(path)
    assert waiting["Location"] == waiting.json()["url"]

    reviewer = program_of("reviewer")
    address = waiting["Location"].removeprefix("http://127.0.0.1:8000")
    accepted = reviewer.post(f"{address}accept/", {"comment": "Right."})
    assert (accepted.status_code, accepted.json()["state"]) == (200, "accepted"), accepted.json()
    assert reviewer.get(path).content != before.content
    assert Revision.objects.get().decided_by == reviewer.owner


def test_problem(example):
    contributor = program_of("contributor")
    response = contributor.post("/api/v1/debates/", {"title": {"fr": "x"}, "date": 5, "color": "red", "id": "x"})
    assert (response.status_code, response["Content-Type"]) == (422, PROBLEM)
    print(response.json())
