"""The editors' own screens, under the address of the admin and before its pages."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from editing.bin import views as bin
from editing.dossiers import views as dossiers
from editing.entering import views as entering
from editing.importing import views as importing
from editing.merging import views as merging
from editing.publishing import debate as publishing
from editing.reviewing import again, changes, lists, records
from editing.texts import views as texts

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
    path("rounds/", include("editing.rounds.urls")),
    path("sources/pasted/", texts.pasted, name="text-pasted"),
    path("sources/<slug:public_id>/text/", texts.text, name="text"),
    path("sources/<slug:public_id>/marks/", texts.marks, name="text-marks"),
    path("new-debate/", entering.new_debate, name="new-debate"),
    path("new-debate/known/", entering.known_by, name="new-debate-known"),
    path("new-debate/rows/", entering.rows_of, name="new-debate-rows"),
    path("new-debate/date/", entering.date_in_words, name="new-debate-date"),
    path("new-debate/<slug:slug>/made/", entering.made, name="debate-made"),
    path("bin/", bin.lying, name="bin"),
    path("bin/<int:key>/", bin.inside, name="binned"),
    path("merging/", merging.likenesses, name="merging"),
    path("merging/compare/", merging.compare, name="compare"),
    path("merging/done/", merging.merges, name="merges"),
    path("merging/done/<int:key>/", merging.merged, name="merge"),
    path("merging/apart/", merging.apart, name="apart"),
]
