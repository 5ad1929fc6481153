"""What the makers of rows have in common."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import batched, count
from random import Random
from typing import Any

from django.db import models, transaction

from benchmarks.scale.words import Vocabulary, Writer

BATCH = 2_000
_LETTERS, _DIGITS = "abcdefghjkmnpqrstvwxyz", "23456789"
_ALPHABET = _LETTERS + _DIGITS
_PLACES = 7  # after the first, which is a letter
_IDS = len(_LETTERS) * len(_ALPHABET) ** _PLACES
_STRIDE = 104_395_303_003  # shares no factor with the number of ids, so that none comes twice


class Making:
    """One filling: its chance, its words, and public ids drawn from its seed."""

    def __init__(self, seed: int, positions: int) -> None:
        self.random = Random(f"rows {seed}")
        self.writer = Writer(f"texts {seed}", Vocabulary(seed, positions))
        self._numbers = count(self.random.randrange(_IDS))

    def public_id(self) -> str:
        """As `new_public_id` makes them, which among millions would draw one twice."""
        rest = next(self._numbers) * _STRIDE % _IDS
        letters = []
        for _place in range(_PLACES):
            rest, letter = divmod(rest, len(_ALPHABET))
            letters.append(_ALPHABET[letter])
        return _LETTERS[rest] + "".join(letters)

    def weighted[T](self, choices: dict[T, int]) -> T:
        return self.random.choices(tuple(choices), tuple(choices.values()))[0]


def column(record: models.Model, name: str) -> str:
    """One language of a bilingual text, as in ``name_ko``."""
    return str(getattr(record, name))


def insert[M: models.Model](model: type[M], records: Iterable[M]) -> list[M]:
    """As an import without edit history writes them; gives the rows with their keys."""
    made: list[M] = []
    for batch in batched(records, BATCH):
        made += _insert(model, batch)
    return made


def pour[M: models.Model](model: type[M], records: Iterable[M]) -> None:
    """As `insert`, without keeping more than a batch in memory."""
    for batch in batched(records, BATCH):
        _insert(model, batch)


def _insert(model: Any, batch: Sequence[Any]) -> list[Any]:
    with transaction.atomic():
        return models.QuerySet(model).bulk_create(batch, batch_size=BATCH)
