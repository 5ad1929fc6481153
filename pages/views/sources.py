from __future__ import annotations

from typing import Any

from django.core.paginator import Page
from django.db.models import Case, Value, When
from django.db.models.functions import Substr
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from debate.models import Source
from pages.addresses import shows
from pages.arranging import arranged
from pages.paging import page_of, page_of_all
from pages.places import AtPlace, Read, in_order_of_place, paragraphs, together
from positions.models import Evidence, Position, PositionQuerySet
from record.figures import count

PLACED = 5_000  # pieces of evidence that are put in the order of their places
PARAGRAPHS = 200
CHARACTERS = 60_000  # of the source's own text


@require_safe
def source_list(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/source_list.html", {"page": page_of(Source.objects.public().for_list(), request.GET)})


@require_safe
@shows(lambda public_id: _with_its_text().get(public_id=public_id))
def source(request: HttpRequest, source: Source) -> HttpResponse:
    arrangement = arranged(request.GET, {"place": _("in the order of the source"), "time": _("in time")})
    evidence = Evidence.objects.filter(source=source, is_public=True)
    positions = Position.objects.public().filter(pk__in=evidence.values("position"))
    read = [Read(*row) for row in evidence.order_by("pk").values_list("position", "locator")[: PLACED + 1]]
    ordered = in_order_of_place(read[:PLACED])
    page = _page(ordered, positions, arrangement.code, request.GET)
    context = {
        "source": source,
        "arrangement": arrangement,
        "page": page,
        "position_count": count(positions),
        "places": _places(page) if arrangement.code == "place" else None,
        "paragraphs": paragraphs(ordered, source.paragraph_count, PARAGRAPHS),
        "is_cut": len(read) > PLACED,
        "characters": CHARACTERS,
    }
    return render(request, "pages/source.html", context)


def _page(ordered: list[Read], positions: PositionQuerySet, code: str, parameters: QueryDict) -> Page[Any]:
    if code == "place":
        return page_of_all(ordered, parameters)
    return page_of(positions.in_time_order(), parameters, shown=Position.objects.public().for_list().in_time_order())


def _with_its_text() -> Any:
    """The beginning of the text beside the row where it is public, and no text else."""
    start = Case(When(text_public=True, then=Substr("text", 1, CHARACTERS + 1)), default=Value(""))
    return Source.objects.for_detail().defer("text").annotate(text_shown=start)


def _places(page: Page[Any]) -> list[AtPlace[Position]]:
    positions = Position.objects.public().for_list().in_bulk([read.position for read in page])
    read = ((one, positions[one.position]) for one in page if one.position in positions)
    return together(read, page.start_index() - 1)
