"""Which documents have to be written anew when objects change: a name is on every position of its bearer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import batched
from typing import Any

import tantivy
from django.db.models import Q, QuerySet

from debate.models import Event, EventOrganization, OrganizationRole, Session, Source
from positions.models import Position, Proposition, Topic
from record.models import BESIDE
from search import schema
from search.fields import KINDS
from search.index import Snapshot
from speakers.models import Organization, Person

type Keys = Collection[int]
type Reached = Iterator[tuple[str, QuerySet[Any]]]
BATCH = 500


def reach(changed: Mapping[str, Keys], snapshot: Snapshot, *, at_most: int) -> dict[str, set[int]] | None:
    """Primary keys by kind of document; None if there are more than `at_most`. A few queries a BATCH of objects.

    What changed beside an object is in its own document at most: a new affiliation leaves all that was stated for its
    organization alone.
    """
    found: dict[str, set[int]] = defaultdict(set)
    for kind, keys in changed.items():
        if kind.removeprefix(BESIDE) in KINDS:
            found[kind.removeprefix(BESIDE)] |= set(keys)
        for batch in batched(sorted(keys), BATCH):
            for reached, queryset in _RULES.get(kind, _nothing)(batch):
                found[reached] |= set(queryset.order_by().values_list("pk", flat=True)[: at_most + 1])
            if kind == "position":
                found["proposition"] |= _propositions_moved(batch, snapshot)
            if sum(map(len, found.values())) > at_most:
                return None
    return dict(found)


def _of_person(people: Keys) -> Reached:
    yield "position", Position.objects.filter(person__in=people)
    yield "session", Session.objects.filter(appearances__person__in=people)
    yield "event", Event.objects.filter(sessions__appearances__person__in=people)


def _of_organization(organizations: Keys) -> Reached:
    yield "organization", Organization.objects.filter(parent__in=organizations)
    yield "person", Person.objects.filter(affiliations__organization__in=organizations)
    spoken_for = Q(appearance__capacities__organization__in=organizations) | Q(
        appearance__organization__in=organizations
    )
    yield "position", Position.objects.filter(spoken_for)
    yield "session", Session.objects.filter(appearances__organization__in=organizations)
    took_part = Q(event_organizations__organization__in=organizations)
    yield "event", Event.objects.filter(took_part | Q(sessions__appearances__organization__in=organizations))
    about = EventOrganization.objects.filter(organization__in=organizations, role=OrganizationRole.SUBJECT)
    yield from _of_event(list(about.values_list("event", flat=True).distinct()))


def _of_event(events: Keys) -> Reached:
    yield "session", Session.objects.filter(event__in=events)
    yield "position", Position.objects.filter(event__in=events)
    yield "proposition", Proposition.objects.filter(wordings__positions__event__in=events)
    yield "source", Source.objects.filter(event_sources__event__in=events)


def _of_appearance(appearances: Keys) -> Reached:
    yield "position", Position.objects.filter(appearance__in=appearances)


def _of_source(sources: Keys) -> Reached:
    yield "position", Position.objects.filter(evidence__source__in=sources)


def _of_topic(topics: Keys) -> Reached:
    yield "topic", Topic.objects.filter(parent__in=topics)
    yield "proposition", Proposition.objects.filter(topic_assignments__topic__in=topics)
    yield "position", Position.objects.filter(proposition__topic_assignments__topic__in=topics)


def _of_proposition(propositions: Keys) -> Reached:
    yield "position", Position.objects.filter(proposition__in=propositions)


def _nothing(_keys: Keys) -> Reached:
    return iter(())


_RULES: Mapping[str, Callable[[Keys], Reached]] = {
    "person": _of_person,
    "organization": _of_organization,
    "event": _of_event,
    "appearance": _of_appearance,
    "source": _of_source,
    "topic": _of_topic,
    "proposition": _of_proposition,
}


def _propositions_moved(positions: Keys, snapshot: Snapshot) -> set[int]:
    """Those that positions were taken on, in whichever debate, since or until these were last indexed. Where one was
    deleted or moved, only the index still knows where it was. Nothing else in a position reaches its proposition but
    on which of several wordings it stands, which the index does not know.
    """
    rows = Position.objects.public().filter(pk__in=positions).values_list("pk", "proposition", "event")
    now = {key: (proposition, event) for key, proposition, event in rows}
    worded_anew = rows.filter(proposition__current_wording__number__gt=1).values_list("proposition", flat=True)
    before = _as_indexed(positions, snapshot)
    moved = (key for key in positions if now.get(key) != before.get(key))
    return {*worded_anew, *(taken[key][0] for key in moved for taken in (now, before) if key in taken)}


def _as_indexed(positions: Keys, snapshot: Snapshot) -> dict[int, tuple[int, int]]:
    """The proposition and the debate of each position that the index holds."""
    keys = [schema.key_of("position", key) for key in positions]
    query = tantivy.Query.term_set_query(snapshot.schema, schema.KEY, keys)
    addresses = [address for _score, address in snapshot.searcher.search(query, len(keys), count=False).hits]
    if not addresses:
        return {}
    columns = [
        snapshot.searcher.fast_field_values(name, addresses) for name in (schema.PRIMARY_KEY, "proposition", "debate")
    ]
    return {key: (proposition, event) for key, proposition, event in zip(*columns, strict=True)}
