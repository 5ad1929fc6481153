"""What was changed last, by whom and why, from the edit history of the main kinds of record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Model

from debate.models import Event, Source
from editing.reviewing.kinds import admin_address, named
from positions.models import Position, Proposition, Topic
from review.roles import Author
from speakers.models import Organization, Person

MOST_SHOWN = 12
_KINDS: tuple[type[Model], ...] = (Event, Source, Person, Organization, Topic, Proposition, Position)
_COLUMNS = ("history_date", "history_id", "id", "history_user", "history_change_reason", "history_type")


@dataclass(frozen=True, slots=True)
class Recent:
    """`name` is empty where the record is no longer there."""

    kind: Any
    name: str
    address: str
    author: Any
    reason: str
    act: str  # "+", "~" or "-", as the history has it
    when: datetime


def recent(by: Author) -> list[Recent]:
    """Everybody's for those who may publish, else one's own. A query for each kind, and one more for those shown."""
    rows = sorted(_rows(by), key=lambda row: (row[1], row[2]), reverse=True)[:MOST_SHOWN]
    records, authors = _records(rows), User.objects.in_bulk({row[4] for row in rows if row[4]})
    return list(_told(rows, records, authors))


def _rows(by: Author) -> Iterator[tuple[Any, ...]]:
    for model in _KINDS:
        if not by.may("view", model):
            continue
        history: Any = model.history  # type: ignore[attr-defined]
        found = history.all() if by.may_publish else history.filter(history_user=by.user)
        for row in found.order_by("-history_id").values_list(*_COLUMNS)[:MOST_SHOWN]:
            yield (model, *row)


def _records(rows: list[tuple[Any, ...]]) -> dict[tuple[type[Model], int], Any]:
    keys: dict[type[Model], set[int]] = defaultdict(set)
    for model, _when, _number, key, *_rest in rows:
        keys[model].add(key)
    return {(model, row.pk): row for model in keys for row in named(model).filter(pk__in=keys[model])}


def _told(rows: list[tuple[Any, ...]], records: dict[Any, Any], authors: dict[int, User]) -> Iterator[Recent]:
    for model, when, _number, key, author, reason, act in rows:
        record = records.get((model, key))
        name = str(record) if record is not None else ""
        yield Recent(
            model._meta.verbose_name, name, admin_address(record), authors.get(author), reason or "", act, when
        )
