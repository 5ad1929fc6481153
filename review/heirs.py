"""Into whom somebody went who was merged."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from review.models import Merge, Mergeable
from speakers.models import Organization, Person


def heir(model: type[Model], key: int) -> int | None:
    """The key of the record that stands for it by now; None where it was never merged. A query for each step."""
    if model not in (Person, Organization):
        return None
    kind = Mergeable.PERSON if model is Person else Mergeable.ORGANIZATION
    found: int | None = None
    while (
        step := Merge.objects.filter(kind=kind, gone=found or key, undone_at=None)
        .values_list("kept", flat=True)
        .first()
    ):
        found = step
    return found if found and model._base_manager.filter(pk=found).exists() else None


def led_on(row: Model, field: Any) -> bool:
    """Lets the row point to the heir of what it pointed to, if there is one."""
    found = heir(field.related_model, getattr(row, field.attname))
    if found is None:
        return False
    setattr(row, field.attname, found)
    return True
