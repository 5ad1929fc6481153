"""Up to six people or organizations side by side, over the propositions that they took positions on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.core.validators import slug_re
from django.utils.translation import gettext as _

from positions.models import Position, PositionQuerySet, Proposition, Stance
from positions.shared import Shared
from positions.shared import shared as shared_sides
from positions.shared import taken as sides_by_person
from search.filters import FiltersError, Problem
from speakers.models import Organization, Person

MOST = 6
SHOWN = 2  # positions in a cell
BASES = ("behalf", "identified")
KINDS: Mapping[str, type[Person] | type[Organization]] = {"speaker": Person, "organization": Organization}


@dataclass(frozen=True, slots=True)
class Compared:
    """Somebody who is compared, the positions they took, how many by proposition and stance, and the sides they took
    by proposition.
    """

    record: Person | Organization
    stated: PositionQuerySet
    counts: Mapping[tuple[int, str], int]
    sides: Mapping[int, frozenset[str]]

    @property
    def is_person(self) -> bool:
        return isinstance(self.record, Person)

    @property
    def parameter(self) -> str:
        return "speaker" if self.is_person else "organization"

    @property
    def positions(self) -> int:
        return sum(self.counts.values())

    @property
    def propositions(self) -> set[int]:
        return {proposition for proposition, _stance in self.counts}

    def on(self, proposition: int) -> int:
        return sum(self.counts.get((proposition, stance), 0) for stance in Stance.values)


@dataclass(frozen=True, slots=True)
class Stated:
    """The newest of `count` positions that one of those compared took on a proposition."""

    by: Compared
    count: int
    positions: tuple[Position, ...]

    @property
    def left_out(self) -> int:
        return self.count - len(self.positions)


@dataclass(frozen=True, slots=True)
class Row:
    proposition: Proposition
    stated: tuple[Stated, ...]

    @property
    def takers(self) -> int:
        return sum(1 for one in self.stated if one.count)

    @property
    def sides(self) -> str:
        """How the people stand to each other who took one: "same", "different", or nothing to say, as where somebody is
        recorded on both sides. Organizations are left out: two may have their words from one person.
        """
        sides = [one.by.sides.get(self.proposition.pk) for one in self.stated if one.by.is_person]
        taken = [side for side in sides if side]
        if len(taken) < 2 or any(len(side) > 1 for side in taken):
            return ""
        return "same" if len(set(taken)) == 1 else "different"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people, and the propositions on which both took a side."""

    one: Compared
    other: Compared
    shared: Shared


@dataclass(frozen=True, slots=True)
class Comparison:
    """`propositions` are those that somebody took a position on, by primary key, those of most people first; `shared`
    is on how many of them two or more did. `pairs` are of people: two organizations may have their words from one
    person, who agrees with nobody by that.
    """

    compared: tuple[Compared, ...]
    pairs: tuple[Pair, ...]
    basis: str
    propositions: tuple[int, ...]
    shared: int

    @property
    def has_organization(self) -> bool:
        return not all(one.is_person for one in self.compared)


def compare(records: Iterable[Person | Organization], basis: str) -> Comparison:
    """Costs a query for each of those compared, two for an organization."""
    compared = tuple(_compared(record, basis) for record in records)
    takers = Counter(proposition for one in compared for proposition in one.propositions)
    shared = sum(1 for takes in takers.values() if takes > 1)
    propositions = tuple(sorted(takers, key=lambda key: (-takers[key], key)))
    return Comparison(compared, tuple(_pairs(compared)), basis, propositions, shared)


def named(parameters: Mapping[str, list[str]]) -> list[Person | Organization]:
    """Those who are to be compared, in the order of the address; a query for each kind of name. Raises FiltersError
    for names that are not in the record, and for too many.
    """
    asked = [(name, slug) for name in KINDS for slug in dict.fromkeys(parameters.get(name, ())) if slug]
    if len(asked) > MOST:
        raise FiltersError([Problem(asked[-1][0], _("At most %(count)d can be compared.") % {"count": MOST})])
    found: dict[tuple[str, str], Person | Organization] = {}
    for name, model in KINDS.items():
        slugs = [slug for kind, slug in asked if kind == name and slug_re.match(slug)]
        records: Any = model._default_manager
        found |= {(name, record.slug): record for record in (records.public().filter(slug__in=slugs) if slugs else ())}
    if missing := [(name, slug) for name, slug in asked if (name, slug) not in found]:
        raise FiltersError(
            Problem(name, _("%(slug)r is not in the record.") % {"slug": slug[:60]}) for name, slug in missing
        )
    return [found[each] for each in asked]


def rows(comparison: Comparison, keys: Sequence[int], language: str) -> Iterator[Row]:
    """Of these of its propositions; a query for each of those compared, and eight more."""
    propositions = {one.pk: one for one in Proposition.objects.filter(pk__in=keys).for_list(language)}
    newest = [
        one.stated.filter(proposition__in=keys).newest_of_each("proposition", SHOWN) for one in comparison.compared
    ]
    shown = {
        one.pk: one for one in Position.objects.public().filter(pk__in=set().union(*newest)).for_list().in_time_order()
    }
    for key in filter(propositions.get, keys):
        yield Row(
            propositions[key],
            tuple(
                Stated(
                    one,
                    one.on(key),
                    tuple(shown[pk] for pk in shown if pk in of_one and shown[pk].proposition_id == key),
                )
                for one, of_one in zip(comparison.compared, newest, strict=True)
            ),
        )


def _compared(record: Person | Organization, basis: str) -> Compared:
    stated = _positions_of(record, basis)
    counts = stated.counted_by("proposition", "stance")
    return Compared(record, stated, counts, _sides(counts))


def _positions_of(record: Person | Organization, basis: str) -> PositionQuerySet:
    public: PositionQuerySet = Position.objects.public()
    if isinstance(record, Person):
        return public.by_person(record)
    if basis == "identified":
        return public.of_organizations([record.pk])
    return public.spoken_for(record)


def _sides(counts: Iterable[tuple[int, str]]) -> Mapping[int, frozenset[str]]:
    nobody = 0  # in particular
    return sides_by_person((nobody, proposition, stance) for proposition, stance in counts).get(nobody, {})


def _pairs(compared: Iterable[Compared]) -> Iterator[Pair]:
    for one, other in combinations((person for person in compared if person.is_person), 2):
        for found in shared_sides(one.sides, {other.record.pk: other.sides}):
            yield Pair(one, other, found)
