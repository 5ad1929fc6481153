"""Somebody saves a form whose record or rows others changed meanwhile: nothing is written, three versions are shown.

What only others changed is taken into the form, what both changed is asked for, and all that was typed stays in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, Model
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from editing.guarding.opened import BEFORE, SEEN, Opened, read
from editing.screens import key_sent
from review.rows import held
from review.versions import Names, written_columns
from speakers.bilingual import LANGUAGES

ASKED, TAKE = "_asked", "_take-"
MINE, THEIRS = "mine", "theirs"
_DELETE = "DELETE"
_CHANGES_TOLD = 5


@dataclass(frozen=True, slots=True)
class Contest:
    """A field that somebody changed. `state` says who: "both", "theirs" or "yours"."""

    name: str  # in the form
    row: str  # of which row, if not of the record itself
    label: str
    language: str
    before: str
    yours: str
    now: str
    state: str
    answer: str = ""  # what the editor chose already

    @property
    def choice(self) -> str:
        return TAKE + self.name


@dataclass(frozen=True, slots=True)
class Conflict:
    """`data` is what was typed, with what others changed; `by` are the newest rows of history of their changes."""

    data: QueryDict
    began: Opened
    contests: tuple[Contest, ...] = ()
    notes: tuple[str, ...] = ()
    by: tuple[Any, ...] = ()
    is_gone: bool = False
    lacks_answers: bool = False

    @property
    def asked(self) -> list[Contest]:
        return [one for one in self.contests if one.state == "both"]


def settled(post: QueryDict, record: Any, form: Any, formsets: Sequence[Any]) -> QueryDict | Conflict:
    """What was sent, with the answers in it followed, where it may be saved. `form` and `formsets` are unbound, of the
    record as it is now. Costs a query for each kind of record that was changed meanwhile.
    """
    answers = {name: post.get(TAKE + name, "") for name in post.getlist(ASKED)}
    is_answered = all(answer in {MINE, THEIRS} for answer in answers.values())
    merging = _Merging(post.copy(), read(post.get(SEEN if is_answered else BEFORE, "")), answers)
    merging.take_record(record, form)
    for formset in formsets:
        merging.take_rows(formset)
    if not merging.is_moved:
        return merging.data
    return merging.conflict(record, lacks_answers=not is_answered)


def gone(post: QueryDict, formsets: Sequence[Any]) -> Conflict:
    """The record was deleted meanwhile: what was typed is kept, to be added anew."""
    data = post.copy()
    for formset in formsets:
        rows = [typed for typed in _posted(data, formset.prefix) if _DELETE not in typed]
        for typed in rows:
            typed["id"] = ""
            if hasattr(formset, "fk"):
                typed[formset.fk.name] = ""
        _put_rows(data, formset.prefix, [], rows)
    return Conflict(data, Opened(), is_gone=True)


@dataclass(frozen=True, slots=True)
class _Differing:
    """What becomes a Contest when the names of all that is pointed to are known."""

    name: str
    row: str
    column: Any
    before: Any
    yours: Any
    now: Any
    state: str
    answer: str

    def pointed_to(self) -> Iterator[tuple[type[Model], Any]]:
        if isinstance(self.column, ForeignKey):
            yield from ((self.column.related_model, key) for key in (self.before, self.yours, self.now) if key)

    def told(self, names: Names) -> Contest:
        if isinstance(self.column, str):
            before, yours, now, label, language = self.before, self.yours, self.now, self.column, ""
        else:
            before, yours, now = (_named(names, self.column, value) for value in (self.before, self.yours, self.now))
            label, language = str(self.column.verbose_name), self.column.name.rpartition("_")[2]
        language = language if language in LANGUAGES else ""
        return Contest(self.name, self.row, label, language, before, yours, now, self.state, self.answer)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A form of the page, of the record itself or of a row; `at` and `to` are what the names of its fields began with
    and will begin with. Without a past version, all of it is taken for changed.
    """

    form: Any
    past: Any
    now: Any
    typed: Any
    row: str = ""
    at: str = ""
    to: str = ""

    def state(self, one: forms.Field, value: Any, was: Any, is_now: Any) -> str:
        theirs, yours = self.past is None or was != is_now, self.past is None or one.has_changed(was, value)
        return "both" if theirs and yours else "theirs" if theirs else "yours"


