"""The stance matrix of a debate as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, TypedDict

from api.addresses import page_url, resource_url
from api.counterparts import page_address, query_of
from api.shapes.debate import DebateReference, debate_reference
from api.shapes.overview import LICENCE, Licence
from api.shapes.positions import PropositionReference, TopicReference, proposition_reference, topic_reference
from api.shapes.speakers import OrganizationReference, SpeakerReference, organization_reference, speaker_reference
from api.shapes.texts import URI
from comparing.matrix import COLUMN_ORDERS, ROW_ORDERS, Column, Matrix, Row, Stated, first_topic
from debate.models import Event
from positions.matrix import Cell
from positions.models import Stance, Topic
from positions.tally import Tally
from speakers.models import Organization, Person

IDS = 20


class MatrixColumn(TypedDict):
    """Whoever spoke; one of the first three is not null."""

    speaker: SpeakerReference | None
    organization: Annotated[OrganizationReference | None, "One that spoke for itself."]
    label: Annotated[str | None, "What is printed of somebody unnamed."]
    positions: Annotated[int, "How many, on all propositions of this matrix."]


class MatrixCell(TypedDict):
    """What one speaker stated with one stance on one proposition; of the two there may be several cells."""

    column: Annotated[int, "Which of `columns`, counted from 0."]
    stance: Annotated[str, Stance]
    count: int
    positions: Annotated[list[str], f"The ids of the first {IDS} of them."]
    url: Annotated[str, "The position, or the list of them.", URI]
    html_url: Annotated[str, "The same, to read.", URI]


class MatrixRow(TypedDict):
    """A proposition, and who stands where on it. Where a column has no cell, no position is recorded: that is no
    stance.
    """

    proposition: PropositionReference
    topic: Annotated[TopicReference | None, "Under which the page shows it: the first of its topics."]
    stances: Annotated[dict[str, int], "How many positions of each stance it has in this debate."]
    cells: list[MatrixCell]


class MatrixArrangement(TypedDict):
    """How it is sorted and narrowed."""

    rows: Annotated[str, {"enum": list(ROW_ORDERS)}]
    columns: Annotated[str, {"enum": list(COLUMN_ORDERS)}]
    first: Annotated[SpeakerReference | None, "Whose column and propositions come first."]
    topic: Annotated[TopicReference | None, "To which it is narrowed."]


class StanceMatrix(TypedDict):
    """Who stands where in a debate: propositions as rows, speakers as columns."""

    debate: DebateReference
    url: Annotated[str, "This matrix.", URI]
    html_url: Annotated[str, "The page that shows it.", URI]
    csv: Annotated[str, "The whole of it as a table.", URI]
    version: Annotated[int, "The version of the record that it is of."]
    licence: Licence
    arrangement: MatrixArrangement
    speakers: Annotated[int, "How many spoke; `columns` has those with the most positions, at most 200."]
    propositions: Annotated[int, "How many propositions there are; of more than 400 those with the most positions."]
    positions: Annotated[int, "How many positions."]
    stances: Annotated[dict[str, int], "Of which stance they are."]
    columns: list[MatrixColumn]
    count: Annotated[int, "How many rows there are on all pages."]
    next: Annotated[str | None, "The next page.", URI]
    previous: Annotated[str | None, "The page before.", URI]
    page: int
    pages: int
    results: list[MatrixRow]


class Around(TypedDict):
    """A matrix without its rows."""

    debate: DebateReference
    url: str
    html_url: str
    csv: str
    version: int
    licence: Licence
    arrangement: MatrixArrangement
    speakers: int
    propositions: int
    positions: int
    stances: dict[str, int]
    columns: list[MatrixColumn]


def around(event: Event, matrix: Matrix, topic: Topic | None, version: int) -> Around:
    address = resource_url("debates", event.slug, "matrix")
    query = query_of({"topic": [topic.slug]} if topic else {}, matrix.arrangement.as_parameters())
    first = matrix.arrangement.first
    return {
        "debate": debate_reference(event),
        "url": f"{address}{query}",
        "html_url": f"{page_address('debate-matrix', event.slug)}{query}",
        "csv": f"{address.removesuffix('/')}.csv{query}",
        "version": version,
        "licence": LICENCE,
        "arrangement": {
            "rows": matrix.arrangement.rows,
            "columns": matrix.arrangement.columns,
            "first": speaker_reference(first) if first else None,
            "topic": topic_reference(topic) if topic else None,
        },
        "speakers": matrix.speakers,
        "propositions": matrix.propositions,
        "positions": matrix.tally.total,
        "stances": _stances(matrix.tally),
        "columns": list(map(_column, matrix.columns)),
    }


def rows_of(matrix: Matrix, ids: Mapping[Cell, Sequence[str]]) -> list[MatrixRow]:
    """`ids` has those of the positions in the cells."""
    places = {column: place for place, column in enumerate(matrix.columns)}
    return [_row(row, places, ids) for row in matrix.rows]


def _stances(tally: Tally) -> dict[str, int]:
    return {stance.value: number for stance, number in tally.counts}


def _column(column: Column) -> MatrixColumn:
    record = column.record
    return {
        "speaker": speaker_reference(record) if isinstance(record, Person) else None,
        "organization": organization_reference(record) if isinstance(record, Organization) else None,
        "label": column.speaker.label if record is None else None,
        "positions": column.positions,
    }


def _row(row: Row, places: Mapping[Column, int], ids: Mapping[Cell, Sequence[str]]) -> MatrixRow:
    topic = first_topic(row.proposition)
    stated = [one for cell in row.cells for one in cell]
    return {
        "proposition": proposition_reference(row.proposition, row.proposition.current_wording),
        "topic": topic_reference(topic) if topic else None,
        "stances": dict(row.weight.stances),
        "cells": [_cell(one, places[one.column], ids) for one in stated],
    }


def _cell(stated: Stated, column: int, ids: Mapping[Cell, Sequence[str]]) -> MatrixCell:
    taken = stated.taken
    if stated.several and stated.column.slug:
        query = query_of(stated.filters.as_parameters())
        url, page = f"{resource_url('positions')}{query}", f"{page_address('positions')}{query}"
    else:
        url, page = resource_url("positions", taken.public_id), page_url("position", taken.public_id)
    return {
        "column": column,
        "stance": taken.stance,
        "count": taken.number,
        "positions": list(ids.get(Cell(taken.proposition, taken.speaker, taken.stance), [taken.public_id])),
        "url": url,
        "html_url": page,
    }
