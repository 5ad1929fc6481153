from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from debate.models import Event
from pages.tallies import with_positions
from positions.models import Position, Proposition, Topic
from record.figures import count
from speakers.models import Person

NEWEST = 5
TOPICS = 12


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    figures = {
        "debates": count(Event.objects.public()),
        "speakers": count(Person.objects.public()),
        "propositions": count(Proposition.objects.public()),
        "positions": count(Position.objects.public()),
    }
    context = {
        "figures": figures,
        "debates": with_positions(Event.objects.public().for_list()[:NEWEST], "event"),
        "topics": Topic.objects.public().for_list()[:TOPICS],
    }
    return render(request, "pages/home.html", context)
