from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from comparing.comparison import BASES, MOST, Comparison
from debate.models import Event
from pages.compare import asked_for, offers, page_of, without_each
from positions.matrix import busiest_speakers
from positions.models import Position
from search.errors import SearchUnavailable
from speakers.models import Person


@require_safe
def comparison(request: HttpRequest) -> HttpResponse:
    """Who is compared is in the address; whoever is looked for by name is offered to be added."""
    result = asked_for(request.GET)
    page, rows = page_of(result, request.GET)
    sought = request.GET.get("find", "").strip()
    context = {
        "comparison": result,
        "chosen": without_each(result.compared, request.GET),
        "page": page,
        "rows": rows,
        "most": MOST,
        "sought": sought,
        "example": _example(result),
        "data_query": f"?{urlencode(_parameters(result))}",
    }
    try:
        context["offers"] = offers(sought, request.GET) if sought else []
    except SearchUnavailable:
        context["is_unavailable"] = True
    return render(request, "pages/compare.html", context)


def _parameters(result: Comparison) -> list[tuple[str, str]]:
    """Those of the same comparison, without what is looked for and the page."""
    named = [(one.parameter, one.record.slug) for one in result.compared]
    return named if result.basis == BASES[0] else [*named, ("basis", result.basis)]


def _example(result: Comparison) -> list[Person]:
    """While nobody is chosen: those of the newest debate who took the most positions."""
    newest = None if result.compared else Event.objects.public().for_list().first()
    if newest is None:
        return []
    busiest = busiest_speakers(Position.objects.public().filter(event=newest), 2)
    people = Person.objects.in_bulk([speaker.person for speaker in busiest if speaker.person])
    return list(people.values()) if len(people) == 2 else []
