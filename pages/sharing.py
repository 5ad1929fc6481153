"""With whom a speaker shares propositions on which both took a side, and how far they took the same one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count

from positions.models import Position, PositionQuerySet, Proposition, Stance
from positions.shared import Key, Outcome, Shared, Taken, outcome, shared, taken
from speakers.models import Person
from speakers.ordering import NEWEST_FIRST

MINIMUM = 2  # propositions shared; one alone says little
PEOPLE = 10
LISTED = 8  # propositions of one person
OWN = 1_000  # positions of the speaker, the newest, whose propositions are compared
CROWD = 10_000  # positions of everybody on those propositions


@dataclass(frozen=True, slots=True)
class OnProposition:
    proposition: Proposition
    own: tuple[Stance, ...]
    theirs: tuple[Stance, ...]
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class WithPerson:
    """What the speaker shares with one person; `listed` has the first of the propositions."""

    person: Person
    shared: Shared
    listed: tuple[OnProposition, ...]

    @property
    def agreed(self) -> int:
        return len(self.shared.agreed)

    @property
    def disagreed(self) -> int:
        return len(self.shared.disagreed)

    @property
    def mixed(self) -> int:
        return len(self.shared.mixed)


@dataclass(frozen=True, slots=True)
class Sharing:
    """`enough` people share the minimum, of whom the first are shown, `below` share something, but less.

    The speaker took a side on `sided` propositions, of which `compared` were compared: what is left out is the oldest,
    and what more people took a side on than can be read for a page.
    """

    people: tuple[WithPerson, ...]
    enough: int
    below: int
    compared: int
    sided: int
    minimum: int = MINIMUM


def sharing(person: Person) -> Sharing:
    """Six queries; reads no more than OWN and CROWD rows."""
    own = Position.objects.public().by_person(person).taking_sides()
    sided = own.aggregate(count=Count("proposition", distinct=True))["count"]
    newest = own.order_by(*NEWEST_FIRST, "pk").values_list("proposition", flat=True)[:OWN]
    compared = _compared(list(dict.fromkeys(newest)))
    sides = taken(_on(compared).values_list("person", "proposition", "stance"))
    mine = sides.pop(person.pk, {})
    found = shared(mine, sides)
    enough = [one for one in found if one.total >= MINIMUM]
    people = tuple(_named(enough[:PEOPLE], mine, sides))
    return Sharing(people, len(enough), len(found) - len(enough), len(compared), sided)


def _on(propositions: list[Key]) -> PositionQuerySet:
    sides: PositionQuerySet = Position.objects.public().taking_sides()
    return sides.filter(proposition__in=propositions, person__isnull=False).order_by()


def _compared(newest: list[Key]) -> list[Key]:
    """As many of them, the newest first, as can be read with everybody's positions."""
    crowds = dict(_on(newest).values_list("proposition").annotate(Count("pk")))
    room, compared = CROWD, []
    for key in newest:
        if crowds[key] <= room:
            room -= crowds[key]
            compared.append(key)
    return compared


def _named(found: list[Shared], own: Taken, sides: dict[Key, dict[Key, frozenset[str]]]) -> Iterator[WithPerson]:
    people = Person.objects.in_bulk([one.person for one in found])  # public, as their positions are
    listed = {one.person: (*one.disagreed, *one.mixed, *one.agreed)[:LISTED] for one in found}
    wanted = {key for keys in listed.values() for key in keys}
    propositions = Proposition.objects.select_related("current_wording").in_bulk(wanted)
    for one in found:
        theirs = sides[one.person]
        yield WithPerson(
            people[one.person],
            one,
            tuple(
                OnProposition(
                    propositions[key], _stances(own[key]), _stances(theirs[key]), outcome(own[key], theirs[key])
                )
                for key in listed[one.person]
            ),
        )


def _stances(sides: frozenset[str]) -> tuple[Stance, ...]:
    return tuple(stance for stance in Stance if stance in sides)
