from __future__ import annotations

from django.db import connection


def as_if_committed() -> None:
    """Does within a test's own transaction what a commit does for the record version.

    On PostgreSQL the number is taken at commit, which a test that is rolled back never reaches: this lets deferred
    triggers run now, and lets what follows count as another transaction.
    """
    if connection.vendor == "postgresql":
        connection.check_constraints()
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('record.transaction', '', true)")
