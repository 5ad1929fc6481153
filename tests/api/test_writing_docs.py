"""The examples of docs/writing.md, run as they stand there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from positions.models import Topic
from review.models import Revision, Scope
from tests.api.programs import program_of
from tests.factories import EventFactory

pytestmark = [pytest.mark.django_db, pytest.mark.words]
TEXT = (Path(settings.BASE_DIR) / "docs" / "writing.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL)
SITE = "http://127.0.0.1:8000"


def run(command: str, variables: dict[str, str]):
    """What the site answers to a curl command."""
    words = [re.sub(r"\$(\w+)", lambda found: variables[found[1]], word) for word in shlex.split(command)[1:]]
    headers, body, method, address = {}, None, "", ""
    while words:
        match words.pop(0):
            case "-H":
                name, _colon, value = words.pop(0).partition(":")
                headers[name.strip()] = value.strip()
            case "-d":
                body = words.pop(0)
            case "-X":
                method = words.pop(0)
            case "-i" | "-si":
                pass
            case word:
                assert not address and word.startswith(SITE), word
                address = word.removeprefix(SITE)
    method = method or ("POST" if body is not None else "GET")
    kind = headers.pop("Content-Type", "")
    return Client().generic(method, address, (body or "").encode(), content_type=kind, headers=headers)


def test_every_example_answers_as_it_says():
    EventFactory(slug="deepsec-and-koreas-path-in-ai")
    program, reviewer = program_of("editor", Scope.WRITE), program_of("reviewer")
    variables = {"SITE": SITE, "TOKEN": program.text, "REVIEWER": reviewer.text}
    statuses = []
    for block in BLOCKS[1:]:
        for command in block.replace("\\\n", " ").strip().splitlines():
            if command.startswith("ETAG=$("):
                variables["ETAG"] = run(command.removeprefix("ETAG=$(").partition(" | ")[0], variables)["ETag"]
            elif command.startswith("curl"):
                waiting = Revision.objects.values_list("pk", flat=True).first()
                answer = run(command.replace("/revisions/1/", f"/revisions/{waiting}/"), variables)
            else:
                statuses.append(int(command.removeprefix("# ")))
                assert answer.status_code == statuses[-1], (command, answer.content)
    assert statuses == [201, 200, 202, 200, 204, 422]
    assert Revision.objects.get().record.venue_room_en == "Conference room 2"
    assert not Topic.objects.exists()
    assert {"pointer": "/order", "detail": "Write a whole number from 0 to 32767."} in answer.json()["errors"]


def test_the_scopes_of_the_table_are_those_there_are():
    assert re.findall(r"^\| `(\w+)` \|", TEXT, re.MULTILINE) == Scope.values
