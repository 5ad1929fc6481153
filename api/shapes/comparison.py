"""People and organizations side by side as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, TypedDict

from api.addresses import resource_url
from api.counterparts import page_address, query_of
from api.shapes.positions import Position, PropositionReference, position, proposition_reference
from api.shapes.speakers import OrganizationReference, SpeakerReference, organization_reference, speaker_reference
from api.shapes.texts import URI
from comparing.comparison import BASES, SHOWN, Compared, Comparison, Pair, Row, Stated
from speakers.models import Person


class ComparedSpeaker(TypedDict):
    """Somebody who is compared; one of the first two is not null."""

    speaker: SpeakerReference | None
    organization: OrganizationReference | None
    positions: Annotated[int, "How many positions they took."]
    propositions: Annotated[int, "On how many propositions."]


class ComparedPair(TypedDict):
    """Two people, and on how many propositions both took a side, for or against."""

    one: Annotated[int, "Which of `compared`, counted from 0."]
    other: int
    shared: int
    agreed: int
    disagreed: int
    mixed: Annotated[int, "On how many one of the two is recorded on both sides."]


class ComparedPositions(TypedDict):
    """What one of those compared stated on a proposition."""

    compared: Annotated[int, "Which of `compared`, counted from 0."]
    count: int
    positions: Annotated[list[Position], f"The newest {SHOWN} of them."]
    url: Annotated[str | None, "All of them; null where no filter finds just these.", URI]


class ComparedProposition(TypedDict):
    """A proposition, and what each of those who took a position on it stated. Silence is no stance."""

    proposition: PropositionReference
    sides: Annotated[
        str | None,
        "Whether the people who took a side took the same; null where fewer than two did, or one is on both sides.",
        {"enum": ["same", "different", None]},
    ]
    stated: list[ComparedPositions]


class ComparisonAnswer(TypedDict):
    """Up to six people or organizations, over the propositions that they took positions on: those of most first."""

    url: Annotated[str, "This comparison.", URI]
    html_url: Annotated[str, "The page that shows it.", URI]
    basis: Annotated[str, "What counts as an organization's.", {"enum": list(BASES)}]
    compared: Annotated[list[ComparedSpeaker], "In the order of the address."]
    pairs: Annotated[
        list[ComparedPair], "Of people who share a proposition; two organizations may have their words from one person."
    ]
    shared: Annotated[int, "On how many propositions two or more took a position."]
    count: Annotated[int, "On how many propositions any of them did."]
    next: Annotated[str | None, "The next page.", URI]
    previous: Annotated[str | None, "The page before.", URI]
    page: int
    pages: int
    results: list[ComparedProposition]


class Around(TypedDict):
    """A comparison without its propositions."""

    url: str
    html_url: str
    basis: str
    compared: list[ComparedSpeaker]
    pairs: list[ComparedPair]
    shared: int


def around(comparison: Comparison) -> Around:
    query = query_of(*_parameters(comparison))
    places = {id(one): place for place, one in enumerate(comparison.compared)}
    return {
        "url": f"{resource_url('compare')}{query}",
        "html_url": f"{page_address('compare')}{query}",
        "basis": comparison.basis,
        "compared": list(map(_compared, comparison.compared)),
        "pairs": [_pair(pair, places[id(pair.one)], places[id(pair.other)]) for pair in comparison.pairs],
        "shared": comparison.shared,
    }


def rows_of(comparison: Comparison, rows: Iterable[Row]) -> list[ComparedProposition]:
    return [_row(row, comparison.basis) for row in rows]


def _parameters(comparison: Comparison) -> Iterable[dict[str, list[str]]]:
    for one in comparison.compared:
        yield {one.parameter: [one.record.slug]}
    if comparison.basis != BASES[0]:
        yield {"basis": [comparison.basis]}


def _compared(one: Compared) -> ComparedSpeaker:
    record = one.record
    return {
        "speaker": speaker_reference(record) if isinstance(record, Person) else None,
        "organization": None if isinstance(record, Person) else organization_reference(record),
        "positions": one.positions,
        "propositions": len(one.propositions),
    }


def _pair(pair: Pair, one: int, other: int) -> ComparedPair:
    shared = pair.shared
    return {
        "one": one,
        "other": other,
        "shared": shared.total,
        "agreed": len(shared.agreed),
        "disagreed": len(shared.disagreed),
        "mixed": len(shared.mixed),
    }


def _row(row: Row, basis: str) -> ComparedProposition:
    return {
        "proposition": proposition_reference(row.proposition, row.proposition.current_wording),
        "sides": row.sides or None,
        "stated": [_stated(one, place, row, basis) for place, one in enumerate(row.stated) if one.count],
    }


def _stated(stated: Stated, place: int, row: Row, basis: str) -> ComparedPositions:
    by = stated.by
    query = query_of({by.parameter: [by.record.slug], "proposition": [row.proposition.slug]})
    is_found = by.is_person or basis == "identified"
    return {
        "compared": place,
        "count": stated.count,
        "positions": [position(one) for one in stated.positions],
        "url": f"{resource_url('positions')}{query}" if is_found else None,
    }
