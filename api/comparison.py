"""People and organizations side by side."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from django.http import QueryDict
from rest_framework.request import Request
from rest_framework.response import Response

from api.paging import PAGING, Page, envelope, links
from api.parameters import Gathering, Parameter, refuse_unknown, several
from api.shapes.comparison import ComparisonAnswer, around, rows_of
from api.single import chosen
from api.views import PublicView
from comparing.comparison import BASES, MOST, compare, named, rows
from search.filters import FiltersError, Problem

ROWS = 8
MOST_ROWS = 20  # each has up to twelve whole positions
_MOST = {**several(), "maxItems": MOST}
PARAMETERS = (
    Parameter("speaker", f"Ids of speakers; at most {MOST} with the organizations.", _MOST),
    Parameter("organization", f"Ids of organizations; at most {MOST} with the speakers.", _MOST),
    Parameter(
        "basis",
        "What counts as an organization's: what was stated on its behalf, or also what people identified with it said.",
        {"type": "string", "enum": list(BASES), "default": BASES[0]},
    ),
)
SIZE = Parameter(
    "page_size",
    "How many propositions on a page.",
    {"type": "integer", "minimum": 1, "maximum": MOST_ROWS, "default": ROWS},
)


class CompareView(PublicView):
    """Sets up to six people or organizations side by side, over the propositions that they took positions on.

    Takes the parameters of the page. Propositions on which most of them took a position come first.
    """

    shape = ComparisonAnswer
    problems = ("not-found",)

    def takes(self) -> tuple[Parameter, ...]:
        return (*PARAMETERS, PAGING[0], SIZE)

    def get(self, request: Request) -> Response:
        query, gathering = request.query_params, Gathering()
        with gathering:
            refuse_unknown(query, self.takes())
        with gathering:
            page = _page(query)
        with gathering:
            basis = chosen(query, "basis", BASES)
        with gathering:
            records = named(dict(query.lists()))
        gathering.tell()
        comparison = compare(records, basis)
        page.of(len(comparison.propositions))
        found = rows(comparison, comparison.propositions[page.rows], settings.LANGUAGE_CODE)
        pages = envelope(request, page, len(comparison.propositions), rows_of(comparison, found))
        return Response({**around(comparison), **pages}, headers={"Link": links(request, pages)})


def _page(query: QueryDict) -> Page:
    """Of fewer rows than other lists have. Raises FiltersError."""
    page = Page.asked_for(query)
    if not query.get("page_size"):
        return replace(page, size=ROWS)
    if page.size > MOST_ROWS:
        raise FiltersError([Problem("page_size", f"At most {MOST_ROWS} are on a page.")])
    return page
