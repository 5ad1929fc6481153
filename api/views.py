"""What all addresses of the API share, and the two forms that most have: a list, and one record of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import Any, ClassVar, get_type_hints

from django.conf import settings
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import ViewSetMixin

from api.addresses import resource_url
from api.paging import PAGING, Page, envelope
from api.parameters import Gathering, Parameter, narrowing, refuse_unknown, refuse_unreadable
from api.problems import Withdrawn
from debate.publishing import HasStatus, Status
from record import figures

OPEN_TO_ALL = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Allow, Location",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "86400",
}


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

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
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


class RecordViewSet[M: Model](ViewSetMixin, PublicView):
    """Lists public records of one kind, and shows one at its lasting id."""

    lookup_field: ClassVar[str] = "public_id"
    lookup_url_kwarg = "id"
    lookup_value_converter = "slug"

    model: type[M]
    parameters: ClassVar[tuple[Parameter, ...]] = ()
    standing: ClassVar[tuple[str, ...]] = ()  # what has to be published for a record to be public; "" is itself
    listed_as: ClassVar[Callable[[Any], Mapping[str, Any]]]
    shown_as: ClassVar[Callable[[Any], Mapping[str, Any]]]

    def listed(self) -> QuerySet[M]:
        raise NotImplementedError

    def whole(self) -> QuerySet[M]:
        return self.listed()

    def list(self, request: Request) -> Response:
        query, gathering = request.query_params, Gathering()
        with gathering:
            refuse_unknown(query, self.takes())
        with gathering:
            page = Page.asked_for(query)
        with gathering:
            condition = narrowing(query, self.parameters)
        gathering.tell()
        return self.one_page(request, page, self.listed().filter(condition))

    def retrieve(self, request: Request, id: str) -> Response:  # noqa: A002
        try:
            record = self.whole().get(**{self.lookup_field: id})
        except self.model.DoesNotExist:  # type: ignore[attr-defined]
            return self._moved(id)
        return Response(type(self).shown_as(record))

    def one_page(self, request: Request, page: Page, records: QuerySet[M]) -> Response:
        """Asks which records are on the page and then for these alone, as the pages of the site do."""
        count = figures.count(records)
        page.of(count)
        keys = list(records.values_list("pk", flat=True)[page.rows])
        return self.listing(request, page, count, records.filter(pk__in=keys))

    def listing(self, request: Request, page: Page, count: int, records: Iterable[M]) -> Response:
        return Response(envelope(request, page, count, map(type(self).listed_as, records)))

    def takes(self) -> tuple[Parameter, ...]:
        return (*self.parameters, *PAGING) if self.action == "list" else ()

    @property
    def shape(self) -> Any:
        shown = type(self).listed_as if self.action == "list" else type(self).shown_as
        return get_type_hints(shown)["return"]

    @property
    def in_pages(self) -> bool:  # type: ignore[override]
        return self.action == "list"

    @property
    def problems(self) -> tuple[str, ...]:  # type: ignore[override]
        return ("not-found", "withdrawn") if self.action == "retrieve" and self.standing else ("not-found",)

    def _moved(self, identifier: str) -> Response:
        """Leads on from a former address; raises Withdrawn or Http404 where nothing public is behind it."""
        record: Any = self._at_any_time(identifier)
        if holder := self._withdrawal(record):
            raise Withdrawn(holder)
        if not getattr(record, "is_public", False):
            raise Http404(f"There is no {identifier!r} in the record.")
        return Response(status=301, headers={"Location": resource_url(self.basename, record.slug)})

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
