"""What waits for a reviewer, changes of what is public and records in review: one list, the longest waiting first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db.models import BigIntegerField, F, Model, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone

from debate.models import (
    Appearance,
    Capacity,
    EditorialNote,
    Event,
    EventOrganization,
    EventRelation,
    EventSource,
    Session,
)
from debate.publishing import Status
from editing.reviewing.kinds import KINDS, content_types, named, with_records
from positions.models import (
    Evidence,
    Position,
    PositionCapacity,
    PositionLink,
    Proposition,
    PropositionTopic,
    Remark,
    Topic,
)
from review.models import Revision

CHANGE, RECORDS = "change", "records"

_EVENT_OF: Mapping[type[Model], str] = {
    Event: "pk",
    Session: "event",
    EventOrganization: "event",
    EventSource: "event",
    EventRelation: "from_event",
    EditorialNote: "event",
    Appearance: "session__event",
    Capacity: "appearance__session__event",
    Position: "event",
    Evidence: "position__event",
    PositionCapacity: "position__event",
    PositionLink: "from_position__event",
    Remark: "position__event",
}
# A new record is nowhere yet: its values say in what it is to be.
_HOLDER_OF: Mapping[type[Model], tuple[str, type[Model]]] = {
    Session: ("event", Event),
    Appearance: ("session", Session),
    Capacity: ("appearance", Appearance),
    Evidence: ("position", Position),
    PositionLink: ("from_position", Position),
    Remark: ("position", Position),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part of the queue; empty is all of it."""

    kind: str = ""
    event: Event | None = None
    author: User | None = None
    days: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    kind: str
    record: Any  # None where it would be a new one
    revision: Revision | None
    name: str
    event: Any
    author: Any
    since: datetime
    address: str

    @property
    def kind_name(self) -> Any:
        return self.record._meta.verbose_name if self.record is not None else ""


def waiting(asked: Asked) -> QuerySet[Any, Any]:
    """(what, key, since) of all that waits; `rows` reads what a page of them shows."""
    parts = [_changes(asked)] if asked.kind in ("", CHANGE) else []
    parts += [_in_review(kind, asked) for kind in KINDS if asked.kind in ("", RECORDS, kind)]
    whole = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    return whole.order_by("since", "what", "key")


def _changes(asked: Asked) -> QuerySet[Any, Any]:
    found = Revision.objects.filter(state=Revision.State.WAITING)
    if asked.author:
        found = found.filter(author=asked.author)
    if asked.event:
        found = found.filter(_changes_in(asked.event))
    if asked.days:
        found = found.filter(created_at__lte=_days_ago(asked.days))
    return _listed(found, CHANGE, "created_at")


def _in_review(kind: str, asked: Asked) -> QuerySet[Any, Any]:
    model: Any = KINDS[kind]
    found: QuerySet[Any] = model._base_manager.filter(status=Status.IN_REVIEW)
    if asked.author:
        found = found.annotate(by=last_editor(model)).filter(by=asked.author.pk)
    if asked.event:
        found = found.filter(_in_debate(model, asked.event))
    if asked.days:
        found = found.filter(updated_at__lte=_days_ago(asked.days))
    return _listed(found, kind, "updated_at")


def _listed(found: QuerySet[Any], kind: str, since: str) -> QuerySet[Any, Any]:
    columns = {"what": Value(kind), "key": F("pk"), "since": F(since)}
    listed: QuerySet[Any, Any] = found.order_by().annotate(**columns).values_list(*columns)
    return listed


def last_editor(model: type[Model]) -> Subquery:
    history: Any = model.history  # type: ignore[attr-defined]
    return Subquery(history.filter(id=OuterRef("pk")).order_by("-history_id").values("history_user")[:1])


def _in_debate(model: type[Model], event: Event) -> Q:
    propositions = Position.objects.filter(event=event).values("proposition")
    if model is Topic:
        return Q(pk__in=PropositionTopic.objects.filter(proposition__in=propositions).values("topic"))
    if model is Proposition:
        return Q(pk__in=propositions)
    return Q(**{_EVENT_OF[model]: event.pk})