@dataclass(slots=True)
class _Merging:
    data: QueryDict
    began: Opened
    answers: Mapping[str, str]
    is_moved: bool = False
    found: list[_Differing] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def take_record(self, record: Any, form: Any) -> None:
        past = record
        if record.revision != self.began.revision:
            self.is_moved = True
            past = _versions(type(record), {record.pk: self.began.revision}).get(record.pk)
        self._take(_Sheet(form, past, record, self.data))

    def take_rows(self, formset: Any) -> None:
        """Of rows that somebody added meanwhile nothing has to be decided: they stay."""
        prefix, posted = formset.prefix, _posted(self.data, formset.prefix)
        present = {form.instance.pk: form for form in formset.initial_forms}
        seen = self.began.rows.get(prefix, {})
        keys = [_key(typed) for typed in posted]
        moved = {key: seen.get(key) for key in keys if key and _revision(present.get(key)) != seen.get(key)}
        past = _versions(formset.model, moved)
        existing: list[MultiValueDict[str, str]] = []
        new: list[MultiValueDict[str, str]] = []
        for index, (key, typed) in enumerate(zip(keys, posted, strict=True)):
            if key is None:
                new.append(typed)
            elif key not in present:
                self.is_moved = True
                new += self._rescued(formset, past.get(key), typed)
            else:
                form, at, to = present[key], f"{prefix}-{index}-", f"{prefix}-{len(existing)}-"
                then = past.get(key) if key in moved else form.instance
                self._take_row(_Sheet(form, then, form.instance, typed, _name_of(form.instance), at, to))
                self.is_moved |= key in moved
                existing.append(typed)
        _put_rows(self.data, prefix, existing, new)

    def conflict(self, record: Any, *, lacks_answers: bool) -> Conflict:
        names = Names(key for one in self.found for key in one.pointed_to())
        contests = tuple(one.told(names) for one in self.found)
        history = record.history.filter(revision__gt=self.began.revision or 0).select_related("history_user")
        by = tuple(history.order_by("-history_date", "-history_id")[:_CHANGES_TOLD])
        return Conflict(self.data, self.began, contests, tuple(self.notes), by, lacks_answers=lacks_answers)

    def _take_row(self, sheet: _Sheet) -> None:
        answer = self.answers.get(sheet.at + _DELETE, "")
        if answer == THEIRS:
            sheet.typed.pop(_DELETE, None)
        if _DELETE in sheet.typed and sheet.past is not sheet.now:
            told = (_("the whole of it"), "", _("deleted"), _("changed"))
            self.found.append(_Differing(sheet.to + _DELETE, sheet.row, *told, "both", answer))
        self._take(sheet)

    def _take(self, sheet: _Sheet) -> None:
        for column, one in _compared(sheet.form):
            name, is_now = column.name, held(column, sheet.now)
            was = is_now if sheet.past is None else held(column, sheet.past)
            answer = self.answers.get(sheet.at + name, "")
            if answer == THEIRS:
                _put(sheet.typed, one, name, was)
            value = one.widget.value_from_datadict(sheet.typed, {}, name)
            if not one.has_changed(is_now, value):
                continue
            state = sheet.state(one, value, was, is_now)
            if state == "theirs":
                _put(sheet.typed, one, name, is_now)
            before, yours = None if sheet.past is None else was, _cleaned(one, value)
            self.found.append(_Differing(sheet.to + name, sheet.row, column, before, yours, is_now, state, answer))

    def _rescued(self, formset: Any, past: Any, typed: Any) -> list[Any]:
        """Of a row that is gone what was typed into it, as a new one."""
        name = _name_of(past.instance) if past is not None else str(formset.model._meta.verbose_name)
        if _DELETE in typed:
            return []
        is_changed = past is None or any(
            one.has_changed(held(column, past), one.widget.value_from_datadict(typed, {}, column.name))
            for column, one in _compared(formset.empty_form)
        )
        if not is_changed:
            self.notes.append(_("%(row)s: was deleted by somebody else meanwhile.") % {"row": name})
            return []
        typed["id"] = ""
        told = _(
            "%(row)s: was deleted by somebody else meanwhile. What you changed in it is kept below as a new row; take"
            " that out if the row is to stay deleted."
        )
        self.notes.append(told % {"row": name})
        return [typed]


