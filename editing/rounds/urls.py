from __future__ import annotations

from django.urls import path

from editing.rounds.views import coding, rounds, settling

urlpatterns = [
    path("", rounds.round_list, name="round-list"),
    path("new/", rounds.round_new, name="round-new"),
    path("<slug:public_id>/", rounds.round_detail, name="round"),
    path("<slug:public_id>/close/", rounds.round_close, name="round-close"),
    path("<slug:public_id>/agreement.csv", rounds.agreement_csv, name="round-agreement"),
    path("<slug:public_id>/readings.csv", rounds.readings_csv, name="round-readings"),
    path("<slug:public_id>/coding/", coding.coding, name="round-coding"),
    path("<slug:public_id>/coding/<int:key>/", coding.coding, name="round-reading"),
    path("<slug:public_id>/coding/<int:key>/take-back/", coding.coding_take_back, name="round-take-back"),
    path("<slug:public_id>/finished/", coding.coding_finished, name="round-finished"),
    path("<slug:public_id>/settle-agreed/", settling.agreed, name="round-settle-agreed"),
    path("<slug:public_id>/units/<int:number>/", settling.unit, name="round-unit"),
]
