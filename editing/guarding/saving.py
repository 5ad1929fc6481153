"""What was typed into a form of the admin and its rows, saved through `review`: all of it, or nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext as _

from editing.guarding.forms import WHY, Errors
from review.changing import Outcome, change
from review.deleting import delete
from review.models import Revision
from review.refusals import Invalid, Mistake, ReasonMissing, Refusal
from review.roles import Author
from review.rows import PK
from review.versions import PARTS

type Rows = Mapping[str, Sequence[Any]]  # by their relation, the form of each; None of a row that has none


class Refused(Exception):
    """Nothing was saved. `errors` say where the mistakes are."""

    def __init__(self, errors: Errors) -> None:
        super().__init__(errors)
        self.errors = errors


@dataclass(slots=True)
class Saved:
    """What became of it: `record` is None where it is new and waits."""

    record: Model | None = None
    waiting: list[Revision] = field(default_factory=list)

    def note(self, outcome: Outcome[Any]) -> Model | None:
        if outcome.waiting is not None:
            self.waiting.append(outcome.waiting)
        return outcome.record


def save(form: Any, formsets: Sequence[Any], by: Author) -> Saved:
    """The record with the rows that are parts of it as one change, then each row that is a record of its own. Raises
    Refused; called in `written_whole`.
    """
    model, is_new, reason = type(form.instance), form.instance._state.adding, form.cleaned_data.get(WHY, "")
    saved = Saved()
    together = [formset for formset in formsets if _relation_of(formset) in PARTS.get(model, ())]
    changed = {_relation_of(formset): list(_rows(formset)) for formset in together if _is_changed(formset)}
    for rows in changed.values():
        _refuse_losing_parts(rows)
    kept = {name: [row for row in rows if not row.removed] for name, rows in changed.items()}
    values = _values(form, whole=is_new) | {name: [row.values for row in rows] for name, rows in kept.items()}
    with _told("", {name: [row.form for row in rows] for name, rows in kept.items()}):
        saved.record = saved.note(change(model() if is_new else form.instance, values, by, reason=reason))
    for formset in formsets:
        if formset not in together:
            _save_one_by_one(formset, by, reason, saved)
    return saved


@dataclass(frozen=True, slots=True)
class _Row:
    form: Any
    values: Mapping[str, Any]
    removed: bool = False


def _rows(formset: Any) -> Iterator[_Row]:
    """All that the relation is to have, and what goes. What somebody else added meanwhile stays."""
    parent, posted = formset.fk.name, set()
    for form in formset.initial_forms:
        posted.add(form.instance.pk)
        if form in formset.deleted_forms:
            yield _Row(form, {}, removed=True)
        else:
            yield _Row(form, {PK: form.instance.pk, **_values(form, without=parent)})
    for row in formset.get_queryset():
        if row.pk not in posted:
            yield _Row(None, {PK: row.pk})
    yield from (_Row(form, _values(form, whole=True, without=parent)) for form in _new(formset))


def _new(formset: Any) -> Iterator[Any]:
    for form in formset.extra_forms:
        if form.has_changed() and form not in formset.deleted_forms:
            yield form


def _is_changed(formset: Any) -> bool:
    return bool(formset.deleted_forms) or any(form.has_changed() for form in formset.forms)


def _values(form: Any, *, whole: bool = False, without: str = "") -> dict[str, Any]:
    """Of the columns that were changed, or of all of what is new."""
    columns = {column.name for column in form._meta.model._meta.concrete_fields if not column.primary_key}
    names = [name for name in (form.cleaned_data if whole else form.changed_data) if name in columns - {without}]
    return {name: _plain(form.cleaned_data[name]) for name in names}


def _plain(value: Any) -> Any:
    return value.pk if isinstance(value, Model) else value


def _relation_of(formset: Any) -> str:
    return formset.fk.remote_field.name if isinstance(formset, BaseInlineFormSet) else ""


def _save_one_by_one(formset: Any, by: Author, reason: str, saved: Saved) -> None:
    """Rows that change, wait and go by themselves: they belong to another record, or are never public."""
    parent = formset.fk.name if isinstance(formset, BaseInlineFormSet) else ""
    for form in formset.deleted_forms:
        if form.instance.pk:
            try:
                delete(form.instance, by, reason=reason)
            except ReasonMissing as error:
                raise Refused({"": [(WHY, str(error))]}) from error
            except Refusal as error:
                raise Refused(_of_deleted(form, str(error))) from error
    for form in formset.initial_forms:
        if form.has_changed() and form not in formset.deleted_forms:
            with _told(form.prefix):
                saved.note(change(form.instance, _values(form, without=parent), by, reason=reason))
    for form in _new(formset):
        belongs = {parent: formset.instance.pk} if parent else {}
        with _told(form.prefix):
            saved.note(change(type(form.instance)(), {**_values(form, whole=True), **belongs}, by, reason=reason))


def _refuse_losing_parts(rows: Sequence[_Row]) -> None:
    """What has parts of its own is deleted by itself, so that all of it can be brought back together."""
    for row in rows:
        parts = PARTS.get(type(row.form.instance), ()) if row.removed else ()
        if any(getattr(row.form.instance, name).exists() for name in parts):
            message = _("This has parts of its own. Delete it on its own page: from there it can be brought back.")
            raise Refused(_of_deleted(row.form, message))


def _of_deleted(form: Any, message: str) -> Errors:
    """Told above the form: the errors of a row that is to go are not looked at."""
    return {"": [(None, f"{form.instance._meta.verbose_name} {form.instance}: {message}")]}


@contextmanager
def _told(prefix: str, rows: Rows | None = None) -> Iterator[None]:
    """Turns a refusal into errors at the form with the prefix, and at those of the rows."""
    try:
        yield
    except ReasonMissing as error:
        raise Refused({"": [(WHY, str(error))]}) from error
    except Invalid as error:
        raise Refused(_placed(error.mistakes, prefix, rows or {})) from error
    except Refusal as error:
        raise Refused({prefix: [(None, str(error))]}) from error


def _placed(mistakes: Sequence[Mistake], prefix: str, rows: Rows) -> Errors:
    errors: dict[str, list[tuple[str | None, str]]] = defaultdict(list)
    for mistake in mistakes:
        at, path = prefix, mistake.path
        match path:
            case (str(name), int(number), *rest) if name in rows:
                form = rows[name][number]
                at, path = ("" if form is None else form.prefix), tuple(rest)
        last = path[-1] if path else None
        errors[at].append((last if isinstance(last, str) else None, mistake.message))
    return errors
