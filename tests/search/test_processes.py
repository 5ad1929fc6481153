"""Several processes share one index and one database; each is a Python of its own here."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection

from tests.factories import PositionFactory

pytestmark = pytest.mark.django_db(transaction=True)
EDITS = 15

START = """
import django
django.setup()
from positions.models import Position
from search import index, upkeep
from search.filters import Filters
from search.find import find, hydrated
"""
SEARCHES = f"""
def edit():
    return int(Position.objects.get().summary_en.split()[-1])

version, committed = 0, 0
while committed < {EDITS}:
    committed = edit()
    answer = find(Filters(q=f"number{{committed}}"))
    assert answer.total == 1 or edit() > committed, (committed, answer)
    assert answer.version >= version, answer
    version = answer.version
"""
EDITS_AND_SEARCHES = f"""
for number in range({EDITS} + 1):
    Position.objects.update(summary_en=f"Edit number{{number}} is {{number}}")
    assert find(Filters(q=f"number{{number}}")).total == 1
"""
DIES_WHILE_WRITING = """
import os, signal
whole = index.schema.as_tantivy
def write_one_and_die(*arguments):
    whole(*arguments)
    os.kill(os.getpid(), signal.SIGKILL)
index.schema.as_tantivy = write_one_and_die
find(Filters(q="edit"))
"""
NO_ROOM = """
import resource
def leave_room(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
def refused(action, *arguments):
    try:
        action(*arguments)
    except Exception as error:
        return str(error)
"""
FULL_DISK = f"""{NO_ROOM}
from django.core.management import call_command
assert find(Filters(q="one")).total == 1
Position.objects.update(summary_en="Edit two")
leave_room(40)
assert find(Filters(q="one")).total == 1
assert "can't be written" in refused(call_command, "search_index")
assert find(Filters(q="one")).total == 1
leave_room(resource.RLIM_INFINITY)
upkeep.RETRY_AFTER = 0
assert find(Filters(q="two")).total == 1 and find(Filters(q="one")).total == 0
"""
NO_ROOM_FOR_THE_FIRST = f"""{NO_ROOM}
Position.objects.get()
leave_room(40)
assert "can't be written" in refused(find, Filters(q="one"))
leave_room(resource.RLIM_INFINITY)
assert find(Filters(q="one")).total == 1
"""


@pytest.fixture
def processes(tmp_path, settings):
    """Starts a Python that works on this test's database, with the index of a machine."""
    environment = {**os.environ, "DATA_DIR": str(tmp_path)}
    started: list[subprocess.Popen[bytes]] = []

    def _start(code: str, machine: str = "this") -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-c", START + code],
            env={
                **environment,
                "DATABASE_URL": _database(tmp_path),
                "DJANGO_SETTINGS_MODULE": "config.settings",
                "SEARCH_INDEX_DIR": str(settings.SEARCH_INDEX_DIR / machine),
            },
            cwd=django_settings.BASE_DIR,
            stderr=subprocess.PIPE,
        )
        started.append(process)
        return process

    yield _start
    for process in started:
        process.kill()
        process.communicate()


def _database(folder: Path) -> str:
    """This test's database as other processes reach it; SQLite's is in memory, so they get a copy in a file."""
    if connection.vendor == "postgresql":
        of = connection.settings_dict
        return f"postgresql://{of['USER']}:{of['PASSWORD']}@/{of['NAME']}?host={of['HOST']}" + (
            f"&port={of['PORT']}" if of["PORT"] else ""
        )
    path = folder / "copy.sqlite3"
    if not path.exists():
        connection.ensure_connection()
        with closing(sqlite3.connect(path)) as copy:
            connection.connection.backup(copy)
    return f"sqlite://{path}"


def _well_ended(process: subprocess.Popen[bytes]) -> None:
    _out, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors.decode()


@pytest.mark.parametrize("machine", ["this", "another"])
def test_searches_in_one_process_follow_the_edits_and_searches_of_another(processes, machine):
    PositionFactory(summary_en="Edit number0 is 0")
    reader = processes(SEARCHES, machine)
    _well_ended(processes(EDITS_AND_SEARCHES))
    _well_ended(reader)


@pytest.mark.parametrize("indexed_before", [False, True], ids=["building", "applying"])
def test_a_process_that_is_killed_while_writing_loses_nothing_and_leaves_no_lock(processes, indexed_before):
    PositionFactory(summary_en="Edit one")
    if indexed_before:
        _well_ended(processes('find(Filters(q="edit")); Position.objects.update(summary_en="Edit two")'))
    killed = processes(DIES_WHILE_WRITING)
    killed.communicate(timeout=60)
    assert killed.returncode == -signal.SIGKILL
    wanted = "two" if indexed_before else "one"
    _well_ended(processes(f'assert find(Filters(q="{wanted}")).total == 1'))


def test_on_a_full_disk_the_old_index_answers_until_there_is_room_again(processes):
    PositionFactory(summary_en="Edit one")
    _well_ended(processes(FULL_DISK))


def test_on_a_full_disk_there_is_no_first_index_but_a_sentence(processes):
    PositionFactory(summary_en="Edit one")
    _well_ended(processes(NO_ROOM_FOR_THE_FIRST))
