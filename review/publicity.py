"""Whether the public sees a record, by itself or in what it belongs to, and whether it was passed for that."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import batched
from operator import attrgetter

from django.db.models import Model, Q, QuerySet

from debate.models import (
    Appearance,
    Capacity,
    EditorialNote,
    Event,
    EventOrganization,
    EventRelation,
    EventSource,
    Session,
    Source,
)
from debate.publishing import HasStatus, Status
from positions.models import (
    Coding,
    CodingRound,
    CodingUnit,
    Evidence,
    PositionCapacity,
    PositionLink,
    PropositionTopic,
    Remark,
    RoundCoder,
    Wording,
)
from speakers.models import Affiliation, Identifier, Link, Name, Organization, Person

_SEEN_IN: Mapping[type[Model], tuple[str, ...]] = {
    Name: ("person", "organization"),
    Identifier: ("person", "organization"),
    Link: ("person", "organization"),
    EventOrganization: ("event",),
    EventSource: ("event",),
    EditorialNote: ("event",),
    Capacity: ("appearance",),
    PropositionTopic: ("proposition",),
    Wording: ("proposition",),
    PositionCapacity: ("position",),
    Remark: ("position", "person", "event"),
    # only what coders settled on is public
    Coding: (),
    CodingRound: (),
    CodingUnit: (),
    RoundCoder: (),
}
_SEEN_BETWEEN: Mapping[type[Model], tuple[str, str]] = {
    Affiliation: ("person", "organization"),
    EventRelation: ("from_event", "to_event"),
    PositionLink: ("from_position", "to_position"),
}


def is_public(record: Model) -> bool:
    """As the database has it: of a record that was just saved, read it again first."""
    if hasattr(record, "is_public"):
        return bool(record.is_public)
    if ends := _SEEN_BETWEEN.get(type(record)):
        return all(attrgetter(end)(record).is_public for end in ends)
    holders = (attrgetter(path)(record) for path in _SEEN_IN[type(record)])
    return any(holder is not None and holder.is_public for holder in holders)


def is_published(record: Model) -> bool:
    """Public, or as soon as what it lies in is: a published position in a draft of a debate was reviewed like any. So
    was what lies in something withdrawn, which may be published again as it is.
    """
    match record:
        case PositionLink():
            return _was_passed(record.from_position) and _was_passed(record.to_position)
        case Evidence() | PositionCapacity():
            return _was_passed(record.position)
        case Remark() if record.position is not None:
            return _was_passed(record.position)
        case Remark() if record.event is not None:
            return _was_passed(record.event)
        case Session():
            return _was_passed(record.event)
        case Appearance():
            return _was_passed(record.session.event)
        case Person() | Organization() | Source():
            return is_public(record) or _withdrawn_with(record).exists()
        case Affiliation():
            return is_published(record.person) and is_published(record.organization)
    return is_public(record) or getattr(record, "status", "") == Status.PUBLISHED


def published_among(model: type[Person | Organization], keys: Collection[int]) -> set[int]:
    """Of the people or organizations with these primary keys those that `is_published` holds of; at most four queries
    for each thousand.
    """
    shown_by = _SHOWN_BY[model]
    found: set[int] = set()
    for some in batched(keys, 1_000):
        rows = model._base_manager.filter(pk__in=some)
        for condition in (Q(is_public=True), *(Q(**{f"{path}__status": Status.WITHDRAWN}) for path in shown_by)):
            found |= set(rows.filter(condition).values_list("pk", flat=True))
    return found


_SHOWN_BY: Mapping[type[Model], tuple[str, ...]] = {
    Person: ("appearances__session__event",),
    Organization: (
        "event_organizations__event",
        "appearances__session__event",
        "capacities__appearance__session__event",
    ),
}


def _withdrawn_with(record: Person | Organization | Source) -> QuerySet[Event]:
    """The debates that showed it once, and may again."""
    match record:
        case Person():
            shown = Q(sessions__appearances__person=record)
        case Source():
            shown = Q(event_sources__source=record)
        case _:
            shown = (
                Q(event_organizations__organization=record)
                | Q(sessions__appearances__organization=record)
                | Q(sessions__appearances__capacities__organization=record)
            )
    return Event.objects.filter(shown, status=Status.WITHDRAWN)


def _was_passed(holder: HasStatus) -> bool:
    return holder.status == Status.WITHDRAWN or is_published(holder)
