"""Counts of what was found by each value of a filter, exact, and with the other values of a filter that is in force."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import Any

from search import fields
from search.cells import CODES, codes_of
from search.filters import CHOICES
from search.index import Snapshot, damage_noticed
from search.ranking import Plan

FACETS = ("stance", "kind", "topic", "organization", "speaker", "debate", "year", "role", "language")
SHOWN = 10  # values of a facet that has many
_HALVES = (("speaker", "topic", "debate"), ("organization", "year", fields.CELL))  # taking about as long
_COUNTED = 50  # values asked for, so that those with equal counts stand in a fixed order
_YEARS = 10_000
_EXACT = 1_000_000  # values counted in each part of the index; more than there are, since what is cut is not counted


@dataclass(frozen=True, slots=True)
class Count:
    """How many positions have `value`: a code, a year (UNDATED where there is none), or a primary key."""

    value: str | int
    count: int


type Facets = Mapping[str, tuple[Count, ...]]
type _Buckets = dict[str, Counter[int]]


@dataclass(frozen=True, slots=True)
class Counted:
    """By facet, the values with the most positions first, years from the latest; and how many positions there are."""

    facets: Facets
    total: int


def counting(snapshot: Snapshot, plan: Plan) -> Callable[[], Counted]:
    """Begins to count in other threads, since the index lets go of the interpreter; the result waits for them.

    Each value is counted among what fits all other filters: one pass over what is found, halved among two threads, and
    one for each filter in force. The result raises Damaged.
    """
    passes = [_pool().submit(_buckets, snapshot, plan, without, names) for without, names in _passes(plan)]
    return lambda: _counted(plan, [done.result() for done in passes])


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(2, "facets")


os.register_at_fork(after_in_child=_pool.cache_clear)  # threads do not come along


def _passes(plan: Plan) -> Iterator[tuple[frozenset[str], list[str]]]:
    """The filters to leave out, and what to count then."""
    for names in _HALVES:
        if free := [name for name in names if name not in plan.narrowed and (name != fields.CELL or not plan.codes)]:
            yield frozenset(), free
    for name in (*fields.KEY_FILTERS, fields.YEAR):
        if name in FACETS and name in plan.narrowed:
            yield frozenset({name}), [name]
    if plan.codes:
        yield frozenset(plan.codes), [fields.CELL]


def _counted(plan: Plan, passes: list[_Buckets]) -> Counted:
    buckets = {name: found for several in passes for name, found in several.items()}
    cells = buckets.pop(fields.CELL)
    counted = {name: _ranked(name, found) for name, found in buckets.items()} | _of_codes(cells, plan)
    total = sum(number for cell, number in cells.items() if not _unfit(cell, plan))
    return Counted({name: counted[name] for name in FACETS}, total)


def _buckets(snapshot: Snapshot, plan: Plan, without: frozenset[str], names: list[str]) -> _Buckets:
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
        unfit = _unfit(number, plan)
        for name in CODES if not unfit else unfit if len(unfit) == 1 else ():
            found[name][codes_of(number)[name]] += counted
    return {
        name: tuple(Count(code, found[name][code]) for code in CHOICES[name] if found[name][code]) for name in CODES
    }


def _unfit(cell: int, plan: Plan) -> list[str]:
    """The codes of a cell that filters in force do not let through."""
    return [name for name, chosen in plan.codes.items() if codes_of(cell)[name] not in chosen]
