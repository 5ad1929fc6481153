"""Who stands where: propositions against speakers, and the positions where they meet."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, F, Q

from positions.models import PositionQuerySet, Stance

MOST_POSITIONS = 5_000


class Speaker(NamedTuple):
    """Whoever speaks: a person or an organization by primary key, or somebody unnamed by the label as printed."""

    person: int | None
    organization: int | None
    label: str


class Taken(NamedTuple):
    """One position, as little of it as a cell shows."""

    proposition: int
    speaker: Speaker
    stance: str
    public_id: str


@dataclass(frozen=True, slots=True)
class Weight:
    """How many positions a proposition has, and how many of them are for and against it."""

    positions: int
    supporting: int
    opposing: int

    @property
    def division(self) -> tuple[int, int]:
        """The larger, the more divided: by the smaller side first, then by all that was said."""
        return min(self.supporting, self.opposing), self.positions


_SPEAKER = ("person", "appearance__organization", "appearance__label")
_IN_ORDER = tuple(F(column).asc(nulls_last=True) for column in _SPEAKER)


def weights(positions: PositionQuerySet, at_most: int) -> dict[int, Weight]:
    """By proposition, those with the most positions first; one query."""
    rows = (
        positions.order_by()
        .values("proposition")
        .annotate(
            stated=Count("pk"),
            supporting=Count("pk", filter=Q(stance=Stance.SUPPORTS)),
            opposing=Count("pk", filter=Q(stance=Stance.OPPOSES)),
        )
        .order_by("-stated", "proposition")
        .values_list("proposition", "stated", "supporting", "opposing")
    )
    return {proposition: Weight(*counts) for proposition, *counts in rows[:at_most] if proposition is not None}


def busiest_speakers(positions: PositionQuerySet, at_most: int) -> dict[Speaker, int]:
    """With the number of their positions, the most first; one query."""
    rows = positions.order_by().values(*_SPEAKER).annotate(stated=Count("pk")).order_by("-stated", *_IN_ORDER)
    return {_speaker(*named): count for *named, count in rows.values_list(*_SPEAKER, "stated")[:at_most]}


def taken(positions: PositionQuerySet, propositions: Collection[int]) -> list[Taken]:
    """The positions on those propositions, in a total order, at most MOST_POSITIONS; one query."""
    rows = positions.filter(proposition__in=propositions).order_by("date_earliest", "pk")
    values = rows.values_list("proposition", *_SPEAKER, "stance", "public_id")[:MOST_POSITIONS]
    return [
        Taken(proposition, _speaker(*named), stance, public_id) for proposition, *named, stance, public_id in values
    ]


def by_cell(positions: Iterable[Taken]) -> Mapping[tuple[int, Speaker], list[Taken]]:
    cells: defaultdict[tuple[int, Speaker], list[Taken]] = defaultdict(list)
    for position in positions:
        cells[position.proposition, position.speaker].append(position)
    return cells


def stances_of(positions: Iterable[Taken]) -> Iterator[tuple[str, int]]:
    """Each stance that was taken with its number, in the order of Stance."""
    counts = Counter(position.stance for position in positions)
    yield from ((stance, counts[stance]) for stance in Stance.values if counts[stance])


def _speaker(person: int | None, organization: int | None, label: str | None) -> Speaker:
    return Speaker(person, organization, label or "")
