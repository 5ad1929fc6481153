"""Who stands where: propositions against speakers, and the positions where they meet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, F, Min, Q, Window
from django.db.models.functions import RowNumber

from positions.models import PositionQuerySet, Stance


class Speaker(NamedTuple):
    """Whoever speaks: a person or an organization by primary key, or somebody unnamed by the label as printed."""

    person: int | None
    organization: int | None
    label: str


class Cell(NamedTuple):
    """One stance of one speaker on one proposition."""

    proposition: int
    speaker: Speaker
    stance: str


class Taken(NamedTuple):
    """So many positions with one stance of one speaker on one proposition; `public_id` is that of one of them."""

    proposition: int
    speaker: Speaker
    stance: str
    number: int
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
_CELL = ("proposition", *_SPEAKER)
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


def taken(positions: PositionQuerySet, propositions: Collection[int], speakers: Collection[Speaker]) -> list[Taken]:
    """What the speakers stated on the propositions; one query."""
    stated = positions.filter(_by(speakers), proposition__in=propositions).order_by()
    rows = stated.values_list("proposition", *_SPEAKER, "stance").annotate(Count("pk"), Min("public_id"))
    return [
        Taken(proposition, Speaker(person, organization, label or ""), *what)
        for proposition, person, organization, label, *what in rows
    ]


def ids_in_cells(
    positions: PositionQuerySet, propositions: Collection[int], speakers: Collection[Speaker], at_most: int
) -> dict[Cell, list[str]]:
    """The public ids of the first so many of each cell; one query, which reads all positions in them."""
    place = Window(RowNumber(), partition_by=[F(column) for column in (*_CELL, "stance")], order_by=F("pk").asc())
    stated = positions.filter(_by(speakers), proposition__in=propositions).annotate(place=place)
    first = stated.filter(place__lte=at_most).order_by("place")
    ids: defaultdict[Cell, list[str]] = defaultdict(list)
    for proposition, *named, stance, public_id in first.values_list(*_CELL, "stance", "public_id"):
        ids[Cell(proposition, _speaker(*named), stance)].append(public_id)
    return dict(ids)


def by_cell(stated: Iterable[Taken]) -> Mapping[tuple[int, Speaker], list[Taken]]:
    """For each proposition and speaker what they stated, in the order of Stance."""
    cells: defaultdict[tuple[int, Speaker], list[Taken]] = defaultdict(list)
    for one in sorted(stated, key=lambda one: Stance.values.index(one.stance)):
        cells[one.proposition, one.speaker].append(one)
    return cells


def _by(speakers: Collection[Speaker]) -> Q:
    by = Q(person__in=[speaker.person for speaker in speakers if speaker.person])
    by |= Q(appearance__organization__in=[speaker.organization for speaker in speakers if speaker.organization])
    by |= Q(appearance__label__in=[speaker.label for speaker in speakers if speaker.label])
    return by


def _speaker(person: int | None, organization: int | None, label: str | None) -> Speaker:
    return Speaker(person, organization, label or "")
