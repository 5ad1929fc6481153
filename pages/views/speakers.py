from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from debate.models import Appearance
from pages import tallies
from pages.addresses import shows
from pages.arranging import arranged
from pages.contrast import contrasts
from pages.doubts import with_doubts
from pages.names import name_forms
from pages.paging import page_of
from pages.reader import reader_language
from pages.reading import by_topic, by_year
from pages.sharing import sharing
from pages.tallies import by_stance, with_positions
from positions.models import Position
from record.figures import figure
from speakers.models import Person

APPEARANCES = 25
POSITIONS = 25
TOPICS = 8


@require_safe
def speaker_list(request: HttpRequest) -> HttpResponse:
    page = page_of(Person.objects.public().for_list(reader_language()), request.GET)
    return render(request, "pages/speaker_list.html", {"page": page, "rows": with_positions(page, "person")})


@require_safe
@shows(lambda slug: Person.objects.for_detail().at_address(slug))
def speaker(request: HttpRequest, person: Person) -> HttpResponse:
    arrangement = arranged(request.GET, {"topic": _("by topic"), "time": _("in time"), "debate": _("by debate")})
    appearances = Appearance.objects.public().of_person(person)
    positions = Position.objects.public().by_person(person)
    shown = list(positions.newest(POSITIONS))
    context = {
        "person": person,
        "names": name_forms(person),
        "affiliations": with_doubts(held for held in person.affiliations.all() if held.organization.is_public),
        "appearances": appearances.for_list().newest_debate_first()[:APPEARANCES],
        "appearance_count": appearances.count(),
        "arrangement": arrangement,
        "positions": shown,
        "groups": _groups(arrangement.code, shown),
        "stances": figure(positions, by_stance),
        "topics": tallies.by_topic(positions, most=TOPICS),
        "contrasts": contrasts(person),
        "sharing": sharing(person),
        "remarks": person.remarks.order_by("date", "pk"),
    }
    return render(request, "pages/speaker.html", context)


def _groups(code: str, positions: list[Position]) -> Any:
    match code:
        case "topic":
            return by_topic(positions)
        case "time":
            return by_year(positions)
    return positions  # in the order of their debates already
