from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from speakers import derived, triggers


class Command(BaseCommand):
    help = "Checks that the columns the database keeps by itself are right, and the triggers that keep them in place."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="put the triggers back and set the columns right")

    def handle(self, *, repair: bool, **_options: Any) -> None:
        if not triggers.tables_exist(connection):
            raise CommandError("The database has not all its tables. Run manage.py migrate first.")
        missing = triggers.missing(connection)
        wrong = derived.wrong_rows(connection)
        for name in missing:
            self.stdout.write(f"trigger {name}: missing or outdated")
        for table, count in wrong.items():
            self.stdout.write(f"{table}: {count} wrong" if count else f"{table}: right")
        if repair:
            _repair()
            self.stdout.write("repaired" if missing or any(wrong.values()) else "nothing to repair")
        elif missing or any(wrong.values()):
            count = sum(wrong.values())
            raise CommandError(
                f"{count} {'row is' if count == 1 else 'rows are'} wrong and {len(missing)} triggers missing. "
                "manage.py check_record --repair sets them right."
            )


@transaction.atomic
def _repair() -> None:
    triggers.install(connection)
    derived.repair(connection)
