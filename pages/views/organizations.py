from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from debate.models import EventOrganization
from pages.addresses import shows
from pages.initials import begins, initials_in, known_initial
from pages.names import name_forms
from pages.narrowing import counted_kinds, narrowed_by, of_kind, one_of
from pages.paging import PAGE_SIZE, page_of
from pages.reader import reader_language
from positions.models import Position
from speakers.models import Affiliation, Organization, OrganizationKind
from speakers.ordering import LatestFirst

PEOPLE = 100
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
    roles = EventOrganization.objects.filter(organization=organization, event__is_public=True)
    context = {
        "organization": organization,
        "names": name_forms(organization),
        "spoken_for": spoken_for.for_list().in_time_order()[:PAGE_SIZE],
        "spoken_for_count": spoken_for.count(),
        "identified_with": identified_with.for_list().in_time_order()[:PAGE_SIZE],
        "identified_with_count": identified_with.count(),
        "people": people.select_related("person").order_by(f"person__sort_key_{reader_language()}", "pk")[:PEOPLE],
        "people_count": people.count(),
        "roles": roles.select_related("event").order_by(*_NEWEST_DEBATE_FIRST)[:DEBATES],
        "role_count": roles.count(),
    }
    return render(request, "pages/organization.html", context)
