"""The editors' own screens, under the address of the admin and before its pages."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from editing.dossiers import views as dossiers
from editing.entering import views as entering
from editing.importing import views as importing
from editing.publishing import debate as publishing
from editing.reviewing import again, changes, lists, records

app_name = "editing"
urlpatterns: list[URLPattern | URLResolver] = [
    path("review/", lists.queue, name="review"),
    path("review/mine/", lists.mine, name="review-mine"),
    path("review/changes/<int:number>/", changes.one_change, name="review-change"),
    path("review/changes/<int:number>/decide/", changes.decide, name="review-decide"),
    path("review/changes/<int:number>/again/", again.again, name="review-again"),
    path("review/<slug:kind>/<int:number>/", records.one_record, name="review-record"),
    path("review/<slug:kind>/<int:number>/step/", records.step, name="review-step"),
    path("debates/<slug:slug>/publish/", publishing.publish, name="publish"),
    path("import/", importing.start, name="import"),
    path("import/examples/<slug:kind>.<slug:form>", importing.example, name="import-example"),
    path("import/<slug:token>/columns/", importing.columns, name="import-columns"),
    path("import/<slug:token>/", importing.preview, name="import-preview"),
    path("import/<slug:token>/mistakes.csv", importing.mistakes, name="import-mistakes"),
    path("import/<slug:token>/drop/", importing.drop, name="import-drop"),
    path("dossiers/", dossiers.start, name="dossiers"),
    path("dossiers/<slug:slug>.yaml", dossiers.download, name="dossier-download"),
    path("dossiers/<slug:token>/", dossiers.preview, name="dossier"),
    path("coding/", include("editing.coding.urls")),
    path("new-debate/", entering.new_debate, name="new-debate"),
    path("new-debate/known/", entering.known_by, name="new-debate-known"),
    path("new-debate/rows/", entering.rows_of, name="new-debate-rows"),
    path("new-debate/date/", entering.date_in_words, name="new-debate-date"),
    path("new-debate/<slug:slug>/made/", entering.made, name="debate-made"),
]
