"""The record that is searched, in a folder of its own: filled, or found there as an earlier run left it."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from io import StringIO
from pathlib import Path

import django

_NOTE = "filled.json"
_FORM = 1  # of what is filled; another number makes what was kept useless


class NotOurs(Exception):
    """The folder holds something else."""


@dataclass(frozen=True, slots=True)
class Filling:
    """By default debates of 500 positions each. With `debates` there are so many, of very different lengths: the second
    longest has two thirds of the positions of the longest, the third half of them, and so on.
    """

    positions: int
    seed: int
    form: int = _FORM
    debates: int = 0

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many positions each debate has."""
        if not self.debates:
            return tuple(_shared_out(self.positions, [1] * max(2, self.positions // 500)))
        return tuple(_shared_out(self.positions, [1 / (rank + 2) for rank in range(self.debates)]))


def _shared_out(positions: int, weights: Sequence[float]) -> list[int]:
    """In proportion to the weights; what is left over goes one each to the first."""
    whole = sum(weights)
    shares = [int(positions * weight / whole) for weight in weights]
    left = positions - sum(shares)
    return [share + (place < left) for place, share in enumerate(shares)]


def set_up(folder: Path, database: str = "") -> None:
    """Django with the search index in `folder`, and its database there in SQLite unless another is given as an address;
    whatever the environment says of the site's.
    """
    os.environ.update(
        DJANGO_SETTINGS_MODULE="config.settings",
        DATABASE_URL=database,
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


def fill_bundled() -> None:
    """With the debates that the site brings along. Call `set_up` first."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_bundled", stdout=StringIO())
    call_command("search_index", "--if-needed", stdout=StringIO())


def _fill(filling: Filling, say: Callable[[str], object]) -> None:
    from django.db import connection

    from benchmarks.scale import filler

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous = OFF")
            cursor.execute("PRAGMA cache_size = -200000")  # KiB
    filler.fill(filling, say)
    connection.close()


def _kept(folder: Path) -> object:
    try:
        return {"debates": 0, **json.loads((folder / _NOTE).read_text(encoding="utf-8"))}
    except FileNotFoundError:
        return None
