"""The way of a record from a draft into the public and out of it: which step may be taken, by whom, and taking it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from debate.publishing import HasStatus, Status
from review.changing import change, locked, refuse_moved_on, written_whole
from review.models import Revision
from review.refusals import NotAllowed, ReasonMissing
from review.roles import Author


class Step(models.TextChoices):
    SEND_TO_REVIEW = "send_to_review", _("Send to review")
    TAKE_BACK = "take_back", _("Take back from review")
    PUBLISH = "publish", _("Publish")
    SEND_BACK = "send_back", _("Send back")
    WITHDRAW = "withdraw", _("Withdraw")
    PUBLISH_AGAIN = "publish_again", _("Publish again")


@dataclass(frozen=True, slots=True)
class _Move:
    before: frozenset[str]
    after: Status
    by_publishers: bool = True


_MOVES: Mapping[Step, _Move] = {
    Step.SEND_TO_REVIEW: _Move(frozenset({Status.DRAFT}), Status.IN_REVIEW, by_publishers=False),
    Step.TAKE_BACK: _Move(frozenset({Status.IN_REVIEW}), Status.DRAFT, by_publishers=False),
    Step.PUBLISH: _Move(frozenset({Status.DRAFT, Status.IN_REVIEW}), Status.PUBLISHED),
    Step.SEND_BACK: _Move(frozenset({Status.IN_REVIEW}), Status.DRAFT),
    Step.WITHDRAW: _Move(frozenset({Status.PUBLISHED}), Status.WITHDRAWN),
    Step.PUBLISH_AGAIN: _Move(frozenset({Status.WITHDRAWN}), Status.PUBLISHED),
}


def steps(record: HasStatus, by: Author) -> list[Step]:
    """Those that lie before the record and that `by` may take."""
    if not by.may("change", type(record)):
        return []
    return [step for step, move in _MOVES.items() if record.status in move.before and _may(move, by)]


def _may(move: _Move, by: Author) -> bool:
    return by.may_publish if move.by_publishers else by.may_send_to_review


def take[R: HasStatus](step: Step, record: R, by: Author, *, base_revision: int | None = None, reason: str = "") -> R:
    """The record as it is then. The reason of a withdrawal is what the public reads at its address.

    Raises what `review.changing.change` does.
    """
    with written_whole():
        present = locked(type(record), record.pk)
        values = _values(step, reason)
        refuse_moved_on(present, base_revision, values)
        if step not in steps(present, by):
            raise NotAllowed(gettext("This step can't be taken from where the record is, or not by you."))
        sender = sender_of(present) if step is Step.SEND_BACK else None
        taken = change(present, values, by, reason=reason).record
        assert taken is not None  # it is there already, and a step waits for nobody
        _notices(taken).update(is_closed=True)
        if sender is not None:
            _tell(sender, taken, by, reason)
    return taken


def _values(step: Step, reason: str) -> dict[str, str]:
    values: dict[str, str] = {"status": _MOVES[step].after}
    line = " ".join(reason.split())
    if step is Step.SEND_BACK and not line:
        raise ReasonMissing(gettext("Say why it is sent back."))
    if step is Step.WITHDRAW:
        if not line:
            raise ReasonMissing(gettext("Say in a line why it is withdrawn: it is shown at its address."))
        values["withdrawn_because"] = line
    return values


def sender_of(record: Any) -> User | None:
    """Who brought it into the review it is in; two queries. None where the history does not know."""
    history = type(record).history.filter(id=record.pk)
    before = history.exclude(status=Status.IN_REVIEW).order_by("-history_id").values_list("history_id", flat=True)
    sent = history.filter(history_id__gt=before.first() or 0).order_by("history_id").select_related("history_user")
    first = sent.first()
    return first.history_user if first else None


def _notices(record: Any) -> models.QuerySet[Revision]:
    kind = ContentType.objects.get_for_model(record)
    return Revision.objects.filter(content_type=kind, object_id=record.pk, values={}, state=Revision.State.SENT_BACK)


def _tell(sender: User, record: Any, by: Author, comment: str) -> None:
    """As a change that came back, without values: it is listed with those of its sender."""
    Revision.objects.create(
        content_type=ContentType.objects.get_for_model(record),
        object_id=record.pk,
        values={},
        base_revision=record.revision,
        author=sender,
        state=Revision.State.SENT_BACK,
        decided_by=by.user,
        decided_at=timezone.now(),
        decision_comment=comment,
    )
