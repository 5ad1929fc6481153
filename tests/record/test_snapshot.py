from __future__ import annotations

import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from django.db import DatabaseError, connection, connections
from django.db.backends.sqlite3.base import DatabaseWrapper

from record import version
from record.snapshot import one_state
from speakers.models import Person
from tests.factories import PersonFactory, PositionFactory


def in_another_connection(write):
    """Waits for the write of somebody else, who would be kept waiting for seconds by a lock."""

    def work():
        try:
            write()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        other.submit(work).result(timeout=5)


@pytest.mark.django_db(transaction=True)
def test_reading_in_one_state_ends_where_it_ends_and_leaves_no_transaction_behind():
    PositionFactory()
    with one_state():
        before = version.stamp()
        assert Person.objects.count() == 1
    PersonFactory()
    PositionFactory()
    assert version.stamp() != before
    with pytest.raises(LookupError), one_state():
        raise LookupError
    assert not connection.in_atomic_block
    assert Person.objects.count() == 3


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="a database in memory has one connection")
def test_what_others_write_meanwhile_is_not_seen_and_need_not_wait():
    PositionFactory()
    with one_state():
        in_another_connection(PersonFactory)
        assert Person.objects.count() == 1
    assert Person.objects.count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="on SQLite a reader holds nothing that others need")
def test_a_reader_who_stops_asking_does_not_hold_a_connection_for_ever():
    PersonFactory()
    with pytest.raises(DatabaseError), one_state(patience=1):
        time.sleep(1.5)
        Person.objects.count()
    connection.close()
    assert Person.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.once
def test_nor_on_sqlite(tmp_path, monkeypatch):
    path = tmp_path / "record.sqlite3"
    options = {"transaction_mode": "IMMEDIATE", "timeout": 0, "init_command": "PRAGMA journal_mode=WAL"}
    reader = DatabaseWrapper({**connections.settings["default"], "NAME": path, "OPTIONS": options})
    with reader.cursor() as cursor:
        cursor.execute("CREATE TABLE record_state (number)")
    monkeypatch.setattr("record.snapshot.connection", reader)

    def count() -> int:
        with reader.cursor() as cursor:
            return cursor.execute("SELECT count(*) FROM record_state").fetchone()[0]

    with one_state():
        with closing(sqlite3.connect(path, timeout=0, autocommit=True)) as writer:
            writer.execute("INSERT INTO record_state VALUES (1)")
        assert count() == 0
    assert count() == 1
    reader.close()


@pytest.mark.django_db
def test_within_a_transaction_it_is_the_state_of_that():
    PersonFactory()
    with one_state():
        assert Person.objects.count() == 1
