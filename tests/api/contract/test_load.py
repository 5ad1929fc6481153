"""A thousand requests at once against the site as it is served, while an editor works."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings

ROOT = Path(django_settings.BASE_DIR)
REQUESTS, AT_ONCE = 1_000, 50
ALL = 31  # positions in the bundled debate
EDITED, HIDDEN = "nxfes4c3", "em9yf8v3"
LIST = "/api/v1/positions/?page_size=100"
ADDRESSES = [
    LIST,
    LIST,
    f"{LIST}&lang=en",
    f"{LIST}&fields=id,summary",
    f"{LIST}&cursor=*",
    "/api/v1/positions.ndjson",
    f"/api/v1/positions/{EDITED}/",
    f"/api/v1/positions/{HIDDEN}/",
    "/api/v1/version/",
]
# Each edit changes a text and how many positions there are, and is timed by the clock that all processes share.
EDITOR = f"""
import sys, time
import django
django.setup()
from django.db import transaction
from positions.models import Position
number = 0
while True:
    number += 1
    begun = time.monotonic()
    with transaction.atomic():
        Position.objects.filter(public_id="{EDITED}").update(summary_en=f"Edit {{number}}")
        Position.objects.filter(public_id="{HIDDEN}").update(status="draft" if number % 2 else "published")
    print(number, begun, time.monotonic(), flush=True)
    time.sleep(0.05)
"""

pytestmark = [pytest.mark.full, pytest.mark.once]


@dataclass(frozen=True)
class Answer:
    address: str
    status: int
    asked: float
    answered: float
    body: bytes


@dataclass(frozen=True)
class Edit:
    number: int
    begun: float
    committed: float


@pytest.fixture
def environment(tmp_path):
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "SEARCH_INDEX_DIR"}}
    return {**kept, "DATA_DIR": str(tmp_path), "API_RATE": "0", "DJANGO_SETTINGS_MODULE": "config.settings"}


@contextmanager
def serving(environment: dict[str, str]) -> Iterator[int]:
    """As `./run serve` does, on a port of its own."""
    subprocess.run([sys.executable, "manage.py", "prepare"], cwd=ROOT, env=environment, check=True, capture_output=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "--config",
        "config/gunicorn.py",
        "--bind",
        f"127.0.0.1:{port}",
        "config.wsgi",
    ]
    said = {**environment, "PUBLIC_URL": f"http://127.0.0.1:{port}"}
    with subprocess.Popen(command, cwd=ROOT, env=said, stdout=subprocess.PIPE, text=True) as server:
        try:
            while "API" not in server.stdout.readline():
                assert server.poll() is None
            yield port
        finally:
            server.terminate()


@contextmanager
def editing(environment: dict[str, str]) -> Iterator[list[Edit]]:
    """What was edited, to be read once it has stopped."""
    edits: list[Edit] = []
    command = [sys.executable, "-c", EDITOR]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as editor:
        try:
            first = editor.stdout.readline().split()
            yield edits
        finally:
            editor.terminate()
            lines = [first, *(line.split() for line in editor.stdout.read().splitlines())]
    edits += [Edit(int(line[0]), float(line[1]), float(line[2])) for line in lines if len(line) == 3]


def ask(port: int, address: str) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        asked = time.monotonic()
        connection.request("GET", address)
        response = connection.getresponse()
        body = response.read()  # raises IncompleteRead where it is not whole
        return Answer(address, response.status, asked, time.monotonic(), body)
    finally:
        connection.close()


def test_every_answer_is_whole_of_one_state_and_never_older_than_the_last_edit(environment):
    with serving(environment) as port, editing(environment) as edits, ThreadPoolExecutor(AT_ONCE) as crowd:
        started = time.monotonic()
        addresses = [ADDRESSES[number % len(ADDRESSES)] for number in range(REQUESTS)]
        answers = list(crowd.map(lambda address: ask(port, address), addresses))
        seconds = time.monotonic() - started
    assert seconds < 60, f"{REQUESTS} requests took {seconds:.0f} s"
    assert len(edits) > 5 and len(answers) == REQUESTS
    assert {answer.status for answer in answers if HIDDEN not in answer.address} == {200}
    assert {answer.status for answer in answers if HIDDEN in answer.address} <= {200, 404}
    stale = [(answer.address, seen) for answer in answers if not may_be(seen := state_of(answer), answer, edits)]
    assert stale == []


def state_of(answer: Answer) -> tuple[int | None, int | None]:
    """The number of the edit that it shows, and how many positions; None of what it does not tell."""
    if answer.address.endswith(".ndjson"):
        return of_list([json.loads(line) for line in answer.body.splitlines()])
    told = json.loads(answer.body)
    if answer.address == "/api/v1/version/":
        return None, told["counts"]["positions"]
    if answer.address == f"/api/v1/positions/{HIDDEN}/":
        return None, ALL if answer.status == 200 else ALL - 1
    if answer.address == f"/api/v1/positions/{EDITED}/":
        return edit_in(told), None
    assert told["count"] == len(told["results"]), answer.address
    return of_list(told["results"])


def of_list(records: list[dict[str, Any]]) -> tuple[int | None, int]:
    ids = [record["id"] for record in records]
    assert len(set(ids)) == len(ids)
    (edited,) = [record for record in records if record["id"] == EDITED]
    assert (HIDDEN in ids) == (len(ids) == ALL)
    return edit_in(edited), len(ids)


def edit_in(record: dict[str, Any]) -> int:
    summary = record["summary"]
    return int(str(summary.get("en") or summary["text"]).removeprefix("Edit "))


def may_be(seen: tuple[int | None, int | None], answer: Answer, edits: list[Edit]) -> bool:
    """Whether that was so at some time between the question and the answer; both at once, unless it was streamed."""
    before = max((edit.number for edit in edits if edit.committed < answer.asked), default=1)
    latest = max((edit.number for edit in edits if edit.begun < answer.answered), default=before)
    times = range(before, max(latest, before) + 1)
    number, count = seen
    if answer.address.endswith(".ndjson"):
        return number in times and count in {ALL - one % 2 for one in times}
    return any(number in {None, one} and count in {None, ALL - one % 2} for one in times)
