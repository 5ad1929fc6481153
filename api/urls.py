from __future__ import annotations

from django.urls import include, path, re_path
from rest_framework.routers import SimpleRouter

from api.agreement import AgreementView, DebateAgreementView, SpeakerAgreementView
from api.changes import ChangesView
from api.comparison import CompareView
from api.documentation import SchemaView
from api.exports.views import ArchiveView, ExportsView, NamedExportView
from api.formats import FORMATS
from api.history import PositionHistoryView
from api.matrix import DebateMatrixView
from api.overview import ContextView, NoSuchAddress, OverviewView, ProblemsView, SearchView, VersionView
from api.resources import RESOURCES
from api.statements import StatementsCsvView, StatementsLinesView, StatementsView
from api.suggestions import SuggestView
from api.vocabularies import VocabulariesView
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
    path("agreement/", AgreementView.as_view(), name="agreement"),
    path("compare/", CompareView.as_view(), name="compare"),
    path("debates/<slug:id>/agreement/", DebateAgreementView.as_view(), name="debate-agreement"),
    path("debates/<slug:id>/matrix/", DebateMatrixView.as_view(), name="debate-matrix"),
    path("positions/<slug:id>/history/", PositionHistoryView.as_view(), name="position-history"),
    path("speakers/<slug:id>/agreement/", SpeakerAgreementView.as_view(), name="speaker-agreement"),
    *(
        path(f"{address}.{form}", view.as_view(schema=None), {"format": form})
        for address, view, forms in (
            ("agreement", AgreementView, ("json", "csv", "graphml")),
            ("debates/<slug:id>/agreement", DebateAgreementView, ("json", "csv", "graphml")),
            ("debates/<slug:id>/matrix", DebateMatrixView, ("json", "csv")),
        )
        for form in forms
    ),
    path("changes/", ChangesView.as_view(), name="changes"),
    path("exports/", ExportsView.as_view(), name="exports"),
    path("exports/<str:name>.zip", ArchiveView.as_view(), {"format": "zip"}, name="archive"),
    path("exports/<str:name>/", NamedExportView.as_view(), name="export"),
    path("statements/", StatementsView.as_view(), name="statements"),
    path("statements.csv", StatementsCsvView.as_view(), {"format": "csv"}, name="statements-csv"),
    path("statements.ndjson", StatementsLinesView.as_view(), {"format": "ndjson"}, name="statements-ndjson"),
    path("vocabularies/", VocabulariesView.as_view(), name="vocabularies"),
    path("version/", VersionView.as_view(), name="version"),
    path("problems/", ProblemsView.as_view(), name="problems"),
    path("context/", ContextView.as_view(), name="context"),
    path("revisions/", RevisionsView.as_view(), name="revisions"),
    path("revisions/<int:id>/", RevisionView.as_view(), name="revision"),
    path("revisions/<int:id>/accept/", AcceptView.as_view(), name="revision-accept"),
    path("revisions/<int:id>/send-back/", SendBackView.as_view(), name="revision-send-back"),
    path("schema/", SchemaView.as_view(), name="schema"),
    path("", include(router.urls)),
    *listings,
    re_path("", NoSuchAddress.as_view(), name="no-such-address"),
]
