"""What all addresses of the API share, and the two forms that most have: a list, and one record of it."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from operator import attrgetter
from typing import Any, ClassVar, get_type_hints

from django.conf import settings
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import ViewSetMixin

from api import linked, representation
from api.addresses import led_to, resource_url
from api.formats import A_LIST, ONE_RECORD, STREAMED, lines, table
from api.ordering import Order, chosen_order, columns, ordering
from api.paging import PAGING, WALKING, Page, Walk, envelope, links, part
from api.parameters import Gathering, Parameter, narrowing, refuse_unknown, refuse_unreadable
from api.problems import Withdrawn, shortened
from api.representation import Wanted
from api.rows import Sought
from api.streaming import Sending
from debate.publishing import HasStatus, Status
from record import version
from record.version import Stamp
from search.filters import FiltersError, Problem

UNKEPT = "no-store"  # the Cache-Control of what may change while the record does not; see `api.kept`
CHUNK = 500  # records that are read at once where all of a list is given
OPEN_TO_ALL = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Allow, ETag, Link, Location, Retry-After, RateLimit, RateLimit-Policy,"
    " Undated-Left-Out",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "86400",
}


def stamp_of(request: Request) -> Stamp:
    """The state of the record that the answer is of, asked for once; see `api.kept`."""
    stamp: Stamp | None = getattr(request, "record_stamp", None)
    return stamp or version.stamp()


def all_keys(records: QuerySet[Any]) -> Sequence[int]:
    """Eight bytes each: a million of them is less than a page of the records would be."""
    return array("q", records.values_list("pk", flat=True).iterator(chunk_size=10_000))


def kept_unless(is_behind: bool, response: HttpResponseBase) -> HttpResponseBase:
    """What was found in an index that is behind may be another before the record changes again."""
    if is_behind:
        response["Cache-Control"] = UNKEPT
    return response


def in_chunks(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    yield from (keys[start : start + CHUNK] for start in range(0, len(keys), CHUNK))


class PublicView(APIView):
    """Readable by everybody, from every web page, in English; refuses parameters it does not know."""

    # for the schema: what it returns, whether in pages, and which kinds of problem it tells of beside the usual ones
    shape: ClassVar[Any] = None
    in_pages: bool = False
    problems: tuple[str, ...] = ()

    def takes(self) -> tuple[Parameter, ...]:
        return ()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with translation.override(settings.LANGUAGE_CODE):
            return super().dispatch(request, *args, **kwargs)

    @property
    def format(self) -> str:
        """What the answer is written as."""
        return str(self.request.accepted_renderer.format)

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """What an address ends with is said more plainly than what a program accepts by habit."""
        if ending := self.kwargs.get("format"):
            renderers = self.get_renderers()
            # Of a method that the address does not take it is told in the form that every address has.
            renderer = next((one for one in renderers if one.format == ending), renderers[0])
            return renderer, renderer.media_type
        return super().perform_content_negotiation(request, force)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if not hasattr(self, str(request.method).lower()):
            return  # which is told before anything about parameters
        refuse_unreadable(request.query_params)
        if not self.takes():
            refuse_unknown(request.query_params, ())

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Response:
        return Response(status=204, headers=PREFLIGHT)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        finalized = super().finalize_response(request, response, *args, **kwargs)
        for name, value in OPEN_TO_ALL.items():
            finalized.headers.setdefault(name, value)
        return finalized


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a list is asked for, and how it is to be told. Without a `part` it is all of it."""

    filters: Any = None
    order: str = ""
    part: Page | Walk | None = None
    wanted: Wanted = field(default_factory=Wanted)


