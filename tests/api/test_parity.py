"""The address of a page becomes that of the same data by changing its path alone."""

from __future__ import annotations

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import cached_property
from drf_spectacular.generators import SchemaGenerator

from pages.urls import urlpatterns
from tests.factories import (
    AppearanceFactory,
    CapacityFactory,
    EventFactory,
    EvidenceFactory,
    OrganizationFactory,
    PersonFactory,
    PropositionTopicFactory,
    TopicFactory,
)
from tests.pages.reading import links
from tests.spoken import Debate

pytestmark = [pytest.mark.django_db, pytest.mark.words]
# What is listed or worked out on a page of that name is at this address of the API.
DATA = {
    "debates": "/api/v1/debates/",
    "debate-programme": "/api/v1/sessions/",
    "debate-matrix": "/api/v1/debates/robots/matrix/",
    "debate-agreement": "/api/v1/debates/robots/agreement/",
    "speakers": "/api/v1/speakers/",
    "organizations": "/api/v1/organizations/",
    "topics": "/api/v1/topics/",
    "propositions": "/api/v1/propositions/",
    "positions": "/api/v1/positions/",
    "sources": "/api/v1/sources/",
    "agreement": "/api/v1/agreement/",
    "compare": "/api/v1/compare/",
    "search": "/api/v1/search/",
}
OF_ONE_RECORD = {"debate", "speaker", "organization", "topic", "proposition", "position", "source"}
OTHERS = {
    "home": "shows the newest of the lists",
    "search-help": "is prose",
    "about": "is prose",
    "about-coding": "is prose",
    "about-data": "is prose",
    "about-licence": "is prose",
    "about-accessibility": "is prose",
    "positions-feed": "is a form of the positions",
    "search-feed": "is a form of the search",
    "debates-feed": "is a form of the debates",
    "agreement-file": "is a form of the network",
    "debate-agreement-file": "is a form of the network",
    "debate-matrix-file": "is a form of the matrix",
    "agreement-citation": "is a citation",
    "debate-agreement-citation": "is a citation",
    "debate-matrix-citation": "is a citation",
    None: "is a citation",
}
WHOLE = "a network is given as a whole, and only its table is read in pages"
PAGE_ONLY = {
    ("agreement", "page"): WHOLE,
    ("debate-agreement", "page"): WHOLE,
    ("agreement", "q"): "refused by both: a network is not narrowed by words",
    ("debate-agreement", "q"): "refused by both: a network is not narrowed by words",
    ("agreement", "sort"): "without an effect on the page; the API says so",
    ("debate-agreement", "sort"): "without an effect on the page; the API says so",
    ("debate-agreement", "debate"): "refused by both: the path says which debate it is",
    ("compare", "find"): "looks for somebody to add: /suggest/ does",
}


class Reading(QueryDict):
    """Notes the names of the parameters that are asked for."""

    asked: set[str]

    def __init__(self, *given, **options):
        super().__init__(*given, **options)
        self.asked = set()

    def get(self, key, default=None):
        self.asked.add(key)
        return super().get(key, default)

    def getlist(self, key, default=None):
        self.asked.add(key)
        return super().getlist(key, default)


@pytest.fixture
def robots():
    debate = Debate()
    EvidenceFactory(position=debate.says("Ann", "supports", "tax"))
    debate.says("Bob", "opposes", "tax")
    PropositionTopicFactory(proposition=debate.on("tax"), topic=TopicFactory(slug="machines"))
    CapacityFactory(appearance=debate.appearances["Ann"], organization=OrganizationFactory(slug="union"))
    return debate


@pytest.fixture
def read_by(client, monkeypatch, robots):
    """The parameters that the page of that name asks for."""
    queries = []

    def given(request):
        queries.append(Reading(request.META["QUERY_STRING"]))
        return queries[-1]

    read = cached_property(given)
    read.__set_name__(WSGIRequest, "GET")
    monkeypatch.setattr(WSGIRequest, "GET", read)

    def asked(name):
        queries.clear()
        assert client.get(page(name)).status_code == 200
        return set().union(*(query.asked for query in queries))

    return asked


def page(name):
    return reverse(f"pages:{name}", args=["robots"] if name.startswith("debate-") else [])


