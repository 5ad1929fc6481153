"""People and organizations are found in the admin, and completed in its forms, by any spelling of their names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from editing.entering.known import Kind, likely
from speakers.models import Organization, Person

_KINDS: Mapping[type[Any], Kind] = {Person: "person", Organization: "organization"}


class FoundByAnySpelling(admin.ModelAdmin):
    """Goes before the admin class of people or of organizations."""

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """What Django finds by the letters, and who is likely meant."""
        found, _several_times = super().get_search_results(request, queryset, search_term)
        typed = search_term.replace("\0", "").strip()
        if not typed:
            return found, _several_times
        keys = likely(_KINDS[self.model], typed)
        return queryset.filter(pk__in=keys) | queryset.filter(pk__in=found.order_by().values("pk")), False


def find_by_any_spelling(site: admin.AdminSite) -> None:
    for model in _KINDS:
        kind = type(site.get_model_admin(model))
        site.unregister(model)
        site.register(model, type(kind.__name__, (FoundByAnySpelling, kind), {}))
