from __future__ import annotations

from django.urls import include, path, re_path
from rest_framework.routers import SimpleRouter

from api.changes import ChangesView
from api.documentation import SchemaView
from api.exports.views import ArchiveView, ExportsView, NamedExportView
from api.formats import FORMATS
from api.overview import ContextView, NoSuchAddress, OverviewView, ProblemsView, SearchView, VersionView
from api.resources import RESOURCES
from api.statements import StatementsCsvView, StatementsLinesView, StatementsView
from api.suggestions import SuggestView

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
    path("changes/", ChangesView.as_view(), name="changes"),
    path("exports/", ExportsView.as_view(), name="exports"),
    path("exports/<str:name>.zip", ArchiveView.as_view(), {"format": "zip"}, name="archive"),
    path("exports/<str:name>/", NamedExportView.as_view(), name="export"),
    path("statements/", StatementsView.as_view(), name="statements"),
    path("statements.csv", StatementsCsvView.as_view(), {"format": "csv"}, name="statements-csv"),
    path("statements.ndjson", StatementsLinesView.as_view(), {"format": "ndjson"}, name="statements-ndjson"),
    path("version/", VersionView.as_view(), name="version"),
    path("problems/", ProblemsView.as_view(), name="problems"),
    path("context/", ContextView.as_view(), name="context"),
    path("schema/", SchemaView.as_view(), name="schema"),
    path("", include(router.urls)),
    *listings,
    re_path("", NoSuchAddress.as_view(), name="no-such-address"),
]
