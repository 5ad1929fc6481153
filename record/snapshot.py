"""Reads the record for as long as it takes while it stays as it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

_FIRST_READ = "SELECT 1 FROM record_state"  # a transaction's state is that of its first read, not of its beginning


@contextmanager
def one_state(*, patience: int = 0) -> Iterator[None]:
    """All that is read within is of one state of the record, and keeps no writer waiting. Nothing is written within.

    Inside a transaction it is that transaction's state. Where somebody may stop listening half-way, `patience` is after
    how many seconds without a question PostgreSQL ends it, so that its connection is not held for ever.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with _deferred():
            yield
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                if patience:
                    cursor.execute(
                        "SELECT set_config('idle_in_transaction_session_timeout', %s, true)", [f"{patience}s"]
                    )
                cursor.execute(_FIRST_READ)
            yield


@contextmanager
def _deferred() -> Iterator[None]:
    """Django's own transactions on SQLite take the lock of a writer as they begin: see `config.environment`."""
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        cursor.execute(_FIRST_READ).fetchall()
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")
