from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from pages.addresses import shows
from pages.asking import asked
from pages.paging import page_of
from positions.models import Position, PositionQuerySet
from record.figures import count
from search.filters import Filters, FiltersError, matching


@require_safe
def position_list(request: HttpRequest) -> HttpResponse:
    """All positions, narrowed by the filters; words are for the search."""
    ask = asked(request.GET)
    if ask.filters.q:
        return HttpResponseRedirect(f"{reverse('pages:search')}?{ask.filters.as_query()}")
    try:
        found = matching(Position.objects.public(), ask.filters)
        undated = undated_left_out(ask.filters)
    except FiltersError as error:
        ask = ask.refused(error.problems)
    if ask.complaints:
        return render(request, "pages/position_list.html", {"ask": ask}, status=400)
    shown = _in_order(Position.objects.public().for_list(), ask.filters)
    page = page_of(_in_order(found, ask.filters), request.GET, shown=shown)
    return render(request, "pages/position_list.html", {"ask": ask, "page": page, "undated": undated})


@require_safe
@shows(lambda public_id: Position.objects.for_detail().get(public_id=public_id))
def position(request: HttpRequest, position: Position) -> HttpResponse:
    return render(request, "pages/position.html", {"position": position})


def undated_left_out(filters: Filters) -> int:
    """How many positions would fit but for having no date, where days are asked for."""
    if filters.undated or not (filters.after or filters.before):
        return 0
    whenever = matching(Position.objects.public(), replace(filters, after=None, before=None))
    return count(whenever.filter(date_earliest=None, date_latest=None))


def _in_order(positions: PositionQuerySet, filters: Filters) -> PositionQuerySet:
    return positions.oldest_first() if filters.sort == "oldest" else positions.in_time_order()
