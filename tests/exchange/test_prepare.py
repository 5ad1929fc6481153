from __future__ import annotations

import threading
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.db.utils import OperationalError

from exchange.management.commands.prepare import one_at_a_time

COMMAND = "exchange.management.commands.prepare.call_command"


@pytest.fixture
def called(monkeypatch):
    """The names of the commands that preparing runs, which do nothing here."""
    names = []
    monkeypatch.setattr(COMMAND, lambda name, *arguments, **options: names.append(" ".join([name, *arguments])))
    return names


@pytest.mark.django_db
def test_what_is_migrated_already_is_not_migrated_again(called):
    call_command("prepare", stdout=StringIO())
    assert called == ["clearsessions", "load_bundled", "empty_bin", "search_index --if-needed"]


@pytest.mark.django_db
def test_an_instance_can_start_empty(called, settings):
    settings.LOAD_BUNDLED = False
    call_command("prepare", stdout=StringIO())
    assert called == ["clearsessions", "empty_bin", "search_index --if-needed"]


@pytest.mark.django_db
def test_waiting_migrations_are_counted_and_applied(called, monkeypatch):
    monkeypatch.setattr("exchange.management.commands.prepare.MigrationExecutor.migration_plan", lambda *_: [1, 2])
    output = StringIO()
    call_command("prepare", stdout=output)
    assert output.getvalue() == "Database: 2 migrations to apply ...\n"
    assert called[0] == "migrate"


def test_a_database_that_is_away_is_one_line(monkeypatch):
    def away():
        raise OperationalError("connection refused\n")

    monkeypatch.setattr(connection, "ensure_connection", away)
    with pytest.raises(CommandError, match=r"^The database can't be reached: connection refused$"):
        call_command("prepare")


@pytest.mark.django_db(transaction=True)
def test_two_servers_prepare_one_after_the_other():
    order = []
    first_is_in = threading.Event()

    def second():
        first_is_in.wait()
        with one_at_a_time():
            order.append("second")
        connection.close()

    thread = threading.Thread(target=second)
    thread.start()
    with one_at_a_time():
        first_is_in.set()
        thread.join(timeout=0.3)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]
