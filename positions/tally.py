"""How many positions there are of each stance."""

from __future__ import annotations

from dataclasses import dataclass

from positions.models import Stance

STANCES = (Stance.SUPPORTS, Stance.CONDITIONAL, Stance.NEUTRAL, Stance.OPPOSES)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many positions of each stance there are, in the order of STANCES."""

    counts: tuple[tuple[Stance, int], ...]

    @property
    def taken(self) -> list[tuple[Stance, int]]:
        return [(stance, count) for stance, count in self.counts if count]

    @property
    def total(self) -> int:
        return sum(count for _stance, count in self.counts)

    def of(self, stance: Stance) -> int:
        return dict(self.counts)[stance]