@pytest.fixture(scope="module")
def described():
    """The parameters of each address of the API."""
    paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    return {
        path: {one["name"] for one in methods["get"].get("parameters", [])}
        for path, methods in paths.items()
        if "get" in methods
    }


@pytest.mark.once
def test_every_page_is_known_to_be_a_list_or_not():
    names = {pattern.name for pattern in urlpatterns}
    assert names == {*DATA, *OF_ONE_RECORD, *OTHERS}


@pytest.mark.parametrize("name", DATA)
def test_the_api_takes_every_parameter_that_the_page_reads(read_by, described, name):
    asked = read_by(name)
    page_only = {parameter for route, parameter in PAGE_ONLY if route == name}

    assert asked  # what a page reads is noticed
    assert asked - described[DATA[name].replace("robots", "{id}")] == page_only


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("debates", ""),
        ("debates", "?year=2025"),
        ("debates", "?year=1999&kind=hearing"),
        ("debates", "?year=unknown"),
        ("speakers", "?initial=a"),
        ("speakers", "?initial=other"),
        ("organizations", "?initial=u&kind=other"),
        ("organizations", "?kind=party"),
        ("positions", "?stance=opposes&from=2025&to=2025-02&undated=include"),
        ("positions", "?organization=union&topic=machines&sort=oldest"),
        ("propositions", ""),
        ("sources", ""),
    ],
)
def test_as_many_are_found_there_as_on_the_page(client, robots, path, query):
    EventFactory(kind="hearing", date="199X")
    EventFactory(date="XXXX-XX-12")
    AppearanceFactory(person=PersonFactory(name_en="Ápril"), session=robots.session)

    on_page = client.get(f"/{path}/{query}").context["page"].paginator.count

    assert client.get(f"/api/v1/{path}/{query}").json()["count"] == on_page


def test_a_consonant_finds_the_korean_names_that_the_korean_page_lists(client, robots):
    for name, korean in (("Kang", "강훈식"), ("Kkim", "깡패"), ("Na", "나경원"), ("Gray", "")):
        AppearanceFactory(person=PersonFactory(name_en=name, name_ko=korean), session=robots.session)

    found = client.get("/api/v1/speakers/?initial=ㄱ").json()

    assert [one["name"]["ko"] for one in found["results"]] == ["강훈식", "깡패"]
    assert client.get("/ko/speakers/?initial=ㄱ").context["page"].paginator.count == 2
    several = client.get("/api/v1/speakers/?initial=ㄴ&initial=g").json()
    assert [one["name"]["en"] for one in several["results"]] == ["Gray", "Na"]


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("debates/?year=25", "Write four digits, as in year=2025"),
        ("debates/?year=2025&year=soon", "“year=soon” is no year."),
        ("speakers/?initial=xx", "a to z, ㄱ to ㅎ, 0-9 and other"),
        ("organizations/?initial=ㄲ", "is none of the initials of this list"),
    ],
)
def test_what_nothing_can_be_narrowed_to_is_said(client, address, message):
    response = client.get(f"/api/v1/{address}")

    assert response.status_code == 400
    assert message in response.json()["errors"][0]["detail"]


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/debates/?year=2025&page=1", "/api/v1/debates/?year=2025"),
        ("/ko/speakers/?initial=a", "/api/v1/speakers/?initial=a"),
        ("/debates/robots/programme/", "/api/v1/sessions/?debate=robots"),
        ("/debates/robots/matrix/", "/api/v1/debates/robots/matrix/"),
        ("/ko/debates/robots/matrix/?rows=divided&first=ann", "/api/v1/debates/robots/matrix/?rows=divided&first=ann"),
        ("/agreement/", "/api/v1/agreement/"),
        ("/ko/debates/robots/agreement/?least=1,5", "/api/v1/debates/robots/agreement/?least=1%2C5"),
        ("/agreement/?show=stands&topic=machines", "/api/v1/agreement/?topic=machines&show=stands"),
        ("/compare/?speaker=ann&speaker=bob&find=x", "/api/v1/compare/?speaker=ann&speaker=bob"),
        ("/compare/?organization=union&basis=identified", "/api/v1/compare/?organization=union&basis=identified"),
    ],
)
def test_a_page_leads_to_the_same_as_data(client, robots, path, data):
    assert data in links(client.get(path))
    assert client.get(data).status_code == 200
