"""Statements for agreement networks out of positions: whose they are, how many were read, and what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, When

from debate.models import Basis
from positions.agreement import Rules, Statement
from positions.models import PositionCapacity, PositionQuerySet, Stance
from speakers.models import Organization, Person
from speakers.ordering import NEWEST_FIRST

MOST_ACTORS = 40
MOST_READ = 5_000


class ActorKind(StrEnum):
    """People; or organizations, as spoken for by people on their behalf and by themselves, or also as identified
    with.
    """

    PEOPLE = "people"
    ON_BEHALF = "on_behalf"
    IDENTIFIED = "identified"


_BASES = {
    ActorKind.ON_BEHALF: (Basis.ON_BEHALF_OF,),
    ActorKind.IDENTIFIED: (Basis.ON_BEHALF_OF, Basis.IDENTIFIED_AS),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """With the number of positions of a stance that counts."""

    record: Person | Organization
    positions: int


@dataclass(frozen=True, slots=True)
class Stated:
    """The statements of the actors with most positions, and what else there was among `found` positions.

    `left_out` has those of a stance that does not count, by stance; `nobodys` the others that are of no actor: of
    somebody unnamed, or stated for no organization. `all_actors` have a position that counts, `actors` are those who
    were kept. Of the `theirs` positions that the latter have, the newest were read.
    """

    actors: tuple[Actor, ...]
    statements: tuple[Statement, ...]
    found: int
    left_out: Mapping[Stance, int]
    nobodys: int
    all_actors: int

    @property
    def theirs(self) -> int:
        return sum(actor.positions for actor in self.actors)

    @property
    def counted(self) -> int:
        """Positions that count and are somebody's, whether of the actors kept or not."""
        return self.found - sum(self.left_out.values()) - self.nobodys


def stated(
    positions: PositionQuerySet, kind: ActorKind, rules: Rules, *, actors: int = MOST_ACTORS, read: int = MOST_READ
) -> Stated:
    """What the actors of this kind stated; three queries for people and five for organizations, at any size.

    A position that names no capacities was stated in all of its appearance's, and may so be of several organizations.
    An organization that speaks for itself is its own actor. Those with most positions come first, then in order of
    keys.
    """
    counting = Q(stance__in=list(rules.stances))
    whose = _attributed(positions, kind).filter(counting)
    figures, numbers = _of_people(positions, rules)
    if kind is ActorKind.PEOPLE:
        theirs = numbers.total()
    else:
        numbers = Counter(dict(whose.order_by().values_list("actor").annotate(Count("pk", distinct=True))))
        theirs = whose.order_by().aggregate(number=Count("pk", distinct=True))["number"]
    most = sorted(numbers, key=lambda key: (-numbers[key], key))[:actors]
    records = _records(kind, most)
    kept = tuple(Actor(records[key], numbers[key]) for key in most if key in records)
    return Stated(
        actors=kept,
        statements=_statements(whose.filter(actor__in=[actor.record.pk for actor in kept]), read),
        found=sum(figures.values()),
        left_out={stance: figures[stance] for stance in Stance if stance not in rules.stances},
        nobodys=sum(figures[stance] for stance in rules.stances) - theirs,
        all_actors=len(numbers),
    )


def _of_people(positions: PositionQuerySet, rules: Rules) -> tuple[Counter[str], Counter[int]]:
    """Positions by stance, and those that count by person."""
    rows: Any = positions.order_by().values_list("person", "stance").annotate(Count("pk"))
    figures: Counter[str] = Counter()
    numbers: Counter[int] = Counter()
    for person, stance, number in rows:
        figures[stance] += number
        if person is not None and stance in rules.stances:
            numbers[person] += number
    return figures, numbers


def _attributed(positions: PositionQuerySet, kind: ActorKind) -> Any:
    """Each position once for each `actor` that it is of; one that speaks in two capacities for the same is there
    twice.
    """
    if kind is ActorKind.PEOPLE:
        return positions.filter(person__isnull=False).annotate(actor=F("person"))
    choices = PositionCapacity.objects.filter(position=OuterRef("pk"))
    chosen = choices.filter(capacity=OuterRef("appearance__capacities"))
    spoken_for = Q(appearance__capacities__organization__isnull=False, appearance__capacities__basis__in=_BASES[kind])
    itself = Q(appearance__organization__isnull=False)
    of_capacity = Case(
        When(itself, then=F("appearance__organization")), default=F("appearance__capacities__organization")
    )
    return positions.filter(itself | (spoken_for & (Exists(chosen) | ~Exists(choices)))).annotate(actor=of_capacity)


def _records(kind: ActorKind, keys: Iterable[int]) -> dict[int, Person | Organization]:
    model: Any = Person if kind is ActorKind.PEOPLE else Organization
    return {record.pk: record for record in model.objects.public().filter(pk__in=list(keys))}


def _statements(positions: Any, read: int) -> tuple[Statement, ...]:
    newest = positions.order_by(*NEWEST_FIRST, "-pk").values("pk")[:read]
    rows = (
        positions.filter(pk__in=newest)
        .order_by()
        .values_list("actor", "proposition", "stance", "event", "person", "pk")
    )
    return tuple(Statement(*row[:5]) for row in dict.fromkeys(rows))
