"""Positions put together for reading."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from comparing.matrix import first_topic
from debate.models import Appearance
from positions.models import Position, PositionQuerySet, Proposition, Stance, Topic, Wording
from positions.tally import STANCES, Tally
from speakers.models import Organization, Person


@dataclass(frozen=True, slots=True)
class OnWording:
    wording: Wording
    positions: tuple[Position, ...]

    @property
    def proposition(self) -> Proposition | None:
        return self.positions[0].proposition


@dataclass(frozen=True, slots=True)
class OnTopic:
    """`topic` is None for propositions that have none."""

    topic: Topic | None
    wordings: tuple[OnWording, ...]

    @property
    def count(self) -> int:
        return sum(len(group.positions) for group in self.wordings)


@dataclass(frozen=True, slots=True)
class OfSpeaker:
    """All that somebody stated; the first position says who it is."""

    positions: tuple[Position, ...]

    @property
    def appearance(self) -> Appearance:
        return self.positions[0].appearance


@dataclass(frozen=True, slots=True)
class StatedBy:
    """`count` positions of one speaker, of which this is the newest."""

    position: Position
    count: int


@dataclass(frozen=True, slots=True)
class OnStance:
    """The newest of `count` positions with one stance."""

    stance: Stance
    count: int
    positions: tuple[Position, ...]

    @property
    def not_shown(self) -> int:
        return self.count - len(self.positions)

    @property
    def speakers(self) -> list[StatedBy]:
        """Of the positions shown, each speaker once; whoever has no name in the record is somebody else each time."""
        stated: dict[object, list[Position]] = {}
        for position in self.positions:
            speaker = position.appearance.person or position.appearance.organization or position
            stated.setdefault(speaker, []).append(position)
        return [StatedBy(several[0], len(several)) for several in stated.values()]


def by_topic(positions: Iterable[Position]) -> list[OnTopic]:
    """By the first topic of each proposition, so that every position is there once; topics in their own order."""
    groups: dict[Topic | None, dict[Wording, list[Position]]] = {}
    for position in positions:
        groups.setdefault(first_topic(position.proposition), {}).setdefault(position.wording, []).append(position)
    return [
        OnTopic(topic, tuple(OnWording(wording, tuple(stated)) for wording, stated in groups[topic].items()))
        for topic in sorted(groups, key=_place)
    ]


def by_speaker(positions: Iterable[Position]) -> list[OfSpeaker]:
    """In the order of the positions; reads what `for_list` fetched."""
    groups: dict[Person | Organization | str, list[Position]] = {}
    for position in positions:
        groups.setdefault(position.appearance.speaker, []).append(position)
    return [OfSpeaker(tuple(several)) for several in groups.values()]


@dataclass(frozen=True, slots=True)
class InYear:
    """`year` is None where it is not known, or not one."""

    year: int | None
    positions: tuple[Position, ...]


def by_year(positions: Iterable[Position]) -> list[InYear]:
    """In the order in which they come; years that do not follow each other stay apart."""
    return [InYear(year, tuple(stated)) for year, stated in groupby(positions, key=_year)]


def _year(position: Position) -> int | None:
    earliest, latest = position.date_earliest, position.date_latest
    return earliest.year if earliest and latest and earliest.year == latest.year else None


def by_stance(positions: PositionQuerySet, tally: Tally, newest: int) -> list[OnStance]:
    """The newest positions of each stance, every stance being shown whatever the numbers; nine queries.

    One query a stance reads no more of the index than is shown; numbering all in one would read every position.
    """
    keys = [key for stance in STANCES for key in _newest(positions.filter(stance=stance), newest)]
    shown = list(Position.objects.public().filter(pk__in=keys).for_list().in_time_order())
    return [
        OnStance(stance, tally.of(stance), tuple(position for position in shown if position.stance == stance))
        for stance in STANCES
    ]


def _newest(positions: PositionQuerySet, number: int) -> Iterable[int]:
    return positions.in_time_order().values_list("pk", flat=True)[:number]


def _place(topic: Topic | None) -> tuple[bool, int, str, int]:
    """Topics in their own order; what has none comes last."""
    return (False, topic.order, topic.sort_key_en, topic.pk) if topic else (True, 0, "", 0)  # type: ignore[attr-defined]
