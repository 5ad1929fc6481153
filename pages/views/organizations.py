from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from debate.models import EventOrganization
from pages.addresses import shows
from pages.names import name_forms
from pages.paging import PAGE_SIZE, page_of
from pages.reader import reader_language
from positions.models import Position
from record.figures import count
from speakers.models import Affiliation, Organization
from speakers.ordering import LatestFirst

PEOPLE = 100
DEBATES = 50
_NEWEST_DEBATE_FIRST = (LatestFirst("event__date_latest"), LatestFirst("event__date_earliest"), "-event", "order", "pk")


@require_safe
def organization_list(request: HttpRequest) -> HttpResponse:
    organizations = Organization.objects.public().select_related("parent").for_list(reader_language())
    return render(request, "pages/organization_list.html", {"page": page_of(organizations, request.GET)})


@require_safe
@shows(lambda slug: Organization.objects.for_detail(reader_language()).at_address(slug))
def organization(request: HttpRequest, organization: Organization) -> HttpResponse:
    spoken_for = Position.objects.public().spoken_for(organization)
    identified_with = Position.objects.public().identified_with(organization)
    people = Affiliation.objects.public().filter(organization=organization)
    roles = EventOrganization.objects.filter(organization=organization, event__is_public=True)
    context = {
        "organization": organization,
        "names": name_forms(organization),
        "spoken_for": spoken_for.newest(PAGE_SIZE),
        "spoken_for_count": count(spoken_for),
        "identified_with": identified_with.newest(PAGE_SIZE),
        "identified_with_count": count(identified_with),
        "people": people.select_related("person").order_by(f"person__sort_key_{reader_language()}", "pk")[:PEOPLE],
        "people_count": people.count(),
        "roles": roles.select_related("event").order_by(*_NEWEST_DEBATE_FIRST)[:DEBATES],
        "role_count": roles.count(),
    }
    return render(request, "pages/organization.html", context)
