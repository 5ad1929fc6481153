"""Changes that wait: read by their author and by those who decide on them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Annotated, Any, TypedDict

from django.db.models import QuerySet
from django.http import Http404
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from api.addresses import resource_url
from api.authentication import TokenAuthentication
from api.paging import PAGING, Page, envelope
from api.parameters import Gathering, Parameter, narrowing, one_of, refuse_unknown
from api.shapes.texts import URI
from api.views import PublicView
from api.writing import requests
from api.writing.bodies import BODIES, Body
from api.writing.document import Fault, Faulty
from api.writing.fields import JSONSchema, id_column
from api.writing.refused import told
from review import models
from review.deciding import accept, send_back
from review.refusals import ReasonMissing
from review.roles import PUBLISH

_COMMENT = "comment"
_DECISION: JSONSchema = {
    "type": "object",
    "properties": {_COMMENT: {"type": "string", "description": "For the author; needed to send it back."}},
    "additionalProperties": False,
}
_BY_MODEL = {body.model: name for name, body in BODIES.items()}


class ProposedField(TypedDict):
    """A field that is to change."""

    pointer: Annotated[str, "Where in the record's document, as RFC 6901 has it.", {"examples": ["/summary/en"]}]
    now: Annotated[Any, "What it holds now; null in a new record."]
    proposed: Any


class Revision(TypedDict):
    """A change that waits until somebody who may publish accepts it or sends it back."""

    id: str
    url: Annotated[str, "The change in this API.", URI]
    resource: Annotated[str, "The list that the record is in.", {"examples": ["positions"]}]
    record: Annotated[str | None, "The record's address in this API; null while it is new.", URI]
    state: Annotated[str, models.Revision.State]
    author: Annotated[str, "The name of their account."]
    reason: Annotated[str, "Why, as the author gives it."]
    created_at: datetime
    changes: list[ProposedField]
    decided_by: str | None
    decided_at: datetime | None
    comment: Annotated[str | None, "Of whoever decided."]


class RevisionsView(PublicView):
    """Changes that wait, or were decided on: your own, or all of them for those who may publish; newest first."""

    action = "list"
    authentication_classes = [TokenAuthentication]
    shape = Revision
    in_pages = True
    problems = ("unauthorized", "not-found")
    narrowed_by = (one_of("state", models.Revision.State, "state"),)

    def takes(self) -> tuple[Parameter, ...]:
        return (*self.narrowed_by, *PAGING)

    def get(self, request: Request) -> Response:
        query, gathering = request.query_params, Gathering()
        with gathering:
            refuse_unknown(query, self.takes())
        with gathering:
            page = Page.asked_for(query)
        with gathering:
            condition = narrowing(query, self.narrowed_by)
        gathering.tell()
        found = _seen_by(request).filter(condition)
        rows = map(revision, found[page.rows])
        return Response(envelope(request, page, found.count(), rows), headers=_PRIVATE)


class RevisionView(PublicView):
    """A change that waits, or was decided on; for its author and those who may publish."""

    authentication_classes = [TokenAuthentication]
    shape = Revision
    problems = ("unauthorized", "not-found")

    def get(self, request: Request, id: int) -> Response:  # noqa: A002
        return Response(revision(_one_seen_by(request, id)), headers=_PRIVATE)


class DecisionView(PublicView):
    """Decides on a change that waits, with a `comment`."""

    authentication_classes = [TokenAuthentication]
    http_method_names = ["post", "options"]
    shape = Revision
    problems = (
        "bad-request",
        "unauthorized",
        "forbidden",
        "not-found",
        "conflict",
        "unsupported-media-type",
        "too-large",
        "invalid-record",
    )
    document_schema = ("Decision", _DECISION)
    decide: Callable[..., Any]

    def post(self, request: Request, id: int) -> Response:  # noqa: A002
        author, waiting = requests.author(request), _one_seen_by(request, id)
        body = _body_of(waiting)
        with told(body, {}):
            comment = _comment(request)
            try:
                type(self).decide(waiting, author, comment)
            except ReasonMissing as error:
                raise Faulty([Fault((_COMMENT,), str(error))]) from error
        return Response(revision(waiting), headers=_PRIVATE)


class AcceptView(DecisionView):
    """Accepts a change: the record becomes what it proposes, unless it was changed meanwhile."""

    action = "accept"
    decide = accept


class SendBackView(DecisionView):
    """Sends a change back to its author, with a `comment` that says why. The record stays as it is."""

    action = "send_back"
    decide = send_back


_PRIVATE = {"Cache-Control": "private, no-store"}


def waits(waiting: models.Revision) -> Response:
    """The answer to what was written and is not public yet."""
    document = revision(waiting)
    return Response(document, status=202, headers={**_PRIVATE, "Location": document["url"]})


def revision(record: models.Revision) -> Revision:
    model = _model_of(record)
    decided_by = record.decided_by
    return {
        "id": str(record.pk),
        "url": resource_url("revisions", str(record.pk)),
        "resource": _BY_MODEL.get(model, ""),
        "record": _address(record.record),
        "state": record.state,
        "author": record.author.get_username(),
        "reason": record.comment,
        "created_at": record.created_at,
        "changes": list(_changes(record, BODIES[_BY_MODEL[model]])) if model in _BY_MODEL else [],
        "decided_by": decided_by.get_username() if decided_by else None,
        "decided_at": record.decided_at,
        "comment": record.decision_comment or None,
    }


def _changes(record: models.Revision, body: Body) -> Iterator[ProposedField]:
    present: Any = record.record
    for name, value in record.values.items():
        if body.has(name):
            now = None if present is None else body.show(name, _held(present, name))
            proposed, at = body.show(name, value), body.pointer((name,), {})
        elif isinstance(value, list):
            at, rows = body.rows(name, value, present)
            now, proposed = rows.compared(value, present)
        else:
            continue
        yield {"pointer": Fault(at, "").pointer, "now": now, "proposed": proposed}


def _held(record: Any, column: str) -> Any:
    return getattr(record, record._meta.get_field(column).attname)


def _address(record: Any) -> str | None:
    name = _BY_MODEL.get(type(record))
    return resource_url(name, getattr(record, id_column(type(record)))) if name else None


def _model_of(record: models.Revision) -> Any:
    return record.content_type.model_class()


def _body_of(record: models.Revision) -> Body:
    return BODIES[_BY_MODEL[_model_of(record)]]


def _seen_by(request: Request) -> QuerySet[models.Revision]:
    """Nobody learns from an answer that there is one which they may not see."""
    reader = requests.reader(request)
    if reader is None:
        raise NotAuthenticated("This needs a token: Authorization: Bearer dr_…")
    found = models.Revision.objects.select_related("content_type", "author", "decided_by").order_by("-pk")
    return found if reader.user.has_perm(PUBLISH) else found.filter(author=reader.user)


def _one_seen_by(request: Request, key: int) -> models.Revision:
    found = _seen_by(request).filter(pk=key).first()
    if found is None:
        raise Http404(f"There is no waiting change {key} for you.")
    return found


def _comment(request: Request) -> str:
    document = requests.document_of(request)
    if unknown := sorted(document.keys() - {_COMMENT}):
        raise Faulty([Fault((name,), f"There is no such field. There is: {_COMMENT}.") for name in unknown])
    comment = document.get(_COMMENT, "")
    if not isinstance(comment, str):
        raise Faulty([Fault((_COMMENT,), "Write a text.")])
    return comment.strip()
