from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from debate.models import Appearance
from pages.addresses import shows
from pages.initials import begins, initials_in, known_initial
from pages.names import name_forms
from pages.narrowing import narrowed_by
from pages.paging import PAGE_SIZE, page_of
from pages.reader import reader_language
from pages.tallies import by_stance, with_positions
from positions.models import Position
from speakers.models import Affiliation, Person
from speakers.ordering import LatestFirst

APPEARANCES = 50
_NEWEST_DEBATE_FIRST = (
    LatestFirst("session__event__date_latest"),
    LatestFirst("session__event__date_earliest"),
    "-session__event",
    "session__order",
    "order",
)


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
    appearances = Appearance.objects.public().of_person(person)
    positions = Position.objects.public().by_person(person)
    context = {
        "person": person,
        "names": name_forms(person),
        "affiliations": [held for held in person.affiliations.all() if held.organization.is_public],
        "appearances": appearances.for_list().order_by(*_NEWEST_DEBATE_FIRST, "pk")[:APPEARANCES],
        "appearance_count": appearances.count(),
        "positions": positions.for_list().in_time_order()[:PAGE_SIZE],
        "stances": by_stance(positions),
        "remarks": person.remarks.order_by("date", "pk"),
    }
    return render(request, "pages/speaker.html", context)
