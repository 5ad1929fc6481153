"""Counts of what was found by each value of a filter, exact, and with the other values of a filter that is in force."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from search import fields
from search.cells import CODES, codes_of
from search.filters import CHOICES
from search.index import Snapshot, damage_noticed
from search.ranking import Plan

FACETS = ("stance", "kind", "topic", "organization", "speaker", "debate", "year", "role", "language")
SHOWN = 10  # values of a facet that has many
_COUNTED = 50  # values asked for, so that those with equal counts stand in a fixed order
_YEARS = 10_000
_EXACT = 1_000_000  # values counted in each part of the index; more than there are, since what is cut is not counted


@dataclass(frozen=True, slots=True)
class Count:
    """How many positions have `value`: a code, a year (UNDATED where there is none), or a primary key."""

    value: str | int
    count: int


type Facets = Mapping[str, tuple[Count, ...]]


def count(snapshot: Snapshot, plan: Plan) -> Facets:
    """By facet, the values with the most positions first, years from the latest. Raises Damaged.

    Each is counted among what fits all other filters. One pass over what is found, and one for each filter in force.
    """
    several = [name for name in (*fields.KEY_FILTERS, fields.YEAR) if name in FACETS]
    free = [name for name in several if name not in plan.narrowed]
    passes: list[tuple[frozenset[str], list[str]]] = [
        (frozenset({name}), [name]) for name in several if name not in free
    ]
    codes_in_force = frozenset(plan.narrowed) & frozenset(CODES)
    if codes_in_force:
        passes += [(frozenset(), free), (codes_in_force, [fields.CELL])]
    else:
        passes.append((frozenset(), [*free, fields.CELL]))
    buckets: dict[str, Counter[int]] = {}
    for without, names in passes:
        buckets |= _buckets(snapshot, plan, without, names)
    cells = buckets.pop(fields.CELL)
    counted = {name: _ranked(name, found) for name, found in buckets.items()}
    counted |= _of_codes(cells, plan)
    return {name: counted[name] for name in FACETS}


def _buckets(snapshot: Snapshot, plan: Plan, without: frozenset[str], names: list[str]) -> dict[str, Counter[int]]:
    if not names:
        return {}
    wanted = {name: {"terms": {"field": name, "size": _size(name), "segment_size": _EXACT}} for name in names}
    with damage_noticed():
        found: dict[str, Any] = snapshot.searcher.aggregate(plan.found(without), wanted)
    return {
        name: Counter({int(bucket["key"]): int(bucket["doc_count"]) for bucket in found[name]["buckets"]})
        for name in names
    }


def _size(name: str) -> int:
    return _COUNTED if name in fields.KEY_FILTERS else _YEARS


def _ranked(name: str, found: Counter[int]) -> tuple[Count, ...]:
    if name == fields.YEAR:
        return tuple(Count(year, found[year]) for year in sorted(found, reverse=True))
    best = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Count(key, number) for key, number in best[:SHOWN])


def _of_codes(cells: Counter[int], plan: Plan) -> dict[str, tuple[Count, ...]]:
    """In the order of the choices; for each the cells that fit all codes in force but its own."""
    found = {name: Counter[str]() for name in CODES}
    for number, counted in cells.items():
        codes = codes_of(number)
        unfit = [name for name, chosen in plan.codes.items() if codes[name] not in chosen]
        for name in CODES if not unfit else unfit if len(unfit) == 1 else ():
            found[name][codes[name]] += counted
    return {
        name: tuple(Count(code, found[name][code]) for code in CHOICES[name] if found[name][code]) for name in CODES
    }
