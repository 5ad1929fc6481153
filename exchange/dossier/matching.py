"""Which record of a dossier is which row, in what order they are written, and how they are numbered."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from exchange.dossier.entries import Entry
from exchange.dossier.kinds import Kind


@dataclass(slots=True, eq=False)
class Match:
    """A record of the dossier and the row that it is in the database, if there is one."""

    entry: Entry
    row: Any = None
    order: int | None = None


def identity_of(row: Any, kind: Kind) -> tuple[Any, ...]:
    return (getattr(row, f"{kind.owner}_id"), *(getattr(row, each.column.attname) for each in kind.identifying))


def counted[T](identified: Iterable[tuple[Hashable, T]]) -> Iterator[tuple[Hashable, T]]:
    """Those that nothing tells apart are told apart by their order."""
    times = Counter[Hashable]()
    for identity, item in identified:
        times[identity] += 1
        yield (identity, times[identity]), item


def number(matches: list[Match]) -> None:
    """Numbers the records of each owner from 1, unless all have numbers that give the order of the file."""
    of_owner: dict[Entry | None, list[Match]] = defaultdict(list)
    for match in matches:
        of_owner[match.entry.owner].append(match)
    for siblings in of_owner.values():
        kept = [(match.row.order, match.row.pk) for match in siblings if match.row]
        in_order = len(kept) == len(siblings) and kept == sorted(kept)
        for number, match in enumerate(siblings, 1):
            match.order = match.row.order if in_order else number


def parents_first(matches: list[Match], pointer: str) -> Iterator[Match]:
    waiting = {match.entry.name: match for match in matches}
    for match in matches:
        chain, name = [], match.entry.name
        while above := waiting.pop(name, None):
            chain.append(above)
            name = above.entry.text(pointer)
        yield from reversed(chain)
