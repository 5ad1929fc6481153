from __future__ import annotations

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from debate.models import Event
from pages.addresses import shows
from pages.paging import page_of
from pages.programme import participants
from pages.reading import by_topic
from pages.tallies import by_stance, with_positions
from positions.models import Position

READ_ON_ONE_PAGE = 200


@require_safe
def debate_list(request: HttpRequest) -> HttpResponse:
    page = page_of(Event.objects.public().for_list(), request.GET)
    return render(request, "pages/debate_list.html", {"page": page, "rows": with_positions(page, "event")})


@require_safe
@shows(lambda slug: Event.objects.for_detail().at_address(slug))
def debate(request: HttpRequest, event: Event) -> HttpResponse:
    """Long debates show the first positions of their programme, and a link to the list of all."""
    positions = Position.objects.public().filter(event=event)
    figures = positions.aggregate(positions=Count("pk"), propositions=Count("proposition", distinct=True))
    read = positions.for_list().in_time_order()[:READ_ON_ONE_PAGE]
    context = {
        "event": event,
        "figures": figures,
        "participants": participants(event),
        "stances": by_stance(positions),
        "topics": by_topic(read),
        "limit": READ_ON_ONE_PAGE,
        "remarks": event.remarks.order_by("date", "pk"),
    }
    return render(request, "pages/debate.html", context)
