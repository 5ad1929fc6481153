"""The addresses that are no list of records: the overview, the search, the version, and what problems mean."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import Http404, QueryDict
from django.urls import Resolver404, resolve, reverse
from rest_framework.request import Request
from rest_framework.response import Response

from api import linked
from api.addresses import resource_url
from api.agreement import AgreementView
from api.changes import ChangesView
from api.comparison import CompareView
from api.exports.views import ExportsView
from api.formats import JSONLDRenderer, JSONRenderer
from api.paging import DEFAULT_SIZE, PAGING, Page, envelope, links
from api.parameters import FILTERS, Gathering, Parameter
from api.problems import ProblemKind, kinds, shortened
from api.resources import RESOURCES
from api.shapes.overview import LICENCE, Overview, RecordVersion, ResourceLink, found_group
from api.shapes.search import SearchAnswer, asked, facets_of, found_position
from api.statements import StatementsView
from api.suggestions import SuggestView
from api.views import UNKEPT, PublicView, stamp_of
from api.vocabularies import VocabulariesView
from record import figures
from search import unanswered
from search.codes import called
from search.filters import Filters, parse
from search.find import Answer, find, hydrated
from search.language import read
from search.marking import Sought, sought


class OverviewView(PublicView):
    """Lists what there is."""

    shape = Overview

    def get(self, request: Request) -> Response:
        overview: Overview = {
            "name": settings.SITE_NAME,
            "resources": list(_resource_links()),
            "schema": resource_url("schema"),
            "documentation": f"{settings.PUBLIC_URL}{reverse('api-documentation')}",
            "licence": LICENCE,
        }
        return Response(overview)


class VersionView(PublicView):
    """Says which state the record is in, how many there are of each resource, and what may be done with the data."""

    shape = RecordVersion

    def get(self, request: Request) -> Response:
        version: RecordVersion = {
            "version": stamp_of(request).number,
            "counts": {
                name: figures.count(viewset().listed(), at=stamp_of(request)) for name, viewset in RESOURCES.items()
            },
            "licence": LICENCE,
            "summaries_are_paraphrases": True,
        }
        return Response(version)


class SearchView(PublicView):
    """Finds positions by words and filters, and the best of everything else beside them.

    Takes the parameters of the search on the site: the same address under another path.
    """

    shape = SearchAnswer
    problems = ("not-found", "search-unavailable")

    def takes(self) -> tuple[Parameter, ...]:
        return (*FILTERS, *PAGING)

    def get(self, request: Request) -> Response:
        page, filters = _asked(request.query_params)
        answer = find(filters, page=page.number, size=page.size)
        page.of(answer.total)
        if request.method == "GET":
            unanswered.note(filters, answer)
        # One that found nothing is told each time it is asked, not only the first.
        is_kept = answer.total and not answer.is_behind
        found, wanted = hydrated(answer), _sought(answer)
        results = (found_position(record, wanted) for record in found.positions)
        groups = [found_group(answer.others[kind].total, records) for kind, records in found.others.items() if records]
        facets = facets_of(found.facets, filters, lambda narrowed: _address(narrowed, page))
        pages = envelope(request, page, answer.total, results)
        headers = {"Link": links(request, pages)} | ({} if is_kept else {"Cache-Control": UNKEPT})
        return Response({**pages, "others": groups, "facets": facets, **asked(answer)}, headers=headers)


class ContextView(PublicView):
    """Says what the members of JSON-LD answers mean."""

    shape = dict[str, Any]
    renderer_classes = [JSONLDRenderer, JSONRenderer]

    def get(self, request: Request) -> Response:
        return Response(linked.context())


class ProblemsView(PublicView):
    """What the types of problem documents mean."""

    shape = list[ProblemKind]

    def get(self, request: Request) -> Response:
        return Response(kinds())


class NoSuchAddress(PublicView):
    """Answers for all other addresses of the API, and leads to the slash that one may lack."""

    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        path = request.path
        if not path.endswith("/") and _is_served(f"{path}/"):
            return
        raise Http404(f"There is nothing at {shortened(path)}. {resource_url()} lists what there is.")

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        query = request.META.get("QUERY_STRING", "")
        return Response(status=301, headers={"Location": f"{request.path}/?{query}" if query else f"{request.path}/"})


def _asked(query: QueryDict) -> tuple[Page, Filters]:
    """Raises FiltersError for all that is wrong."""
    gathering = Gathering()
    with gathering:
        filters = parse(dict(query.lists()), also=[parameter.name for parameter in PAGING])
    with gathering:
        page = Page.asked_for(query)
    gathering.tell()
    return page, filters


def _sought(answer: Answer) -> Sought:
    return sought(read(answer.instead, called()) if answer.instead else answer.reading)


def _address(filters: Filters, page: Page) -> str:
    """Of the first page of a search."""
    size = f"&page_size={page.size}" if page.size != DEFAULT_SIZE else ""
    return f"{resource_url('search')}?{filters.as_query()}{size}"


def _is_served(path: str) -> bool:
    try:
        return resolve(path).url_name != "no-such-address"
    except Resolver404:
        return False


def _resource_links() -> Iterator[ResourceLink]:
    others = {
        "agreement": AgreementView,
        "compare": CompareView,
        "statements": StatementsView,
        "exports": ExportsView,
        "changes": ChangesView,
        "search": SearchView,
        "suggest": SuggestView,
        "vocabularies": VocabulariesView,
        "version": VersionView,
        "problems": ProblemsView,
    }
    views: dict[str, type[Any]] = {**RESOURCES, **others}
    for name, view in views.items():
        description = (view.__doc__ or "").partition("\n")[0]
        yield {"name": name, "url": resource_url(name), "description": description}
