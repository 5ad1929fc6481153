"""What coders read in a round, as numbers: which readings are one unit, and how far the coders agree."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from positions.models import Coding, CodingRound, CodingUnit, Position
from positions.reliability import Agreement, agreement
from positions.units import Place, Reading, matched

_PLACE = ("locator", "start", "end", "text_hash")
_SPEAKER = ("appearance__person", "appearance__organization", "appearance__label", "appearance__session__event")


def is_settled(position: Position) -> bool:
    """Whether no coding round holds the position back from the public."""
    return not CodingUnit.objects.of_unsettled_rounds().filter(position=position).exists()


def codings_of(coder: int, coding_round: CodingRound) -> QuerySet[Coding]:
    """What somebody reads in a round, in the order of the text, without what they took back."""
    own = Coding.objects.filter(round=coding_round, coder=coder)
    return own.standing().for_list().in_text_order()


def units_of(coding_round: CodingRound) -> list[list[int]]:
    """The readings of the round by primary key, those of one unit together, in the order of the text; one query."""
    return [[reading.key for reading in unit] for unit in matched(_readings(coding_round))]


def _readings(coding_round: CodingRound) -> Iterable[Reading]:
    columns = ("pk", "coder", "wording__proposition", *_PLACE, *_SPEAKER)
    rows = Coding.objects.filter(round=coding_round).standing().order_by("pk").values_list(*columns)
    for key, coder, proposition, locator, start, end, text, *speaker in rows:
        characters = None if start is None else (start, end)
        yield Reading(key, coder, _same_speaker(*speaker), proposition, Place(locator, characters, text))


def _same_speaker(person: int | None, organization: int | None, label: str, event: int) -> tuple[object, ...]:
    """Somebody unnamed is the same within one debate only."""
    return (person, organization) if person or organization else (label, event)


@dataclass(frozen=True, slots=True)
class UnitRead:
    """`stances` and `kinds` are in the order of the coders, None where one has no reading of the unit."""

    key: int
    number: int
    outcome: str
    proposition: int
    stances: tuple[str | None, ...]
    kinds: tuple[str | None, ...]

    @property
    def is_alone(self) -> bool:
        """Whether one coder alone saw a position there."""
        return sum(stance is not None for stance in self.stances) == 1

    @property
    def differs(self) -> bool:
        return any(len(set(values) - {None}) > 1 for values in (self.stances, self.kinds))


def read(coding_round: CodingRound, coders: Sequence[int]) -> list[UnitRead]:
    """All units of a closed round in the order of the text; one query."""
    columns = ("unit", "unit__number", "unit__outcome", "wording__proposition", "coder", "stance", "kind")
    rows = Coding.objects.filter(round=coding_round, unit__isnull=False).order_by("unit__number", "pk")
    values: dict[tuple[int, int, str], dict[int, tuple[str, str]]] = defaultdict(dict)
    about: dict[int, int] = {}
    for unit, number, outcome, proposition, coder, stance, kind in rows.values_list(*columns):
        values[unit, number, outcome][coder] = (stance, kind)
        about[unit] = proposition
    return [
        UnitRead(*unit, about[unit[0]], _of_each(coders, of_coder, 0), _of_each(coders, of_coder, 1))
        for unit, of_coder in values.items()
    ]


def _of_each(coders: Sequence[int], readings: Mapping[int, tuple[str, str]], part: int) -> tuple[str | None, ...]:
    return tuple(readings[coder][part] if coder in readings else None for coder in coders)


@dataclass(frozen=True, slots=True)
class Measured:
    """How far the coders agree on some units, of which `alone` were seen by one coder only: those count as missing."""

    units: int
    alone: int
    stance: Agreement
    kind: Agreement

    @property
    def share_alone(self) -> float | None:
        return self.alone / self.units if self.units else None


def measured(units: Collection[UnitRead], *, with_interval: bool = False) -> Measured:
    return Measured(
        units=len(units),
        alone=sum(unit.is_alone for unit in units),
        stance=agreement([unit.stances for unit in units], with_interval=with_interval),
        kind=agreement([unit.kinds for unit in units], with_interval=with_interval),
    )


def by_proposition(units: Iterable[UnitRead]) -> dict[int, Measured]:
    """By primary key of the proposition, that with most units first."""
    several: dict[int, list[UnitRead]] = defaultdict(list)
    for unit in units:
        several[unit.proposition].append(unit)
    in_order = sorted(several, key=lambda proposition: (-len(several[proposition]), proposition))
    return {proposition: measured(several[proposition]) for proposition in in_order}


def pairs_of_stances(units: Iterable[UnitRead]) -> Counter[tuple[str, str]]:
    """Which stances the coders gave to the same units, each pair of readings once, whichever coder gave which."""
    pairs: Counter[tuple[str, str]] = Counter()
    for unit in units:
        given = sorted(stance for stance in unit.stances if stance is not None)
        pairs.update((one, other) for place, one in enumerate(given) for other in given[place + 1 :])
    return pairs
