"""The stance matrix of a debate: sorted, cut, and with what stands in each cell."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any

from debate.models import Appearance, Event
from positions.matrix import Speaker, Taken, Weight, busiest_speakers, by_cell, taken, weights
from positions.models import PositionQuerySet, Proposition, PropositionTopic, Topic
from positions.tally import STANCES, Tally
from record.figures import figure
from search.filters import Filters
from speakers.models import Organization, Person, PersonQuerySet

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

    def as_parameters(self) -> dict[str, list[str]]:
        """What differs from the usual, for an address."""
        first = self.first.slug if self.first else ""
        given = {"rows": self.rows, "columns": self.columns, "first": first}
        usual = {"rows": ROW_ORDERS[0], "columns": COLUMN_ORDERS[0], "first": ""}
        return {name: [value] for name, value in given.items() if value != usual[name]}


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
    def filters(self) -> Filters:
        """Those that find them among all positions, if a person took them."""
        by, on = (self.column.slug,), (self.proposition.slug,)
        return Filters(speaker=by, proposition=on, debate=(self.debate,), stance=(self.taken.stance,))


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
    """`speakers` and `propositions` are how many there are, `columns` and `groups` have those that are shown."""

    arrangement: Arrangement
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    speakers: int
    propositions: int
    tally: Tally

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for group in self.groups for row in group.rows)

    @property
    def is_divided(self) -> bool:
        """Whether any of the propositions shown has positions for and against it."""
        return any(row.weight.division[0] for row in self.rows)

    @property
    def columns_left_out(self) -> int:
        return self.speakers - len(self.columns)


@dataclass(frozen=True, slots=True)
class Sorted:
    """A matrix before any of it is read: the primary keys of its propositions in order, with what each weighs, and who
    spoke, with the number of their positions.
    """

    event: Event
    positions: PositionQuerySet
    arrangement: Arrangement
    language: str
    propositions: tuple[int, ...]
    weights: Mapping[int, Weight]
    speakers: Mapping[Speaker, int]


def sorted_matrix(
    event: Event,
    positions: PositionQuerySet,
    arrangement: Arrangement,
    language: str,
    *,
    propositions: int = PROPOSITIONS,
) -> Sorted:
    """Of those of the event's `positions`, by names and wordings in a language; five queries at any size. Sorted are
    the so many `propositions` with the most positions.
    """
    weight = figure(positions, weights)
    speakers = figure(positions, busiest_speakers, SPEAKERS)
    kept = dict(islice(weight.items(), propositions))
    keys = tuple(_sorted_propositions(positions, kept, arrangement, language))
    return Sorted(event, positions, arrangement, language, keys, weight, speakers)


def part_of(whole: Sorted, keys: Sequence[int], columns: int) -> Matrix:
    """The rows of these propositions, with so many columns at most; six queries."""
    in_order = columns_of(whole, columns)
    rows = tuple(rows_of(whole, keys, in_order))
    groups = tuple(_by_topic(rows)) if whole.arrangement.is_by_topic else (Group(None, rows),)
    tally = tally_of(whole.weights.values())
    return Matrix(whole.arrangement, in_order, groups, len(whole.speakers), len(whole.weights), tally)


def columns_of(whole: Sorted, at_most: int) -> tuple[Column, ...]:
    """Those with the most positions, in the order that was asked for; at most three queries."""
    shown = _shown(whole.speakers, at_most, whole.arrangement)
    return tuple(sorted(_columns(shown), key=_column_order(whole)))


def rows_of(whole: Sorted, keys: Sequence[int], columns: Sequence[Column]) -> Iterator[Row]:
    """Three queries."""
    propositions = Proposition.objects.for_list(whole.language).in_bulk(list(keys))
    cells = by_cell(taken(whole.positions, list(keys), [column.speaker for column in columns]))
    for key in filter(propositions.get, keys):  # one may just have been withdrawn
        stated = (
            tuple(
                Stated(whole.event.slug, column, propositions[key], one) for one in cells.get((key, column.speaker), ())
            )
            for column in columns
        )
        yield Row(propositions[key], whole.weights[key], tuple(stated))


def who_may_be_first(positions: PositionQuerySet) -> PersonQuerySet:
    return Person.objects.filter(pk__in=positions.exclude(person=None).order_by().values("person"))


def first_topic(proposition: Any) -> Topic | None:
    """Under which it stands where it stands once; reads what `for_list` fetched."""
    return next(iter(proposition.public_topics), None)


def tally_of(weights: Collection[Weight]) -> Tally:
    counts = {stance: sum(weight.stances.get(stance, 0) for weight in weights) for stance in STANCES}
    return Tally(tuple(counts.items()))


def _shown(speakers: Mapping[Speaker, int], columns: int, arrangement: Arrangement) -> dict[Speaker, int]:
    """Those with the most positions, and whoever is to come first."""
    shown = dict(list(speakers.items())[:columns])
    first = Speaker(arrangement.first.pk if arrangement.first else None, None, "")
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


def _column_order(whole: Sorted) -> Key[Column]:
    place: dict[Speaker, int] = {}
    for person, organization, label in Appearance.objects.in_programme_order(whole.event):
        place.setdefault(Speaker(person, organization, label), len(place))
    orders: dict[str, Key[Column]] = {
        "programme": lambda column: place.get(column.speaker, 0),
        "positions": lambda column: (-column.positions, place.get(column.speaker, 0)),
        "name": lambda column: (_sort_key(column, whole.language), place.get(column.speaker, 0)),
    }
    chosen, first = orders[whole.arrangement.columns], whole.arrangement.first
    return lambda column: (column.record is None or column.record != first, chosen(column))


def _sorted_propositions(
    positions: PositionQuerySet, weight: Mapping[int, Weight], arrangement: Arrangement, language: str
) -> list[int]:
    """Primary keys; those of somebody who is to come first come first."""
    keys = list(weight)
    wordings = dict(Proposition.objects.filter(pk__in=keys).values_list("pk", f"current_wording__sort_key_{language}"))
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


def _sort_key(column: Column, language: str) -> str:
    return getattr(column.record, f"sort_key_{language}", "") or column.speaker.label
