from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comparing.contrast import contrasts
from comparing.sharing import sharing
from debate.models import Appearance
from pages import tallies
from pages.addresses import shows
from pages.arranging import arranged
from pages.doubts import with_doubts
from pages.names import name_forms
from pages.narrowing import narrowed_by
from pages.paging import page_of
from pages.reader import reader_language
from pages.reading import by_topic, by_year
from pages.tallies import by_stance, with_positions
from positions.models import Position
from record.figures import figure
from speakers.initials import begins, initials_in, known_initial
from speakers.models import Affiliation, Person

APPEARANCES = 25
POSITIONS = 25
TOPICS = 8


@require_safe
def speaker_list(request: HttpRequest) -> HttpResponse:
    """With the latest affiliation of each, which tells people of one name apart."""
    narrowed, column = narrowed_by(request.GET, initial=known_initial), f"sort_key_{reader_language()}"
    people = Person.objects.public()
    page = page_of(people.filter(begins(column, narrowed["initial"])).for_list(reader_language()), request.GET)
    held = Affiliation.objects.public().of_today([person.pk for person in page])
    context = {
        "page": page,
        "rows": [(row, held.get(row.record.pk)) for row in with_positions(page, "person")],
        "narrowed": narrowed,
        "narrowings": [narrowed.by("initial", _("By initial"), initials_in(people, column))],
    }
    return render(request, "pages/speaker_list.html", context)


@require_safe
@shows(lambda slug: Person.objects.for_detail().at_address(slug))
def speaker(request: HttpRequest, person: Person) -> HttpResponse:
    arrangement = arranged(request.GET, {"topic": _("by topic"), "time": _("in time"), "debate": _("by debate")})
    appearances = Appearance.objects.public().of_person(person)
    positions = Position.objects.public().by_person(person)
    affiliations = [held for held in person.affiliations.all() if held.organization.is_public]
    shown = list(positions.newest(POSITIONS))
    context = {
        "person": person,
        "names": name_forms(person),
        "affiliations": affiliations,
        "held": with_doubts(affiliations),
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
