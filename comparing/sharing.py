"""With whom a speaker shares propositions on which both took a side, and how far they took the same one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Count

from positions.models import Position, PositionQuerySet, Proposition, Stance
from positions.shared import Key, Outcome, Shared, Taken, outcome, shared, taken
from record.figures import figure
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


@dataclass(frozen=True, slots=True)
class _Found:
    """The numbers, and of those who are shown also the sides, by person; kept until the record changes."""

    speaker: Key
    best: tuple[Shared, ...]
    sides: Mapping[Key, Taken]
    enough: int
    below: int
    compared: int
    sided: int


def sharing(person: Person) -> Sharing:
    """Two queries, and five more once for each version of the record; these read no more than OWN and CROWD rows."""
    found = figure(Position.objects.public().by_person(person).taking_sides(), _find)
    people = tuple(_named(found))
    return Sharing(people, found.enough, found.below, found.compared, found.sided)


def _find(own: PositionQuerySet) -> _Found:
    """`own` are the sides that one speaker took."""
    speaker = own.order_by().values_list("person", flat=True).first() or 0  # whoever took no side shares nothing
    sided = own.aggregate(count=Count("proposition", distinct=True))["count"]
    newest = own.order_by(*NEWEST_FIRST, "pk").values_list("proposition", flat=True)[:OWN]
    compared = _compared(list(dict.fromkeys(newest)))
    sides = taken(_on(compared).values_list("person", "proposition", "stance"))
    found = shared(sides.get(speaker, {}), {person: held for person, held in sides.items() if person != speaker})
    enough = [one for one in found if one.total >= MINIMUM]
    best = tuple(enough[:PEOPLE])
    shown = {person: sides[person] for person in (speaker, *(one.person for one in best)) if person in sides}
    return _Found(speaker, best, shown, len(enough), len(found) - len(enough), len(compared), sided)


def _on(propositions: list[Key]) -> PositionQuerySet:
    sides: PositionQuerySet = Position.objects.public().taking_sides()
    return sides.filter(proposition__in=propositions, person__isnull=False).order_by()


def _compared(newest: list[Key]) -> list[Key]:
    """As many of them, the newest first, as can be read with everybody's positions."""
    crowds = dict(_on(newest).values_list("proposition").annotate(Count("pk")))
    room, compared = CROWD, []
    for key in newest:
        crowd = crowds.get(key, 0)
        if crowd <= room:
            room -= crowd
            compared.append(key)
    return compared


def _named(found: _Found) -> Iterator[WithPerson]:
    people = Person.objects.in_bulk([one.person for one in found.best])  # public, as their positions are
    listed = {one.person: (*one.disagreed, *one.mixed, *one.agreed)[:LISTED] for one in found.best}
    wanted = {key for keys in listed.values() for key in keys}
    propositions = Proposition.objects.select_related("current_wording").in_bulk(wanted)
    for one in (each for each in found.best if each.person in people):
        own, theirs = found.sides[found.speaker], found.sides[one.person]
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
