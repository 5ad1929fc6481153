"""Finds who may be in the record twice. Nothing is ever merged by it.

The keys of everybody (`review.likeness`) are kept in a table, and so are the pairs that meet under one of them, with
their grade. Both follow what is edited a batch at a time: whenever the editors' list is opened, or all at once by a
command. So the list itself is read from an index, however many people there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import batched
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from debate.models import Appearance, Capacity
from review.likeness import Facts, Finding, Place, asked, findings, grade, keys, ties
from review.models import Grade, Likeness, LookedThrough, Mergeable, NameKey, NotTheSame
from speakers.bilingual import LANGUAGES, columns
from speakers.models import Affiliation, Identifier, Link, Name, Organization, Person

type Record = Person | Organization

BATCH = 500
MOST_SHARING = 200  # a key that more have leads to nobody: it tells nothing
MOST_NAMESAKES = 12  # of a name that more share, only pairs are kept for which something else speaks
MOST_FOUND = 50
_OVERLAP = timedelta(minutes=2)  # a transaction may commit after one that began later
_ASKED_AT_ONCE = 400  # keys in one query


def bring_up_to_date(kind: Mergeable, *, at_most: int = BATCH) -> bool:
    """Looks at some of those who were changed since they were looked at; whether there are more to look at.

    Costs a scan of the times of change, and some ten queries for those it looks at.
    """
    LookedThrough.objects.get_or_create(kind=kind)
    with transaction.atomic():
        # Two editors at once need not do it twice.
        state = LookedThrough.objects.select_for_update(skip_locked=True).filter(kind=kind).first()
        if state is None:
            return True
        state.began = state.began or timezone.now()
        waiting = _changed(kind, state.since).filter(pk__gt=state.last_key).order_by("pk")
        found = list(waiting.values_list("pk", flat=True)[: at_most + 1])
        look_at(kind, found[:at_most])
        more = len(found) > at_most
        if more:
            state.last_key = found[at_most - 1]
        else:
            state.since, state.began, state.last_key = state.began - _OVERLAP, None, 0
        state.save()
    return more


def look_at(kind: Mergeable, records: Sequence[int]) -> None:
    """Keeps their keys and the pairs that they are in anew."""
    facts = facts_of(kind, records)
    own = {key: keys(kind, held) for key, held in facts.items()}
    NameKey.objects.filter(kind=kind, record__in=records).delete()
    NameKey.objects.bulk_create(
        (NameKey(kind=kind, key=name, record=record) for record, names in own.items() for name in names),
        batch_size=BATCH,
    )
    met = _met(kind, own)
    missing = {record for pair in met for record in pair} - facts.keys()
    for several in batched(sorted(missing), BATCH):
        facts |= facts_of(kind, several)
    Likeness.objects.filter(Q(first__in=records) | Q(second__in=records), kind=kind).delete()
    found = _graded(kind, met, facts)
    Likeness.objects.bulk_create(
        (Likeness(kind=kind, first=first, second=second, grade=value) for (first, second), value in found),
        batch_size=BATCH,
    )


def forget(kind: Mergeable, record: int) -> None:
    """It is not there any more."""
    NameKey.objects.filter(kind=kind, record=record).delete()
    Likeness.objects.filter(Q(first=record) | Q(second=record), kind=kind).delete()


def offered(kind: Mergeable, grades: Collection[Grade]) -> QuerySet[Likeness]:
    """Pairs that nobody has said are two, the likeliest first."""
    return Likeness.objects.filter(kind=kind, grade__in=grades).order_by("-grade", "first", "second")


def counts(kind: Mergeable) -> dict[int, int]:
    """How many pairs there are of each grade; one query."""
    return dict(Likeness.objects.filter(kind=kind).values_list("grade").annotate(Count("pk")).order_by())


def found_by_name(kind: Mergeable, name: str) -> list[Record]:
    """Those who may be called so, in whatever spelling; two queries. At most MOST_FOUND."""
    wanted = {other for key in keys(kind, Facts((name,))) for other in asked(key)}
    met = NameKey.objects.filter(kind=kind, key__in=wanted).order_by("record").values_list("record", flat=True)
    records: Any = kind.model._base_manager.filter(pk__in=list(met.distinct()[:MOST_FOUND])).order_by("pk")
    return list(records)


def compared(kind: Mergeable, pairs: Iterable[tuple[int, int]]) -> dict[tuple[int, int], tuple[Finding, ...]]:
    """What speaks for each pair and against it, as things are now; the same queries for any number of them."""
    wanted = list(pairs)
    facts = facts_of(kind, {record for pair in wanted for record in pair})
    return {pair: findings(kind, facts[pair[0]], facts[pair[1]]) for pair in wanted if facts.keys() >= set(pair)}


def facts_of(kind: Mergeable, records: Collection[int]) -> dict[int, Facts]:
    """Of those that are there; seven queries for people, five for organizations."""
    return _of_people(records) if kind == Mergeable.PERSON else _of_organizations(records)


def _changed(kind: Mergeable, since: datetime | None) -> QuerySet[Any]:
    """Those who were changed, or what is a part of them was."""
    records: Any = kind.model._base_manager
    if since is None:
        return records.all()  # type: ignore[no-any-return]
    found = Q(updated_at__gt=since)
    for part in (Name, Identifier, Link, Affiliation):
        written: Any = part._base_manager.filter(updated_at__gt=since)
        found |= Q(pk__in=written.values(kind.value))
    return records.filter(found)  # type: ignore[no-any-return]


def _met(kind: Mergeable, own: Mapping[int, Collection[str]]) -> dict[tuple[int, int], int]:
    """The pairs that meet under a key, with how many share the rarest that they meet under."""
    having: dict[str, list[int]] = defaultdict(list)
    for record, names in own.items():
        for name in names:
            for other in asked(name):
                having[other].append(record)
    met: dict[tuple[int, int], int] = {}
    for several in batched(sorted(having), _ASKED_AT_ONCE):
        for name, others in _sharing(kind, several).items():
            for pair in {tuple(sorted((one, other))) for one in having[name] for other in others if one != other}:
                met[pair] = min(met.get(pair, MOST_SHARING), len(others))  # type: ignore[index,arg-type]
    return met


def _sharing(kind: Mergeable, names: Sequence[str]) -> dict[str, list[int]]:
    rows = NameKey.objects.filter(kind=kind, key__in=names)
    numbers = dict(rows.values_list("key").annotate(Count("record")).order_by())
    telling = [name for name, number in numbers.items() if number <= MOST_SHARING]
    found: dict[str, list[int]] = defaultdict(list)
    for name, record in rows.filter(key__in=telling).values_list("key", "record"):
        found[name].append(record)
    return found


def _graded(
    kind: Mergeable, met: Mapping[tuple[int, int], int], facts: Mapping[int, Facts]
) -> Iterator[tuple[tuple[int, int], Grade]]:
    two = _said_to_be_two(kind, {first for first, _second in met})
    tied = {key: ties(held) for key, held in facts.items()}
    for pair, sharing in met.items():
        first, second = pair
        if pair in two or first not in facts or second not in facts:
            continue
        if sharing > MOST_NAMESAKES and tied[first].isdisjoint(tied[second]):
            continue
        value = grade(findings(kind, facts[pair[0]], facts[pair[1]]))
        if value >= Grade.POSSIBLE or sharing <= MOST_NAMESAKES:
            yield pair, value


def _said_to_be_two(kind: Mergeable, firsts: Collection[int]) -> set[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    for several in batched(firsts, BATCH):
        found.update(NotTheSame.objects.filter(kind=kind, first__in=several).values_list("first", "second"))
    return found


def _of_people(records: Collection[int]) -> dict[int, Facts]:
    places: dict[int, list[Place]] = defaultdict(list)
    affiliations = Affiliation.objects.filter(person__in=records).select_related("organization").order_by("pk")
    dated = affiliations.only("person", "period_earliest", "period_latest", *_named("organization"))
    for held in dated:
        place = Place(held.organization_id, str(held.organization), held.period_earliest, held.period_latest)
        places[held.person_id].append(place)
    spoken = Capacity.objects.filter(appearance__person__in=records).exclude(organization=None)
    spoken = spoken.select_related("organization", "appearance").order_by("pk")
    for row in spoken.only("appearance__person", *_named("organization")):
        places[_key(row.appearance.person_id)].append(Place(_key(row.organization_id), str(row.organization)))
    sessions: dict[int, dict[int, tuple[int, str]]] = defaultdict(dict)
    appeared = Appearance.objects.filter(person__in=records).select_related("session__event")
    for appearance in appeared.only("person", "session__event", *_named("session__event", "title")):
        event = appearance.session.event
        sessions[_key(appearance.person_id)][appearance.session_id] = (event.pk, str(event))
    return {
        key: Facts(**shared, places=tuple(places[key]), sessions=sessions[key])
        for key, _record, shared in _called(Mergeable.PERSON, records)
    }


def _of_organizations(records: Collection[int]) -> dict[int, Facts]:
    people: dict[int, dict[int, str]] = defaultdict(dict)
    held_by = Affiliation.objects.filter(organization__in=records).select_related("person")
    for held in held_by.only("organization", *_named("person")):
        people[held.organization_id][held.person_id] = str(held.person)
    return {
        key: Facts(**shared, people=people[key], kind=record.kind, itself=key, parent=record.parent_id)
        for key, record, shared in _called(Mergeable.ORGANIZATION, records)
    }


def _called(kind: Mergeable, records: Collection[int]) -> Iterator[tuple[int, Any, dict[str, Any]]]:
    own_columns = [column for column in ("kind", "parent") if kind == Mergeable.ORGANIZATION]
    called: Any = kind.model._base_manager.only("source_language", *columns("name"), *own_columns)
    found = called.in_bulk(list(records))
    column = f"{kind.value}_id"
    parts: list[dict[int, list[Any]]] = []
    for model in (Name, Identifier, Link):
        of_each: dict[int, list[Any]] = defaultdict(list)
        for row in model._base_manager.filter(**{f"{kind.value}__in": records}).order_by("pk"):
            of_each[getattr(row, column)].append(row)
        parts.append(of_each)
    names, identifiers, links = parts
    for key, record in sorted(found.items()):
        own = (getattr(record, f"name_{language}") for language in LANGUAGES)
        yield (
            key,
            record,
            {
                "names": tuple(dict.fromkeys(filter(None, (*own, *(name.text for name in names[key]))))),
                "identifiers": frozenset((row.scheme, row.value) for row in identifiers[key]),
                "links": frozenset(row.url for row in links[key]),
            },
        )


def _named(path: str, attribute: str = "name") -> list[str]:
    """The columns by which it is called."""
    return [f"{path}__{column}" for column in ("source_language", *columns(attribute))]


def _key(key: int | None) -> int:
    assert key is not None  # those without one were left out
    return key
