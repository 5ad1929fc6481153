"""What changed on a position while the public could see it, out of the edit history: pure.

A position is seen while it, its debate and its proposition are published. What was written at other times is no
public change; where it was shown again, what it showed before is compared with what it shows then. Where it can't be
told what was seen before, nothing of before is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

PUBLISHED = "published"
AT_ONCE = timedelta(minutes=1)  # what was saved closer together is one change: a form saves several rows

type Held = Mapping[str, str | int | None]


class About(StrEnum):
    POSITION = "position"
    EVENT = "event"
    PROPOSITION = "proposition"
    EVIDENCE = "evidence"
    CAPACITY = "capacity"  # one of those that the position was stated in
    GAP = "gap"  # nothing is held: what was public before can't be told


class What(StrEnum):
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    AGAIN = "published_again"
    STANCE = "stance"
    KIND = "kind"
    SUMMARY = "summary"
    CONDITION = "condition"
    WORDING = "wording_id"
    CAPACITIES = "capacities"
    EVIDENCE_ADDED = "evidence_added"
    EVIDENCE_CHANGED = "evidence_changed"
    EVIDENCE_REMOVED = "evidence_removed"


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the edit history: what the record held from then on, or None where it was deleted."""

    when: datetime
    about: About
    held: Held | None
    key: int = 0  # of the piece of evidence, or of the choice of a capacity
    is_edit: bool = False  # of what was there before


@dataclass(frozen=True, slots=True)
class Change:
    """`language` is that of a text; of evidence, `before` and `after` are all that it held."""

    what: What
    before: object = None
    after: object = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    when: datetime
    changes: tuple[Change, ...]


@dataclass(slots=True)
class _State:
    position: Held | None = None
    evidence: dict[int, Held] = field(default_factory=dict)
    capacities: dict[int, Held] = field(default_factory=dict)
    statuses: dict[About, object] = field(default_factory=dict)
    of_old: set[int] = field(default_factory=set)  # evidence of which it isn't known when it was added

    @property
    def is_public(self) -> bool:
        return (
            self.position is not None
            and self.position["status"] == PUBLISHED
            and all(status == PUBLISHED for status in self.statuses.values())
        )

    def take(self, entry: Entry) -> None:
        match entry.about:
            case About.POSITION:
                self.position = entry.held
            case About.EVIDENCE:
                if entry.is_edit and entry.key not in self.evidence:
                    self.of_old.add(entry.key)
                _take(self.evidence, entry)
            case About.CAPACITY:
                _take(self.capacities, entry)
            case About.EVENT | About.PROPOSITION:
                self.statuses[entry.about] = entry.held and entry.held["status"]

    def shown(self) -> _Shown:
        capacities = frozenset(held["capacity_id"] for held in self.capacities.values())
        return _Shown(dict(self.position or {}), dict(self.evidence), capacities, frozenset(self.of_old))


def _take(held: dict[int, Held], entry: Entry) -> None:
    if entry.held is None:
        held.pop(entry.key, None)
    else:
        held[entry.key] = entry.held


@dataclass(frozen=True, slots=True)
class _Shown:
    position: Held
    evidence: Mapping[int, Held]
    capacities: frozenset[object]
    of_old: frozenset[int]


def public_changes(entries: Iterable[Entry], languages: Iterable[str]) -> list[Moment]:
    """The newest first, the last of them being the first publication, or the first change after the last gap.

    A debate or proposition without entries is taken to have been published all the time; one with entries, not before
    the first of them.
    """
    ordered = sorted(entries, key=lambda entry: entry.when)
    state = _State(statuses={entry.about: None for entry in ordered if entry.about in _STANDS_ON})
    moments: list[Moment] = []
    shown: _Shown | None = None
    was_public = False
    for together in _moments(ordered):
        for entry in together:
            state.take(entry)
        changes: list[Change] = []
        if any(entry.about is About.GAP for entry in together):
            moments.clear()
            shown = state.shown() if state.is_public else None
        elif state.is_public:
            now = state.shown()
            if not was_public:
                changes.append(Change(What.AGAIN if shown else What.PUBLISHED))
            changes += _differences(shown, now, tuple(languages)) if shown else ()
            shown = now
        elif was_public:
            changes.append(Change(What.WITHDRAWN))
        was_public = state.is_public
        if changes:
            moments.append(Moment(together[-1].when, tuple(changes)))
    return moments[::-1]


_STANDS_ON = (About.EVENT, About.PROPOSITION)


def _moments(entries: list[Entry]) -> Iterator[list[Entry]]:
    together: list[Entry] = []
    for entry in entries:
        if together and entry.when - together[-1].when > AT_ONCE:
            yield together
            together = []
        together.append(entry)
    if together:
        yield together


def _differences(before: _Shown, after: _Shown, languages: tuple[str, ...]) -> Iterator[Change]:
    for what in (What.STANCE, What.KIND, What.WORDING):
        if before.position[what] != after.position[what]:
            yield Change(what, before.position[what], after.position[what])
    if before.capacities != after.capacities:
        yield Change(What.CAPACITIES)
    for what in (What.SUMMARY, What.CONDITION):
        for language in languages:
            column = f"{what}_{language}"
            if before.position[column] != after.position[column]:
                yield Change(what, before.position[column], after.position[column], language)
    yield from _of_evidence(before.evidence, after.evidence, after.of_old)


def _of_evidence(before: Mapping[int, Held], after: Mapping[int, Held], of_old: frozenset[int]) -> Iterator[Change]:
    for key in sorted(before.keys() | after.keys()):
        if key not in before and key in of_old:
            continue
        if key not in before:
            yield Change(What.EVIDENCE_ADDED, after=after[key])
        elif key not in after:
            yield Change(What.EVIDENCE_REMOVED, before=before[key])
        elif before[key] != after[key]:
            yield Change(What.EVIDENCE_CHANGED, before[key], after[key])
