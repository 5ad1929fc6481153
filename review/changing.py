"""Somebody changes a record: the one way in, for the API and the admin alike.

Values are plain: columns by name, a foreign key as the primary key it points to. A name of a relation back to the
record, such as `capacities`, holds all rows that the record is to have there; one that has a `pk` is there already.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, OperationalError, transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from debate.models import Source
from debate.publishing import HasStatus, Status
from positions.marks import fates
from positions.models import Evidence, Position
from review.models import Revision
from review.publicity import is_published
from review.readiness import hindrances_of
from review.refusals import Clash, Difference, Gone, Invalid, Mistake, MovedOn, NotAllowed, ReasonMissing
from review.roles import Author
from review.rows import Writer, held, stored

type Values = Mapping[str, Any]

_LOCKED_OUT = {"40001", "40P01", "55P03"}
_ONLY_BY_PUBLISHERS = {Status.PUBLISHED, Status.WITHDRAWN}


@dataclass(frozen=True, slots=True)
class Outcome[M: Model]:
    """The record as it is now, which is as before where the change waits; None where it is new and waits."""

    record: M | None
    waiting: Revision | None = None


class _HasToWait(Exception):
    pass


def change[M: Model](
    record: M,
    values: Values,
    by: Author,
    *,
    base_revision: int | None = None,
    reason: str = "",
    written_by: Any = None,
) -> Outcome[M]:
    """Writes the values, all of them or none, or keeps them waiting where `by` may not change what the public sees.

    `record` is an unsaved one to make a new. `base_revision` is the one that the author saw; None if they saw none.
    The history names `written_by`, if that is another. Raises what is in `review.refusals`.
    """
    is_new = record._state.adding
    with written_whole():
        present = record if is_new else locked(type(record), record.pk)
        _refuse_what_is_not_theirs(present, values, by)
        refuse_moved_on(present, base_revision, values)
        values = _with_time_of_withdrawal(present, values)
        was_published = not is_new and is_published(present)
        text_before = present.text if isinstance(present, Source) else ""
        try:
            with transaction.atomic():
                writer = Writer(written_by or by.user, reason)
                written = writer.write(present, values)
                if written is None:
                    return Outcome(present)
                _settle(written, was_published=was_published, by=by, reason=reason)
                if isinstance(written, Source):
                    _let_marks_follow(written, text_before, writer, by)
                return Outcome(written)
        except _HasToWait:
            return _keep_waiting(type(record), None if is_new else record.pk, values, by, reason)


def _settle(written: Model, *, was_published: bool, by: Author, reason: str) -> None:
    """Decides by what the public would see, which only the database can tell, what becomes of what was written."""
    published = is_published(written)
    if (was_published or published) and not by.may_publish:
        raise _HasToWait
    if (was_published or (published and not isinstance(written, HasStatus))) and not reason.strip():
        raise ReasonMissing
    if published and not was_published and isinstance(written, Position):
        _refuse_unready(written)


def _refuse_unready(position: Position) -> None:
    if hindrances := hindrances_of(position):
        raise Invalid([Mistake(("status",), str(hindrance.label)) for hindrance in hindrances])


def _let_marks_follow(source: Source, text_before: str, writer: Writer, by: Author) -> None:
    """Finds again what was read in its text, by whatever way that was changed; a person confirms what is not exact."""
    if source.text in ("", text_before):
        return
    rows = Evidence.objects.select_for_update(of=("self",)).filter(source=source).select_related("position")
    for fate in fates(rows.order_by("pk"), source.text, text_before):
        evidence = fate.evidence
        evidence.source = source  # else each would fetch the whole text once more
        was_published = is_published(evidence)
        if writer.write(evidence, fate.values) is not None:
            _settle(evidence, was_published=was_published, by=by, reason=writer.reason)


def _keep_waiting[M: Model](model: type[M], key: int | None, values: Values, by: Author, reason: str) -> Outcome[M]:
    if not reason.strip():
        raise ReasonMissing
    present: Any = None if key is None else locked(model, key)
    waiting = Revision.objects.create(
        content_type=ContentType.objects.get_for_model(model),
        object_id=key,
        values=stored(model, values),
        base_revision=present.revision if present else 0,
        author=by.user,
        comment=reason,
    )
    return Outcome(present, waiting)


def locked[M: Model](model: type[M], key: int | None) -> M:
    """The record as it is now, which nobody else changes before the transaction ends; raises Gone."""
    rows: Any = model._base_manager
    try:
        found: M = rows.select_for_update(of=("self",)).get(pk=key)
    except model.DoesNotExist:  # type: ignore[attr-defined]
        raise Gone from None
    return found


def refuse_moved_on(present: Model, base_revision: int | None, values: Values) -> None:
    if base_revision is not None and present.revision != base_revision:  # type: ignore[attr-defined]
        raise MovedOn(present, differences(present, values, base_revision))


def differences(present: Model, values: Values, base_revision: int | None = None) -> list[Difference]:
    """Of the columns that are to change or that others changed: before, yours, now. Two queries at most."""
    history: Any = type(present).history  # type: ignore[attr-defined]
    past = history.filter(id=present.pk, revision=base_revision).first() if base_revision is not None else None
    return list(_differences(present, values, past))


def _differences(present: Model, values: Values, past: Model | None) -> Iterator[Difference]:
    for field in present._meta.concrete_fields:
        if not field.editable or field.primary_key or (field.name not in values and past is None):
            continue
        now, before = held(field, present), held(field, past) if past else None
        yours = field.to_python(values[field.name]) if field.name in values else before
        if yours != now:
            yield Difference(field.name, before, yours, now)


@contextmanager
def written_whole() -> Iterator[None]:
    """All of it or nothing. What only the database can refuse, since others write at the same moment, is a Clash."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise Clash from error
    except OperationalError as error:
        if not _is_clash(error):
            raise
        raise Clash from error


def _is_clash(error: OperationalError) -> bool:
    """Two held what the other waits for (PostgreSQL), or the one before took too long (SQLite)."""
    return getattr(error.__cause__, "sqlstate", "") in _LOCKED_OUT or "database is locked" in str(error)


def _refuse_what_is_not_theirs(present: Model, values: Values, by: Author) -> None:
    is_new = present._state.adding
    if not by.may("add" if is_new else "change", type(present)):
        named = present._meta.verbose_name_plural
        message = _("You may not add %(records)s.") if is_new else _("You may not change %(records)s.")
        raise NotAllowed(message % {"records": named})
    if isinstance(present, HasStatus) and not by.may_publish:
        _refuse_status(present, values, by)


def _refuse_status(present: HasStatus, values: Values, by: Author) -> None:
    before, after = present.status, values.get("status", present.status)
    if before == Status.WITHDRAWN or (_ONLY_BY_PUBLISHERS & {before, after} and before != after):
        raise NotAllowed(_("Only those who may publish can publish, withdraw, or change what was withdrawn."))
    if before != after and not by.may_send_to_review:
        raise NotAllowed(_("Only editors can send to review, or take back from it."))


def _with_time_of_withdrawal(present: Model, values: Values) -> Values:
    """Of this withdrawal: one that was published again has that of the last."""
    if not isinstance(present, HasStatus) or values.get("status") != Status.WITHDRAWN != present.status:
        return values
    return {"withdrawn_at": timezone.now(), **values}
