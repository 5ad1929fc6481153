from __future__ import annotations

from django.urls import path

from pages.views import (
    about,
    debates,
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

app_name = "pages"
urlpatterns = [
    path("", home.home, name="home"),
    path("debates/", debates.debate_list, name="debates"),
    path("debates/<slug:address>/", debates.debate, name="debate"),
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
    path("search/", search.search, name="search"),
    path("search/help/", search_help.search_help, name="search-help"),
    path("about/", about.about, name="about"),
    path("about/coding/", about.coding, name="about-coding"),
    path("about/data/", about.data, name="about-data"),
    path("about/licence/", about.licence, name="about-licence"),
    path("about/accessibility/", about.accessibility, name="about-accessibility"),
]
