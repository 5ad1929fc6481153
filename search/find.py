"""Answers a search: positions first, everything else beside them.

answer = find(filters, page=2)      # the index, and one query for the version of the record
found = hydrated(answer)            # the records themselves
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import get_language
from tantivy import Order, Query

from debate.models import Event, Session, Source
from positions.models import Position, Proposition, Topic
from search import query, ranking, upkeep
from search.errors import SearchUnavailable
from search.fields import KINDS
from search.filters import Filters, resolve
from search.index import Damaged, Snapshot, damage_noticed
from search.schema import PRIMARY_KEY
from speakers.bilingual import LANGUAGES
from speakers.models import Organization, Person

MOST_PER_PAGE = 1_000
DEEPEST = 1_000_000  # positions that can be paged through
OTHERS = 5
_BLOCK = 1_000  # hits that are put in order of primary keys where they tie


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


@dataclass(frozen=True, slots=True)
class Answer:
    """`total` counts all positions found, `positions` is one page of them, `others` has a group for each other kind of
    which anything was found. `version` is the version of the record that was searched, `words` are those that were read.
    """

    positions: tuple[Hit, ...]
    total: int
    others: Mapping[str, Group] = field(default_factory=dict)
    version: int = 0
    words: tuple[str, ...] = ()
    page: int = 1
    pages: int = 1


@dataclass(frozen=True, slots=True)
class Hydrated:
    """The records behind an answer, in its order, without those that are no longer public."""

    positions: list[Position]
    others: dict[str, list[Model]]


def find(filters: Filters, *, page: int = 1, size: int = 20) -> Answer:
    """Positions that have any of the words and fit the filters; of the other kinds what has any of the words.

    Brings the index up to date first. In order of relevance, or of time where `filters.sort` says so or there are no words;
    ties in order of primary keys. A page beyond the last is empty. Costs one query, and one for each kind of name among the
    filters. Raises SearchUnavailable, and FiltersError for names that are not in the record.
    """
    asked = _Asked(filters, resolve(filters), max(page, 1), min(max(size, 1), MOST_PER_PAGE))
    try:
        return _answer(upkeep.up_to_date(), asked)
    except Damaged:
        upkeep.discard_damaged()
        return _answer(upkeep.up_to_date(), asked)


def hydrated(answer: Answer) -> Hydrated:
    """Costs the same number of queries at any size. Whether a record is public is asked again here, as the index may be
    behind.
    """
    records = {"position": _records("position", answer.positions)}
    records |= {kind: _records(kind, group.hits) for kind, group in answer.others.items()}
    positions: list[Any] = records.pop("position")
    return Hydrated(positions, records)


@dataclass(frozen=True, slots=True)
class _Asked:
    filters: Filters
    keys: Mapping[str, Sequence[int]]
    page: int
    size: int


def _answer(snapshot: Snapshot, asked: _Asked) -> Answer:
    question = query.read(asked.filters.q)
    if asked.filters.q.strip() and not question.words:
        return Answer((), 0, version=snapshot.stamp.number, page=asked.page)
    narrowed = ranking.narrowing(snapshot.schema, asked.filters, asked.keys)
    wanted = ranking.matching(snapshot.schema, "position", question.words, narrowed)
    sort = asked.filters.sort or "relevance"
    order = "newest" if sort == "relevance" and not question.words else sort
    start = (asked.page - 1) * asked.size
    positions = _hits(snapshot, "position", wanted, start, asked.size, order)
    return Answer(
        positions.hits,
        positions.total,
        _others(snapshot, question) if question.words else {},
        snapshot.stamp.number,
        question.texts,
        asked.page,
        max(1, -(-min(positions.total, DEEPEST) // asked.size)),
    )


def _others(snapshot: Snapshot, question: query.Query) -> dict[str, Group]:
    groups = {
        kind: _hits(snapshot, kind, ranking.matching(snapshot.schema, kind, question.words), 0, OTHERS)
        for kind in KINDS
        if kind != "position"
    }
    return {kind: group for kind, group in groups.items() if group.total}


def _hits(snapshot: Snapshot, kind: str, wanted: Query, start: int, size: int, order: str = "relevance") -> Group:
    """Hits from `start` on, as many as `size`, and the number of all.

    The index breaks ties by where a document happens to lie. So that pages are the same wherever it does, whole blocks are
    read and put in order.
    """
    if start >= DEEPEST:
        with damage_noticed():
            return Group(snapshot.searcher.search(wanted, 1).count, ())
    first = start // _BLOCK * _BLOCK
    hits: list[Hit] = []
    total = 0
    for offset in range(first, start + size, _BLOCK):
        block, total = _block(snapshot, kind, wanted, offset, order)
        hits += block
    return Group(total, tuple(hits[start - first : start - first + size]))


def _block(snapshot: Snapshot, kind: str, wanted: Query, offset: int, order: str) -> tuple[list[Hit], int]:
    by = (
        {}
        if order == "relevance"
        else {"order_by_field": order, "order": Order.Asc if order == "oldest" else Order.Desc}
    )
    with damage_noticed():
        result = snapshot.searcher.search(wanted, _BLOCK, offset=offset, **by)
        found = result.hits
        keys = snapshot.searcher.fast_field_values(PRIMARY_KEY, [address for _rank, address in found]) if found else []
    rising = 1 if order == "oldest" else -1
    ranked = sorted(
        (rank is None, rising * (rank or 0), key) for (rank, _address), key in zip(found, keys, strict=True)
    )  # without a date last
    scores = order == "relevance"
    return [Hit(kind, key, -rank if scores else 0.0) for _undated, rank, key in ranked], result.count


def _records(kind: str, hits: Sequence[Hit]) -> list[Any]:
    rows = _LISTED[kind](get_language() or LANGUAGES[0]).in_bulk([hit.key for hit in hits]) if hits else {}
    return [rows[hit.key] for hit in hits if hit.key in rows]


_LISTED: dict[str, Callable[[str], QuerySet[Any]]] = {
    "position": lambda _language: Position.objects.public().for_list(),
    "person": lambda language: Person.objects.public().for_list(language),
    "organization": lambda language: Organization.objects.public().for_list(language),
    "event": lambda _language: Event.objects.public().for_list(),
    "session": lambda _language: Session.objects.public().for_list(),
    "proposition": lambda language: Proposition.objects.public().for_list(language),
    "topic": lambda _language: Topic.objects.public().for_list(),
    "source": lambda _language: Source.objects.public().for_list(),
}


__all__ = ["Answer", "Group", "Hit", "Hydrated", "SearchUnavailable", "find", "hydrated"]
