"""The record as one flat table: a row for each statement, narrowed by all filters of the site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, NamedTuple

import orjson
from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from rest_framework.request import Request
from rest_framework.response import Response

from api.formats import CSVRenderer, LinesRenderer
from api.paging import PAGING, Page, envelope, links
from api.parameters import FILTERS, Gathering, Parameter
from api.streaming import Sending
from api.undated import UNDATED, telling_undated
from api.views import UNKEPT, PublicView, kept_unless, stamp_of
from exchange import csv_text
from exchange.statements import COLUMNS, Statement
from exchange.statements.reading import CHUNK, rows_at
from positions.models import Position, PositionQuerySet
from record import figures
from record.snapshot import one_state
from search.filters import Filters, matching, parse
from search.find import all_found, find

_LINES = 100  # of JSON in one piece
_PATIENCE = 60  # seconds that a reader may take over a chunk of rows before the connection breaks


class StatementsView(PublicView):
    """Statements as rows of one flat table, for statistics and discourse networks.

    Takes the parameters of the search on the site. `statements.csv` and `statements.ndjson` give all of them at once.
    """

    shape = Statement
    in_pages = True
    page_members = UNDATED
    problems = ("not-found", "search-unavailable")

    def takes(self) -> tuple[Parameter, ...]:
        return (*FILTERS, *PAGING)

    def get(self, request: Request) -> HttpResponseBase:
        query, gathering = request.query_params, Gathering()
        with gathering:
            filters = parse(dict(query.lists()), also=[parameter.name for parameter in PAGING])
        with gathering:
            page = Page.asked_for(query)
        gathering.tell()
        headers = {}
        if filters.q:
            searched = find(filters, page=page.number, size=page.size)
            found, count = [hit.key for hit in searched.positions], searched.total
            if searched.is_behind:
                headers["Cache-Control"] = UNKEPT
        else:
            positions = narrowed(filters)
            count = figures.count(positions, at=stamp_of(request))
            page.of(count)
            found = list(positions.values_list("pk", flat=True)[page.rows])
        answer = envelope(request, page, count, rows_at(found))
        if answer["pages"] > 1:
            headers["Link"] = links(request, answer)
        return telling_undated(Response(answer, headers=headers), filters)


class WholeTableView(PublicView):
    """All statements that fit the filters, streamed: the first line comes at once, however many there are."""

    shape = str
    problems = ("search-unavailable", "busy")
    action = ""  # the last word of its name in the schema
    file_name = ""

    def takes(self) -> tuple[Parameter, ...]:
        return FILTERS

    def get(self, request: Request, format: str) -> HttpResponseBase:  # noqa: A002
        query, gathering = request.query_params, Gathering()
        with gathering:
            filters = parse(dict(query.lists()))
        gathering.tell()
        found = chosen(filters)
        answer = telling_undated(self.answer(request, in_one_state(found.keys), found.total), filters)
        return kept_unless(found.is_behind, answer)

    def answer(self, request: Request, rows: Iterator[Statement], count: int) -> HttpResponseBase:
        renderer = self.renderer_classes[0]
        headers = {
            "Content-Type": f"{renderer.media_type}; charset=utf-8",
            "Content-Disposition": f'attachment; filename="{self.file_name}"',
        }
        pieces = self.written(rows) if request.method == "GET" else iter(())
        return StreamingHttpResponse(Sending(pieces, count), headers=headers)

    def written(self, rows: Iterator[Statement]) -> Iterator[bytes]:
        raise NotImplementedError


class StatementsCsvView(WholeTableView):
    """All statements that fit the filters as CSV: UTF-8 with a byte order mark, safe to open in a spreadsheet."""

    renderer_classes = [CSVRenderer]
    action = "csv"
    file_name = "statements.csv"

    def written(self, rows: Iterator[Statement]) -> Iterator[bytes]:
        values: Iterator[Any] = (tuple(row.values()) for row in rows)
        return csv_text.written(COLUMNS, values)


class StatementsLinesView(WholeTableView):
    """All statements that fit the filters as NDJSON: a JSON object on each line."""

    renderer_classes = [LinesRenderer]
    action = "ndjson"
    file_name = "statements.ndjson"

    def written(self, rows: Iterator[Statement]) -> Iterator[bytes]:
        return as_lines(rows)


class Chosen(NamedTuple):
    """Primary keys of positions, and how many; whether they were found in an index that `is_behind`."""

    keys: Iterable[int]
    total: int
    is_behind: bool = False


def chosen(filters: Filters) -> Chosen:
    """The positions that fit; raises what `search.filters.matching` and `search.find.all_found` do."""
    if filters.q:
        found = all_found(filters)
        return Chosen(chain.from_iterable(found.keys), found.total, found.is_behind)
    positions = narrowed(filters)
    return Chosen(positions.values_list("pk", flat=True).iterator(chunk_size=CHUNK), figures.count(positions))


def narrowed(filters: Filters) -> PositionQuerySet:
    positions = matching(Position.objects.public(), filters)
    return positions.oldest_first() if filters.sort == "oldest" else positions.in_time_order()


def in_one_state(keys: Iterable[int]) -> Iterator[Statement]:
    """The rows, all of one state of the record."""
    with one_state(patience=_PATIENCE):
        yield from rows_at(keys)


def as_lines(records: Iterable[Any]) -> Iterator[bytes]:
    """In pieces of several lines."""
    lines: list[bytes] = []
    for record in records:
        lines.append(orjson.dumps(record, option=orjson.OPT_UTC_Z | orjson.OPT_APPEND_NEWLINE))
        if len(lines) == _LINES:
            yield b"".join(lines)
            lines.clear()
    if lines:
        yield b"".join(lines)
