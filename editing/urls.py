"""The editors' own screens, under the address of the admin and before its pages."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

app_name = "editing"
urlpatterns: list[URLPattern | URLResolver] = [
    path("rounds/", include("editing.rounds.urls")),
]
