"""Which records show something of another: when that changes, they are no longer what they were."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import batched
from typing import Any

from django.db.models import Q, QuerySet

from debate.models import Appearance, Event, Session, Source
from positions.models import Evidence, Position, PositionLink, Proposition, Remark, Topic
from record.models import BESIDE
from speakers.models import Affiliation, Organization, Person

type Keys = Collection[int]
type Shown = Iterator[tuple[str, QuerySet[Any]]]
# The resource of each kind of object that the record notes.
RESOURCE_OF: Mapping[str, str] = {
    "event": "debates", "session": "sessions", "appearance": "appearances", "source": "sources", "person": "speakers",
    "organization": "organizations", "affiliation": "affiliations", "topic": "topics", "proposition": "propositions",
    "position": "positions", "evidence": "evidence", "remark": "remarks", "link": "links",
}  # fmt: skip
_BATCH = 500


def showing(changed: Mapping[str, Keys], *, at_most: int) -> dict[str, set[int]] | None:
    """Primary keys by resource, public or not, of the objects noted as changed and of all that show something of them;
    None where they are more than `at_most`. A few queries a batch of objects of a kind.
    """
    found: dict[str, set[int]] = defaultdict(set)
    for kind, keys in changed.items():
        found[RESOURCE_OF[kind.removeprefix(BESIDE)]] |= set(keys)
        for batch in batched(sorted(keys), _BATCH):
            for resource, showing_it in _RULES.get(kind, _nothing)(batch):
                found[resource] |= set(showing_it.order_by().values_list("pk", flat=True)[: at_most + 1])
            if sum(map(len, found.values())) > at_most:
                return None
    return dict(found)


def _person(keys: Keys) -> Shown:
    yield from _beside_person(keys)
    yield from _of_appearances(Q(person__in=keys))
    yield "positions", Position.objects.filter(person__in=keys)


def _beside_person(keys: Keys) -> Shown:
    yield "affiliations", Affiliation.objects.filter(person__in=keys)
    yield "remarks", Remark.objects.filter(person__in=keys)


def _organization(keys: Keys) -> Shown:
    yield "organizations", Organization.objects.filter(Q(parent__in=keys) | Q(children__in=keys))
    yield "affiliations", Affiliation.objects.filter(organization__in=keys)
    yield "speakers", Person.objects.filter(affiliations__organization__in=keys)
    yield "debates", Event.objects.filter(event_organizations__organization__in=keys)
    yield from _of_appearances(Q(organization__in=keys))
    yield from _of_appearances(Q(capacities__organization__in=keys))
    yield "positions", Position.objects.filter(appearance__organization__in=keys)
    yield "positions", Position.objects.filter(appearance__capacities__organization__in=keys)


def _event(keys: Keys) -> Shown:
    yield "debates", Event.objects.filter(relations_from__to_event__in=keys)
    yield "debates", Event.objects.filter(relations_to__from_event__in=keys)
    yield "sessions", Session.objects.filter(event__in=keys)
    yield "appearances", Appearance.objects.filter(session__event__in=keys)
    yield "positions", Position.objects.filter(event__in=keys)
    yield "sources", Source.objects.filter(event_sources__event__in=keys)
    yield from _beside_event(keys)


def _beside_event(keys: Keys) -> Shown:
    yield "remarks", Remark.objects.filter(event__in=keys)


def _session(keys: Keys) -> Shown:
    yield "debates", Event.objects.filter(sessions__in=keys)
    yield "appearances", Appearance.objects.filter(session__in=keys)
    yield "positions", Position.objects.filter(appearance__session__in=keys)


def _appearance(keys: Keys) -> Shown:
    yield from _of_appearances(Q(pk__in=keys))
    yield "positions", Position.objects.filter(appearance__in=keys)


def _source(keys: Keys) -> Shown:
    yield "sources", Source.objects.filter(translation_of__in=keys)
    yield "debates", Event.objects.filter(event_sources__source__in=keys)
    yield from _of_appearances(Q(source__in=keys))
    yield "evidence", Evidence.objects.filter(source__in=keys)
    yield "positions", Position.objects.filter(evidence__source__in=keys)


def _topic(keys: Keys) -> Shown:
    yield "topics", Topic.objects.filter(parent__in=keys)
    yield "propositions", Proposition.objects.filter(topic_assignments__topic__in=keys)
    yield "positions", Position.objects.filter(proposition__topic_assignments__topic__in=keys)


def _proposition(keys: Keys) -> Shown:
    yield "positions", Position.objects.filter(proposition__in=keys)


def _position(keys: Keys) -> Shown:
    yield "evidence", Evidence.objects.filter(position__in=keys)
    yield "positions", Position.objects.filter(links_from__to_position__in=keys)
    yield "positions", Position.objects.filter(links_to__from_position__in=keys)
    yield "propositions", Proposition.objects.filter(positions__in=keys)
    yield from _beside_position(keys)


def _beside_position(keys: Keys) -> Shown:
    yield "remarks", Remark.objects.filter(position__in=keys)
    yield "links", PositionLink.objects.filter(Q(from_position__in=keys) | Q(to_position__in=keys))


def _of_appearances(condition: Q) -> Shown:
    appearances = Appearance.objects.filter(condition)
    yield "appearances", appearances
    yield "sessions", Session.objects.filter(pk__in=appearances.values("session"))
    yield "debates", Event.objects.filter(pk__in=appearances.values("session__event"))


def _nothing(_keys: Keys) -> Shown:
    return iter(())


_RULES: Mapping[str, Callable[[Keys], Shown]] = {
    "person": _person,
    "organization": _organization,
    "event": _event,
    "session": _session,
    "appearance": _appearance,
    "source": _source,
    "topic": _topic,
    "proposition": _proposition,
    "position": _position,
    f"{BESIDE}person": _beside_person,
    f"{BESIDE}event": _beside_event,
    f"{BESIDE}position": _beside_position,
}
