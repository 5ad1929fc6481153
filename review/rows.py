"""A record and the rows that belong to it, written from plain values; every mistake in them is told at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ObjectDoesNotExist, ValidationError
from django.db.models import Field, ForeignKey, ManyToOneRel, Model, ProtectedError
from django.utils.translation import gettext as _

from positions.models import Position
from review.refusals import Invalid, Mistake, Path

PK = "pk"
_STANDING_ON: Mapping[type[Model], str] = {Position: "capacity_choices"}  # rows that another column can make wrong
_AS_TEXT = (date, time)  # a datetime is a date


def held(column: Field[Any, Any], record: Model) -> Any:
    """What the record has in the column: of a foreign key, the primary key it points to."""
    return getattr(record, column.attname)


def stored(model: type[Model], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as JSON keeps them; `Writer` takes them as they are."""
    return dict(_stored(model, values))


def _stored(model: type[Model], values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in values.items():
        if (relation := relation_called(model, name)) is not None:
            yield name, [stored(relation.related_model, row) for row in value]
        else:
            yield name, value.isoformat() if isinstance(value, _AS_TEXT) else value


def relation_called(model: type[Model], name: str) -> Any:
    """The relation of that name by which rows of another table belong to the record; None where it is a column."""
    if name == PK:
        return None
    found = model._meta.get_field(name)
    return found if isinstance(found, ManyToOneRel) else None


@dataclass(slots=True)
class _Plan:
    """What is to become of the rows in one relation."""

    name: str
    kept: list[tuple[int, Model]] = field(default_factory=list)  # those to write, with their number in the values
    removed: list[Model] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.kept or self.removed)


class Writer:
    """Writes for `user`, who says why in `reason`: the edit history has both with every row."""

    def __init__(self, user: Any, reason: str) -> None:
        self.user, self.reason = user, reason
        self.mistakes: list[Mistake] = []

    def write[M: Model](self, record: M, values: Mapping[str, Any]) -> M | None:
        """The record as the database has it then; None where the values are what it holds. Raises Invalid.

        Its revision rises with a change of its rows, too. Called within a transaction.
        """
        columns = {name: value for name, value in values.items() if relation_called(type(record), name) is None}
        is_new = record._state.adding
        is_changed = _assign(record, columns) or is_new
        plans = [self._plan(record, name, rows) for name, rows in values.items() if name not in columns]
        if self.mistakes:
            raise Invalid(self.mistakes)
        if not is_changed and not any(plans):
            return None
        if not self._is_valid(record, ()):
            self._check_rows(record, plans)
            raise Invalid(self.mistakes)
        self._sign(record).save()
        for plan in plans:
            self._write_rows(record, plan)
        if not is_new and (relation := _STANDING_ON.get(type(record))) and relation not in values:
            for row in getattr(record, relation).all():
                self._is_valid(row, (relation,))
        if self.mistakes:
            raise Invalid(self.mistakes)
        rows: Any = type(record)._base_manager
        written: M = rows.get(pk=record.pk)
        return written

    def _plan(self, record: Model, name: str, rows: Sequence[Mapping[str, Any]]) -> _Plan:
        relation = relation_called(type(record), name)
        held_rows = {} if record._state.adding else {row.pk: row for row in getattr(record, name).all()}
        plan = _Plan(name)
        for number, values in enumerate(rows):
            row = held_rows.pop(values[PK], None) if values.get(PK) else relation.related_model()
            if row is None:
                self.mistakes.append(Mistake((name, number), _("There is no such row, or it is there twice.")))
                continue
            setattr(row, relation.field.name, record)
            if _assign(row, {column: value for column, value in values.items() if column != PK}) or row._state.adding:
                plan.kept.append((number, row))
        plan.removed = list(held_rows.values())
        return plan

    def _check_rows(self, record: Model, plans: Sequence[_Plan]) -> None:
        """What is wrong with the rows of a record that can't be saved itself."""
        for plan in plans:
            relation = relation_called(type(record), plan.name)
            for number, row in plan.kept:
                self._is_valid(row, (plan.name, number), without=relation.field.name)

    def _write_rows(self, record: Model, plan: _Plan) -> None:
        holder = relation_called(type(record), plan.name).field.name
        for row in plan.removed:
            self._remove(plan.name, row)
        for number, row in plan.kept:
            setattr(row, holder, record)  # once more: a new record has its key only now
            if self._is_valid(row, (plan.name, number)):
                self._sign(row).save()

    def _remove(self, name: str, row: Model) -> None:
        try:
            self._sign(row).delete()
        except ProtectedError as error:
            referring = len(error.protected_objects)
            message = _("%(row)s can't be left out: other records refer to it (%(count)d).")
            self.mistakes.append(Mistake((name,), message % {"row": row, "count": referring}))

    def _is_valid(self, record: Model, path: Path, without: str = "") -> bool:
        """Checks what a form would: what is not to be edited is the database's."""
        _give_slug(record)
        kept = {column.name for column in record._meta.concrete_fields if not column.editable}
        try:
            _full_clean(record, {*kept, without})
        except ValidationError as error:
            self.mistakes += _mistakes(error, path)
            return False
        return True

    def _sign[M: Model](self, record: M) -> M:
        record._history_user = self.user  # type: ignore[attr-defined]
        record._change_reason = self.reason or None  # type: ignore[attr-defined]
        return record


def _full_clean(record: Model, exclude: set[str]) -> None:
    try:
        record.full_clean(exclude=exclude)
    except ObjectDoesNotExist:  # what a model's own check looks at is gone, or was never named
        record.clean_fields(exclude=exclude)
        raise


def _assign(record: Model, columns: Mapping[str, Any]) -> bool:
    """Whether any of them is another than the record holds."""
    is_changed = False
    for name, value in columns.items():
        column = record._meta.get_field(name)
        assert isinstance(column, Field)
        taken = as_held(column.target_field if isinstance(column, ForeignKey) else column, value)
        if taken != held(column, record):
            setattr(record, column.attname, taken)
            is_changed = True
    return is_changed


def as_held(column: Any, value: Any) -> Any:
    """What can't be taken is left for validation to tell of."""
    try:
        return column.to_python(value)
    except ValidationError:
        return value


def _give_slug(record: Any) -> None:
    """Before it is checked, since a slug must not be empty."""
    if hasattr(record, "free_slug") and not record.slug:
        record.slug = record.free_slug()


def _mistakes(error: ValidationError, path: Path) -> Iterator[Mistake]:
    for name, messages in error.message_dict.items():
        to = path if name == NON_FIELD_ERRORS else (*path, name)
        for message in messages:
            yield Mistake(to, message)
