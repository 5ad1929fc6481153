"""The rows of the screen as they are shown: each cell, and what the names in it mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from editing.entering.entry import Entry
from editing.entering.forms import ANOTHER, LABEL, NEW, RowForm, said
from editing.entering.known import Known
from editing.entering.reading import Decision, Reading

SHOWN = ("name", "organization", "role", "unit", "session", "role_there", "basis")
MORE = ("name_as_printed", "organization_as_printed", "locator", "doubtful", "note")
_CHOICES = {"name": "person", "organization": "affiliated"}


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """What a name will come to: a word for its look, the same in words, and what else it may be."""

    state: str
    words: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    column: str
    field: Any
    errors: Any
    choice: Any = None
    mark: Mark | None = None
    is_more: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    cells: tuple[Cell, ...]
    errors: Any

    @property
    def name(self) -> str:
        """As the ids on the page have it."""
        return str(self.number)


@dataclass(frozen=True, slots=True)
class Heading:
    column: str
    label: Any
    is_more: bool


def headings() -> list[Heading]:
    fields = RowForm.base_fields
    return [Heading(column, fields[column].label, column in MORE) for column in (*SHOWN, *MORE)]


def lines(entry: Entry, reading: Reading, *, checked: bool) -> list[Line]:
    return [
        Line(at + 1, tuple(_cells(form, reading, checked=checked)), form.non_field_errors() if checked else ())
        for at, form in enumerate(entry.rows.forms)
    ]


def host_cells(entry: Entry, reading: Reading, *, checked: bool) -> list[tuple[Any, Cell]]:
    return [
        (form, _cell(form, "organization", reading.organization(form), checked=checked)) for form in entry.hosts.forms
    ]


def any_more(entry: Entry, *, checked: bool) -> bool:
    """Whether something is in the columns that are usually left empty."""
    return any(
        said(form, column) or (checked and column in form.errors) for form in entry.rows.forms for column in MORE
    )


def _cells(form: forms.Form, reading: Reading, *, checked: bool) -> Iterator[Cell]:
    decisions = {"name": reading.who(form), "organization": reading.organization(form)}
    for column in (*SHOWN, *MORE):
        yield _cell(form, column, decisions.get(column), checked=checked)


def _cell(form: forms.Form, column: str, decision: Decision | None, *, checked: bool) -> Cell:
    errors = form.errors.get(column, ()) if checked else ()
    is_more = column in MORE
    if column not in _CHOICES:
        return Cell(column, form[column], errors, is_more=is_more)
    choice = form[_CHOICES[column]]
    return Cell(column, form[column], errors, choice, _mark(column, said(form, choice.name), decision))


def _mark(column: str, choice: str, decision: Decision | None) -> Mark:
    if decision is None:
        return Mark("", "", tuple(_options(column, choice, ())))
    return Mark(decision.state, in_words(decision), tuple(_options(column, choice, decision.offers, decision.meant)))


def in_words(decision: Decision) -> str:
    match decision.state:
        case "known" if decision.meant:
            return _("known: %(who)s") % {"who": told(decision.meant)}
        case "new" if decision.offers:
            return _("will be made, beside %(who)s") % {"who": told(decision.offers[0])}
        case "new":
            return _("will be made")
        case "label":
            return _("unnamed, as printed")
        case "open":
            return _("known already? %(who)s") % {"who": told(decision.offers[0])}
    return _("no longer there: choose again")


def told(one: Known) -> str:
    return " – ".join(filter(None, (one.label, one.detail)))


def _options(column: str, choice: str, offers: tuple[Known, ...], meant: Known | None = None) -> Iterator[Option]:
    """Those who may be meant, and that it is somebody else."""
    values = {one.key: str(one.key) if column == _column(one) else f"organization:{one.key}" for one in offers}
    chosen = choice or (values[meant.key] if meant else "")
    yield Option("", "—", chosen == "")
    for one in offers:
        yield Option(values[one.key], told(one), chosen == values[one.key])
    fixed = _new_people if column == "name" else _new_organizations
    for value, label in fixed():
        yield Option(value, label, chosen == value)


def _column(one: Known) -> str:
    return "name" if one.kind == "person" else "organization"


def _new_people() -> list[tuple[str, str]]:
    return [
        (NEW, _("somebody new")),
        (ANOTHER, _("somebody else of this name, new too")),
        (LABEL, _("unnamed: only as printed")),
        ("organization:new", _("an organization itself, new")),
    ]


def _new_organizations() -> list[tuple[str, str]]:
    return [(NEW, _("a new organization"))]
