"""The past of a record with its parts: what was written when, by whom and why, and what it held then.

A form or a call writes several rows: those written together, by one person and for one reason, are one version.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Max, Model, Q

from debate.publishing import HasStatus
from review.rows import PK, held, relation_called
from review.versions import PARTS, FieldDifference, Values, all_compared, plain

TOGETHER = timedelta(seconds=3)  # rows of one form are written within it
A_PAGE = 20
_READ = 200  # rows of the history of each part that a page is made of
_DELETED = "-"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_STAYS = ("status", "withdrawn_at", "withdrawn_because", "slug")  # where and whether the record is seen is not restored


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the edit history of the record (`relation` is empty then) or of a part."""

    relation: str
    row: Any

    @property
    def of(self) -> tuple[str, int]:
        return self.relation, self.row.id


@dataclass(frozen=True, slots=True)
class PastVersion:
    """What was written together."""

    entries: tuple[Entry, ...]
    differences: tuple[FieldDifference, ...] = ()

    @property
    def when(self) -> datetime:
        """From then on the record was so."""
        when: datetime = self.entries[-1].row.history_date
        return when

    @property
    def number(self) -> int:
        """By which the version is called for."""
        return number(self.when)

    @property
    def user(self) -> Any:
        return self.entries[-1].row.history_user

    @property
    def reason(self) -> str:
        return self.entries[-1].row.history_change_reason or ""

    @property
    def is_beginning(self) -> bool:
        return any(not entry.relation and entry.row.history_type == "+" for entry in self.entries)

    @property
    def is_deletion(self) -> bool:
        return any(not entry.relation and entry.row.history_type == _DELETED for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Past:
    """The newest first. `is_cut` where there are older ones."""

    versions: tuple[PastVersion, ...]
    is_cut: bool = False


def number(when: datetime) -> int:
    """The moment in microseconds."""
    return (when - _EPOCH) // timedelta(microseconds=1)


def moment(of_version: int) -> datetime:
    """The one of a version's number; raises OverflowError for what is none."""
    return _EPOCH + timedelta(microseconds=of_version)


def past(model: type[Model], key: int, before: datetime | None = None) -> Past:
    """A page of versions, each with what it changed. Two queries for the record and for each of its relations, and one
    for each kind of record that changed keys point to, however many versions there are.
    """
    read = {name: _newest(model, name, key, before) for name in ("", *PARTS.get(model, ()))}
    entries = [Entry(name, row) for name, (rows, _cut) in read.items() for row in rows]
    cuts = [rows[-1].history_date for rows, is_cut in read.values() if is_cut]
    entries = [entry for entry in entries if all(entry.row.history_date > cut for cut in cuts)]
    versions = list(_versions(sorted(entries, key=lambda entry: (entry.row.history_date, entry.row.history_id))))
    shown = versions[-A_PAGE:]
    older = {name: _before(model, name, [row.id for row in rows], rows) for name, (rows, _cut) in read.items()}
    return Past(tuple(reversed(_told(model, key, shown, read, older))), bool(cuts) or len(versions) > len(shown))


def state_at(model: type[Model], key: int, when: datetime) -> dict[str, Any] | None:
    """What the record and its parts held, as plain values; None where it was not there. A query for each relation."""
    row = _last(_history(model), Q(id=key), when).first()
    if row is None or row.history_type == _DELETED:
        return None
    return {**plain(row), **{name: _rows_at(model, name, key, when) for name in PARTS.get(model, ())}}


def restored(record: Model, then: Values) -> dict[str, Any]:
    """The values by which the record becomes again what it was. How far it is public and where it is found stay as they
    are; so do rows that have parts of their own, and those that belong to another record now.
    """
    stays = {*(_STAYS if isinstance(record, HasStatus) else ()), "slug"}
    values = {name: value for name, value in then.items() if name not in stays}
    for name in PARTS.get(type(record), ()):
        values[name] = list(_rows_again(record, name, then[name]))
    return values


# --- reading the histories ------------------------------------------------------------------------------------


def _history(model: Any) -> Any:
    return model.history.model.objects


def _of(model: type[Model], name: str) -> type[Model]:
    of: type[Model] = relation_called(model, name).related_model if name else model
    return of


def _ever(model: type[Model], name: str, key: int) -> Q:
    """Rows of whatever belonged to the record at any time."""
    if not name:
        return Q(id=key)
    relation = relation_called(model, name)
    belonged = _history(relation.related_model).filter(**{relation.field.name: key})
    return Q(id__in=belonged.values("id"))


def _newest(model: type[Model], name: str, key: int, before: datetime | None) -> tuple[list[Any], bool]:
    """And whether there are more. The record itself has a row in a version at most."""
    rows = _history(_of(model, name)).filter(_ever(model, name, key)).select_related("history_user")
    if before is not None:
        rows = rows.filter(history_date__lt=before)
    most = _READ if name else A_PAGE + 1
    found = list(rows.order_by("-history_date", "-history_id")[: most + 1])
    return found[:most], len(found) > most


def _before(model: type[Model], name: str, keys: Iterable[int], rows: Sequence[Any]) -> dict[int, Any]:
    """The last row of each before all that were read."""
    if not rows:
        return {}
    history = _history(_of(model, name))
    found = _last(history, Q(id__in=set(keys), history_date__lt=rows[-1].history_date), None)
    return {row.id: row for row in found}


def _last(history: Any, wanted: Q, when: datetime | None) -> Any:
    """The last row of each, at the moment if one is given."""
    rows = history.filter(wanted) if when is None else history.filter(wanted, history_date__lte=when)
    newest = rows.order_by().values("id").annotate(newest=Max("history_id")).values("newest")
    return history.filter(history_id__in=newest).order_by("id")


def _rows_at(model: type[Model], name: str, key: int, when: datetime) -> list[dict[str, Any]]:
    holder = relation_called(model, name).field
    rows = _last(_history(_of(model, name)), _ever(model, name, key), when)
    return [_row(row) for row in rows if row.history_type != _DELETED and held(holder, row) == key]


def _row(row: Any) -> dict[str, Any]:
    identity = {"public_id": row.public_id} if hasattr(row, "public_id") else {}
    return {PK: row.id, **plain(row), **identity}


# --- what was written together --------------------------------------------------------------------------------


def _versions(entries: Iterable[Entry]) -> Iterator[PastVersion]:
    together: list[Entry] = []
    for entry in entries:
        if together and not _belongs(entry, together):
            yield PastVersion(tuple(together))
            together = []
        together.append(entry)
    if together:
        yield PastVersion(tuple(together))


def _belongs(entry: Entry, together: Sequence[Entry]) -> bool:
    """The record itself is written before its rows, and deleted after them."""
    row, last = entry.row, together[-1].row
    return (
        row.history_user_id == last.history_user_id
        and (row.history_change_reason or "") == (last.history_change_reason or "")
        and row.history_date - last.history_date <= TOGETHER
        and (bool(entry.relation) or row.history_type == _DELETED)
        and entry.of not in {other.of for other in together}
    )


def _told(
    model: type[Model],
    key: int,
    versions: Sequence[PastVersion],
    read: Mapping[str, tuple[Sequence[Any], bool]],
    older: Mapping[str, Mapping[int, Any]],
) -> list[PastVersion]:
    earlier: dict[tuple[str, int], Any] = {
        (name, id_): row for name, rows in older.items() for id_, row in rows.items()
    }
    previous: dict[int, Any] = {}
    for name, (rows, _cut) in read.items():
        for row in reversed(rows):
            previous[id(row)] = earlier.get((name, row.id))
            earlier[name, row.id] = row
    pairs = [_pair(model, key, version, previous) for version in versions]
    compared = all_compared((model, before, after) for before, after in pairs)
    return [replace(one, differences=tuple(told)) for one, told in zip(versions, compared, strict=True)]


def _pair(
    model: type[Model], key: int, version: PastVersion, previous: Mapping[int, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    if version.is_deletion:
        return before, after
    for entry in version.entries:
        row, earlier = entry.row, previous[id(entry.row)]
        if not entry.relation:
            before |= plain(earlier) if earlier is not None else {}
            after |= plain(row)
            continue
        holder = relation_called(model, entry.relation).field
        for side, one in ((before, earlier), (after, row)):
            rows = side.setdefault(entry.relation, [])
            if one is not None and one.history_type != _DELETED and held(holder, one) == key:
                rows.append(_row(one))
    return before, after


def _rows_again(record: Model, name: str, then: Iterable[Values]) -> Iterator[dict[str, Any]]:
    relation = relation_called(type(record), name)
    of, holder = relation.related_model, relation.field.name
    here = {row.pk for row in getattr(record, name).all()}
    wanted = list(then)
    elsewhere = set(of._base_manager.filter(pk__in=[row[PK] for row in wanted]).values_list("pk", flat=True)) - here
    for row in wanted:
        values = {column: value for column, value in row.items() if column not in {holder, PK, "public_id"}}
        if row[PK] in here:
            yield {PK: row[PK], **values}
        elif row[PK] not in elsewhere:
            yield {**values, **{name: row[name] for name in ("public_id",) if name in row}}
    if of in PARTS:
        yield from ({PK: key} for key in sorted(here - {row[PK] for row in wanted}))
