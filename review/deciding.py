"""Waiting changes are accepted or sent back by somebody who may publish."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from review.changing import change
from review.models import Revision
from review.refusals import Decided, Gone, NotAllowed, ReasonMissing
from review.roles import Author


def accept(revision: Revision, by: Author, comment: str = "") -> Model:
    """Writes its values, in the name of its author, and gives the record as it is then.

    Raises MovedOn where the record was changed since, and then the change goes on waiting; or Decided, Gone, Invalid.
    """
    with transaction.atomic():
        waiting = _undecided(revision, by)
        outcome = change(
            _record_of(waiting),
            waiting.values,
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


def send_back(revision: Revision, by: Author, comment: str) -> None:
    """Leaves the record as it is; the comment tells the author why."""
    with transaction.atomic():
        waiting = _undecided(revision, by)
        if not comment.strip():
            raise ReasonMissing(_("Say why it is sent back."))
        _decide(waiting, Revision.State.SENT_BACK, by, comment)
    revision.refresh_from_db()


def _undecided(revision: Revision, by: Author) -> Revision:
    """Locked, so that of two who decide at once the second is told."""
    if not by.may_publish:
        raise NotAllowed(_("Only those who may publish decide on waiting changes."))
    waiting = Revision.objects.select_for_update().get(pk=revision.pk)
    if waiting.state != Revision.State.WAITING:
        raise Decided
    return waiting


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
