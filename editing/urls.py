"""The editors' own screens, under the address of the admin and before its pages."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from editing.dossiers import views as dossiers
from editing.importing import views as importing

app_name = "editing"
urlpatterns: list[URLPattern | URLResolver] = [
    path("import/", importing.start, name="import"),
    path("import/examples/<slug:kind>.<slug:form>", importing.example, name="import-example"),
    path("import/<slug:token>/columns/", importing.columns, name="import-columns"),
    path("import/<slug:token>/", importing.preview, name="import-preview"),
    path("import/<slug:token>/mistakes.csv", importing.mistakes, name="import-mistakes"),
    path("import/<slug:token>/drop/", importing.drop, name="import-drop"),
    path("dossiers/", dossiers.start, name="dossiers"),
    path("dossiers/<slug:slug>.yaml", dossiers.download, name="dossier-download"),
    path("dossiers/<slug:token>/", dossiers.preview, name="dossier"),
]
