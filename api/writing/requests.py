"""What a request to write carries beside its address: who writes, what, why, and which state of the record they saw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request

from api.problems import Told, shortened
from api.writing import document
from api.writing.bodies import LONGEST_REASON, REASON
from api.writing.document import Fault, Faulty, Unreadable
from review.models import Scope
from review.roles import Author

_JSON = "application/json"
_MERGE_PATCH = "application/merge-patch+json"


@dataclass(frozen=True, slots=True)
class Written:
    document: Mapping[str, Any]
    reason: str


def reader(request: Request) -> Author | None:
    """Whoever shows a token, of whatever scope."""
    return Author(request.user, publishing=False) if request.auth is not None else None


def author(request: Request) -> Author:
    """Whoever may write at all; what they may write, `review` decides."""
    if request.auth is None:
        raise NotAuthenticated("Writing needs a token: Authorization: Bearer dr_…")
    if request.auth.scope == Scope.READ:
        raise Told("forbidden", "This token is for reading only. Its owner can make one with the scope write.")
    return Author(request.user, publishing=request.auth.scope == Scope.PUBLISH)


def written(request: Request) -> Written:
    """Raises Told for what is no document, and Faulty for what is wrong in it."""
    read = document_of(request)
    reason = read.pop(REASON, "")
    return Written(read, checked_reason(reason))


def document_of(request: Request) -> dict[str, Any]:
    if (kind := request.content_type.partition(";")[0].strip().lower()) not in {_JSON, _MERGE_PATCH}:
        said = f"{shortened(kind)!r} is not read here" if kind else "Content-Type is missing"
        raise Told("unsupported-media-type", f"{said}: write JSON and say Content-Type: {_JSON}.")
    if _length(request) > document.LARGEST:
        raise Told("too-large", f"At most {document.LARGEST:,} bytes.")
    try:
        return document.read(request.body)
    except Unreadable as error:
        raise Told("bad-request", f"The body can't be read. {error}") from error


def checked_reason(reason: Any) -> str:
    if not isinstance(reason, str) or len(reason) > LONGEST_REASON:
        raise Faulty([Fault((REASON,), f"Write a text of at most {LONGEST_REASON} characters.")])
    return reason.strip()


def seen(request: Request) -> frozenset[str]:
    """The ETags in `If-Match`. Weak ones are kept as they are written, and so match nothing."""
    given = request.headers.get("If-Match", "").strip()
    if not given:
        raise Told("if-match-missing", "Send If-Match with the ETag that came with the record when you read it.")
    if given == "*":
        raise Told("if-match-missing", "If-Match: * would overwrite what you have not seen: send the record's ETag.")
    return frozenset(one.strip() for one in given.split(","))


def _length(request: Request) -> int:
    text = request.META.get("CONTENT_LENGTH") or "0"
    return int(text) if str(text).isdigit() else 0
