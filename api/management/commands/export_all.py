from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timesince import timesince

from api.exports import store


class Command(BaseCommand):
    help = (
        "Writes the whole public record into one archive: NDJSON, CSV and Popolo, with a manifest. docs/open-data.md."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folder",
            nargs="?",
            type=Path,
            metavar="DIR",
            help="where it is put; otherwise where the site serves it from",
        )
        parser.add_argument("--release", default="", metavar="NAME", help="keep it for good, to be cited by that name")
        parser.add_argument(
            "--if-due", action="store_true", help="only if the record has changed and the last one is an hour old"
        )
        parser.add_argument(
            "--keep", type=int, default=store.KEPT, metavar="N", help="how many to keep beside releases (%(default)s)"
        )

    def handle(self, *, folder: Path | None, release: str, if_due: bool, keep: int, **options: Any) -> None:
        if keep < 1:
            raise CommandError(f"--keep {keep}: at least 1, the one that is made.")
        where = (folder or store.folder()).absolute()
        if if_due and not release and not store.is_due(where):
            self.stdout.write("Not due: the record has not changed since the last one, or that is not an hour old.")
            return
        say = self.stderr.write if options["verbosity"] > 1 else lambda _line: None
        try:
            made = store.make(where, release=release, say=say)
            gone = store.prune(where, keep)
        except (store.Busy, store.NoSuchName) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{where}: no archive could be written: {error.strerror or error}.") from error
        self.stdout.write(f"{where / made.file_name}: version {made.version}, {made.bytes} bytes")
        self.stdout.write(f"sha256 {made.sha256}")
        for one in gone:
            self.stdout.write(f"removed: version {one.version}, made {timesince(one.made_at)} ago")
