"""Rows as plain values that JSON keeps, and rows made of them again with the same keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.db.models import ForeignKey, Model

from speakers.identity import Recorded

type Snapshot = dict[str, Any]


def snapshot(row: Model) -> Snapshot:
    """All that the row holds, except what the database works out."""
    return {
        "model": row._meta.label_lower,
        "values": {field.attname: _plain(getattr(row, field.attname)) for field in kept_columns(type(row))},
    }


def kept_columns(model: type[Model]) -> list[Any]:
    derived = getattr(model, "derived_columns", ())
    return [field for field in model._meta.concrete_fields if not field.generated and field.name not in derived]


def model_of(taken: Mapping[str, Any]) -> type[Model]:
    """Raises LookupError where there is no such model any more."""
    model: type[Model] = apps.get_model(taken["model"])
    return model


def remade(taken: Mapping[str, Any]) -> Model:
    """The row, unsaved; a column that is gone since is left out."""
    model = model_of(taken)
    there = {field.attname: field for field in kept_columns(model)}
    held = {name: there[name].to_python(value) for name, value in taken["values"].items() if name in there}
    return model(**held)


def insert(row: Model, user: Any, reason: str) -> None:
    """As a new row, with the key and the time of creation that it had; its history goes on, with who and why."""
    created_at = getattr(row, "created_at", None)
    if isinstance(row, Recorded):
        row.revision += 1
        sign(row, user, reason)
    row.save(force_insert=True)
    if created_at is not None:
        plain: Any = models.QuerySet(type(row))
        plain.filter(pk=row.pk).update(created_at=created_at)


def sign(row: Any, user: Any, reason: str) -> None:
    row._history_user, row._change_reason = user, reason or None


def missing_targets(rows: Iterable[Model]) -> Iterator[tuple[Model, Any]]:
    """Each row with the foreign key that points to what is neither there nor among the rows; a query a kind."""
    held = list(rows)
    among = {(type(row), row.pk) for row in held}
    pointing: dict[type[Model], list[tuple[Model, Any, Any]]] = {}
    for row in held:
        for field in kept_columns(type(row)):
            key = getattr(row, field.attname)
            if isinstance(field, ForeignKey) and key is not None and (field.related_model, key) not in among:
                pointing.setdefault(field.related_model, []).append((row, field, key))
    for model, several in pointing.items():
        there = set(
            model._base_manager.filter(pk__in={key for _row, _field, key in several}).values_list("pk", flat=True)
        )
        yield from ((row, field) for row, field, key in several if key not in there)


def named(row: Model) -> str:
    """Kind and name, also of a row whose name is that of something which is not there."""
    kind = row._meta.verbose_name
    try:
        return f"{kind} “{row}”"
    except ObjectDoesNotExist:
        return f"{kind} {row.pk}"


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
