from __future__ import annotations

from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pages.addresses import shows
from pages.paging import page_of
from pages.reader import reader_language
from pages.tallies import with_stances
from positions.models import Position, PositionQuerySet, Proposition, Topic
from record.figures import figure

_CHILDREN = Prefetch("children", queryset=Topic.objects.public().for_list(), to_attr="public_children")


@require_safe
def topic_list(request: HttpRequest) -> HttpResponse:
    """Those at the top, each with its children."""
    top = Topic.objects.public().filter(Q(parent=None) | Q(parent__is_public=False)).for_list()
    return render(request, "pages/topic_list.html", {"page": page_of(top.prefetch_related(_CHILDREN), request.GET)})


@require_safe
@shows(lambda slug: Topic.objects.select_related("parent").prefetch_related(_CHILDREN).at_address(slug))
def topic(request: HttpRequest, topic: Topic) -> HttpResponse:
    propositions = Proposition.objects.public().about(topic).for_list(reader_language())
    page = page_of(propositions, request.GET)
    figures = figure(Position.objects.public().about(topic), PositionQuerySet.counts)
    return render(
        request,
        "pages/topic.html",
        {"topic": topic, "page": page, "rows": with_stances(page), "figures": figures},
    )
