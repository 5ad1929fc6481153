"""Two records side by side: their columns, what belongs to each, and what refers to it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from debate.models import Appearance, Capacity, EventOrganization
from editing.merging.records import page_of
from positions.models import Position, Remark
from review.merging import choosable
from review.references import Reference, references_to
from speakers.models import Affiliation, Name, Organization, Person

type Record = Person | Organization

MOST_SHOWN = 20  # of one kind
_FETCHED: dict[type[Model], tuple[str, ...]] = {
    Affiliation: ("person", "organization"),
    Appearance: ("session__event",),
    Capacity: ("appearance__session__event", "appearance__person"),
    EventOrganization: ("event",),
    Position: ("event",),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One that both fill in differently is chosen; `takes` says whether the second one's is."""

    name: str
    label: str
    kept: str
    gone: str
    takes: bool

    @property
    def differs(self) -> bool:
        return self.kept != self.gone


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Lines:
    """The first of what there is, and how many there are in all."""

    shown: tuple[Line, ...]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.shown)


@dataclass(frozen=True, slots=True)
class Part:
    label: str
    both: tuple[Lines, Lines]


def columns(kept: Record, gone: Record, taken: Collection[str] | None = None) -> list[Column]:
    """Those that one of them fills in. Unless it is said which are taken, what the first leaves empty is."""
    found = []
    for field in choosable(type(kept)):
        ours, theirs = _shown(field, kept), _shown(field, gone)
        takes = not ours if taken is None else field.name in taken
        if ours or theirs:
            found.append(Column(field.name, str(field.verbose_name), ours, theirs, takes))
    return found


def parts(kept: Record, gone: Record) -> list[Part]:
    """All that refers to either, at two queries for each kind, and one more where not all of a kind are shown."""
    references = references_to(type(kept))
    if isinstance(kept, Person):
        references.append(Reference(Position, "person"))
    found = (Part(_label(one), (_lines(one, kept), _lines(one, gone))) for one in references)
    return [part for part in found if any(lines.count for lines in part.both)]


def line(row: Model, of: Record | None = None) -> Line:
    """What the row says, without the name of the record that it is shown with."""
    return Line(" · ".join(str(part) for part in _told(row) if part and part != of), page_of(row))


def _shown(field: Any, record: Record) -> str:
    if field.is_relation:
        return str(getattr(record, field.name) or "")
    value = getattr(record, field.attname)
    return str(dict(field.flatchoices).get(value, value))


def _label(reference: Reference) -> str:
    if reference.model is Organization:
        return _("parts of it")
    if reference.model is Position:
        return _("positions (the summaries are the editors’ paraphrase)")
    return str(reference.model._meta.verbose_name_plural)


def _lines(reference: Reference, record: Record) -> Lines:
    rows = reference.rows.filter(**{reference.column: record.pk})
    if paths := _FETCHED.get(reference.model):
        rows = rows.select_related(*paths)
    first = list(rows[: MOST_SHOWN + 1])
    count = len(first) if len(first) <= MOST_SHOWN else rows.count()
    return Lines(tuple(line(row, record) for row in first[:MOST_SHOWN]), count)


def _told(row: Model) -> tuple[object, ...]:
    match row:
        case Name():
            return row.text, row.get_language_display(), row.get_kind_display(), row.period
        case Affiliation():
            return row.person, row.role, row.unit, row.organization, row.period
        case Appearance():
            return row.session.event, row.session, row.get_role_display(), row.name_as_printed
        case Capacity():
            return row.appearance.session.event, row.appearance.person, *row.parts, row.get_basis_display()
        case EventOrganization():
            return row.event, row.get_role_display()
        case Position():
            return row.get_stance_display(), row.summary, row.event
        case Remark():
            return row.date, row.text or row.statement
    return (row,)