class RecordViewSet[M: Model](ViewSetMixin, PublicView):
    """Lists public records of one kind, and shows one at its lasting id."""

    lookup_field: ClassVar[str] = "public_id"
    lookup_url_kwarg = "id"
    lookup_value_converter = "slug"

    model: type[M]
    resources: ClassVar[Mapping[str, type[RecordViewSet[Any]]]] = {}  # all of them by name; see `api.resources`
    parameters: ClassVar[tuple[Parameter, ...]] = ()
    orders: ClassVar[Mapping[str, Order]] = {}  # other than its own; what they are called is what `ordering` takes
    standing: ClassVar[tuple[str, ...]] = ()  # what has to be published for a record to be public; "" is itself
    listed_as: ClassVar[Callable[[Any], Mapping[str, Any]]]
    shown_as: ClassVar[Callable[[Any], Mapping[str, Any]]]

    language = settings.LANGUAGE_CODE  # of the order of names

    def listed(self) -> QuerySet[M]:
        raise NotImplementedError

    def whole(self) -> QuerySet[M]:
        return self.listed()

    def list(self, request: Request, **_format: str) -> HttpResponseBase:
        asked = self.asked(request.query_params)
        self.language = asked.wanted.language or self.language
        return self.answer(request, asked)

    def retrieve(self, request: Request, id: str, **_format: str) -> Response:  # noqa: A002
        refuse_unknown(request.query_params, self.takes())
        wanted = self.wanted(request.query_params)
        try:
            record = self.whole().get(**{self.lookup_field: id})
        except self.model.DoesNotExist:  # type: ignore[attr-defined]
            return self.moved(id)
        (told,) = wanted.of([type(self).shown_as(record)], self.by_ids)
        response = Response(linked.record(told, self.shape, self.basename) if self.format == "jsonld" else told)
        response.is_one_record = True  # type: ignore[attr-defined]  # see `api.kept`
        return response

    def filters(self, query: QueryDict) -> Any:
        """What `records` takes; raises FiltersError for what can't be read."""
        return narrowing(query, self.parameters)

    def records(self, filters: Any) -> QuerySet[M]:
        """In the order of the list."""
        return self.listed().filter(filters)

    def asked(self, query: QueryDict) -> Asked:
        """Raises FiltersError for all that is wrong with a question for a list."""
        gathering, asked = Gathering(), Asked()
        with gathering:
            refuse_unknown(query, self.takes())
        with gathering:
            asked = replace(asked, filters=self.filters(query))
        with gathering:
            asked = replace(asked, wanted=self.wanted(query))
        with gathering:
            asked = replace(asked, order=chosen_order(query, self.orders))
        with gathering:
            asked = replace(asked, part=self.part(query))
        gathering.tell()
        return asked

    def wanted(self, query: QueryDict) -> Wanted:
        if self.format == "jsonld" and query.get("lang"):
            raise FiltersError([Problem("lang", "JSON-LD has all languages, each marked: leave this out.")])
        return Wanted.asked_for(query, self.shape, self.shapes())

    def part(self, query: QueryDict) -> Page | Walk | None:
        """None is all of the list."""
        if self.format in STREAMED:
            if given := [parameter.name for parameter in (*PAGING, WALKING) if query.get(parameter.name)]:
                problem = f"{self.format.upper()} has the whole list: leave this out."
                raise FiltersError([Problem(name, problem) for name in given])
            return None
        return Walk.asked_for(query) if query.get("cursor") else Page.asked_for(query)

    def answer(self, request: Request, asked: Asked) -> HttpResponseBase:
        """Asks which records are in the part and then for these alone, as the pages of the site do."""
        match asked.part:
            case None:
                keys = all_keys(self.in_order(asked))
                return self.streamed(asked, in_chunks(keys), len(keys))
            case Walk() as walk:
                keys = walk.keys(self.records(asked.filters))
                count = self.sought(asked).count(at=stamp_of(request))
                answer = part(request, walk, count, keys, self.told(asked, keys[: walk.size]))
            case Page() as page:
                sought = self.sought(asked)
                count = sought.count(at=stamp_of(request))
                page.of(count)
                answer = envelope(request, page, count, self.told(asked, sought.keys(page.rows)))
        return self.listing(request, answer)

    def in_order(self, asked: Asked) -> QuerySet[M]:
        records = self.records(asked.filters)
        return records.order_by(*columns(self.orders[asked.order], self.language)) if asked.order else records

    def sought(self, asked: Asked) -> Sought:
        return Sought(self.in_order(asked))

    def listing(self, request: Request, answer: dict[str, Any]) -> Response:
        headers = {"Link": links(request, answer)}
        if self.format == "jsonld":
            address = f"{settings.PUBLIC_URL}{request.get_full_path()}"
            answer = linked.page(answer, self.list_shape(), self.basename, address)
        return Response(answer, headers={name: value for name, value in headers.items() if value})

    def told(self, asked: Asked, keys: Sequence[int]) -> Sequence[Any]:
        return asked.wanted.of(map(type(self).listed_as, self.rows(keys)), self.by_ids)

    def rows(self, keys: Sequence[int]) -> Sequence[Any]:
        """In the order of the keys; what is no longer public is left out. Costs the queries of `listed`."""
        found = self.listed().filter(pk__in=keys).in_bulk() if keys else {}
        return [found[key] for key in keys if key in found]

    def by_ids(self, resource: str, ids: Sequence[str]) -> dict[str, Mapping[str, Any]]:
        """Records of another list as it has them; those that are public."""
        other = self.resources[resource]()
        keys = other.listed().filter(**{f"{other.lookup_field}__in": ids}).order_by().values_list("pk", flat=True)
        told = map(type(other).listed_as, other.rows(list(keys)))
        return {record["id"]: record for record in told}

    def streamed(self, asked: Asked, chunks: Iterable[Sequence[int]], count: int) -> StreamingHttpResponse:
        """All records of these keys, `count` of them, told chunk by chunk; nothing is left out for its length."""
        chunks = () if self.request.method == "HEAD" else chunks  # servers read on what they do not send
        records = (record for chunk in chunks for record in self.told(asked, chunk))
        is_table = self.format == "csv"
        return StreamingHttpResponse(
            Sending(table(asked.wanted.columns(self.list_shape()), records) if is_table else lines(records), count),
            content_type=STREAMED[self.format],
            headers={"Content-Disposition": f'attachment; filename="{self.basename}.{self.format}"'},
        )

    @classmethod
    @cache
    def shapes(cls) -> Mapping[str, Any]:
        """Of what is in the lists, by their names."""
        return {name: resource.list_shape() for name, resource in cls.resources.items()}

    @classmethod
    @cache
    def list_shape(cls) -> Any:
        return get_type_hints(cls.listed_as)["return"]

    @classmethod
    @cache
    def detail_shape(cls) -> Any:
        return get_type_hints(cls.shown_as)["return"]

    def takes(self) -> tuple[Parameter, ...]:
        telling = representation.parameters(self.shape)
        if self.action != "list":
            return telling
        return (*self.parameters, *ordering(self.orders), *telling, *PAGING, WALKING)

    @property
    def shape(self) -> Any:
        return self.list_shape() if self.action == "list" else self.detail_shape()

    @property
    def in_pages(self) -> bool:  # type: ignore[override]
        return self.action == "list"

    def get_renderers(self) -> Any:
        return [renderer() for renderer in (A_LIST if self.action == "list" else ONE_RECORD)]

    @property
    def problems(self) -> tuple[str, ...]:  # type: ignore[override]
        if self.action == "list":
            return ("not-found", "busy")
        return ("not-found", "withdrawn") if self.action == "retrieve" and self.standing else ("not-found",)

    def moved(self, identifier: str) -> Response:
        """Leads on from a former address; raises Withdrawn or Http404 where nothing public is behind it."""
        record: Any = self._at_any_time(identifier)
        if holder := self._withdrawal(record):
            raise Withdrawn(holder)
        # Under the very id it was asked for by, it has become public only since.
        if not getattr(record, "is_public", False) or getattr(record, self.lookup_field) == identifier:
            raise Http404(f"There is no {shortened(identifier)!r} in the record.")
        return Response(status=301, headers=led_to(resource_url(self.basename, record.slug)))

    def _at_any_time(self, identifier: str) -> M | None:
        """Public or not."""
        records: Any = self.model._default_manager
        find = records.at_address if self.lookup_field == "slug" else lambda public_id: records.get(public_id=public_id)
        try:
            found: M = find(identifier)
        except self.model.DoesNotExist:  # type: ignore[attr-defined]
            return None
        return found

    def _withdrawal(self, record: M | None) -> HasStatus | None:
        """What was withdrawn that the record stands on; None as well where one of them has not been published."""
        if record is None:
            return None
        for path in self.standing:
            holder: Any = attrgetter(path)(record) if path else record
            if holder.status != Status.PUBLISHED:
                return holder if holder.status == Status.WITHDRAWN else None
        return None