def _changes_in(event: Event) -> Q:
    """Of records that the debate has, and of new ones that it would have."""
    kinds = content_types({**_EVENT_OF, **_HOLDER_OF})
    condition = Q()
    for model, path in _EVENT_OF.items():
        there = model._base_manager.filter(**{path: event.pk})
        condition |= Q(content_type=kinds[model], object_id__in=there.values("pk"))
    for model, (column, holder) in _HOLDER_OF.items():
        held_by = Cast(KeyTextTransform(column, "values"), BigIntegerField())
        holders = holder._base_manager.filter(**{_EVENT_OF[holder]: event.pk}).values("pk")
        new = Revision.objects.filter(content_type=kinds[model], object_id=None).annotate(holder=held_by)
        condition |= Q(pk__in=new.filter(holder__in=holders).values("pk"))
    return condition


def _days_ago(days: int) -> datetime:
    return timezone.now() - timedelta(days=days)


def rows(page: Sequence[tuple[str, int, datetime]]) -> list[Row]:
    """What the list shows of them: a query or two for each kind on the page, however many there are of it."""
    keys: dict[str, list[int]] = defaultdict(list)
    for kind, key, _since in page:
        keys[kind].append(key)
    found = {(kind, row.pk): row for kind in keys for row in _read(kind, keys[kind])}
    editors = User.objects.in_bulk([row.by for (kind, _key), row in found.items() if kind != CHANGE and row.by])
    changes = of_changes([row for (kind, _key), row in found.items() if kind == CHANGE])
    return list(_rows(page, found, editors, {change.revision.pk: change for change in changes if change.revision}))


def _read(kind: str, keys: Sequence[int]) -> QuerySet[Any]:
    if kind == CHANGE:
        changes = Revision.objects.filter(pk__in=keys).select_related("content_type", "author")
        return changes.prefetch_related(with_records())
    records: QuerySet[Any] = named(KINDS[kind]).filter(pk__in=keys).annotate(by=last_editor(KINDS[kind]))
    return records


def _rows(
    page: Sequence[tuple[str, int, datetime]],
    found: Mapping[Any, Any],
    editors: Mapping[int, User],
    changes: Mapping[int, Row],
) -> Iterator[Row]:
    for kind, key, since in page:
        one = found.get((kind, key))
        if one is None:
            continue  # decided on, or deleted, between the two queries
        if kind == CHANGE:
            yield changes[key]
        else:
            author = editors.get(one.by)
            address = reverse("editing:review-record", args=[kind, key])
            yield Row(kind, one, None, str(one), event_of(one), author, since, address)


def of_changes(revisions: Iterable[Revision]) -> list[Row]:
    """Of those read `with_records`. A new record is called by what it is to be in: a query for each kind of it."""
    changes = list(revisions)
    holders = _holders([one for one in changes if one.object_id is None])
    return [_of_change(one, holders.get(one.pk)) for one in changes]


def _of_change(revision: Revision, holder: Any) -> Row:
    record: Any = revision.record
    address = reverse("editing:review-change", args=[revision.pk])
    known = record if record is not None else holder
    name, event = str(known) if known is not None else "", event_of(known)
    return Row(CHANGE, record, revision, name, event, revision.author, revision.created_at, address)


def holder_of(revision: Revision) -> Any:
    """What a new record is to belong to; None where it is there already."""
    return _holders([revision]).get(revision.pk) if revision.object_id is None else None


def _holders(new: Sequence[Revision]) -> dict[int, Any]:
    asked: dict[type[Model], dict[int, int]] = defaultdict(dict)
    for revision in new:
        column, holder = _HOLDER_OF.get(revision.content_type.model_class(), ("", None))  # type: ignore[arg-type]
        if holder is not None and isinstance(key := revision.values.get(column), int):
            asked[holder][revision.pk] = key
    found: dict[int, Any] = {}
    for model, keys in asked.items():
        there = {row.pk: row for row in named(model).filter(pk__in=keys.values())}
        found |= {revision: there[key] for revision, key in keys.items() if key in there}
    return found


def event_of(record: Any) -> Any:
    """The debate where it was read with the record; no query for it."""
    cache = record._state.fields_cache if record is not None else {}
    return cache.get("event") or (cache["position"].event if "position" in cache else None)
