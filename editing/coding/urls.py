"""Under `/admin/coding/`."""

from __future__ import annotations

from django.urls import path

from editing.coding import views

urlpatterns = [
    path("", views.sources, name="coding-list"),
    path("offered-speakers/", views.speakers, name="coding-speakers"),
    path("offered-propositions/", views.propositions, name="coding-propositions"),
    path("<slug:public_id>/", views.coding, name="coding"),
    path("<slug:public_id>/marks/", views.listed, name="coding-marks"),
    path("<slug:public_id>/suggestions/", views.suggested, name="coding-suggestions"),
    path("<slug:public_id>/send/", views.send, name="coding-send"),
    path("<slug:public_id>/positions/", views.add, name="coding-add"),
    path("<slug:public_id>/positions/<slug:position_id>/", views.edit, name="coding-edit"),
    path("<slug:public_id>/positions/<slug:position_id>/remove/", views.remove, name="coding-remove"),
    path("<slug:public_id>/positions/<slug:position_id>/passages/", views.add_passage, name="coding-add-passage"),
    path(
        "<slug:public_id>/positions/<slug:position_id>/passages/<slug:passage_id>/remove/",
        views.remove_passage,
        name="coding-remove-passage",
    ),
]
