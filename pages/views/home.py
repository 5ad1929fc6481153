from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from debate.models import Event
from pages.tallies import with_positions
from pages.topic_tree import Tree, counted_topics
from positions.models import Position, Proposition, Topic
from record.figures import count
from speakers.models import Person

NEWEST = 5
TOPICS = 12


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    tree = Tree(Topic.objects.public().parents())
    figures = {
        "debates": count(Event.objects.public()),
        "speakers": count(Person.objects.public()),
        "propositions": count(Proposition.objects.public()),
        "positions": count(Position.objects.public()),
    }
    context = {
        "figures": figures,
        "debates": with_positions(Event.objects.public().for_list()[:NEWEST], "event"),
        "topics": counted_topics(tree.top[:TOPICS]),
        "topic_count": len(tree),
        "positions": Position.objects.public().newest(NEWEST),
    }
    return render(request, "pages/home.html", context)
