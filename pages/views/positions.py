from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from pages.addresses import shows
from pages.asking import asked
from pages.paging import page_of
from positions.history import history
from positions.models import Position, PositionQuerySet, Remark
from record.figures import figure
from search.filters import Filters, FiltersError, matching, undated_left_out

OTHERS = 5  # positions of the same speaker on the same proposition


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
    public = Position.objects.public()
    remarks = position.remarks.all()
    on_it = public.filter(proposition=position.proposition)
    context = {
        "position": position,
        "disputes": [remark for remark in remarks if remark.kind == Remark.Kind.DISPUTED],
        "corrections": [remark for remark in remarks if remark.kind != Remark.Kind.DISPUTED],
        "history": history(position),
        "others": _others_of_the_speaker(position)[: OTHERS + 1],
        "most_others": OTHERS,
        "on_proposition": figure(on_it, PositionQuerySet.counts),
        "previous": public.before(position).select_related("person", "wording").first(),
        "next": public.after(position).select_related("person", "wording").first(),
    }
    return render(request, "pages/position.html", context)


def _others_of_the_speaker(position: Position) -> PositionQuerySet:
    """On the same proposition; none for whoever has no name in the record."""
    appearance = position.appearance
    others = Position.objects.public().filter(proposition=position.proposition).exclude(pk=position.pk)
    if appearance.person_id:
        others = others.filter(person=appearance.person_id)
    elif appearance.organization_id:
        others = others.filter(appearance__organization=appearance.organization_id)
    else:
        others = others.none()
    return others.select_related("event").in_time_order()


def _in_order(positions: PositionQuerySet, filters: Filters) -> PositionQuerySet:
    return positions.oldest_first() if filters.sort == "oldest" else positions.in_time_order()
