"""What goes wrong, told as RFC 9457 problem documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any, NotRequired, TypedDict

import orjson
from django.conf import settings
from django.core.exceptions import SuspiciousOperation, TooManyFieldsSent
from django.http import Http404, HttpResponse
from rest_framework.exceptions import APIException, NotAcceptable, Throttled
from rest_framework.response import Response
from rest_framework.views import set_rollback

from api import streaming, throttling
from api.addresses import resource_url
from api.shapes.texts import URI
from api.streaming import Busy
from debate.publishing import HasStatus
from search.filters import FiltersError, Problem
from search.find import SearchUnavailable

MEDIA_TYPE = "application/problem+json"
KINDS: Mapping[str, tuple[HTTPStatus, str]] = {
    "bad-request": (HTTPStatus.BAD_REQUEST, "The request can't be read at all."),
    "invalid-parameters": (
        HTTPStatus.BAD_REQUEST,
        "A parameter of the request does not exist, or its value can't be used. `errors` has an entry for each.",
    ),
    "not-found": (HTTPStatus.NOT_FOUND, "There is no such record, list or page of a list among what is public."),
    "method-not-allowed": (HTTPStatus.METHOD_NOT_ALLOWED, "The address does not take this method; `Allow` says which."),
    "not-acceptable": (HTTPStatus.NOT_ACCEPTABLE, "None of the media types in `Accept` is served here."),
    "unauthorized": (HTTPStatus.UNAUTHORIZED, "Writing needs a token that is valid: `Authorization: Bearer dr_…`."),
    "forbidden": (HTTPStatus.FORBIDDEN, "The token, or the person it acts for, may not do this."),
    "conflict": (
        HTTPStatus.CONFLICT,
        "What is there does not let this be done: `referrers` are the records that refer to it, `differences` what"
        " others changed meanwhile.",
    ),
    "changed-meanwhile": (
        HTTPStatus.PRECONDITION_FAILED,
        "The record is not what `If-Match` says any more. `etag` is that of its present state, and `differences` has"
        " what you sent beside what is there now. Nothing was overwritten.",
    ),
    "too-large": (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The body of the request is too long."),
    "unsupported-media-type": (HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Write JSON: `Content-Type: application/json`."),
    "invalid-record": (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "The record can't be as it is written. `errors` has an entry for each mistake, with a JSON pointer to it."
        " Nothing was written.",
    ),
    "if-match-missing": (
        HTTPStatus.PRECONDITION_REQUIRED,
        "Say in `If-Match` which state of the record you have seen: the `ETag` with which it was read.",
    ),
    "withdrawn": (HTTPStatus.GONE, "The record was withdrawn: `withdrawn_at` and `reason` say when and why."),
    "too-old": (
        HTTPStatus.GONE,
        "What has changed since that version can't be told: it is too long ago, too much has changed, or it is a"
        " version of another copy of the record. Take a new archive from `/exports/latest/`.",
    ),
    "export-unavailable": (HTTPStatus.SERVICE_UNAVAILABLE, "There is no archive of the record yet; try again later."),
    "too-many-requests": (
        HTTPStatus.TOO_MANY_REQUESTS,
        "One address asked too often. `Retry-After` has the seconds to wait. Whole lists are had with one request, as"
        " CSV or lines of JSON, and everything as an export.",
    ),
    "busy": (
        HTTPStatus.SERVICE_UNAVAILABLE,
        "As many whole lists as can be are being sent; `Retry-After` has the seconds to wait. Everything else works.",
    ),
    "failed": (HTTPStatus.INTERNAL_SERVER_ERROR, "A mistake of this site, which its operators are told of."),
    "search-unavailable": (HTTPStatus.SERVICE_UNAVAILABLE, "The search index can't be read; try again later."),
}


class ParameterError(TypedDict):
    """What is wrong with one parameter."""

    parameter: str
    detail: Annotated[str, "What is wrong with it, and what would be right."]


class FieldError(TypedDict):
    """What is wrong with one field."""

    pointer: Annotated[str, "Where in the document, as RFC 6901 has it; empty for the whole.", {"examples": ["/date"]}]
    detail: Annotated[str, "What is wrong with it, and what would be right."]


class FieldDifference(TypedDict):
    """What you sent for a field, and what it holds now."""

    pointer: str
    yours: Any
    now: Any


class Referrer(TypedDict):
    """A record that refers to the one in question."""

    kind: str
    url: NotRequired[Annotated[str, URI]]
    label: str


class ProblemDocument(TypedDict):
    """What went wrong, as RFC 9457 has it."""

    type: Annotated[str, "Which kind of problem it is; its address explains it.", URI]
    title: str
    status: int
    detail: Annotated[str, "What is wrong with this request."]
    errors: NotRequired[Annotated[list[ParameterError | FieldError], "One for each parameter or field that is wrong."]]
    differences: NotRequired[list[FieldDifference]]
    referrers: NotRequired[list[Referrer]]
    etag: NotRequired[Annotated[str, "Of the present state."]]
    pages: NotRequired[Annotated[int, "How many pages the list has."]]
    withdrawn_at: NotRequired[datetime | None]
    reason: NotRequired[Annotated[str, "Why it was withdrawn."]]


class ProblemKind(TypedDict):
    """A kind of problem, for those who follow its address."""

    name: str
    type: Annotated[str, "As in the problem documents.", URI]
    status: int
    description: str


@dataclass(frozen=True, slots=True)
class _Told:
    kind: str
    detail: str
    more: Mapping[str, Any]


class Told(Exception):
    """Any problem: its kind, what is wrong with the request, and what else the document says."""

    def __init__(self, kind: str, detail: str, **more: Any) -> None:
        super().__init__(detail)
        self.kind, self.more = kind, more


class NoSuchPage(Exception):
    def __init__(self, pages: int) -> None:
        super().__init__(f"There is no such page: the list has {pages} {'page' if pages == 1 else 'pages'}.")
        self.pages = pages


class ExportUnavailable(Exception):
    status = HTTPStatus.SERVICE_UNAVAILABLE


class TooOld(Exception):
    """What has changed since a version can't be told."""


