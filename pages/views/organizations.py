from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from debate.models import Appearance, EventOrganization
from pages.addresses import shows
from pages.doubts import with_doubts
from pages.names import name_forms
from pages.narrowing import counted_kinds, narrowed_by, of_kind, one_of
from pages.paging import PAGE_SIZE, page_of
from pages.reader import reader_language
from pages.tallies import by_stance, by_topic
from positions.models import Position
from record.figures import figure
from speakers.initials import begins, initials_in, known_initial
from speakers.models import Affiliation, AffiliationQuerySet, Organization, OrganizationKind
from speakers.ordering import LatestFirst

PEOPLE = 100
APPEARANCES = 25
TOPICS = 8
DEBATES = 50
_NEWEST_DEBATE_FIRST = (LatestFirst("event__date_latest"), LatestFirst("event__date_earliest"), "-event", "order", "pk")


@require_safe
def organization_list(request: HttpRequest) -> HttpResponse:
    """Each of kind and initial is offered where the other leaves an organization."""
    narrowed = narrowed_by(request.GET, kind=one_of("kind", OrganizationKind.values), initial=known_initial)
    column = f"sort_key_{reader_language()}"
    kind, initial = of_kind(narrowed["kind"]), begins(column, narrowed["initial"])
    organizations = Organization.objects.public()
    listed = organizations.filter(kind, initial).select_related("parent").for_list(reader_language())
    context = {
        "page": page_of(listed, request.GET),
        "narrowed": narrowed,
        "narrowings": [
            narrowed.by("kind", _("Kind"), counted_kinds(organizations.filter(initial), OrganizationKind)),
            narrowed.by("initial", _("By initial"), initials_in(organizations.filter(kind), column)),
        ],
    }
    return render(request, "pages/organization_list.html", context)


@require_safe
@shows(lambda slug: Organization.objects.for_detail(reader_language()).at_address(slug))
def organization(request: HttpRequest, organization: Organization) -> HttpResponse:
    spoken_for = Position.objects.public().spoken_for(organization)
    identified_with = Position.objects.public().identified_with(organization)
    people = Affiliation.objects.public().filter(organization=organization)
    speaking = Appearance.objects.public().speaking_for(organization)
    roles = EventOrganization.objects.filter(organization=organization, event__is_public=True)
    context = {
        "organization": organization,
        "names": name_forms(organization),
        "spoken_for": spoken_for.newest(PAGE_SIZE),
        "spoken_for_tally": figure(spoken_for, by_stance),
        "spoken_for_topics": by_topic(spoken_for, most=TOPICS),
        "identified_with": identified_with.newest(PAGE_SIZE),
        "identified_with_tally": figure(identified_with, by_stance),
        "speaking": speaking.for_list().newest_debate_first()[:APPEARANCES],
        "speaking_count": speaking.count(),
        "people": with_doubts(_by_name(people)[:PEOPLE]),
        "people_count": people.count(),
        "roles": roles.select_related("event").order_by(*_NEWEST_DEBATE_FIRST)[:DEBATES],
        "role_count": roles.count(),
    }
    return render(request, "pages/organization.html", context)


def _by_name(people: AffiliationQuerySet) -> AffiliationQuerySet:
    return people.select_related("person").order_by(f"person__sort_key_{reader_language()}", "pk")
