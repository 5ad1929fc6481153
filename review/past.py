"""What a record and its rows were: when a change of it was proposed, and when it was published last."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils import timezone

from debate.publishing import Status
from review.models import Revision
from review.rows import PK, relation_called
from review.versions import Values, plain


def when_proposed(revision: Revision) -> Values | None:
    """What its author saw of the record, with the rows that they wrote to; None where the history does not know it.
    A query, and one for each relation.
    """
    record: Any = revision.record
    history = type(record).history.filter(id=record.pk, revision=revision.base_revision)
    row = history.order_by("-history_id").first()
    if row is None:
        return None
    relations = [name for name in revision.values if relation_called(type(record), name) is not None]
    return {**plain(row), **{name: rows_before(record, name, revision.created_at) for name in relations}}


def last_published(record: Any, relations: Iterable[str] = ()) -> tuple[Any, Values] | None:
    """The last row of the history in which it was published, and what was public then, with the rows in the relations;
    None where it never was. Two queries, and one for each relation.
    """
    rows = type(record).history.filter(id=record.pk).select_related("history_user")
    last = rows.filter(status=Status.PUBLISHED).order_by("-history_id").first()
    if last is None:
        return None
    following = rows.filter(history_id__gt=last.history_id).order_by("history_id").first()
    moment = following.history_date if following else timezone.now()
    return last, {**plain(last), **{name: rows_before(record, name, moment) for name in relations}}


def rows_before(record: Model, relation: str, moment: datetime) -> list[Values]:
    """One query, that reads all that the history has of them."""
    found = relation_called(type(record), relation)
    model: Any = found.related_model
    written = model.history.filter(**{found.field.name: record.pk}, history_date__lt=moment)
    latest = {row.id: row for row in written.order_by("history_id")}
    return [{PK: key, **plain(row)} for key, row in sorted(latest.items()) if row.history_type != "-"]
