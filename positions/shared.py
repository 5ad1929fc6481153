"""On which propositions two people both took a side, and whether it was the same one: pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

SIDES = ("supports", "opposes")  # whoever is for it on a condition or takes no side is on neither

type Key = int  # of a person or a proposition
type Taken = Mapping[Key, frozenset[str]]  # the sides that one person took, by proposition


class Outcome(StrEnum):
    AGREED = "agreed"
    DISAGREED = "disagreed"
    MIXED = "mixed"  # one of the two is recorded on both sides


@dataclass(frozen=True, slots=True)
class Shared:
    """The propositions on which a person and `person` both took a side."""

    person: Key
    agreed: tuple[Key, ...] = ()
    disagreed: tuple[Key, ...] = ()
    mixed: tuple[Key, ...] = ()

    @property
    def total(self) -> int:
        return len(self.agreed) + len(self.disagreed) + len(self.mixed)


def taken(rows: Iterable[tuple[Key, Key, str]]) -> dict[Key, dict[Key, frozenset[str]]]:
    """By person and proposition, from rows of person, proposition and stance; what is no side is left out."""
    sides: dict[Key, dict[Key, set[str]]] = defaultdict(lambda: defaultdict(set))
    for person, proposition, stance in rows:
        if stance in SIDES:
            sides[person][proposition].add(stance)
    return {person: {key: frozenset(both) for key, both in held.items()} for person, held in sides.items()}


def outcome(one: frozenset[str], other: frozenset[str]) -> Outcome:
    if len(one) > 1 or len(other) > 1:
        return Outcome.MIXED
    return Outcome.AGREED if one == other else Outcome.DISAGREED


def shared(own: Taken, others: Mapping[Key, Taken]) -> list[Shared]:
    """What is shared with each of the others with whom anything is: most propositions first, then most agreed on."""
    found = [_with(person, own, theirs) for person, theirs in others.items() if not own.keys().isdisjoint(theirs)]
    return sorted(found, key=lambda one: (-one.total, -len(one.agreed), one.person))


def _with(person: Key, own: Taken, theirs: Taken) -> Shared:
    found: dict[Outcome, list[Key]] = {one: [] for one in Outcome}
    for proposition in sorted(own.keys() & theirs.keys()):
        found[outcome(own[proposition], theirs[proposition])].append(proposition)
    return Shared(person, **{one.value: tuple(keys) for one, keys in found.items()})
