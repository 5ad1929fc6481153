from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.validators import slug_re
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comparing.matrix import COLUMN_ORDERS, ROW_ORDERS, Arrangement, Matrix, sorted_matrix, who_may_be_first
from debate.models import Appearance, Event, EventKind, EventSource, Session
from debate.years import counted_years, known_year, reaches, within
from exchange import csv_text, matrices
from pages.addresses import shows
from pages.arranging import arranged
from pages.choosing import chosen, not_understood
from pages.citing.derived import Derived
from pages.matrix import AT_A_GLANCE, WHOLE, page_of_matrix
from pages.narrowing import counted_kinds, narrowed_by, of_kind, one_of
from pages.network.shown import of_debate
from pages.paging import page_of
from pages.programme import participants, without_position
from pages.reader import reader_language
from pages.reading import by_speaker, by_topic
from pages.tallies import with_positions
from pages.views.citing import as_file
from positions.models import Position, PositionQuerySet, Topic
from positions.tally import STANCES
from speakers.models import Person

READ_ON_ONE_PAGE = 60
SESSIONS = 10
PEOPLE = 100
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
@shows(lambda slug: Event.objects.without_programme().at_address(slug))
def debate(request: HttpRequest, event: Event) -> HttpResponse:
    """Long debates show the first of their positions and sessions, and links to the lists of all."""
    arrangement = arranged(request.GET, {"topic": _("by topic"), "speaker": _("by speaker")})
    positions = Position.objects.public().filter(event=event)
    sessions = list(event.sessions.in_order().with_appearances()[:SESSIONS])
    matrix, _page = page_of_matrix(event, positions, AT_A_GLANCE, Arrangement(), QueryDict())
    read = positions.newest(READ_ON_ONE_PAGE)
    context = {
        "event": event,
        "figures": _figures(event, matrix),
        "sessions": sessions,
        "participants": participants(sessions),
        "without_position": without_position(event, positions, at_most=PEOPLE),
        "stances": matrix.tally,
        "arrangement": arrangement,
        "groups": by_topic(read) if arrangement.code == "topic" else by_speaker(read),
        "limit": READ_ON_ONE_PAGE,
        "remarks": event.remarks.order_by("date", "pk"),
        "network": of_debate(event),
        **_shown_with(event, matrix),
    }
    return render(request, "pages/debate.html", context)


@require_safe
@shows(Event.objects.at_address, route="pages:debate-programme")
def debate_programme(request: HttpRequest, event: Event) -> HttpResponse:
    page = page_of(event.sessions.in_order().with_appearances(), request.GET, SESSIONS)
    return render(request, "pages/debate_programme.html", {"event": event, "page": page})


@require_safe
@shows(Event.objects.at_address, route="pages:debate-matrix")
def debate_matrix(request: HttpRequest, event: Event) -> HttpResponse:
    """Who stands where, sorted as the reader likes it and narrowed to a topic."""
    ask = _asked_of_matrix(event, request.GET)
    matrix, page = page_of_matrix(event, ask.positions, WHOLE, ask.arrangement, request.GET)
    derived = Derived("matrix", event, ask.query)
    context = {
        "event": event,
        "topics": ask.topics,
        "topic": ask.topic,
        "page": page,
        "derived": derived,
        "table": f"{reverse('pages:debate-matrix-file', args=[event.slug])}{ask.query}",
        **_shown_with(event, matrix),
    }
    return render(request, "pages/debate_matrix.html", context)


@require_safe
@shows(Event.objects.at_address, route="pages:debate-matrix-file")
def debate_matrix_file(request: HttpRequest, event: Event) -> HttpResponse:
    """The whole matrix as a table, narrowed and sorted as the page is."""
    ask = _asked_of_matrix(event, request.GET)
    whole = sorted_matrix(event, ask.positions, ask.arrangement, reader_language(), propositions=matrices.MOST)
    headers = {"Content-Disposition": f'attachment; filename="{matrices.file_name(event.slug)}"'}
    return HttpResponse(b"".join(matrices.as_csv(whole)), content_type=csv_text.MEDIA_TYPE, headers=headers)


@require_safe
@shows(Event.objects.at_address, route="pages:debate-matrix-citation")
def debate_matrix_citation(request: HttpRequest, event: Event, file: str) -> HttpResponse:
    return as_file(Derived("matrix", event, _asked_of_matrix(event, request.GET).query), file)


@dataclass(frozen=True, slots=True)
class _AskedOfMatrix:
    """The topic that a matrix is narrowed to, out of all `topics` of the debate, and how it is sorted."""

    positions: PositionQuerySet
    topics: list[Topic]
    topic: Topic | None
    arrangement: Arrangement

    @property
    def query(self) -> str:
        given = {"topic": [self.topic.slug] if self.topic else [], **self.arrangement.as_parameters()}
        return f"?{urlencode(given, doseq=True)}" if any(given.values()) else ""


def _asked_of_matrix(event: Event, parameters: QueryDict) -> _AskedOfMatrix:
    positions = Position.objects.public().filter(event=event)
    topics = {topic.slug: topic for topic in Topic.objects.of_positions(positions).for_list()}
    topic = topics.get(chosen(parameters, "topic", ("", *topics)))
    narrowed = positions.about(topic) if topic else positions
    return _AskedOfMatrix(narrowed, list(topics.values()), topic, _arrangement(parameters, narrowed))


def _arrangement(parameters: QueryDict, positions: PositionQuerySet) -> Arrangement:
    rows, columns = chosen(parameters, "rows", ROW_ORDERS), chosen(parameters, "columns", COLUMN_ORDERS)
    return Arrangement(rows, columns, _first(parameters.get("first", "").strip(), positions))


def _first(slug: str, positions: PositionQuerySet) -> Person | None:
    """Raises NotUnderstood for somebody who holds none of the positions."""
    if not slug:
        return None
    holders = who_may_be_first(positions)
    found = holders.filter(slug=slug).first() if slug_re.match(slug) else None
    if found is None:
        slugs = holders.order_by("slug").values_list("slug", flat=True)
        raise not_understood("first", slug, list(slugs[:50]))
    return found


def _figures(event: Event, matrix: Matrix) -> dict[str, int]:
    """Two queries."""
    present = Appearance.objects.of_event(event).of_those_present()
    return {
        "positions": matrix.tally.total,
        "propositions": matrix.propositions,
        "participants": present.aggregate(people=Count("person", distinct=True))["people"],
        "sessions": Session.objects.filter(event=event).count(),
    }


def _shown_with(event: Event, matrix: Matrix) -> dict[str, Any]:
    """What a matrix is read with; one query."""
    coded = event.event_sources.filter(role=EventSource.Role.CODED).count()
    return {"matrix": matrix, "sources_coded": coded, "stances_in_order": STANCES}
