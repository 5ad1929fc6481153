"""Several processes change one record at the same moment; each is a Python of its own here."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection

from debate.publishing import Status
from tests.api.programs import program_of
from tests.factories import PositionFactory

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, ROUNDS = 4, 6
SECONDS = 90

WRITES = """
import json, sys
import django
django.setup()
from django.test import Client
number, path, token = sys.argv[1:]
client = Client(SERVER_NAME="127.0.0.1", headers={"authorization": f"Bearer {token}"})
def answer(*words):
    print(*words, flush=True)
answer(client.get(path)["ETag"])
for turn, etag in enumerate(sys.stdin):
    document = {"summary": {"en": f"{turn} of writer {number}"}, "capacities": [], "reason": number}
    seen = {"if-match": etag.strip()}
    response = client.patch(path, json.dumps(document), content_type="application/json", headers=seen)
    problem = response.json()
    answer(response.status_code, response.headers.get("ETag") or problem.get("etag"))
from positions.models import Position
position = Position.objects.get()
last = position.history.first()
answer(position.revision, position.history.count(), last.history_change_reason == position.summary_en[-1])
"""


def _database(folder: Path) -> str:
    """This test's database as other processes reach it; SQLite's is in memory, so they get a copy in a file."""
    if connection.vendor == "postgresql":
        of = connection.settings_dict
        port = f"&port={of['PORT']}" if of["PORT"] else ""
        return f"postgresql://{of['USER']}:{of['PASSWORD']}@/{of['NAME']}?host={of['HOST']}{port}"
    connection.ensure_connection()
    with closing(sqlite3.connect(folder / "copy.sqlite3")) as copy:
        connection.connection.backup(copy)
    return f"sqlite://{folder / 'copy.sqlite3'}"


def test_of_those_who_saw_the_same_state_exactly_one_changes_it(tmp_path):
    position = PositionFactory(status=Status.DRAFT, summary_en="Of nobody 0")
    program = program_of("editor")
    path = f"/api/v1/positions/{position.public_id}/"
    environment = {
        **os.environ,
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": _database(tmp_path),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITES, str(number), path, program.text],
            env=environment,
            cwd=django_settings.BASE_DIR,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        for number in range(1, WRITERS + 1)
    ]
    try:
        etags = {writer.stdout.readline().strip() for writer in writers}
        for _round in range(ROUNDS):
            (etag,) = etags  # all have seen the same
            for writer in writers:
                writer.stdin.write(f"{etag}\n")
                writer.stdin.flush()
            answers = [writer.stdout.readline().split() for writer in writers]
            assert Counter(status for status, _etag in answers) == {"200": 1, "412": WRITERS - 1}
            etags = {told for _status, told in answers}
        for writer in writers:
            told, _errors = writer.communicate(timeout=SECONDS)
            assert told.split() == [str(ROUNDS + 1), str(ROUNDS + 1), "True"]
    finally:
        for writer in writers:
            writer.kill()
            writer.communicate()
