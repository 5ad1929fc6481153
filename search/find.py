"""Answers a search: positions first, everything else beside them.

answer = find(filters, page=2)      # the index, and one query for the version of the record
found = hydrated(answer)            # the records themselves
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from typing import Any, NamedTuple

from django.db.models import Model, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from debate.models import Event, Session, Source
from positions.models import Position, Proposition, Topic
from search import facets, fields, hits, ranking, upkeep
from search.codes import called, label
from search.corrections import corrected
from search.errors import SearchUnavailable
from search.facets import Count, Facets
from search.fields import KINDS
from search.filters import NAMES, Filters, resolve
from search.hits import DEEPEST, NEWEST, RELEVANCE, Group, Hit
from search.index import Damaged, Snapshot
from search.language import Reading, read, written
from search.names import named, sounding
from search.ranking import Names, Plan
from speakers.bilingual import LANGUAGES
from speakers.models import Organization, Person

MOST_PER_PAGE = 1_000
OTHERS = 5
# Words of a question up to which it is looked whether one of them is mistyped: where it found something, and nothing.
FEW_WORDS, MOST_CORRECTED = 3, 10


@dataclass(frozen=True, slots=True)
class Answer:
    """`total` counts all positions found, `with_all` those of them that have all words asked for; `positions` is one
    page of them. `others` has a group for each other kind of which anything was found. `left_out` counts what fits but
    for having no date. `version` is that of the record that was searched; it `is_behind` while a large change is being
    taken in. `reading` is how the question was read. Where nothing has all of it and a word is in no text, `meant` is
    the question with what was likely meant; where nothing was found at all, that was searched, and it is in `instead`.
    """

    positions: tuple[Hit, ...]
    total: int
    with_all: int = 0
    others: Mapping[str, Group] = field(default_factory=dict)
    facets: Facets = field(default_factory=dict)
    left_out: int = 0
    version: int = 0
    is_behind: bool = False
    reading: Reading = field(default_factory=lambda: Reading((), ()))
    meant: str = ""
    instead: str = ""
    page: int = 1
    pages: int = 1


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet: what its parameter takes (a slug, a code, a year, nothing for what has no date), the record
    or the label that says it, and how many positions have it.
    """

    value: str
    meaning: Model | str
    count: int


@dataclass(frozen=True, slots=True)
class Hydrated:
    """The records behind an answer, in its order, without those that are no longer public; and its facets in words."""

    positions: list[Position]
    others: dict[str, list[Model]]
    facets: dict[str, list[Choice]]


def find(filters: Filters, *, page: int = 1, size: int = 20) -> Answer:
    """Positions that have any of the words and fit the filters; of the other kinds what has any of the words.

    Brings the index up to date first. In order of relevance, or of time where `filters.sort` says so or there are no
    words; ties in order of primary keys. A page beyond the last is empty. Costs one query, and one for each kind of
    name among the filters. Raises SearchUnavailable, and FiltersError for names that are not in the record.
    """
    keys = resolve(filters)
    return _of_the_index(lambda snapshot: answer(snapshot, filters, keys, page=page, size=size))


class AllFound(NamedTuple):
    """Primary keys, a thousand at a time, all of one state of the record: of one before the last, if it `is_behind`."""

    keys: Iterator[list[int]]
    total: int
    is_behind: bool


def all_found(filters: Filters) -> AllFound:
    """All positions that `find` finds, in its order. Costs and raises what that does, before the first is read; and
    SearchUnavailable.
    """
    keys = resolve(filters)
    return _of_the_index(lambda snapshot: _pages(snapshot, filters, keys))


def _of_the_index[T](ask: Callable[[Snapshot], T]) -> T:
    """Of the index as it is now; where it turns out to be damaged, of one that is built anew."""
    try:
        return ask(upkeep.up_to_date())
    except Damaged:
        upkeep.discard_damaged()
    try:
        return ask(upkeep.up_to_date())
    except Damaged as error:
        raise SearchUnavailable(_("Search is not available: its index can't be read.")) from error


def _pages(snapshot: Snapshot, filters: Filters, keys: Mapping[str, Sequence[int]]) -> AllFound:
    first = answer(snapshot, filters, keys, size=MOST_PER_PAGE)
    filters = replace(filters, q=first.instead or filters.q)

    def pages() -> Iterator[list[int]]:
        yield [hit.key for hit in first.positions]
        for page in range(2, first.pages + 1):
            asked = _Asked(snapshot, filters, keys, page, MOST_PER_PAGE)
            plan = _plan(asked, read(filters.q, called()))
            yield [hit.key for hit in _positions(asked, plan, _with_all(snapshot, plan))]

    return AllFound(pages(), first.total, first.is_behind)


def answer(
    snapshot: Snapshot, filters: Filters, keys: Mapping[str, Sequence[int]], *, page: int = 1, size: int = 20
) -> Answer:
    """The same of any index; `keys` are those behind the names of `filters`. Costs no query. Raises Damaged."""
    page, size = max(page, 1), min(max(size, 1), MOST_PER_PAGE)
    asked = _Asked(snapshot, filters, keys, page, size)
    reading = read(filters.q, called())
    found = _found(asked, reading)
    is_empty = not found.total and not found.others
    if found.with_all or len(reading.clauses) > (MOST_CORRECTED if is_empty else FEW_WORDS):
        return found
    meant = corrected(snapshot, reading, thoroughly=is_empty)
    if meant is None:
        return found
    if not is_empty:
        return replace(found, meant=written(meant))
    instead = _found(asked, meant)
    return replace(instead, instead=written(meant)) if instead.total or instead.others else found


