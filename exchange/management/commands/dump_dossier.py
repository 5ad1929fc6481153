from __future__ import annotations

import os
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from debate.models import Event
from exchange.dossier.dump import dump
from exchange.dossier.problems import did_you_mean
from exchange.dossier.style import as_yaml


class Command(BaseCommand):
    help = "Writes a debate as a dossier, drafts included. See docs/dossiers.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--output", type=Path, metavar="FILE", help="the file to write; otherwise it is printed")

    def handle(self, *, slug: str, output: Path | None, **_options: Any) -> None:
        text = as_yaml(dump(_event(slug)))
        if output is None:
            self.stdout.write(text, ending="")
            return
        try:
            _write_whole(output, text)
        except OSError as error:
            raise CommandError(f"{output} can't be written: {error.strerror}.") from error
        self.stdout.write(f"{output}: {slug}")


def _event(slug: str) -> Event:
    try:
        return Event.objects.at_address(slug)
    except Event.DoesNotExist:
        nearest = did_you_mean(slug, Event.objects.values_list("slug", flat=True))
        raise CommandError(f"There is no debate {slug!r}.{nearest}") from None


def _write_whole(path: Path, text: str) -> None:
    """All of it or nothing: an older file stays until the new one is complete."""
    with tempfile.NamedTemporaryFile(
        "w", dir=path.parent, prefix=f".{path.name}.", encoding="utf-8", delete=False
    ) as file:
        try:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
