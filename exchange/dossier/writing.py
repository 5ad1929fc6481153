"""A checked dossier into the database: what is new is added, what differs is changed, the rest is left alone."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from itertools import batched
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from debate.models import Event
from exchange.dossier.entries import Entries, Entry
from exchange.dossier.fields import Columns, Field, Reading
from exchange.dossier.kinds import EVENT, KINDS, Kind, defaults
from exchange.dossier.matching import Match, counted, identity_of, number, parents_first
from exchange.dossier.problems import Problem, written
from exchange.dossier.recorded import BATCH, Recorded
from exchange.dossier.report import Change, Report
from exchange.dossier.source import Document
from positions.models import Wording
from speakers.fields import Following
from speakers.identity import FormerAddress
from speakers.models import refuse_circle

_REASON_LENGTH = 100  # of the column in the edit history


class Writing:
    """Kind by kind, each after those it can point to."""

    def __init__(self, document: Document, found: Entries, recorded: Recorded) -> None:
        self.document = document
        self.entries = found
        self.event = found[EVENT][0]
        self.keys = dict(recorded.keys)
        self.rows: dict[Entry, Any] = {}
        self.report = Report(self.event.name)

    def run(self, *, prune: bool) -> Report:
        leftovers = [row for kind in KINDS for row in self._load(kind)]
        changes = [Change.of(row) for row in leftovers]
        if prune:
            self._remove(leftovers)
            self.report.removed = changes
        else:
            self.report.missing = changes
        return self.report

    def _load(self, kind: Kind) -> list[Any]:
        """Writes the records of one kind; returns the rows that are not in the file and may be removed."""
        existing = self._existing(kind)
        matches = [Match(entry, existing.pop(key, None)) for key, entry in self._identified(kind)]
        if kind.ordered:
            number(matches)
        for match in parents_first(matches, kind.self_pointer) if kind.self_pointer else matches:
            self._write(match)
        return self._removable(kind, list(existing.values()))

    # --- which row is which ---------------------------------------------------------------------------

    def _existing(self, kind: Kind) -> dict[Hashable, Any]:
        """By identity, the rows that this dossier may be about: those of its event, and those it names."""
        rows = [row for rows in self._queries(kind) for row in rows]
        if kind.name_column == "slug":
            by_key = {row.pk: row for row in rows}
            names = {entry.name: self.keys.get((kind.model, entry.name)) for entry in self.entries[kind]}
            return {name: by_key[key] for name, key in names.items() if key in by_key}
        if kind.name_column:
            return {row.public_id: row for row in rows}
        rows.sort(key=lambda row: (row.order, row.pk) if kind.ordered else row.pk)
        return dict(counted((identity_of(row, kind), row) for row in rows))

    def _queries(self, kind: Kind) -> Iterator[Iterable[Any]]:
        if kind.of_event:
            return iter([kind.model._base_manager.filter(**{kind.of_event: self.rows[self.event]})])
        if owner := KINDS[kind]:
            return self._in(kind, f"{kind.owner}__in", {self.rows[entry].pk for entry in self.entries[owner]})
        if kind.name_column == "slug":
            keys = (self.keys.get((kind.model, entry.name)) for entry in self.entries[kind])
            return self._in(kind, "pk__in", {key for key in keys if key})
        return self._in(kind, f"{kind.name_column}__in", {entry.name for entry in self.entries[kind]})

    def _in(self, kind: Kind, lookup: str, wanted: set[Any]) -> Iterator[Iterable[Any]]:
        return (kind.model._base_manager.filter(**{lookup: batch}) for batch in batched(sorted(wanted), BATCH))

    def _identified(self, kind: Kind) -> Iterable[tuple[Hashable, Entry]]:
        if kind.name_column:
            return [(entry.name, entry) for entry in self.entries[kind]]
        return counted((self._identity(entry), entry) for entry in self.entries[kind])

    def _identity(self, entry: Entry) -> tuple[Any, ...]:
        columns = self._columns(entry, entry.kind.identifying)
        return (self.rows[entry.owner].pk, *columns.values()) if entry.owner else tuple(columns.values())

    # --- writing --------------------------------------------------------------------------------------

    def _write(self, match: Match) -> None:
        entry, row = match.entry, match.row
        columns = self._all_columns(match)
        if row is None:
            row = entry.kind.model(**columns)
            self._save(row)
            self.report.added.append(Change.of(row, written(entry.path)))
        elif changed := [name for name, value in columns.items() if getattr(row, name) != value]:
            for name in changed:
                setattr(row, name, columns[name])
            self._refuse_circle(entry, row, changed)
            self._save(row, update_fields={*changed, *_following(entry.kind.model)})
            self.report.changed.append(Change.of(row, written(entry.path), changed))
        else:
            self.report.unchanged += 1
        self._know(entry, row)

    def _all_columns(self, match: Match) -> Columns:
        entry = match.entry
        columns = self._columns(entry, entry.kind.fields)
        if entry.owner:
            columns[f"{entry.kind.owner}_id"] = self.rows[entry.owner].pk
        if match.order is not None:
            columns["order"] = match.order
        return columns

    def _columns(self, entry: Entry, fields: tuple[Field, ...]) -> Columns:
        follows = defaults(entry.kind, self.document.tree["language"], self.event.text("status"))
        reading = Reading(follows, lambda model, name: self.keys[(model, name)])
        return {column: value for each in fields for column, value in each.read(entry.node, reading).items()}

    def _save(self, row: Any, **options: Any) -> None:
        self._give_reason(row)
        row.save(**options)

    def _give_reason(self, row: Any) -> None:
        """The edit history says where a change came from."""
        row._change_reason = f"dossier {self.event.name}"[:_REASON_LENGTH]

    def _know(self, entry: Entry, row: Any) -> None:
        """From here on others can point to it."""
        self.rows[entry] = row
        if entry.name:
            self.keys[(entry.kind.model, entry.name)] = row.pk
        if isinstance(row, Wording):
            self.keys[(Wording, (row.proposition_id, row.number))] = row.pk
        for slug in entry.texts("former_slugs"):
            self._lead_from(slug, row)

    def _lead_from(self, slug: str, row: Any) -> None:
        addresses = FormerAddress.objects.filter(kind=row._meta.db_table, slug=slug)
        if not addresses.filter(target=row.pk).exists():
            addresses.delete()
            FormerAddress.objects.create(kind=row._meta.db_table, slug=slug, target=row.pk)
            self.report.added.append(Change("former slug", "former slugs", slug))

    def _refuse_circle(self, entry: Entry, row: Any, changed: list[str]) -> None:
        """One that leads through records which are not in the file."""
        if "parent_id" in changed:
            try:
                refuse_circle(row, "parent")
            except ValidationError as error:
                raise self.document.error([Problem((*entry.path, "parent"), error.messages[0])]) from error

    # --- what is no longer in the file ----------------------------------------------------------------

    def _removable(self, kind: Kind, rows: list[Any]) -> list[Any]:
        """What is the event's alone; of what people and the like are made of, that of those no other event uses."""
        owner = KINDS[kind]
        if kind.of_event or owner is None:
            return rows if kind.of_event else []
        others = Event.objects.exclude(pk=self.keys.get((Event, self.event.name), 0))
        owners = {getattr(row, f"{kind.owner}_id") for row in rows}
        for path in owner.used_by if rows else ():
            used = owner.model._base_manager.filter(pk__in=owners, **{f"{path}__in": others})
            owners -= set(used.values_list("pk", flat=True))
        return [row for row in rows if getattr(row, f"{kind.owner}_id") in owners]

    def _remove(self, rows: list[Any]) -> None:
        """Parts before what they are part of, so that each leaves its own line in the history."""
        for row in reversed(rows):
            self._give_reason(row)
            row.delete()


def _following(model: type[models.Model]) -> set[str]:
    """The columns that are set from others of the row when it is saved."""
    return {column.name for column in model._meta.concrete_fields if isinstance(column, Following)}
