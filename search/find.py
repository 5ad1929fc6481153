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
from django.utils.translation import gettext as _

from debate.models import Event, Session, Source
from positions.models import Position, Proposition, Topic
from search import hits, query, ranking, upkeep
from search.errors import SearchUnavailable
from search.fields import KINDS
from search.filters import Filters, resolve
from search.hits import DEEPEST, NEWEST, RELEVANCE, Group, Hit
from search.index import Damaged, Snapshot
from speakers.bilingual import LANGUAGES
from speakers.models import Organization, Person

MOST_PER_PAGE = 1_000
OTHERS = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """`total` counts all positions found, `positions` is one page of them, `others` has a group for each other kind of
    which anything was found. `version` is that of the record that was searched, `words` are those that were read.
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

    Brings the index up to date first. In order of relevance, or of time where `filters.sort` says so or there are no
    words; ties in order of primary keys. A page beyond the last is empty. Costs one query, and one for each kind of
    name among the filters. Raises SearchUnavailable, and FiltersError for names that are not in the record.
    """
    asked = _Asked(filters, resolve(filters), max(page, 1), min(max(size, 1), MOST_PER_PAGE))
    try:
        return _answer(upkeep.up_to_date(), asked)
    except Damaged:
        upkeep.discard_damaged()
    try:
        return _answer(upkeep.up_to_date(), asked)
    except Damaged as error:
        raise SearchUnavailable(_("Search is not available: its index can't be read.")) from error


def hydrated(answer: Answer) -> Hydrated:
    """Costs the same number of queries at any size. Whether a record is public is asked again here, as the index may be
    behind.
    """
    return Hydrated(
        _records("position", answer.positions),
        {kind: _records(kind, group.hits) for kind, group in answer.others.items()},
    )


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
    order = asked.filters.sort or RELEVANCE
    if order == RELEVANCE and not question.words:
        order = NEWEST
    start = (asked.page - 1) * asked.size
    positions = hits.read(snapshot, "position", wanted, start=start, size=asked.size, order=order)
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
    wanted = {kind: ranking.matching(snapshot.schema, kind, question.words) for kind in KINDS if kind != "position"}
    groups = {kind: hits.read(snapshot, kind, query_, start=0, size=OTHERS) for kind, query_ in wanted.items()}
    return {kind: group for kind, group in groups.items() if group.total}


def _records(kind: str, found: Sequence[Hit]) -> list[Any]:
    listed = _LISTED[kind](get_language() or LANGUAGES[0])
    rows = listed.in_bulk([hit.key for hit in found]) if found else {}
    return [rows[hit.key] for hit in found if hit.key in rows]


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
