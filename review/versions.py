"""Two versions of a record, compared in words that people read.

A version is a record, a row of its edit history, or a mapping of plain values as `Revision.values` has them: columns
by name, rows of parts under the name of their relation. A mapping may be partial: what the later one leaves out is as
before. None is a record that is not there yet, or no longer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import BooleanField, CharField, Field, ForeignKey, Model, TextField
from django.utils import formats, timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from debate.models import Appearance, Event, EventOrganization, EventRelation, EventSource, Session, Source
from positions.models import (
    Coding,
    Evidence,
    Position,
    PositionCapacity,
    PositionLink,
    Proposition,
    PropositionTopic,
)
from review.models import Revision
from review.rows import PK, as_held, held, relation_called
from review.words import Piece, marked
from speakers.bilingual import LANGUAGES
from speakers.models import Affiliation, Organization, Person

type Values = Mapping[str, Any]
type Version = Model | Values | None

# The rows that are edited, and told of, with the record that they belong to.
PARTS: Mapping[type[Model], tuple[str, ...]] = {
    Person: ("names", "affiliations", "identifiers", "links"),
    Organization: ("names", "identifiers", "links"),
    Event: ("event_organizations", "sessions", "event_sources", "notes", "relations_from"),
    Session: ("appearances",),
    Appearance: ("capacities",),
    Proposition: ("wordings", "topic_assignments"),
    Position: ("evidence", "capacity_choices", "links_from", "remarks"),
}
_NAMED_WITH: Mapping[type[Model], tuple[str, ...]] = {  # what the name of a record is made of
    Appearance: ("person", "organization", "session"),
    Affiliation: ("person", "organization"),
    Proposition: ("current_wording",),
    EventOrganization: ("organization",),
    EventSource: ("source",),
    Evidence: ("source",),
    PositionCapacity: ("capacity",),
    PositionLink: ("from_position", "to_position"),
    PropositionTopic: ("topic",),
    EventRelation: ("from_event", "to_event"),
    Coding: ("coder",),
    Revision: ("content_type",),
}
_TELL_A_ROW = 2  # values of it by which it is known
_SHORT = 40  # characters that are taken in whole
_NOT_TELLING = {"order", "source_language"}


class What(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class RowDifference:
    """A row of a part that came, went or became another; `name` is what it is known by."""

    what: What
    name: str
    differences: tuple[FieldDifference, ...]


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """What a column held and holds. Of a longer text `pieces` mark what changed in it, of a relation `rows` say which
    of its rows did. `language` is that of a bilingual column.
    """

    column: str
    label: str
    before: str
    after: str
    language: str = ""
    pieces: tuple[Piece, ...] = ()
    rows: tuple[RowDifference, ...] = ()


def compared(model: type[Model], before: Version, after: Version) -> list[FieldDifference]:
    """Column by column, then relation by relation. Costs a query for each kind of record that changed keys point to,
    and one for each relation that only `after` has, while `before` is a record that is still there.
    """
    return all_compared([(model, before, after)])[0]


def all_compared(pairs: Iterable[tuple[type[Model], Version, Version]]) -> list[list[FieldDifference]]:
    """Of many pairs: what keys point to is looked up together, at the same number of queries for any number."""
    found = [list(_changes(model, *_plain_pair(model, before, after))) for model, before, after in pairs]
    names = Names(key for changes in found for change in changes for key in change.keys())  # noqa: SIM118
    return [[change.told(names) for change in changes] for changes in found]


def proposed(revisions: Sequence[Revision]) -> list[list[FieldDifference]]:
    """What each of the waiting changes would make of its record as it is now; of a decided one, what it made of the
    version that it was made from. For each kind of record at most three queries, and one for each relation.
    """
    pairs: list[Any] = [None] * len(revisions)
    by_model: dict[type[Model], list[int]] = defaultdict(list)
    for number, revision in enumerate(revisions):
        if (model := revision.content_type.model_class()) is not None:
            by_model[model].append(number)
    for model, numbers in by_model.items():
        chosen = [revisions[number] for number in numbers]
        for number, before in zip(numbers, _grounds(model, chosen), strict=True):
            pairs[number] = (model, before, revisions[number].values)
    told = iter(all_compared(pair for pair in pairs if pair is not None))
    return [next(told) if pair is not None else [] for pair in pairs]


def plain(record: Model, relations: Iterable[str] = ()) -> dict[str, Any]:
    """What an editor could have written: its columns and, by a query each, the rows in the relations."""
    unread = record.get_deferred_fields()
    columns = written_columns(type(record))
    values = {column.name: held(column, record) for column in columns if column.attname not in unread}
    for name in relations:
        values[name] = [{PK: row.pk, **plain(row)} for row in getattr(record, name).all()]
    return values


def written_columns(model: type[Model]) -> list[Field[Any, Any]]:
    """Those that editors fill. A model of the edit history has them, too, beside its own."""
    recorded = getattr(model, "instance_type", model)
    own: list[Field[Any, Any]] = list(recorded._meta.concrete_fields)
    return [column for column in own if column.editable and not column.primary_key]


def _grounds(model: type[Model], revisions: Sequence[Revision]) -> Iterator[Values | None]:
    """What the values of each change are compared with."""
    keys = {revision.object_id for revision in revisions if revision.object_id is not None}
    records = model._base_manager.in_bulk(keys)
    named = {name for revision in revisions for name in revision.values}
    relations = [name for name in named if _is_relation(model, name)]
    rows = {name: _rows_of(model, name, keys) for name in relations}
    decided = [one for one in revisions if one.state != Revision.State.WAITING and one.base_revision]
    past = _versions(model, decided)
    for one in revisions:
        record = records.get(one.object_id) if one.object_id is not None else None
        then = past.get((one.object_id, one.base_revision)) if one in decided else None
        ground = record if then is None else then
        if ground is None:
            yield None
        else:
            there = {name: rows[name].get(one.object_id, []) for name in relations}
            yield {**plain(ground), **{name: _older(several, one) for name, several in there.items()}}


def _older(rows: Iterable[tuple[datetime, Values]], revision: Revision) -> list[Values]:
    """What came into the record after the change was proposed stays in it."""
    return [row for created_at, row in rows if created_at <= revision.created_at]


def _rows_of(model: type[Model], name: str, keys: Iterable[int]) -> dict[int | None, list[tuple[datetime, Values]]]:
    relation: Any = relation_called(model, name)
    holder = relation.field
    found: dict[int | None, list[tuple[datetime, Values]]] = defaultdict(list)
    for row in relation.related_model._base_manager.filter(**{f"{holder.name}__in": keys}).order_by("pk"):
        found[held(holder, row)].append((row.created_at, {PK: row.pk, **plain(row)}))
    return found


def _versions(model: Any, revisions: Sequence[Revision]) -> dict[tuple[int | None, int], Model]:
    if not revisions:
        return {}
    keys, numbers = {one.object_id for one in revisions}, {one.base_revision for one in revisions}
    return {(row.id, row.revision): row for row in model.history.filter(id__in=keys, revision__in=numbers)}


def _is_relation(model: type[Model], name: str) -> bool:
    try:
        return relation_called(model, name) is not None
    except FieldDoesNotExist:
        return False


def _plain_pair(model: type[Model], before: Version, after: Version) -> tuple[Values | None, Values | None]:
    """With the rows that the record has now, where `after` proposes others."""
    if isinstance(before, Model):
        given = after if isinstance(after, Mapping) else {}
        before = plain(before, [name for name in given if isinstance(before, model) and _is_relation(model, name)])
    return before, plain(after) if isinstance(after, Model) else after


# --- what differs, before anything is looked up ---------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Column:
    column: Field[Any, Any]
    before: Any
    after: Any

    def keys(self) -> Iterator[tuple[type[Model], Any]]:
        if isinstance(self.column, ForeignKey):
            yield from ((self.column.related_model, key) for key in (self.before, self.after) if key)

    def told(self, names: Names) -> FieldDifference:
        before, after = names.of(self.column, self.before), names.of(self.column, self.after)
        _stem, _underscore, last = self.column.name.rpartition("_")
        return FieldDifference(
            self.column.name,
            str(self.column.verbose_name),
            before,
            after,
            last if last in LANGUAGES else "",
            marked(before, after) if _is_running_text(self.column, before, after) else (),
        )


@dataclass(frozen=True, slots=True)
class _Row:
    what: What
    known_by: tuple[_Column, ...]
    changes: tuple[_Column, ...]

    def told(self, names: Names) -> RowDifference:
        name = " · ".join(names.of(one.column, one.after) for one in self.known_by)
        return RowDifference(self.what, Truncator(name).chars(90), tuple(one.told(names) for one in self.changes))


@dataclass(frozen=True, slots=True)
class _Rows:
    name: str
    model: type[Model]
    rows: tuple[_Row, ...]

    def keys(self) -> Iterator[tuple[type[Model], Any]]:
        for row in self.rows:
            for column in (*row.known_by, *row.changes):
                yield from column.keys()

    def told(self, names: Names) -> FieldDifference:
        rows = tuple(row.told(names) for row in self.rows)
        before = "\n".join(row.name for row in rows if row.what is not What.ADDED)
        after = "\n".join(row.name for row in rows if row.what is not What.REMOVED)
        return FieldDifference(self.name, str(self.model._meta.verbose_name_plural), before, after, rows=rows)


def _changes(model: type[Model], before: Values | None, after: Values | None) -> Iterator[_Column | _Rows]:
    yield from _columns(model, before, after)
    for name in dict.fromkeys([*(before or {}), *(after or {})]):
        if not _is_relation(model, name) or (after is not None and name not in after):
            continue
        relation = relation_called(model, name)
        rows = tuple(_row_changes(relation, (before or {}).get(name, []), (after or {}).get(name, [])))
        if rows:
            yield _Rows(name, relation.related_model, rows)


def _columns(model: type[Model], before: Values | None, after: Values | None, without: str = "") -> Iterator[_Column]:
    for column in written_columns(model):
        if column.name == without or (after is not None and column.name not in after):
            continue
        was, is_now = _value(column, before), _value(column, after)
        if was != is_now:
            yield _Column(column, was, is_now)


def _value(column: Field[Any, Any], values: Values | None) -> Any:
    """As the database gives it; of what can be empty in two ways, the one."""
    value = (values or {}).get(column.name)
    value = as_held(column.target_field if isinstance(column, ForeignKey) else column, value)
    return None if value in ("", [], None) else value


def _row_changes(relation: Any, before: Iterable[Values], after: Iterable[Values]) -> Iterator[_Row]:
    model, holder = relation.related_model, relation.field.name
    there = {row.get(PK): row for row in before}
    for row in after:
        past = there.pop(row.get(PK), None) if row.get(PK) else None
        changes = tuple(_columns(model, past, row, without=holder))
        if past is None:
            yield _Row(What.ADDED, _known_by(model, row, holder), changes)
        elif changes:
            yield _Row(What.CHANGED, _known_by(model, {**past, **row}, holder), changes)
    for row in there.values():
        yield _Row(What.REMOVED, _known_by(model, row, holder), tuple(_columns(model, row, None, without=holder)))


def _known_by(model: type[Model], row: Values, holder: str) -> tuple[_Column, ...]:
    telling = (column for column in written_columns(model) if column.name not in {*_NOT_TELLING, holder})
    filled = [_Column(column, None, value) for column in telling if (value := _value(column, row)) is not None]
    return tuple(filled[:_TELL_A_ROW])


# --- how it is told ---------------------------------------------------------------------------------------


class Names:
    """What keys point to: of each kind of record all at once."""

    def __init__(self, keys: Iterable[tuple[type[Model], Any]]) -> None:
        """Costs a query for each kind of record."""
        asked: dict[type[Model], set[Any]] = defaultdict(set)
        for model, key in keys:
            asked[model].add(key)
        self._found = {model: self._read(model, several) for model, several in asked.items()}

    def name(self, record: Model) -> str:
        """Of one that was asked for as (model, key)."""
        return self._found[type(record)].get(record.pk, "")

    def of(self, column: Field[Any, Any], value: Any) -> str:
        if value is None:
            return ""
        if isinstance(column, ForeignKey):
            return self._found[column.related_model].get(value) or _("no longer there (no. %s)") % value
        if column.choices:
            return str(dict(column.flatchoices).get(value, value))
        return _readable(column, value)

    def _read(self, model: type[Model], keys: set[Any]) -> dict[Any, str]:
        rows = model._base_manager.filter(pk__in=[key for key in keys if str(key).isdecimal()])
        if model in _NAMED_WITH:
            rows = rows.select_related(*_NAMED_WITH[model])
        if issubclass(model, Source):
            rows = rows.defer("text")
        return {row.pk: str(row) for row in rows}


def _readable(column: Field[Any, Any], value: Any) -> str:
    if isinstance(column, BooleanField):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return formats.date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)


def _is_running_text(column: Field[Any, Any], before: str, after: str) -> bool:
    if column.choices or not before or not after:
        return False
    return isinstance(column, TextField) or (isinstance(column, CharField) and max(len(before), len(after)) > _SHORT)
