"""Who stands where in a debate."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.validators import slug_re
from django.db.models import QuerySet
from django.http import QueryDict
from rest_framework.request import Request
from rest_framework.response import Response

from api.files import AS_TABLE, CSVFileRenderer
from api.of_one_record import OfOneRecord
from api.paging import PAGING, Page, envelope, links
from api.parameters import STRING, Gathering, Parameter, refuse_unknown
from api.resources import DebateViewSet
from api.shapes.matrix import IDS, StanceMatrix, around, rows_of
from api.single import chosen, none_of, once
from api.views import stamp_of
from comparing.matrix import COLUMN_ORDERS, ROW_ORDERS, Arrangement, Sorted, part_of, sorted_matrix, who_may_be_first
from debate.models import Event
from exchange import csv_text, matrices
from positions.matrix import ids_in_cells
from positions.models import Position, PositionQuerySet, Topic

COLUMNS = 200
LANGUAGE = settings.LANGUAGE_CODE  # of the order of names and wordings
_NAMED = 50
ARRANGEMENT = (
    Parameter("topic", "Only propositions on the topic of this id.", STRING),
    Parameter("rows", "The order of propositions.", {**STRING, "enum": list(ROW_ORDERS), "default": ROW_ORDERS[0]}),
    Parameter(
        "columns", "The order of speakers.", {**STRING, "enum": list(COLUMN_ORDERS), "default": COLUMN_ORDERS[0]}
    ),
    Parameter("first", "The id of a speaker whose column and propositions come first.", STRING),
)


class DebateMatrixView(OfOneRecord[Event]):
    """Who stands where in a debate: a row for each proposition, with what each speaker stated on it.

    Takes the parameters of the page. As JSON, page by page; or as CSV, the whole of it: a column for each speaker by
    id, and in a cell the stances, as `supports` or `supports 2 | opposes`.
    """

    shape = StanceMatrix
    renderer_classes = AS_TABLE
    viewset = DebateViewSet

    def takes(self) -> tuple[Parameter, ...]:
        return (*ARRANGEMENT, *PAGING)

    def records(self) -> QuerySet[Event]:
        return Event.objects.public()

    def answer(self, request: Request, record: Event) -> Response:
        positions, gathering = Position.objects.public().filter(event=record), Gathering()
        with gathering:
            refuse_unknown(request.query_params, self.takes())
        with gathering:
            page = Page.asked_for(request.query_params)
        with gathering:
            topic, narrowed, arrangement = arranged(request.query_params, positions)
        gathering.tell()
        number = stamp_of(request).number
        if request.accepted_renderer.format == CSVFileRenderer.format:
            return _table(sorted_matrix(record, narrowed, arrangement, LANGUAGE, propositions=matrices.MOST))
        whole = sorted_matrix(record, narrowed, arrangement, LANGUAGE)
        page.of(len(whole.propositions))
        keys = whole.propositions[page.rows]
        matrix = part_of(whole, keys, COLUMNS)
        ids = ids_in_cells(narrowed, keys, [column.speaker for column in matrix.columns], IDS)
        pages = envelope(request, page, len(whole.propositions), rows_of(matrix, ids))
        return Response({**around(record, matrix, topic, number), **pages}, headers={"Link": links(request, pages)})


def arranged(query: QueryDict, positions: PositionQuerySet) -> tuple[Topic | None, PositionQuerySet, Arrangement]:
    """The topic that is asked for, the positions on it, and how they are to be sorted; at most two queries. Raises
    FiltersError.
    """
    gathering = Gathering()
    topic, first, rows, columns = None, None, ROW_ORDERS[0], COLUMN_ORDERS[0]
    with gathering:
        topic = _named(query, "topic", Topic.objects.of_positions(positions))
    narrowed = positions.about(topic) if topic else positions
    with gathering:
        first = _named(query, "first", who_may_be_first(narrowed))
    with gathering:
        rows = chosen(query, "rows", ROW_ORDERS)
    with gathering:
        columns = chosen(query, "columns", COLUMN_ORDERS)
    gathering.tell()
    return topic, narrowed, Arrangement(rows, columns, first)


def _table(whole: Sorted) -> Response:
    disposition = {"Content-Disposition": f'attachment; filename="{matrices.file_name(whole.event.slug)}"'}
    return Response(b"".join(matrices.as_csv(whole)), headers=disposition, content_type=csv_text.MEDIA_TYPE)


def _named(query: QueryDict, name: str, records: QuerySet[Any]) -> Any:
    slug = once(query, name)
    if not slug:
        return None
    found = records.filter(slug=slug).first() if slug_re.match(slug) else None
    if found is None:
        raise none_of(name, slug, list(records.order_by("slug").values_list("slug", flat=True)[:_NAMED]))
    return found
