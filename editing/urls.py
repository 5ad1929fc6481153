"""The editors' own screens, under the address of the admin and before its pages."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from editing.entering import views as entering

app_name = "editing"
urlpatterns: list[URLPattern | URLResolver] = [
    path("new-debate/", entering.new_debate, name="new-debate"),
    path("new-debate/known/", entering.known_by, name="new-debate-known"),
    path("new-debate/rows/", entering.rows_of, name="new-debate-rows"),
    path("new-debate/date/", entering.date_in_words, name="new-debate-date"),
    path("new-debate/<slug:slug>/made/", entering.made, name="debate-made"),
]
