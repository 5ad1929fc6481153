from __future__ import annotations

from django.urls import include, path, re_path
from rest_framework.routers import SimpleRouter

from api.documentation import SchemaView
from api.formats import FORMATS
from api.overview import ContextView, NoSuchAddress, OverviewView, ProblemsView, SearchView, VersionView
from api.resources import RESOURCES
from api.suggestions import SuggestView
from api.writing.revisions import AcceptView, RevisionsView, RevisionView, SendBackView

app_name = "api"
router = SimpleRouter(use_regex_path=False)
for name, viewset in RESOURCES.items():
    router.register(name, viewset, basename=name)
# The same lists in another form by their ending alone: /positions.csv
listings = [
    path(f"{name}.{form}", viewset.as_view({"get": "list"}, basename=name, schema=None), {"format": form})
    for name, viewset in RESOURCES.items()
    for form in FORMATS
]

urlpatterns = [
    path("", OverviewView.as_view(), name="root"),
    path("search/", SearchView.as_view(), name="search"),
    path("suggest/", SuggestView.as_view(), name="suggest"),
    path("version/", VersionView.as_view(), name="version"),
    path("problems/", ProblemsView.as_view(), name="problems"),
    path("revisions/", RevisionsView.as_view(), name="revisions"),
    path("revisions/<int:id>/", RevisionView.as_view(), name="revision"),
    path("revisions/<int:id>/accept/", AcceptView.as_view(), name="revision-accept"),
    path("revisions/<int:id>/send-back/", SendBackView.as_view(), name="revision-send-back"),
    path("context/", ContextView.as_view(), name="context"),
    path("schema/", SchemaView.as_view(), name="schema"),
    path("", include(router.urls)),
    *listings,
    re_path("", NoSuchAddress.as_view(), name="no-such-address"),
]
