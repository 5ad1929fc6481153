from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, transaction

from exchange.dossier.load import load
from exchange.dossier.problems import DossierError


class Command(BaseCommand):
    help = "Loads dossiers: all of them or, where anything is wrong with one, none. See docs/dossiers.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="say what would change and write nothing")
        parser.add_argument("--prune", action="store_true", help="remove what is no longer in the file")
        parser.add_argument("--quiet", action="store_true", help="say nothing unless something is wrong")

    def handle(self, *, files: list[Path], dry_run: bool, prune: bool, quiet: bool, **_options: Any) -> None:
        try:
            lines = _load_all(files, prune=prune, dry_run=dry_run)
        except DatabaseError as error:
            raise CommandError(f"The database failed, nothing was loaded: {error}") from error
        if dry_run:
            lines.append("dry run: nothing was written")
        if not quiet:
            self.stdout.write("\n".join(lines))


@transaction.atomic
def _load_all(files: list[Path], *, prune: bool, dry_run: bool) -> list[str]:
    """Each after the one before it, whose people it can refer to; raises CommandError with all problems of all."""
    lines: list[str] = []
    errors: list[DossierError] = []
    for file in files:
        try:
            lines += [f"{file}: {line}" for line in load(file, prune=prune).lines()]
        except DossierError as error:
            errors.append(error)
    if errors:
        raise CommandError("\n".join(map(str, errors)))
    transaction.set_rollback(dry_run)
    return lines
