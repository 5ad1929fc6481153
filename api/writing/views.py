"""POST on a list; PATCH and DELETE on a record; and reading, with a token, what is not published."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, NotRequired, TypedDict

from django.db.models import Model
from django.http import Http404, HttpRequest
from rest_framework.request import Request
from rest_framework.response import Response

from api import kept, linked
from api.authentication import TokenAuthentication
from api.formats import JSONRenderer
from api.parameters import STRING, Parameter, refuse_unknown
from api.problems import Told, Withdrawn, shortened
from api.views import RecordViewSet
from api.writing import requests
from api.writing.bodies import BODIES, LONGEST_REASON, REASON, Body
from api.writing.description import OPERATIONS
from api.writing.everything import EVERYTHING
from api.writing.fields import JSONSchema
from api.writing.refused import differences, told
from api.writing.revisions import Revision, waits
from debate.publishing import HasStatus, Status
from review.changing import Outcome, change, locked, written_whole
from review.changing import differences as differences_from
from review.deleting import delete
from review.publicity import is_public
from review.refusals import ReasonMissing
from review.roles import Author
from search.filters import FiltersError, Problem

PRIVATE = {"Cache-Control": "private, no-store"}
DELETING = (
    Parameter(
        REASON,
        "Why; needed where something public is deleted. The history keeps it.",
        {**STRING, "maxLength": LONGEST_REASON},
    ),
)


class Standing(TypedDict):
    """Beside a record that is not public: how far it has come."""

    status: NotRequired[Annotated[str, Status]]
    withdrawn_because: NotRequired[str]


class Writing(RecordViewSet):
    """A kind of record that is also written, by what `BODIES` says of it."""

    authentication_classes = [TokenAuthentication]
    waiting_shape = Revision
    standing_shape = Standing

    @property
    def body(self) -> Body:
        return BODIES[self.basename]

    def retrieve(self, request: Request, id: str, **options: Any) -> Response:  # noqa: A002
        """What is public, as everybody reads it; with a token also what is not, if its owner may view it."""
        try:
            response = super().retrieve(request, id, **options)
        except (Http404, Withdrawn):
            record = self._unpublished(requests.reader(request), id)
            if record is None:
                raise
            return self._unpublished_answer(request, record)
        return response

    def create(self, request: Request) -> Response:
        author, written = requests.author(request), self._written(request)
        with told(self.body, written.document), written_whole():
            values = self.body.read(written.document, None)
            outcome = change(self.model(), values, author, reason=written.reason)
            return self._outcome(outcome, status=201)

    def partial_update(self, request: Request, id: str) -> Response:  # noqa: A002
        author, written = requests.author(request), self._written(request)
        with told(self.body, written.document), written_whole():
            record = self._held(author, id)
            values = self._refusing_moved_on(request, record, written.document)
            outcome = change(record, values, author, base_revision=record.revision, reason=written.reason)
            return self._outcome(outcome)

    def destroy(self, request: Request, id: str) -> Response:  # noqa: A002
        refuse_unknown(request.query_params, DELETING)
        author, reason = requests.author(request), requests.reason_in_address(request)
        try:
            with told(self.body), written_whole():
                record = self._held(author, id)
                self._refusing_moved_on(request, record, {})
                delete(record, author, base_revision=record.revision, reason=reason)
        except ReasonMissing as error:
            raise FiltersError([Problem(REASON, str(error))]) from error
        return Response(status=204, headers=PRIVATE)

    def takes(self) -> tuple[Parameter, ...]:
        if self.action in OPERATIONS:
            return DELETING if self.action == "destroy" else ()
        return super().takes()

    def get_renderers(self) -> Any:
        """What was written is told as JSON alone."""
        return [JSONRenderer()] if self.action in OPERATIONS else super().get_renderers()

    @property
    def document_schema(self) -> tuple[str, JSONSchema] | None:
        """What is sent, and what the description calls it."""
        kind = self.shape.__name__.removesuffix("Detail")
        match self.action:
            case "create":
                return f"New{kind}", self.body.schema(is_new=True)
            case "partial_update":
                return f"Changed{kind}", self.body.schema(is_new=False)
        return None

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Response:
        """The wildcard that lets every other header pass does not stand for Authorization."""
        response = super().options(request, *args, **kwargs)
        response.headers["Access-Control-Allow-Methods"] = ", ".join(self.allowed_methods)
        response.headers["Access-Control-Allow-Headers"] = "*, Authorization, Content-Type, If-Match"
        return response

    def document(self, record: Model) -> Mapping[str, Any]:
        """As everybody reads it where it is public; else with its status and with what it refers to, public or not."""
        public = self.whole().filter(pk=record.pk).first()
        if public is not None:
            return type(self).shown_as(public)
        whole = EVERYTHING[self.basename]().get(pk=record.pk)
        return {**type(self).shown_as(whole), **self.body.unpublished(whole), **_standing(whole)}

    def _written(self, request: Request) -> requests.Written:
        with told(self.body):
            return requests.written(request)

    def _held(self, author: Author, identifier: str) -> Any:
        """The record, which nobody else changes until this is done."""
        record = self._at_any_time(identifier)
        if record is None or not (is_public(record) or author.may("view", self.model)):
            raise Http404(f"There is no {shortened(identifier)!r} in the record.")
        return locked(self.model, record.pk)

    def _unpublished(self, reader: Author | None, identifier: str) -> Model | None:
        if reader is None or not reader.may("view", self.model):
            return None
        return self._at_any_time(identifier)

    def _unpublished_answer(self, request: Request, record: Model) -> Response:
        document = self.document(record)
        (asked,) = self.wanted(request.query_params).of([document], self.by_ids)
        headers = {**PRIVATE, "ETag": strong_etag(asked)}
        if self.format == "jsonld":
            return Response(linked.record(asked, self.shape, self.basename), headers=headers)
        return Response(asked, headers=headers)

    def _refusing_moved_on(self, request: Request, record: Any, document: Mapping[str, Any]) -> dict[str, Any]:
        """The values, if the record is still as it was seen."""
        shown, seen = self.document(record), requests.seen(request)
        self.body.refuse_emptying_unseen(document, record, shown)
        values = self.body.read(document, record)
        if (etag := strong_etag(shown)) in seen:
            return values
        found = differences(self.body, differences_from(record, values))
        detail = "It was changed since you read it, and nothing was overwritten. Read it again and send its new ETag."
        raise Told("changed-meanwhile", detail, etag=etag, differences=found)

    def _outcome(self, outcome: Outcome[Any], status: int = 200) -> Response:
        if outcome.waiting is not None:
            return waits(outcome.waiting)
        return self._answer(outcome.record, status)

    def _answer(self, record: Any, status: int = 200) -> Response:
        document = self.document(record)
        headers = {**PRIVATE, "ETag": strong_etag(document)}
        if status == 201:
            headers["Location"] = document["url"]
        return Response(document, status=status, headers=headers)


def strong_etag(document: Mapping[str, Any]) -> str:
    """Of the record's own bytes, public or not: no other record's edit changes it."""
    return kept.strong(JSONRenderer().render(document))


def _standing(record: Model) -> Standing:
    if not isinstance(record, HasStatus):
        return {}
    standing: Standing = {"status": record.status}
    if record.withdrawn_because:
        standing["withdrawn_because"] = record.withdrawn_because
    return standing
