"""Who stands where: propositions against speakers, and the positions where they meet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, F

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
    """How many positions with each stance a proposition has."""

    stances: Mapping[str, int]

    @property
    def positions(self) -> int:
        return sum(self.stances.values())

    @property
    def division(self) -> tuple[int, int]:
        """The larger, the more divided: by the smaller side first, then by all that was said."""
        sides = (self.stances.get(Stance.SUPPORTS, 0), self.stances.get(Stance.OPPOSES, 0))
        return min(sides), self.positions


_SPEAKER = ("person", "appearance__organization", "appearance__label")
_IN_ORDER = tuple(F(column).asc(nulls_last=True) for column in _SPEAKER)


def weights(positions: PositionQuerySet) -> dict[int, Weight]:
    """By proposition, those with the most positions first; one query."""
    stances: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for (proposition, stance), count in positions.counted_by("proposition", "stance").items():
        stances[proposition][stance] = count
    weighed = {proposition: Weight(counts) for proposition, counts in stances.items()}
    return dict(sorted(weighed.items(), key=lambda pair: (-pair[1].positions, pair[0])))


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


def by_cell(positions: Iterable[Taken]) -> Mapping[tuple[int, Speaker], dict[str, list[Taken]]]:
    """For each proposition and speaker what they stated, by stance in the order of Stance."""
    cells: defaultdict[tuple[int, Speaker], dict[str, list[Taken]]] = defaultdict(dict)
    for position in sorted(positions, key=lambda position: Stance.values.index(position.stance)):
        cells[position.proposition, position.speaker].setdefault(position.stance, []).append(position)
    return cells


def _speaker(person: int | None, organization: int | None, label: str | None) -> Speaker:
    return Speaker(person, organization, label or "")
