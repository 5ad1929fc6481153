from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils import timezone

from debate.models import Capacity, Quoting
from positions.models import Evidence, Position, PositionCapacity
from search.analysis import Tokens, joined
from search.cells import cell
from search.documents.document import Document, analysed, bilingual, together
from search.documents.shared import Shared
from search.fields import CELL, UNDATED, YEAR
from speakers.bilingual import columns

type Rows = list[dict[str, Any]]

_COLUMNS = (
    "pk", "stance", "kind", "source_language", "date_earliest", "date_latest", "event_id", "person_id",
    "proposition_id", "appearance_id", "appearance__role", "appearance__organization_id", "appearance__label",
    "appearance__name_as_printed",
)  # fmt: skip
_CODES = {"stance": "stance", "kind": "kind", "role": "appearance__role", "language": "source_language"}
_PRINTED = ("organization_name", "role", "unit")
_DAY_BITS = 22  # enough for any ordinal of datetime.date
_LONGEST = 200  # years that a position is counted in
_NO_DAY = (1 << _DAY_BITS) - 1


def build(shared: Shared, keys: list[int]) -> Iterator[Document]:
    """Four queries, and what `shared` does not know yet."""
    positions = Position.objects.public().filter(pk__in=keys)
    rows: Rows = list(positions.values(*_COLUMNS, *columns("summary"), *columns("condition")))
    capacities = _capacities(rows)
    quotes = _quotes(rows)
    shared.people.fetch(row["person_id"] for row in rows)
    shared.organizations.fetch(row["appearance__organization_id"] for row in rows)
    shared.organizations.fetch(capacity["organization_id"] for several in capacities.values() for capacity in several)
    shared.propositions.fetch(row["proposition_id"] for row in rows)
    shared.events.fetch(row["event_id"] for row in rows)
    names: dict[tuple[int, ...], Tokens] = {}  # one appearance has many positions
    for row in rows:
        stated_as = capacities[row["pk"]]
        appeared_as = (row["appearance_id"], *(capacity["pk"] for capacity in stated_as))
        if appeared_as not in names:
            names[appeared_as] = _names(shared, row, stated_as)
        texts = together(
            bilingual("title", row, "summary"),
            bilingual("text", row, "condition"),
            {"text": analysed(*quotes[row["pk"]])},
            shared.propositions[row["proposition_id"]].texts,
            {"names": names[appeared_as]},
            shared.events[row["event_id"]],
        )
        yield Document("position", row["pk"], texts, _values(shared, row, stated_as))


def _capacities(rows: Rows) -> dict[int, Rows]:
    """By position, those that it names, or all of its appearance's where it names none."""
    chosen: dict[int, set[int]] = defaultdict(set)
    choices = PositionCapacity.objects.filter(position__in=[row["pk"] for row in rows])
    for position, capacity in choices.values_list("position_id", "capacity_id"):
        chosen[position].add(capacity)
    at: dict[int, Rows] = defaultdict(list)
    printed = [column for name in _PRINTED for column in columns(name)]
    of_appearances = Capacity.objects.filter(appearance__in={row["appearance_id"] for row in rows}).order_by(
        "order", "pk"
    )
    for capacity in of_appearances.values("pk", "appearance_id", "organization_id", *printed):
        at[capacity["appearance_id"]].append(capacity)
    return {
        row["pk"]: [
            capacity
            for capacity in at[row["appearance_id"]]
            if row["pk"] not in chosen or capacity["pk"] in chosen[row["pk"]]
        ]
        for row in rows
    }


def _quotes(rows: Rows) -> dict[int, list[str]]:
    """By position, the words that may be shown in public."""
    quotes: dict[int, list[str]] = defaultdict(list)
    shown = Evidence.objects.filter(position__in=[row["pk"] for row in rows]).exclude(source__quoting=Quoting.NOTHING)
    for position, quote in shown.exclude(quote="").order_by("pk").values_list("position_id", "quote"):
        quotes[position].append(quote)
    return quotes


def _names(shared: Shared, row: dict[str, Any], stated_as: Rows) -> Tokens:
    """Every name of the speaker and of the organizations spoken for, and what is printed of both."""
    printed = (capacity[column] for capacity in stated_as for name in _PRINTED for column in columns(name))
    organizations = (shared.organizations[capacity["organization_id"]].tokens for capacity in stated_as)
    return joined(
        (
            shared.people[row["person_id"]].tokens,
            shared.organizations[row["appearance__organization_id"]].tokens,
            analysed(row["appearance__label"], row["appearance__name_as_printed"], *printed),
            *organizations,
        )
    )


def _values(shared: Shared, row: dict[str, Any], stated_as: Rows) -> dict[str, list[int] | list[str]]:
    organizations = {row["appearance__organization_id"], *(capacity["organization_id"] for capacity in stated_as)} - {
        None
    }
    codes = {name: row[column] for name, column in _CODES.items()}
    return {
        "speaker": [row["person_id"]] if row["person_id"] else [],
        "organization": sorted(organizations),
        "topic": list(shared.propositions[row["proposition_id"]].topics),
        "proposition": [row["proposition_id"]],
        "debate": [row["event_id"]],
        **{name: [code] for name, code in codes.items()},
        CELL: [cell(codes)],
        **days(row["date_earliest"], row["date_latest"]),
    }


def days(first: date | None, last: date | None) -> dict[str, list[int] | list[str]]:
    """The days as numbers, for what has no date only that it has none.

    In both orders in time an end that is not known comes after all that are, as in `speakers.ordering.NEWEST_FIRST`.
    """
    if first is None and last is None:
        return {YEAR: [UNDATED]}
    earliest = first.toordinal() if first else 0
    latest = last.toordinal() if last else _NO_DAY
    return {
        YEAR: list(_years(first, last)),
        "earliest": [earliest],
        "latest": [latest],
        "newest": [((last.toordinal() if last else 0) << _DAY_BITS) + earliest],
        "oldest": [((first.toordinal() if first else _NO_DAY) << _DAY_BITS) + latest],
    }


def _years(first: date | None, last: date | None) -> range:
    """Those in which it can have been said: of what goes on up to today, of what has no known beginning the last."""
    end = last or max(timezone.localdate(), first or date.min)
    start = max(first.year, end.year - _LONGEST) if first else end.year
    return range(start, end.year + 1)
