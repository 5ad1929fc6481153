from __future__ import annotations

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from debate.models import Event, EventKind
from pages.addresses import shows
from pages.narrowing import counted_kinds, narrowed_by, of_kind, one_of
from pages.paging import page_of
from pages.programme import participants
from pages.reading import by_topic
from pages.tallies import by_stance, with_positions
from pages.years import counted_years, known_year, reaches, within
from positions.models import Position

READ_ON_ONE_PAGE = 200
YEARS = 10


@require_safe
def debate_list(request: HttpRequest) -> HttpResponse:
    """Each of kind and year is offered with the number of debates that the other leaves."""
    narrowed = narrowed_by(request.GET, kind=one_of("kind", EventKind.values), year=known_year)
    kind, year = of_kind(narrowed["kind"]), within(narrowed["year"])
    events = Event.objects.public()
    page = page_of(events.filter(kind, year).for_list(), request.GET)
    years = counted_years(reaches(events.filter(kind)), narrowed["year"])
    context = {
        "page": page,
        "rows": with_positions(page, "event"),
        "narrowed": narrowed,
        "narrowings": [
            narrowed.by("kind", _("Kind"), counted_kinds(events.filter(year), EventKind)),
            narrowed.by("year", _("Year"), years, shown=YEARS),
        ],
    }
    return render(request, "pages/debate_list.html", context)


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
