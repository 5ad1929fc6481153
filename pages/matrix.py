"""The stance matrix of a debate as a reader meets it: sorted, cut, and with what stands in each cell."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.paginator import Page
from django.http import QueryDict
from django.urls import reverse

from debate.models import Appearance, Event
from pages.paging import page_of_all
from pages.reader import reader_language
from pages.reading import first_topic
from pages.tallies import STANCES, Tally
from positions.matrix import Speaker, Taken, Weight, busiest_speakers, by_cell, taken, weights
from positions.models import PositionQuerySet, Proposition, PropositionTopic, Topic
from record.figures import figure
from search.filters import Filters
from speakers.models import Organization, Person

PROPOSITIONS = 400  # that are sorted: those with the most positions
SPEAKERS = 1_000
ROW_ORDERS = ("topic", "positions", "divided", "wording")
COLUMN_ORDERS = ("programme", "positions", "name")

type Key[T] = Callable[[T], Any]


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How a matrix is sorted: its rows, its columns, and whose column and propositions come first, if anybody's."""

    rows: str = ROW_ORDERS[0]
    columns: str = COLUMN_ORDERS[0]
    first: Person | None = None

    @property
    def is_by_topic(self) -> bool:
        return self.rows == "topic" and not self.first


@dataclass(frozen=True, slots=True)
class Extent:
    """How many propositions are on a page of a matrix, and of how many speakers."""

    rows: int
    columns: int


AT_A_GLANCE = Extent(rows=20, columns=16)
WHOLE = Extent(rows=30, columns=30)


@dataclass(frozen=True, slots=True)
class Column:
    """`record` is None for somebody unnamed."""

    speaker: Speaker
    record: Person | Organization | None
    positions: int

    @property
    def slug(self) -> str:
        """Of a person; empty for others."""
        return self.record.slug if isinstance(self.record, Person) else ""


@dataclass(frozen=True, slots=True)
class Stated:
    """One or several positions of one speaker with one stance on one proposition in one debate."""

    debate: str
    column: Column
    proposition: Proposition
    taken: Taken

    @property
    def several(self) -> int:
        """How many they are, unless they are one."""
        return self.taken.number if self.taken.number > 1 else 0

    @property
    def address(self) -> str:
        """Of the position, or of the list of all that a person took."""
        if not (self.several and self.column.slug):
            return reverse("pages:position", args=[self.taken.public_id])
        by, on = (self.column.slug,), (self.proposition.slug,)
        filters = Filters(speaker=by, proposition=on, debate=(self.debate,), stance=(self.taken.stance,))
        return f"{reverse('pages:positions')}?{filters.as_query()}"


@dataclass(frozen=True, slots=True)
class Row:
    """`cells` has what each column's speaker stated, in the order of the columns."""

    proposition: Proposition
    weight: Weight
    cells: tuple[tuple[Stated, ...], ...]

    @property
    def sides(self) -> list[tuple[str, list[Stated]]]:
        """The same by stance, which is how a narrow screen shows it."""
        stated = [one for cell in self.cells for one in cell]
        by_stance = [(stance, [one for one in stated if one.taken.stance == stance]) for stance in STANCES]
        return [(stance, several) for stance, several in by_stance if several]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one topic; `topic` is None for those without one, and where rows are not sorted by topic."""

    topic: Topic | None
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """`speakers` and `propositions` are how many there are, `columns` and `page` those that are shown."""

    arrangement: Arrangement
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    page: Page[int]
    speakers: int
    propositions: int
    tally: Tally

    @property
    def is_divided(self) -> bool:
        """Whether any of the propositions shown has positions for and against it."""
        return any(row.weight.division[0] for group in self.groups for row in group.rows)

    @property
    def columns_left_out(self) -> int:
        return self.speakers - len(self.columns)


def matrix_of(
    event: Event, positions: PositionQuerySet, extent: Extent, arrangement: Arrangement, parameters: QueryDict
) -> Matrix:
    """Of those of the event's `positions`; ten queries at any size. Raises NotThere beyond the last page."""
    weight = figure(positions, weights)
    speakers = figure(positions, busiest_speakers, SPEAKERS)
    shown = _shown(speakers, extent, arrangement)
    columns = sorted(_columns(shown), key=_column_order(event, arrangement))
    keys = page_of_all(_sorted_propositions(positions, weight, arrangement), parameters, extent.rows)
    propositions = Proposition.objects.for_list(reader_language()).in_bulk(list(keys))
    cells = by_cell(taken(positions, list(keys), shown))
    rows = [
        Row(
            proposition,
            weight[proposition.pk],
            tuple(
                tuple(
                    Stated(event.slug, column, proposition, one)
                    for one in cells.get((proposition.pk, column.speaker), ())
                )
                for column in columns
            ),
        )
        for proposition in filter(None, map(propositions.get, keys))  # one may just have been withdrawn
    ]
    groups = tuple(_by_topic(rows)) if arrangement.is_by_topic else (Group(None, tuple(rows)),)
    return Matrix(arrangement, tuple(columns), groups, keys, len(speakers), len(weight), tally_of(weight.values()))


