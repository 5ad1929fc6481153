from __future__ import annotations

from django.urls import path, register_converter

from pages.views import (
    about,
    agreement,
    citing,
    compare,
    debates,
    feeds,
    home,
    organizations,
    positions,
    propositions,
    search,
    search_help,
    sources,
    speakers,
    topics,
)

register_converter(citing.CitationFile, "citation")

app_name = "pages"
urlpatterns = [
    path("", home.home, name="home"),
    path("debates/", debates.debate_list, name="debates"),
    path("debates/<slug:address>/", debates.debate, name="debate"),
    path("debates/<slug:address>/programme/", debates.debate_programme, name="debate-programme"),
    path("debates/<slug:address>/matrix/", debates.debate_matrix, name="debate-matrix"),
    path("debates/<slug:address>/matrix.csv", debates.debate_matrix_file, name="debate-matrix-file"),
    path(
        "debates/<slug:address>/matrix/<citation:file>", debates.debate_matrix_citation, name="debate-matrix-citation"
    ),
    path("debates/<slug:address>/agreement/", agreement.debate_agreement, name="debate-agreement"),
    path("debates/<slug:address>/agreement.<slug:form>", agreement.debate_agreement_file, name="debate-agreement-file"),
    path(
        "debates/<slug:address>/agreement/<citation:file>",
        agreement.debate_agreement_citation,
        name="debate-agreement-citation",
    ),
    path("speakers/", speakers.speaker_list, name="speakers"),
    path("speakers/<slug:address>/", speakers.speaker, name="speaker"),
    path("organizations/", organizations.organization_list, name="organizations"),
    path("organizations/<slug:address>/", organizations.organization, name="organization"),
    path("topics/", topics.topic_list, name="topics"),
    path("topics/<slug:address>/", topics.topic, name="topic"),
    path("propositions/", propositions.proposition_list, name="propositions"),
    path("propositions/<slug:address>/", propositions.proposition, name="proposition"),
    path("positions/", positions.position_list, name="positions"),
    path("positions/<slug:address>/", positions.position, name="position"),
    path("sources/", sources.source_list, name="sources"),
    path("sources/<slug:address>/", sources.source, name="source"),
    path("agreement/", agreement.agreement, name="agreement"),
    path("agreement.<slug:form>", agreement.agreement_file, name="agreement-file"),
    path("agreement/<citation:file>", agreement.agreement_citation, name="agreement-citation"),
    path("search/", search.search, name="search"),
    path("search/help/", search_help.search_help, name="search-help"),
    path("compare/", compare.comparison, name="compare"),
    path("about/", about.about, name="about"),
    path("feeds/positions/", feeds.positions, name="positions-feed"),
    path("feeds/search/", feeds.search, name="search-feed"),
    path("feeds/debates/", feeds.debates, name="debates-feed"),
    *(path(f"{kind}/<slug:address>/<citation:file>", view) for kind, view in citing.VIEWS.items()),
    path("about/coding/", about.coding, name="about-coding"),
    path("about/data/", about.data, name="about-data"),
    path("about/licence/", about.licence, name="about-licence"),
    path("about/accessibility/", about.accessibility, name="about-accessibility"),
]
