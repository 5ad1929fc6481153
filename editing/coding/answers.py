"""What a script of a screen is answered: JSON, and problem documents (RFC 9457) in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Any

import orjson
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.vary import vary_on_cookie

from editing.screens import drop_what_no_database_keeps
from review.refusals import Clash, Gone, InUse, Invalid, MovedOn, NotAllowed, ReasonMissing, Refusal

LARGEST = 64 * 1024  # bytes of a request; the longest form has a tenth of it
_JSON = "application/json"
_PROBLEM = "application/problem+json"
_NO_TEXT = b"\\u0000"  # which PostgreSQL takes in no text
_STATUSES: Mapping[type[Refusal], HTTPStatus] = {
    NotAllowed: HTTPStatus.FORBIDDEN,
    Invalid: HTTPStatus.UNPROCESSABLE_ENTITY,
    ReasonMissing: HTTPStatus.UNPROCESSABLE_ENTITY,
    MovedOn: HTTPStatus.CONFLICT,
    Gone: HTTPStatus.CONFLICT,
    Clash: HTTPStatus.CONFLICT,
    InUse: HTTPStatus.CONFLICT,
}

type View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Mistake:
    """`field` is a name in the form; empty for the whole of it."""

    field: str
    message: str


class Refused(Exception):
    """A request that is not done; the answer has `more` beside what is wrong."""

    def __init__(self, status: HTTPStatus, detail: str, mistakes: Iterable[Mistake] = (), **more: Any) -> None:
        super().__init__(detail)
        self.status, self.mistakes, self.more = status, tuple(mistakes), more


def mistaken(field: str, message: str) -> Refused:
    return Refused(HTTPStatus.UNPROCESSABLE_ENTITY, message, [Mistake(field, message)])


def answered(*permissions: str, method: str = "GET") -> Callable[[View], View]:
    """As `editing.screens.screen`, but whoever may not is told so in JSON, and not led to another page."""

    def told(view: View) -> View:
        @never_cache
        @vary_on_cookie
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
            try:
                _refuse_strangers(request, permissions)
                _refuse_other_methods(request, method)
                drop_what_no_database_keeps(request)
                return view(request, *args, **options)
            except Refused as refused:
                return problem(refused)
            except Http404:
                return problem(Refused(HTTPStatus.NOT_FOUND, _("There is no such record here, or no longer.")))
            except Refusal as refusal:
                return problem(_as_refused(refusal))

        return guarded

    return told


def _refuse_strangers(request: HttpRequest, permissions: Iterable[str]) -> None:
    if not request.user.is_authenticated:
        raise Refused(HTTPStatus.UNAUTHORIZED, _("Your session has ended. Log in again; what you typed is kept."))
    if not admin.site.has_permission(request) or not request.user.has_perms(tuple(permissions)):
        raise Refused(HTTPStatus.FORBIDDEN, _("You may not do this."))


def _refuse_other_methods(request: HttpRequest, method: str) -> None:
    if request.method != method:
        raise Refused(HTTPStatus.METHOD_NOT_ALLOWED, _("This address takes %(method)s alone.") % {"method": method})


def body(request: HttpRequest) -> dict[str, Any]:
    """The JSON object of a request; raises Refused."""
    if request.content_type != _JSON:
        raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, _("Only JSON is read here."))
    if _length(request) > LARGEST:
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _("This is too long to be taken."))
    try:
        read = orjson.loads(request.body)
    except orjson.JSONDecodeError:
        read = None
    if not isinstance(read, dict) or _NO_TEXT in request.body:
        raise Refused(HTTPStatus.BAD_REQUEST, _("The request can't be read."))
    return read


def _length(request: HttpRequest) -> int:
    """As the server counts it: of a body without a length it reads nothing."""
    text = request.META.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isdecimal() else LARGEST + 1


def answer(values: Any, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    return HttpResponse(orjson.dumps(values), content_type=_JSON, status=status)


def problem(refused: Refused) -> HttpResponse:
    mistakes = [{"field": mistake.field, "detail": mistake.message} for mistake in refused.mistakes]
    document = {
        "type": "about:blank",
        "title": refused.status.phrase,
        "status": refused.status,
        "detail": str(refused),
        "errors": mistakes,
        **refused.more,
    }
    return HttpResponse(orjson.dumps(document), content_type=_PROBLEM, status=refused.status)


def _as_refused(refusal: Refusal) -> Refused:
    more = {"referrers": [str(one) for one in refusal.referrers]} if isinstance(refusal, InUse) else {}
    return Refused(_STATUSES.get(type(refusal), HTTPStatus.CONFLICT), str(refusal), _mistakes(refusal), **more)


def _mistakes(refusal: Refusal) -> Iterable[Mistake]:
    if isinstance(refusal, ReasonMissing):
        return [Mistake("reason", str(refusal))]
    if isinstance(refusal, Invalid):
        return [Mistake(field_of(one.path), one.message) for one in refusal.mistakes]
    return ()


def field_of(path: tuple[str | int, ...]) -> str:
    """The name of the form's field for a column of the position or of a row that belongs to it."""
    names = [part for part in path if isinstance(part, str)]
    return names[-1] if names else ""