def tally_of(weights: Collection[Weight]) -> Tally:
    counts = {stance: sum(weight.stances.get(stance, 0) for weight in weights) for stance in STANCES}
    return Tally(tuple(counts.items()))


def _shown(speakers: dict[Speaker, int], extent: Extent, arrangement: Arrangement) -> dict[Speaker, int]:
    """Those with the most positions, and whoever is to come first."""
    shown = dict(list(speakers.items())[: extent.columns])
    first = Speaker(arrangement.first.pk, None, "") if arrangement.first else None
    if first in speakers and first not in shown:
        shown.popitem()
        shown[first] = speakers[first]
    return shown


def _columns(speakers: dict[Speaker, int]) -> Iterator[Column]:
    people = Person.objects.in_bulk([speaker.person for speaker in speakers if speaker.person])
    organizations = Organization.objects.in_bulk([one.organization for one in speakers if one.organization])
    for speaker, count in speakers.items():
        record = people.get(speaker.person) or organizations.get(speaker.organization)
        yield Column(speaker, record, count)


def _column_order(event: Event, arrangement: Arrangement) -> Key[Column]:
    place: dict[Speaker, int] = {}
    for person, organization, label in Appearance.objects.in_programme_order(event):
        place.setdefault(Speaker(person, organization, label), len(place))
    orders: dict[str, Key[Column]] = {
        "programme": lambda column: place.get(column.speaker, 0),
        "positions": lambda column: (-column.positions, place.get(column.speaker, 0)),
        "name": lambda column: (_sort_key(column.record) or column.speaker.label, place.get(column.speaker, 0)),
    }
    chosen = orders[arrangement.columns]
    return lambda column: (column.record is None or column.record != arrangement.first, chosen(column))


def _sorted_propositions(positions: PositionQuerySet, weight: dict[int, Weight], arrangement: Arrangement) -> list[int]:
    """Primary keys; those of somebody who is to come first come first."""
    keys = list(weight)[:PROPOSITIONS]
    wordings = dict(Proposition.objects.filter(pk__in=keys).values_list("pk", f"current_wording__{_sort_column()}"))
    places = _places(keys) if arrangement.rows == "topic" else {}
    orders: dict[str, Key[int]] = {
        "topic": lambda key: (key not in places, places.get(key, ()), -weight[key].positions),
        "positions": lambda key: -weight[key].positions,
        "divided": lambda key: tuple(-number for number in weight[key].division),
        "wording": lambda _key: 0,
    }
    chosen = orders[arrangement.rows]
    first = positions.by_person(arrangement.first) if arrangement.first else positions.none()
    of_first = set(first.values_list("proposition", flat=True))
    return sorted(wordings, key=lambda key: (key not in of_first, chosen(key), wordings[key] or "", key))


def _places(propositions: list[int]) -> dict[int, tuple[Any, ...]]:
    """That of the first topic of each proposition that has any, in the order of topics."""
    assigned = PropositionTopic.objects.filter(proposition__in=propositions, topic__is_public=True)
    rows = assigned.values_list("proposition", "topic__order", "topic__sort_key_en", "topic")
    places: dict[int, tuple[Any, ...]] = {}
    for proposition, *place in rows:
        places[proposition] = min(places.get(proposition, tuple(place)), tuple(place))
    return places


def _by_topic(rows: Iterable[Row]) -> Iterator[Group]:
    for topic, several in groupby(rows, key=lambda row: first_topic(row.proposition)):
        yield Group(topic, tuple(several))


def _sort_key(record: Person | Organization | None) -> str:
    return getattr(record, _sort_column(), "") if record else ""


def _sort_column() -> str:
    return f"sort_key_{reader_language()}"
