"""Reads one page of hits from the index, in an order that does not depend on how the index happens to lie."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from tantivy import DocAddress, Order, Query

from search.index import Snapshot, damage_noticed
from search.schema import KEY, PRIMARY_KEY, key_of

DEEPEST = 1_000_000  # hits that can be paged through
RELEVANCE, NEWEST, OLDEST = "relevance", "newest", "oldest"
_BLOCK = {RELEVANCE: 200, NEWEST: 1_000, OLDEST: 1_000}
_FEW = 50

type Reorder = Callable[[Query], Query]


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: its kind, its primary key, and how well it fits (0 where nothing was ranked)."""

    kind: str
    key: int
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Group:
    """How many of one kind were found, and the best of them."""

    total: int
    hits: tuple[Hit, ...]


def read(
    snapshot: Snapshot, wanted: Query, *, start: int, size: int, order: str = RELEVANCE, reorder: Reorder | None = None
) -> tuple[Hit, ...]:
    """Positions from `start` on, as many as `size`. Raises Damaged.

    The index breaks ties by the place of a document, which differs from machine to machine and from day to day. So
    whole blocks are read, and within them hits put in order: by all that tells how well they fit, where `reorder` makes
    a query of that, and ties by primary keys.
    """
    if start >= DEEPEST or size <= 0:
        return ()
    block = _BLOCK[order]
    first = start // block * block
    hits = (
        hit for offset in range(first, start + size, block) for hit in _block(snapshot, wanted, offset, order, reorder)
    )
    return tuple(islice(hits, start - first, start - first + size))


def best(snapshot: Snapshot, kind: str, wanted: Query, size: int) -> Group:
    """Those at the top, and the number of all. Raises Damaged."""
    with damage_noticed():
        result: Any = snapshot.searcher.search(wanted, _FEW)
        ranked = _in_order(kind, result.hits, _keys(snapshot, result.hits), is_scored=True)
    return Group(result.count, tuple(ranked[:size]))


def count(snapshot: Snapshot, wanted: Query) -> int:
    """Raises Damaged."""
    with damage_noticed():
        total: int = snapshot.searcher.search(wanted, 1, count=True).count
    return total


def keys(snapshot: Snapshot, wanted: Query, at_most: int) -> list[int]:
    """Primary keys of the best. Raises Damaged."""
    with damage_noticed():
        return _keys(snapshot, snapshot.searcher.search(wanted, at_most, count=False).hits)


def _block(snapshot: Snapshot, wanted: Query, offset: int, order: str, reorder: Reorder | None) -> list[Hit]:
    searcher: Any = snapshot.searcher
    size = _BLOCK[order]
    with damage_noticed():
        if order != RELEVANCE:
            direction = Order.Asc if order == OLDEST else Order.Desc
            found = searcher.search(
                wanted, size, offset=offset, count=False, order_by_field=order, order=direction
            ).hits
            return _in_order("position", found, _keys(snapshot, found), ascending=order == OLDEST)
        found = searcher.search(wanted, size, offset=offset, count=False).hits
        keys = _keys(snapshot, found)
        if reorder and len(keys) > 1:
            names = [key_of("position", key) for key in keys]
            found = searcher.search(reorder(Query.term_set_query(snapshot.schema, KEY, names)), size, count=False).hits
            keys = _keys(snapshot, found)
    return _in_order("position", found, keys, is_scored=True)


def _keys(snapshot: Snapshot, found: Sequence[tuple[Any, DocAddress]]) -> list[int]:
    addresses = [address for _rank, address in found]
    keys = snapshot.searcher.fast_field_values(PRIMARY_KEY, addresses) if addresses else []
    return [int(key) for key in keys if key is not None]


def _in_order(
    kind: str,
    found: Sequence[tuple[Any, DocAddress]],
    keys: Sequence[int],
    *,
    ascending: bool = False,
    is_scored: bool = False,
) -> list[Hit]:
    """By rank, what has none last; of equal rank by primary key."""
    sign = 1 if ascending else -1
    ranked = sorted((rank is None, sign * (rank or 0), key) for (rank, _address), key in zip(found, keys, strict=True))
    return [Hit(kind, key, -rank if is_scored else 0.0) for _is_without, rank, key in ranked]
