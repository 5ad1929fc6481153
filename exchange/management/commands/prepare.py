from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import OperationalError

from review.auditing import forget_what_is_old

# Any number will do, as long as nothing else on the same database takes an advisory lock of that number.
LOCK_NUMBER = 2_604_190_317


class Command(BaseCommand):
    help = "Makes the data ready to be served: migrates, loads the bundled debate, builds the search index. Repeatable."
    requires_system_checks: list[str] = []

    def handle(self, **options: Any) -> None:
        try:
            connection.ensure_connection()
        except OperationalError as error:
            raise CommandError(f"The database can't be reached: {str(error).strip()}") from error
        with one_at_a_time():
            self._migrate()
            self._forget()
            if settings.LOAD_BUNDLED:
                call_command("load_bundled", stdout=self.stdout, stderr=self.stderr)
            call_command("empty_bin", stdout=self.stdout)
            call_command("search_index", "--if-needed", stdout=self.stdout, stderr=self.stderr)

    def _migrate(self) -> None:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if not waiting:
            return
        self.stdout.write(f"Database: {len(waiting)} migrations to apply ...")
        call_command("migrate", verbosity=0, interactive=False)

    def _forget(self) -> None:
        """What is kept for a time only."""
        forget_what_is_old()
        call_command("clearsessions")


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two servers that start at once prepare one after the other; the second then finds nothing left to do."""
    if connection.vendor == "postgresql":
        with _advisory_lock():
            yield
    else:
        with (settings.DATA_DIR / "prepare.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


@contextmanager
def _advisory_lock() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK_NUMBER])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK_NUMBER])
