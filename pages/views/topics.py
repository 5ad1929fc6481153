from __future__ import annotations

from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pages.addresses import shows
from pages.paging import page_of, page_of_all
from pages.reader import reader_language
from pages.tallies import by_stance, with_stances
from pages.topic_tree import Tree, branches, counted_topics
from positions.models import Position, PositionQuerySet, Proposition, Topic
from record.figures import figure

BRANCHES = 300  # topics on one page of the tree
PARTS = 100
NEWEST = 5


@require_safe
def topic_list(request: HttpRequest) -> HttpResponse:
    """The tree, so many of those at the top to a page; reads two numbers of every topic there is."""
    tree = Tree(Topic.objects.public().parents())
    top = page_of_all(tree.top, request.GET)
    shown = branches(tree, top, BRANCHES)
    page = Page([branch.topic for branch in shown if branch.topic.pk in top], top.number, top.paginator)
    return render(request, "pages/topic_list.html", {"page": page, "branches": shown})


@require_safe
@shows(Topic.objects.at_address)
def topic(request: HttpRequest, topic: Topic) -> HttpResponse:
    tree = Tree(Topic.objects.public().parents())
    parts = tree.children(topic.pk)
    page = page_of(Proposition.objects.public().about(topic).for_list(reader_language()), request.GET)
    positions = Position.objects.public().about(topic)
    context = {
        "topic": topic,
        "path": Topic.objects.at_keys(tree.ancestors(topic.pk)),
        "parts": counted_topics(parts[:PARTS]),
        "part_count": len(parts),
        "page": page,
        "rows": with_stances(page),
        "figures": figure(positions, PositionQuerySet.counts),
        "tally": figure(positions, by_stance),
        "newest": positions.newest(NEWEST) if page.number == 1 else (),
    }
    return render(request, "pages/topic.html", context)
