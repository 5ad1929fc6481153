"""What a debate that is to be entered consists of, before anything of it is written. Pure values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Party:
    """A person or an organization, known by its primary key, or to be made: then `name` says who. `label` is somebody
    whom the source leaves unnamed. `number` tells new namesakes apart.
    """

    kind: Literal["person", "organization", "label"]
    key: int | None = None
    name: str = ""
    number: int = 1

    @property
    def is_new(self) -> bool:
        return self.key is None and self.kind != "label"


@dataclass(frozen=True, slots=True)
class PlannedCapacity:
    """`row` is the line of the table that says it, counted from 0."""

    row: int
    organization: Party | None
    organization_name: str
    role: str
    unit: str
    basis: str
    is_doubtful: bool
    note: str


@dataclass(slots=True)
class PlannedAppearance:
    row: int
    session: int
    who: Party
    role: str
    name_as_printed: str
    locator: str
    capacities: list[PlannedCapacity] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PlannedSession:
    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class Plan:
    """`source` is the primary key of one in the record, or the values of a new one."""

    mark: str
    language: str
    event: dict[str, Any]
    hosts: tuple[tuple[Party, str], ...]
    source: int | dict[str, Any]
    sessions: tuple[PlannedSession, ...]
    appearances: tuple[PlannedAppearance, ...]

    @property
    def parties(self) -> list[Party]:
        """Everybody once, in the order of the screen."""
        return list(dict.fromkeys(self._parties()))

    def _parties(self) -> Iterator[Party]:
        yield from (party for party, _role in self.hosts)
        for appearance in self.appearances:
            yield appearance.who
            yield from (capacity.organization for capacity in appearance.capacities if capacity.organization)

    @property
    def capacities(self) -> list[tuple[PlannedAppearance, PlannedCapacity]]:
        return [(one, capacity) for one in self.appearances for capacity in one.capacities]

    def of(self, kind: str, *, new: bool) -> list[Party]:
        return [party for party in self.parties if party.kind == kind and party.is_new is new]
