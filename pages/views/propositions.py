from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pages import reading
from pages.addresses import shows
from pages.paging import PAGE_SIZE, page_of
from pages.reader import reader_language
from pages.tallies import by_stance, by_wording, with_stances
from positions.models import Position, PositionQuerySet, Proposition
from record.figures import figure


@require_safe
def proposition_list(request: HttpRequest) -> HttpResponse:
    page = page_of(Proposition.objects.public().for_list(reader_language()), request.GET)
    return render(request, "pages/proposition_list.html", {"page": page, "rows": with_stances(page)})


@require_safe
@shows(lambda slug: Proposition.objects.for_detail().at_address(slug))
def proposition(request: HttpRequest, proposition: Proposition) -> HttpResponse:
    positions = Position.objects.public().filter(proposition=proposition)
    tally = figure(positions, by_stance)
    context = {
        "proposition": proposition,
        "tally": tally,
        "stances": reading.by_stance(positions, tally, newest=PAGE_SIZE),
        "wordings": by_wording(proposition, positions),
        "speakers": figure(positions, PositionQuerySet.counts)["speakers"],
    }
    return render(request, "pages/proposition.html", context)