def _compared(form: Any) -> Iterator[tuple[Any, Any]]:
    """The columns that the form edits, each with its field."""
    for column in written_columns(form._meta.model):
        one = form.fields.get(column.name)
        if one is not None and not one.disabled and not hasattr(one, "parent_instance"):
            yield column, one


def _versions(model: Any, wanted: Mapping[int, int | None]) -> dict[int, Any]:
    """The rows of history with these revisions, by the primary key of the record."""
    if not wanted:
        return {}
    revisions = [revision for revision in wanted.values() if revision is not None]
    rows = model.history.filter(id__in=wanted, revision__in=revisions).exclude(history_type="-").order_by("history_id")
    return {row.id: row for row in rows if wanted[row.id] == row.revision}


def _revision(form: Any) -> int | None:
    return None if form is None else form.instance.revision


def _name_of(record: Model) -> str:
    return f"{record._meta.verbose_name}: {record}"


def _named(names: Names, column: Any, value: Any) -> str:
    return names.of(column, None if value in ("", []) else value)


def _cleaned(one: forms.Field, value: Any) -> Any:
    """What was typed as the column would have it; as it was typed if that can't be."""
    try:
        cleaned = one.clean(value)
    except ValidationError:
        return value
    return cleaned.pk if isinstance(cleaned, Model) else cleaned


# --- what was sent -----------------------------------------------------------------------------------------


def _posted(data: QueryDict, prefix: str) -> list[MultiValueDict[str, str]]:
    """The rows of a formset, by the names of their fields."""
    rows: dict[int, MultiValueDict[str, str]] = {}
    for name, values in data.lists():
        if match := re.fullmatch(rf"{re.escape(prefix)}-(\d{{1,6}})-(.+)", name):
            rows.setdefault(int(match[1]), MultiValueDict()).setlist(match[2], values)
    return [rows[index] for index in sorted(rows)]


def _key(typed: MultiValueDict[str, str]) -> int | None:
    return key_sent(str(typed.get("id", "")))


def _put_rows(data: QueryDict, prefix: str, existing: Sequence[Any], new: Iterable[Any]) -> None:
    rows = [*existing, *new]
    for name in [name for name in data if re.fullmatch(rf"{re.escape(prefix)}-\d{{1,6}}-.+", name)]:
        del data[name]
    for index, typed in enumerate(rows):
        for name, values in typed.lists():
            data.setlist(f"{prefix}-{index}-{name}", values)
    if f"{prefix}-TOTAL_FORMS" in data:
        data[f"{prefix}-TOTAL_FORMS"], data[f"{prefix}-INITIAL_FORMS"] = str(len(rows)), str(len(existing))


def _put(typed: Any, one: forms.Field, name: str, value: Any) -> None:
    """As a browser would send it."""
    _put_widget(typed, getattr(one.widget, "widget", one.widget), name, one.prepare_value(value))


def _put_widget(typed: Any, widget: Any, name: str, value: Any) -> None:
    if isinstance(widget, forms.MultiWidget):
        for number, (part, of_part) in enumerate(zip(widget.widgets, widget.decompress(value) or (), strict=True)):
            _put_widget(typed, part, f"{name}_{number}", of_part)
    elif isinstance(widget, forms.CheckboxInput):
        typed.setlist(name, ["on"] if value else [])
        if not value:
            del typed[name]
    else:
        shown = widget.format_value(value)
        typed.setlist(name, shown if isinstance(shown, list) else ["" if shown is None else str(shown)])
