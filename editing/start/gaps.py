"""What is incomplete in what is not public yet: counted on the start page, and shown by the filters of the lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import admin
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from debate.models import Appearance, Capacity, Event, EventSource
from debate.publishing import Status
from positions.models import Position
from review.readiness import without_evidence

_NOT_OUT = (Status.DRAFT, Status.IN_REVIEW)


def positions_without_evidence() -> QuerySet[Position]:
    return without_evidence(Position.objects.filter(status__in=_NOT_OUT))


def positions_of_unsettled_rounds() -> QuerySet[Position]:
    found: QuerySet[Position] = Position.objects.filter(status__in=_NOT_OUT).in_unsettled_rounds()
    return found


def debates_without_source() -> QuerySet[Event]:
    found: QuerySet[Event] = Event.objects.filter(status__in=_NOT_OUT)
    return found.filter(~Exists(EventSource.objects.filter(event=OuterRef("pk"))))


def people_without_capacity() -> QuerySet[Appearance]:
    """Their appearances: found from the debates, of which few are not public."""
    debates = Event.objects.filter(status__in=_NOT_OUT)
    there = Appearance.objects.filter(session__event__in=debates, person__isnull=False)
    return there.filter(~Exists(Capacity.objects.filter(appearance=OuterRef("pk"))))


class _Gap(admin.SimpleListFilter):
    """Rows that have the gap are those of `found`."""

    found: Callable[[], QuerySet[Any]]
    label: Any

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", self.label)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(pk__in=type(self).found().values("pk")) if self.value() else queryset


class WithoutEvidence(_Gap):
    title = _("evidence")
    parameter_name = "without_evidence"
    label = _("without evidence, not public yet")
    found = positions_without_evidence


class OfUnsettledRound(_Gap):
    title = _("coding rounds")
    parameter_name = "unsettled"
    label = _("of a round that is not settled yet")
    found = positions_of_unsettled_rounds


class WithoutSource(_Gap):
    title = _("sources")
    parameter_name = "without_source"
    label = _("without a source, not public yet")
    found = debates_without_source


class WithoutCapacity(_Gap):
    title = _("capacity")
    parameter_name = "without_capacity"
    label = _("without a capacity, not public yet")
    found = people_without_capacity


_FILTERS: Mapping[type[Model], list[type[_Gap]]] = {
    Position: [WithoutEvidence, OfUnsettledRound],
    Event: [WithoutSource],
    Appearance: [WithoutCapacity],
}


def offer_filters(site: admin.AdminSite) -> None:
    """Registers the admin classes once more, with the filters beside their own."""
    for model, filters in _FILTERS.items():
        kind = type(site.get_model_admin(model))
        if not set(filters) & set(kind.list_filter):
            site.unregister(model)
            site.register(model, type(kind.__name__, (kind,), {"list_filter": [*kind.list_filter, *filters]}))
