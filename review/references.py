"""Which rows point to a record, by whatever column, and how to let them point to another."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import batched
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import F, Model
from django.utils import timezone

from speakers.identity import BATCH, Recorded


@dataclass(frozen=True, slots=True)
class Reference:
    """A foreign key of another model, or of its own, that an editor fills in."""

    model: type[Model]
    column: str

    @property
    def code(self) -> str:
        return f"{self.model._meta.label_lower}.{self.column}"

    @property
    def rows(self) -> Any:
        """Whatever writes to them writes no history by itself."""
        return models.QuerySet(self.model).order_by("pk")

    def keys(self, target: int) -> list[int]:
        return list(self.rows.filter(**{self.column: target}).values_list("pk", flat=True))

    def still(self, target: int, keys: Collection[int]) -> list[int]:
        """Those of the keys whose rows are there and point to the target."""
        found: set[int] = set()
        for batch in batched(keys, BATCH):
            found.update(self.rows.filter(pk__in=batch, **{self.column: target}).values_list("pk", flat=True))
        return sorted(found)

    def repoint(self, keys: Collection[int], target: int, user: Any, reason: str) -> None:
        """Raises revisions and writes the history as saving each row does, at a few queries for BATCH rows."""
        written: dict[str, Any] = {self.column: target}
        if issubclass(self.model, Recorded):
            written |= {"updated_at": timezone.now(), "revision": F("revision") + 1}
        for batch in batched(keys, BATCH):
            there = self.rows.filter(pk__in=batch)
            there.update(**written)
            if issubclass(self.model, Recorded):
                history: Any = self.model.history
                signed = {"default_user": user, "default_change_reason": reason}
                history.bulk_history_create(list(there), batch_size=BATCH, update=True, **signed)


def references_to(model: type[Model]) -> list[Reference]:
    """All but those of the edit history and those that the database fills in."""
    fields: Any = model._meta.get_fields(include_hidden=True)
    relations = (field for field in fields if field.auto_created and field.one_to_many)
    return [
        Reference(relation.related_model, relation.field.name)
        for relation in relations
        if not relation.related_model.__name__.startswith("Historical")
        and relation.field.name not in getattr(relation.related_model, "derived_columns", ())
    ]


def reference_called(code: str) -> Reference:
    """Raises LookupError where there is no such model any more."""
    label, _dot, column = code.rpartition(".")
    return Reference(apps.get_model(label), column)
