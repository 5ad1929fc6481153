from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from record import changes
from search import storage, unanswered, upkeep
from search.index import Snapshot, Unwritable
from search.upkeep import Progress

WIDTH = 40


class Command(BaseCommand):
    help = "Builds the search index of this machine beside the one in use, and swaps."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-needed",
            action="store_true",
            help="only bring the index up to date, which is quick when little has changed",
        )

    def handle(self, *, if_needed: bool, **_options: Any) -> None:
        started = time.monotonic()
        try:
            snapshot = self._bring_up_to_date() if if_needed else upkeep.rebuild(self._progress())
            storage.remove_other_releases()
        except (OSError, Unwritable) as error:
            raise CommandError(f"The search index in {storage.home()} can't be written: {error}") from error
        if snapshot is None:
            raise CommandError(f"Another process is building the search index in {storage.home()}.")
        changes.forget()
        unanswered.forget()
        self.stdout.write(
            f"The search index holds {snapshot.searcher.num_docs - 1:,} documents, at version {snapshot.stamp.number}"
            f" of the record ({time.monotonic() - started:.1f} s)."
        )

    def _bring_up_to_date(self) -> Snapshot | None:
        return upkeep.bring_up_to_date(progress=self._progress())

    def _progress(self) -> Progress | None:
        """A bar where somebody is looking; nothing in a log."""
        return self._show if self.stdout.isatty() else None

    def _show(self, done: int, total: int) -> None:
        if done % 100 and done != total:
            return
        filled = WIDTH * done // total
        self.stdout.write(f"\r[{'#' * filled}{' ' * (WIDTH - filled)}] {done:,} of {total:,}", ending="")
        if done == total:
            self.stdout.write("")
