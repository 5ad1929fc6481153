"""Waiting changes are accepted or sent back by somebody who may publish; their authors take them back, or try again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from review.changing import Outcome, change, locked, refuse_moved_on, written_whole
from review.models import Revision
from review.refusals import Decided, Gone, NotAllowed, ReasonMissing
from review.roles import Author
from review.rows import PK, relation_called, stored


def accept(revision: Revision, by: Author, comment: str = "") -> Model:
    """Writes its values, in the name of its author, and gives the record as it is then.

    Raises MovedOn where the record was changed since, and then the change goes on waiting; or Decided, Gone, Invalid.
    """
    with transaction.atomic():
        waiting = _undecided(revision, by)
        outcome = change(
            _record_of(waiting),
            dict(_with_what_came_since(waiting)),
            by,
            base_revision=waiting.base_revision or None,
            reason=waiting.comment,
            written_by=waiting.author,
        )
        assert outcome.record is not None  # it waits for nobody: `by` may publish
        waiting.object_id = outcome.record.pk
        _decide(waiting, Revision.State.ACCEPTED, by, comment)
    revision.refresh_from_db()
    return outcome.record


def _with_what_came_since(waiting: Revision) -> Iterator[tuple[str, Any]]:
    """Its values say which rows a record is to have; those that its author can't have seen stay. A query a relation."""
    model = waiting.content_type.model_class()
    for name, value in waiting.values.items():
        relation = relation_called(model, name) if model is not None else None
        if relation is None or waiting.object_id is None:
            yield name, value
            continue
        rows = relation.related_model._base_manager.filter(**{relation.field.name: waiting.object_id})
        named = [row[PK] for row in value if row.get(PK)]
        newer = rows.filter(created_at__gt=waiting.created_at).exclude(pk__in=named).order_by("pk")
        yield name, [*value, *({PK: key} for key in newer.values_list("pk", flat=True))]


def send_back(revision: Revision, by: Author, comment: str) -> None:
    """Leaves the record as it is; the comment tells the author why."""
    with transaction.atomic():
        waiting = _undecided(revision, by)
        if not comment.strip():
            raise ReasonMissing(_("Say why it is sent back."))
        _decide(waiting, Revision.State.SENT_BACK, by, comment)
    revision.refresh_from_db()


def take_back(revision: Revision, by: Author) -> None:
    """Its author thinks better of it before anybody has decided."""
    with transaction.atomic():
        waiting = _waiting(revision)
        _refuse_others(waiting, by)
        waiting.is_closed = True
        _decide(waiting, Revision.State.SENT_BACK, by, _("Taken back by its author."))
    revision.refresh_from_db()


def close(revision: Revision, by: Author) -> None:
    """Its author leaves it at what was said when it was sent back."""
    _refuse_others(revision, by)
    Revision.objects.filter(pk=revision.pk, state=Revision.State.SENT_BACK).update(is_closed=True)


def propose_again(
    revision: Revision, values: Mapping[str, Any], by: Author, *, base_revision: int | None = None, reason: str = ""
) -> Outcome[Model]:
    """Its author's next attempt, made from the present state, after it was sent back; it can be tried again once."""
    with written_whole():
        sent_back = _locked(revision)
        _refuse_others(sent_back, by)
        if sent_back.state != Revision.State.SENT_BACK or sent_back.is_closed:
            raise Decided
        record = _record_of(sent_back)
        outcome = change(record, values, by, base_revision=base_revision, reason=reason)
        _follow(sent_back, outcome.waiting)
    return outcome


def make_again(revision: Revision, values: Mapping[str, Any], by: Author, *, base_revision: int) -> Revision:
    """A waiting change of what was changed since, once more from the present state, which `by` saw: those of its values
    that still apply. It stays the change of its author, for whom a reviewer may do it. Raises MovedOn.
    """
    with written_whole():
        waiting = _waiting(revision)
        if not by.may_publish:
            _refuse_others(waiting, by)
        record: Any = locked(type(_record_of(waiting)), waiting.object_id)
        refuse_moved_on(record, base_revision, values)
        again = Revision.objects.create(
            content_type=waiting.content_type,
            object_id=waiting.object_id,
            values=stored(type(record), values),
            base_revision=record.revision,
            author=waiting.author,
            comment=waiting.comment,
        )
        _follow(waiting, again)
        _decide(waiting, Revision.State.SENT_BACK, by, _("Made again from the present state."))
    return again


def _follow(revision: Revision, next_one: Revision | None) -> None:
    revision.is_closed = True
    revision.save()
    if next_one is not None:
        next_one.follows = revision
        next_one.save()


def _undecided(revision: Revision, by: Author) -> Revision:
    if not by.may_publish:
        raise NotAllowed(_("Only those who may publish decide on waiting changes."))
    return _waiting(revision)


def _waiting(revision: Revision) -> Revision:
    waiting = _locked(revision)
    if waiting.state != Revision.State.WAITING:
        raise Decided
    return waiting


def _locked(revision: Revision) -> Revision:
    """So that of two who decide at once the second is told."""
    return Revision.objects.select_for_update().get(pk=revision.pk)


def _refuse_others(revision: Revision, by: Author) -> None:
    if revision.author_id != by.user.pk:
        raise NotAllowed(_("Only its author can do that."))


def _record_of(waiting: Revision) -> Model:
    if waiting.object_id is not None and waiting.record is None:
        raise Gone
    model = waiting.content_type.model_class()
    if model is None:
        raise Gone
    record: Model = waiting.record or model()
    return record


def _decide(waiting: Revision, state: Revision.State, by: Author, comment: str) -> None:
    waiting.state, waiting.decided_by, waiting.decided_at = state, by.user, timezone.now()
    waiting.decision_comment = comment
    waiting.save()
