"""What a record was when a change of it was proposed, and when it was published last."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from debate.publishing import Status
from review.history import state_at
from review.models import Revision
from review.versions import PARTS, Values, plain

_JUST_BEFORE = timedelta(microseconds=1)


def when_proposed(revision: Revision) -> Values:
    """What its author saw of the record, and of the rows that they wrote to; empty where the history does not know.
    A query, and where there are rows one for each relation.
    """
    record: Any = revision.record
    history = type(record).history.filter(id=record.pk, revision=revision.base_revision)
    row = history.order_by("-history_id").first()
    if row is None:
        return {}
    parts = PARTS.get(type(record), ())
    wrote = [name for name in revision.values if name in parts]
    then = state_at(type(record), record.pk, revision.created_at) if wrote else None
    return {**plain(row), **{name: (then or {})[name] for name in wrote if then}}


def last_published(record: Any) -> tuple[Any, Values] | None:
    """The last row of the history in which it was published, and what was public then, with its parts; None where it
    never was. A query for each relation, and two more.
    """
    rows = type(record).history.filter(id=record.pk).select_related("history_user")
    last = rows.filter(status=Status.PUBLISHED).order_by("-history_id").first()
    if last is None:
        return None
    following = rows.filter(history_id__gt=last.history_id).order_by("history_id").first()
    moment = following.history_date - _JUST_BEFORE if following else timezone.now()
    return last, state_at(type(record), record.pk, moment) or plain(last)