class Withdrawn(Exception):
    def __init__(self, holder: HasStatus) -> None:
        super().__init__(f"Withdrawn: {holder.withdrawn_because}")
        self.holder = holder


_IN_ITS_WORDS: Mapping[type[Exception], str] = {
    Http404: "not-found",
    ExportUnavailable: "export-unavailable",
    TooOld: "too-old",
    SearchUnavailable: "search-unavailable",
    Busy: "busy",
}


def shortened(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"


def kinds() -> list[ProblemKind]:
    return [
        {"name": name, "type": _type(name), "status": status, "description": description}
        for name, (status, description) in KINDS.items()
    ]


def as_response(error: Exception, _context: Mapping[str, Any]) -> Response | None:
    """The problem document that tells of `error`; None, so that it is raised on, for what nobody foresaw."""
    told = _tell(error)
    if told is None:
        return None
    set_rollback()
    document = _document(told)
    return Response(document, status=document["status"], content_type=MEDIA_TYPE, headers=_headers(error))


def as_plain_response(kind: str, detail: str) -> HttpResponse:
    """For what goes wrong outside all views."""
    document = _document(_Told(kind, detail, {}))
    return HttpResponse(orjson.dumps(document), status=document["status"], content_type=MEDIA_TYPE)


def _document(told: _Told) -> dict[str, Any]:
    status = KINDS[told.kind][0]
    return {"type": _type(told.kind), "title": status.phrase, "status": status, "detail": told.detail, **told.more}


def _headers(error: Exception) -> dict[str, str]:
    if isinstance(error, Throttled):
        return throttling.headers(getattr(error, "wait", None) or 0)
    if isinstance(error, Busy):
        return {"Retry-After": str(streaming.RETRY_AFTER)}
    challenge = getattr(error, "auth_header", "")
    return {"WWW-Authenticate": challenge} if challenge else {}


def _tell(error: Exception) -> _Told | None:
    if kind := next((kind for told, kind in _IN_ITS_WORDS.items() if isinstance(error, told)), None):
        return _Told(kind, str(error), {})
    match error:
        case FiltersError():
            errors = _errors(error.problems)
            names = ", ".join(dict.fromkeys(one["parameter"] for one in errors))
            return _Told("invalid-parameters", f"Can't be used as given: {names}.", {"errors": errors})
        case Told():
            return _Told(error.kind, str(error), error.more)
        case NoSuchPage():
            return _Told("not-found", str(error), {"pages": error.pages})
        case Withdrawn(holder=holder):
            why = {"withdrawn_at": holder.withdrawn_at, "reason": holder.withdrawn_because}
            return _Told("withdrawn", str(error), why)
        case TooManyFieldsSent():
            return _Told("bad-request", f"At most {settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:,} parameters.", {})
        case SuspiciousOperation():
            return _Told("bad-request", str(error), {})
        case NotAcceptable():
            served = ", ".join(renderer.media_type for renderer in error.available_renderers or ())
            return _Told("not-acceptable", f"Nothing that Accept names is served here. There are: {served}.", {})
        case APIException():
            return _Told(_kind_of(error.status_code), str(error.detail), {})
    return None


def _errors(problems: Iterable[Problem]) -> list[ParameterError]:
    return [{"parameter": shortened(problem.parameter), "detail": problem.message} for problem in problems]


def _kind_of(status: int) -> str:
    return next((name for name, (own, _description) in KINDS.items() if own == status), "bad-request")


def _type(kind: str) -> str:
    return f"{resource_url('problems')}#{kind}"
