"""Reads one page of hits from the index, in an order that does not depend on how the index happens to lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tantivy import Order, Query

from search.index import Snapshot, damage_noticed
from search.schema import PRIMARY_KEY

DEEPEST = 1_000_000  # hits that can be paged through
RELEVANCE, NEWEST, OLDEST = "relevance", "newest", "oldest"
_BLOCK = 1_000
_FEW = 50


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
    snapshot: Snapshot, kind: str, wanted: Sequence[Query], *, start: int, size: int, order: str = RELEVANCE
) -> list[Group]:
    """Hits from `start` on, as many as `size`, of queries that share none, one after the other. Raises Damaged."""
    groups: list[Group] = []
    before = 0
    for query in wanted:
        got = sum(len(group.hits) for group in groups)
        groups.append(_read(snapshot, kind, query, max(start - before, 0), size - got, order))
        before += groups[-1].total
    return groups


def best(snapshot: Snapshot, kind: str, wanted: Query, size: int) -> Group:
    """Those at the top, and the number of all. Raises Damaged."""
    group = _block(snapshot, kind, wanted, 0, RELEVANCE, _FEW)
    return Group(group.total, group.hits[:size])


def count(snapshot: Snapshot, wanted: Query) -> int:
    """Raises Damaged."""
    with damage_noticed():
        total: int = snapshot.searcher.search(wanted, 1, count=True).count
    return total


def keys(snapshot: Snapshot, wanted: Query, at_most: int) -> list[int]:
    """Primary keys of the best. Raises Damaged."""
    with damage_noticed():
        addresses = [address for _score, address in snapshot.searcher.search(wanted, at_most, count=False).hits]
        found = snapshot.searcher.fast_field_values(PRIMARY_KEY, addresses) if addresses else []
    return [int(key) for key in found if key is not None]


def _read(snapshot: Snapshot, kind: str, wanted: Query, start: int, size: int, order: str) -> Group:
    """The index breaks ties by the place of a document, which differs from machine to machine and from day to day. So
    whole blocks are read, and within them ties put in order of primary keys.
    """
    if start >= DEEPEST or size <= 0:
        return Group(count(snapshot, wanted), ())
    first = start // _BLOCK * _BLOCK
    blocks = [_block(snapshot, kind, wanted, offset, order, _BLOCK) for offset in range(first, start + size, _BLOCK)]
    hits = tuple(hit for block in blocks for hit in block.hits)
    return Group(blocks[0].total, hits[start - first : start - first + size])


def _block(snapshot: Snapshot, kind: str, wanted: Query, offset: int, order: str, size: int) -> Group:
    searcher: Any = snapshot.searcher
    by = None if order == RELEVANCE else order
    direction = Order.Asc if order == OLDEST else Order.Desc
    with damage_noticed():
        result = searcher.search(wanted, size, offset=offset, order_by_field=by, order=direction)
        addresses = [address for _rank, address in result.hits]
        keys = searcher.fast_field_values(PRIMARY_KEY, addresses) if addresses else []
    sign = 1 if order == OLDEST else -1
    found = ((rank, key) for (rank, _address), key in zip(result.hits, keys, strict=True))
    ranked = sorted((rank is None, sign * (rank or 0), key) for rank, key in found)  # what has no date comes last
    return Group(
        result.count, tuple(Hit(kind, key, -rank if order == RELEVANCE else 0.0) for _undated, rank, key in ranked)
    )
