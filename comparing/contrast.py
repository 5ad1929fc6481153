"""Positions of one speaker on one proposition that differ, picked to be read side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from positions.models import Position, PositionQuerySet, Proposition
from record.figures import figure
from speakers.models import Person

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two or three positions, the oldest first; whether that is their order in time is known or not."""

    proposition: Proposition
    positions: tuple[Position, ...]
    is_in_order: bool


@dataclass(frozen=True, slots=True)
class Contrasts:
    """The newest of the `total` propositions on which a speaker has several stances."""

    total: int
    shown: tuple[Contrast, ...]


def contrasts(person: Person) -> Contrasts:
    """Seven queries at most, however many positions there are."""
    own = Position.objects.public().by_person(person)
    keys = figure(own, PositionQuerySet.with_several_stances)
    shown = keys[:SHOWN]
    stated = list(own.filter(proposition__in=shown).first_and_last_of_each_stance().for_list())
    propositions = Proposition.objects.select_related("current_wording").in_bulk(shown)
    on_it = {key: [position for position in stated if position.proposition_id == key] for key in shown}
    # What is kept of them may be older by a moment than what is asked for now.
    return Contrasts(len(keys), tuple(_contrast(propositions[key], on_it[key]) for key in shown if on_it[key]))


def _contrast(proposition: Proposition, stated: Iterable[Position]) -> Contrast:
    """The oldest and the newest; where these agree, with what differs from them."""
    in_order = sorted(stated, key=_when)
    dated = [position for position in in_order if _is_dated(position)] or in_order
    oldest, newest = dated[0], dated[-1]
    shown = [oldest, newest]
    if oldest.stance == newest.stance:
        between = [position for position in dated if position.stance != oldest.stance]
        undated = [position for position in in_order if position.stance != oldest.stance]
        shown = [oldest, between[-1], newest] if between else [newest, undated[0]]
    return Contrast(proposition, tuple(shown), all(is_before(one, next_one) for one, next_one in pairwise(shown)))


def is_before(one: Position, other: Position) -> bool:
    """Whether it is known to have been stated earlier: in an earlier session of one debate, or at an earlier date."""
    if one.event_id == other.event_id:
        return one.appearance.session.order < other.appearance.session.order
    return bool(one.date_latest and other.date_earliest and one.date_latest < other.date_earliest)


def _is_dated(position: Position) -> bool:
    return bool(position.date_earliest or position.date_latest)


def _when(position: Position) -> tuple[date, date, int, int]:
    earliest = position.date_earliest or position.date_latest or date.max
    latest = position.date_latest or position.date_earliest or date.max
    return earliest, latest, position.appearance.session.order, position.pk
