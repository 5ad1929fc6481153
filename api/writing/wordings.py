"""What a proposition says, and what it said when a position was coded on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Model

from api.writing.document import Pointer
from api.writing.fields import (
    Column,
    JSONSchema,
    Reading,
    ReferenceKind,
    Texts,
    Values,
    WrongValue,
    found,
    id_column,
    shown,
)
from positions.models import Proposition, Wording

_WORDINGS = "wordings"


class CurrentWording(Texts):
    """The wording that the proposition has now: put right, or translated, it stays the same wording."""

    relation = _WORDINGS
    is_required = True

    def __init__(self) -> None:
        super().__init__("text", "What it says. Changed here, it is put right for the positions coded on it, too.")

    def bind(self, model: type[Model]) -> None:
        super().bind(Wording)

    def read(self, value: Any, at: Pointer, reading: Reading) -> Values:
        values = super().read(value, at, reading)
        record = reading.record
        if isinstance(record, Proposition) and record.current_wording_id:
            return {_WORDINGS: [*_as_they_are(record, values)]}
        return {_WORDINGS: [values]}

    def concerns(self, rows: list[Values], record: Model | None) -> bool:
        return record is None or all("pk" in row for row in rows)

    def compared(self, rows: list[Values], record: Model | None) -> tuple[Any, Any]:
        wording = record.current_wording if isinstance(record, Proposition) else None
        values = next((row for row in rows if wording is None or row.get("pk") == wording.pk), {})
        return wording and shown(self, {}, wording), shown(self, values, wording)


class NewWording(CurrentWording):
    """Another wording from now on; positions stay with the one they were coded on."""

    is_required = False

    def __init__(self) -> None:
        super().__init__()
        self.about = "What it says from now on. Positions coded so far stay with the wording before."

    def read(self, value: Any, at: Pointer, reading: Reading) -> Values:
        record = reading.record
        if not isinstance(record, Proposition):
            reading.wrong(at, "A new proposition has its first wording: write it as text.")
            return {}
        values = Texts.read(self, value, at, reading)
        return {_WORDINGS: [*_as_they_are(record, {}), values]}

    def concerns(self, rows: list[Values], record: Model | None) -> bool:
        return not super().concerns(rows, record)

    def compared(self, rows: list[Values], record: Model | None) -> tuple[Any, Any]:
        return None, shown(self, rows[-1], None)


def _as_they_are(record: Proposition, current: Values) -> Iterator[Values]:
    for key in record.wordings.order_by("number").values_list("pk", flat=True):
        yield {"pk": key, **(current if key == record.current_wording_id else {})}


class CodedWording(Column):
    """The proposition that a position is on, as it is worded now, or in the wording of that number."""

    def __init__(self) -> None:
        super().__init__("wording")

    def bind(self, model: type[Model]) -> None:
        super().bind(model)
        self.kind = _OfProposition(self.column)


class _OfProposition(ReferenceKind):
    def read(self, value: Any) -> int:
        named, number = (value.get("id"), value.get("wording")) if isinstance(value, dict) else (value, None)
        if not isinstance(named, str) or not (number is None or type(number) is int):
            raise WrongValue('Write the id of a proposition, or {"id": "…", "wording": 1}.')
        proposition: Proposition = found(Proposition, named)
        wording = proposition.current_wording if number is None else proposition.wordings.filter(number=number).first()
        if wording is None:
            raise WrongValue(f"The proposition {named!r} has no wording {number or ''}".rstrip() + ".")
        return wording.pk

    def show(self, value: Any) -> Any:
        wording = Wording.objects.select_related("proposition").filter(pk=value).first()
        return wording and {"id": getattr(wording.proposition, id_column(Proposition)), "wording": wording.number}

    def schema(self) -> JSONSchema:
        number = {"type": ["integer", "null"], "description": "Of the wording; the present one if left out."}
        named = {"id": {"type": "string"}, "wording": number}
        as_read = {"type": "object", "properties": named, "required": ["id"]}
        return {"anyOf": [{"type": "string", "description": "Its id."}, as_read]}