@dataclass(frozen=True, slots=True)
class _Asked:
    snapshot: Snapshot
    filters: Filters
    keys: Mapping[str, Sequence[int]]
    page: int
    size: int


def _found(asked: _Asked, reading: Reading) -> Answer:
    snapshot, filters = asked.snapshot, asked.filters
    said = Answer(
        (), 0, version=snapshot.stamp.number, is_behind=upkeep.is_behind(snapshot), reading=reading, page=asked.page
    )
    plan = _plan(asked, reading)
    if filters.q.strip() and not plan.asks_for_anything:
        return said
    counting = facets.counting(snapshot, plan)
    with_all = _with_all(snapshot, plan)
    positions = _positions(asked, plan, with_all)
    others = _others(snapshot, reading, _names(snapshot)) if plan.asks_for_words else {}
    counted = counting()
    return replace(
        said,
        positions=positions,
        total=counted.total,
        with_all=with_all if plan.has_tiers else counted.total,
        others=others,
        facets=counted.facets,
        left_out=_undated(counted.facets) if fields.YEAR in plan.narrowed and not filters.undated else 0,
        pages=max(1, -(-min(counted.total, DEEPEST) // asked.size)),
    )


def _plan(asked: _Asked, reading: Reading) -> Plan:
    schema = asked.snapshot.schema
    plan = ranking.planned(schema, "position", reading, _names(asked.snapshot))
    return replace(
        plan, narrowed=ranking.narrowing(schema, asked.filters, asked.keys), codes=ranking.codes(asked.filters)
    )


def _names(snapshot: Snapshot) -> Names:
    return Names(partial(named, snapshot), cache(partial(sounding, snapshot)))


def _with_all(snapshot: Snapshot, plan: Plan) -> int:
    """How many have all the words, where others that have some of them come after."""
    return hits.count(snapshot, plan.every()) if plan.has_tiers else 0


def hydrated(answer: Answer) -> Hydrated:
    """Costs the same number of queries at any size. Whether a record is public is asked again here, as the index may be
    behind.
    """
    return Hydrated(
        _records("position", answer.positions),
        {kind: _records(kind, group.hits) for kind, group in answer.others.items()},
        {name: list(_choices(name, counts)) for name, counts in answer.facets.items()},
    )


def _positions(asked: _Asked, plan: Plan, with_all: int) -> tuple[Hit, ...]:
    """What has all words comes before what has some, unless they are put in order of time."""
    order = asked.filters.sort or RELEVANCE
    if not plan.asks_for_words and order == RELEVANCE:
        order = NEWEST
    start = (asked.page - 1) * asked.size
    reorder = plan.reordered if len(plan.full) > len(plan.quick) else None
    page_of = partial(hits.read, asked.snapshot, reorder=reorder)
    if order != RELEVANCE or not with_all:
        return page_of(plan.some(), start=start, size=asked.size, order=order)
    first = page_of(plan.every(), start=start, size=min(asked.size, with_all - start))
    return first + page_of(plan.rest(), start=max(start - with_all, 0), size=asked.size - len(first))


def _others(snapshot: Snapshot, reading: Reading, names: Names) -> dict[str, Group]:
    plan = ranking.planned(snapshot.schema, "", reading, names)
    if not plan.asks_for_words:
        return {}
    groups = {
        kind: hits.best(snapshot, kind, plan.of_kind(snapshot.schema, kind).all_first(), OTHERS)
        for kind in KINDS
        if kind != "position"
    }
    return {kind: group for kind, group in groups.items() if group.total}


def _undated(counted: Facets) -> int:
    return next((count.count for count in counted[fields.YEAR] if count.value == fields.UNDATED), 0)


def _records(kind: str, found: Sequence[Hit]) -> list[Any]:
    listed = _LISTED[kind](get_language() or LANGUAGES[0])
    rows = listed.in_bulk([hit.key for hit in found]) if found else {}
    return [rows[hit.key] for hit in found if hit.key in rows]


def _choices(name: str, counts: Sequence[Count]) -> Iterator[Choice]:
    """A query for a facet of records; those that are no longer public are left out."""
    if name not in NAMES:
        yield from (Choice(_value(count), label(name, _value(count)), count.count) for count in counts)
        return
    listed = _LISTED[_KIND_OF[name]](get_language() or LANGUAGES[0])
    records = listed.in_bulk([count.value for count in counts]) if counts else {}
    for count in counts:
        if record := records.get(count.value):
            yield Choice(record.slug, record, count.count)


def _value(count: Count) -> str:
    return "" if count.value == fields.UNDATED else str(count.value)


_KIND_OF = {"speaker": "person", "debate": "event"} | {name: name for name in ("organization", "topic", "proposition")}
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


__all__ = ["Answer", "Group", "Hit", "Hydrated", "SearchUnavailable", "all_found", "find", "hydrated"]
