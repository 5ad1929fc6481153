"""The record that is searched, in a folder of its own: filled, or found there as an earlier run left it."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import django

_NOTE = "filled.json"
_FORM = 1  # of what is filled; another number makes what was kept useless


class NotOurs(Exception):
    """The folder holds something else."""


@dataclass(frozen=True, slots=True)
class Filling:
    positions: int
    seed: int
    form: int = _FORM


def set_up(folder: Path) -> None:
    """Django with an SQLite database and the search index in `folder`, whatever the environment says of the site's."""
    os.environ.pop("DATABASE_URL", None)
    os.environ.update(
        DJANGO_SETTINGS_MODULE="config.settings",
        DATA_DIR=str(folder),
        SEARCH_INDEX_DIR=str(folder / "search"),
        LOG_LEVEL="WARNING",
    )
    django.setup()


def fill(folder: Path, filling: Filling, say: Callable[[str], object]) -> float | None:
    """In how many seconds it was filled; None where it was kept. Raises NotOurs. Call `set_up` first."""
    from django.core.management import call_command

    kept = _kept(folder)
    if kept is not None:
        if kept != asdict(filling):
            raise NotOurs(f"{folder} was filled otherwise ({kept}): name another folder, or delete it.")
        call_command("migrate", verbosity=0)  # it may be of an earlier release
        return None
    if (folder / "debate.sqlite3").exists():
        raise NotOurs(f"{folder} holds a database that no run has finished filling: name another folder, or delete it.")
    start = time.perf_counter()
    call_command("migrate", verbosity=0)
    _fill(filling, say)
    (folder / _NOTE).write_text(json.dumps(asdict(filling)), encoding="utf-8")
    return time.perf_counter() - start


def _fill(filling: Filling, say: Callable[[str], object]) -> None:
    from django.db import connection

    from benchmarks.scale import filler

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous = OFF")
        cursor.execute("PRAGMA cache_size = -200000")  # KiB
    filler.fill(filling.positions, filling.seed, say)
    connection.close()


def _kept(folder: Path) -> object:
    try:
        return json.loads((folder / _NOTE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
