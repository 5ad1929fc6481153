"""Up to six people or organizations side by side, over the propositions that they took positions on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.core.paginator import Page
from django.core.validators import slug_re
from django.http import QueryDict
from django.utils.translation import gettext as _

from pages.choosing import chosen
from pages.paging import page_of_all
from pages.problems import NotUnderstood
from pages.reader import reader_language
from positions.models import Position, PositionQuerySet, Proposition, Stance
from positions.shared import Shared
from positions.shared import shared as shared_sides
from positions.shared import taken as sides_by_person
from search.suggest import Suggestion, suggest
from speakers.models import Organization, Person

MOST = 6
ROWS = 8
SHOWN = 2  # positions in a cell
OFFERED = 10
BASES = ("behalf", "identified")
_KINDS: dict[str, type[Person] | type[Organization]] = {"speaker": Person, "organization": Organization}
_PARAMETER = {"person": "speaker", "organization": "organization"}  # by the kind of a suggestion


@dataclass(frozen=True, slots=True)
class Compared:
    """Somebody who is compared, the query of the page without them, how many positions they have by proposition and
    stance, and the sides they took by proposition.
    """

    parameter: str
    record: Person | Organization
    without: str
    counts: Mapping[tuple[int, str], int]
    sides: Mapping[int, frozenset[str]]

    @property
    def is_person(self) -> bool:
        return isinstance(self.record, Person)

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
    """`shared` is on how many of the propositions two or more of those compared took a position. `pairs` are of people:
    two organizations may have their words from one person, who agrees with nobody by that.
    """

    compared: tuple[Compared, ...]
    pairs: tuple[Pair, ...]
    basis: str
    shared: int
    page: Page[int]
    rows: tuple[Row, ...]

    @property
    def has_organization(self) -> bool:
        return not all(one.is_person for one in self.compared)


@dataclass(frozen=True, slots=True)
class Offer:
    """Somebody who can be added, and the query of the page with them."""

    suggestion: Suggestion
    query: str


def compare(parameters: QueryDict) -> Comparison:
    """Costs a query for each kind of name and for each of those compared, two for an organization, and eight more.

    Raises NotUnderstood for names that are not in the record, for too many, and for a basis that is none.
    """
    basis = chosen(parameters, "basis", BASES)
    named = _named(parameters)
    positions = [_positions_of(record, basis) for _parameter, record in named]
    counts = [stated.counted_by("proposition", "stance") for stated in positions]
    compared = tuple(
        Compared(parameter, record, _without(parameters, parameter, record.slug), counted, _sides(counted))
        for (parameter, record), counted in zip(named, counts, strict=True)
    )
    takers = Counter(proposition for one in compared for proposition in one.propositions)
    page = page_of_all(sorted(takers, key=lambda key: (-takers[key], key)), parameters, ROWS)
    shared = sum(1 for takes in takers.values() if takes > 1)
    return Comparison(
        compared, tuple(_pairs(compared)), basis, shared, page, tuple(_rows(list(page), compared, positions))
    )


def offers(text: str, parameters: QueryDict) -> list[Offer]:
    """People and organizations of that name; raises SearchUnavailable."""
    found = suggest(text, language=reader_language(), limit=50).found
    return [
        Offer(suggestion, _with(parameters, _PARAMETER[suggestion.kind], suggestion.slug))
        for suggestion in found
        if suggestion.kind in _PARAMETER
    ][:OFFERED]


def _sides(counts: Iterable[tuple[int, str]]) -> Mapping[int, frozenset[str]]:
    nobody = 0  # in particular
    return sides_by_person((nobody, proposition, stance) for proposition, stance in counts).get(nobody, {})


def _pairs(compared: Iterable[Compared]) -> Iterator[Pair]:
    for one, other in combinations((person for person in compared if person.is_person), 2):
        for found in shared_sides(one.sides, {other.record.pk: other.sides}):
            yield Pair(one, other, found)


def _named(parameters: QueryDict) -> list[tuple[str, Person | Organization]]:
    """In the order of the address."""
    asked = [(name, slug) for name in _KINDS for slug in dict.fromkeys(parameters.getlist(name)) if slug]
    if len(asked) > MOST:
        raise NotUnderstood(_("At most %(count)d can be compared.") % {"count": MOST})
    found: dict[tuple[str, str], Person | Organization] = {}
    for name, model in _KINDS.items():
        slugs = [slug for kind, slug in asked if kind == name and slug_re.match(slug)]
        records: Any = model._default_manager
        found |= {(name, record.slug): record for record in (records.public().filter(slug__in=slugs) if slugs else ())}
    if missing := [slug for name, slug in asked if (name, slug) not in found]:
        raise NotUnderstood(_("%(slug)r is not in the record.") % {"slug": missing[0][:60]})
    return [(name, found[name, slug]) for name, slug in asked]


def _positions_of(record: Person | Organization, basis: str) -> PositionQuerySet:
    public: PositionQuerySet = Position.objects.public()
    if isinstance(record, Person):
        return public.by_person(record)
    if basis == "identified":
        return public.of_organizations([record.pk])
    return public.spoken_for(record)


def _rows(keys: Sequence[int], compared: Sequence[Compared], positions: Sequence[PositionQuerySet]) -> Iterable[Row]:
    propositions = {one.pk: one for one in Proposition.objects.filter(pk__in=keys).for_list(reader_language())}
    newest = [stated.filter(proposition__in=keys).newest_of_each("proposition", SHOWN) for stated in positions]
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
                for one, of_one in zip(compared, newest, strict=True)
            ),
        )


def _with(parameters: QueryDict, name: str, slug: str) -> str:
    return _query(parameters, name, [*parameters.getlist(name), slug])


def _without(parameters: QueryDict, name: str, slug: str) -> str:
    return _query(parameters, name, [one for one in parameters.getlist(name) if one != slug])


def _query(parameters: QueryDict, name: str, values: list[str]) -> str:
    """That of the page with other values of one parameter, from the first page on and without what was looked for."""
    changed = parameters.copy()
    changed.setlist(name, list(dict.fromkeys(values)))
    for left in ("find", "page"):
        changed.pop(left, None)
    return f"?{changed.urlencode()}"
