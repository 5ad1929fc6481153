"""What was deleted lies in a bin for a while, with all its parts, and can be put back as it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.db.models.deletion import Collector
from django.utils import timezone
from django.utils.translation import gettext as _

from debate.publishing import HasStatus, Status
from review.changing import written_whole
from review.heirs import led_on
from review.models import Binned
from review.publicity import is_published
from review.references import reference_called
from review.refusals import Gone, InTheWay, NotAllowed, ReasonMissing
from review.roles import Author
from review.snapshots import Snapshot, insert, missing_targets, named, remade, snapshot

KEPT = timedelta(days=30)
_LONGEST_LABEL = 300


def throw_in(record: Model, collector: Collector, by: Author, reason: str, *, was_public: bool) -> Binned:
    """Keeps what the collector is about to delete."""
    empty()
    label = str(record)
    return Binned.objects.create(
        content_type=ContentType.objects.get_for_model(record),
        object_id=record.pk,
        label=label if len(label) <= _LONGEST_LABEL else label[: _LONGEST_LABEL - 1] + "…",
        was_public=was_public,
        rows=[*(snapshot(row) for row in _holders_first(collector)), *_let_go(collector)],
        deleted_by=by.user,
        reason=reason,
    )


def lying() -> QuerySet[Binned]:
    """What can still be put back, the last deleted first."""
    return Binned.objects.filter(deleted_at__gt=timezone.now() - KEPT).order_by("-deleted_at", "-pk")


def kept_until(binned: Binned) -> datetime:
    return binned.deleted_at + KEPT


def empty() -> int:
    """Lets go of what has lain there long enough; says how many went. The edit history keeps what they held."""
    return Binned.objects.filter(deleted_at__lte=timezone.now() - KEPT).delete()[0]


def put_back(binned: Binned, by: Author, reason: str = "") -> Model:
    """All of it or nothing, with the keys and addresses that it had. Who may not publish gets what was published as a
    draft.

    Raises InTheWay with all that is, NotAllowed, ReasonMissing, Gone, Clash.
    """
    with written_whole():
        lies = lying().select_for_update(of=("self",)).select_related("content_type").filter(pk=binned.pk).first()
        if lies is None:
            raise Gone
        rows = _remade(lies)
        _refuse_what_is_not_theirs(rows, by)
        if not by.may_publish:
            _make_drafts(rows, by)
        if problems := list(_in_the_way(rows)):
            raise InTheWay(problems)
        for row in rows:
            insert(row, by.user, reason or lies.reason)
        _take_hold_again(lies, by, reason or lies.reason)
        record = _settled(lies, rows, by, reason)
        lies.delete()
    return record


def _holders_first(collector: Collector) -> Iterator[Model]:
    collector.sort()
    for rows in reversed(collector.data.values()):
        yield from sorted(rows, key=lambda row: row.pk)
    for quick in collector.fast_deletes:
        yield from quick


def held_in(binned: Binned) -> list[Snapshot]:
    """The rows themselves, without what pointed to them and stayed."""
    return [taken for taken in binned.rows if "values" in taken]


def _let_go(collector: Collector) -> Iterator[Snapshot]:
    """What stays and points to nothing for now."""
    updates: Any = collector.field_updates
    for (column, _value), several in updates.items():
        if column.name in getattr(column.model, "derived_columns", ()):
            continue
        for row in (row for rows in several for row in rows):
            code = f"{column.model._meta.label_lower}.{column.name}"
            yield {"pointed": code, "key": row.pk, "to": getattr(row, column.attname)}


def _take_hold_again(lies: Binned, by: Author, reason: str) -> None:
    """What has come to point elsewhere goes on doing so."""
    for let_go in lies.rows:
        if "pointed" in let_go:
            reference = reference_called(let_go["pointed"])
            still = reference.rows.filter(**{"pk": let_go["key"], f"{reference.column}__isnull": True})
            reference.repoint([row.pk for row in still], let_go["to"], by.user, reason)


def _remade(lies: Binned) -> list[Model]:
    try:
        return [remade(taken) for taken in held_in(lies)]
    except (LookupError, ValidationError) as error:
        raise InTheWay([_("The record is kept in another form by now than when this was deleted.")]) from error


def _refuse_what_is_not_theirs(rows: Sequence[Model], by: Author) -> None:
    for model in {type(row) for row in rows}:
        if not by.may("add", model):
            raise NotAllowed(_("You may not add %(records)s.") % {"records": model._meta.verbose_name_plural})


def _make_drafts(rows: Iterable[Model], by: Author) -> None:
    for row in rows:
        if isinstance(row, HasStatus) and not (row.status == Status.IN_REVIEW and by.may_send_to_review):
            row.status = Status.DRAFT


def _in_the_way(rows: Sequence[Model]) -> Iterator[str]:
    """Costs a query for each kind of what they refer to, and for each row those of what must be there only once."""
    for row, field in [*missing_targets(rows)]:
        if not led_on(row, field):
            told = {"row": named(row), "field": field.verbose_name}
            yield _("%(row)s: what it refers to as its “%(field)s” is not there any more.") % told
    for row in rows:
        if type(row)._base_manager.filter(pk=row.pk).exists():
            yield _("%(row)s: is there again already.") % {"row": named(row)}
            continue
        try:
            row.validate_unique()
            row.validate_constraints()
        except ValidationError as error:
            yield from (f"{named(row)}: {message}" for message in error.messages)


def _settled(lies: Binned, rows: Iterable[Model], by: Author, reason: str) -> Model:
    """The record as the database has it. Decides, as a change does, by what the public would see."""
    held = [_read_again(row) for row in rows]
    if any(is_published(row) for row in held):
        if not by.may_publish:
            raise NotAllowed(_("Only those who may publish can put back what would be public at once."))
        if not reason.strip():
            raise ReasonMissing
    model = lies.content_type.model_class()
    return next(row for row in held if type(row) is model and row.pk == lies.object_id)


def _read_again(row: Model) -> Model:
    found: Model = type(row)._base_manager.get(pk=row.pk)
    return found
