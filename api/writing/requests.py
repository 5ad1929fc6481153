"""What a request to write carries beside its address: who writes, what, why, and which state of the record they saw."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request

from api.problems import Told, shortened
from api.writing import document
from api.writing.bodies import LONGEST_REASON, REASON
from api.writing.document import Fault, Faulty, Unreadable
from review.models import Scope
from review.roles import Author
from search.filters import FiltersError, Problem

_ENCODED = re.compile(r'-(?:br|gzip|zstd)"$')  # what was compressed on its way is the same record
_JSON = "application/json"
_MERGE_PATCH = "application/merge-patch+json"


@dataclass(frozen=True, slots=True)
class Written:
    document: Mapping[str, Any]
    reason: str


def reader(request: Request) -> Author | None:
    """Whoever shows a token, of whatever scope."""
    return Author(_owner(request), publishing=False) if request.auth is not None else None


def author(request: Request) -> Author:
    """Whoever may write at all; what they may write, `review` decides."""
    token: Any = request.auth
    if token is None:
        raise NotAuthenticated("This needs a token: Authorization: Bearer dr_…")
    if token.scope == Scope.READ:
        raise Told("forbidden", "This token is for reading only. Its owner can make one with the scope write.")
    return Author(_owner(request), publishing=token.scope == Scope.PUBLISH)


def _owner(request: Request) -> User:
    owner: Any = request.user
    found: User = owner
    return found


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


def reason_in_address(request: Request) -> str:
    """Of a request that has no body."""
    reason: str = request.query_params.get(REASON, "")
    if len(reason) > LONGEST_REASON:
        raise FiltersError([Problem(REASON, f"At most {LONGEST_REASON} characters.")])
    return reason.strip()


def seen(request: Request) -> frozenset[str]:
    """The ETags in `If-Match`. Weak ones are kept as they are written, and so match nothing."""
    given = request.headers.get("If-Match", "").strip()
    if not given:
        raise Told("if-match-missing", "Send If-Match with the ETag that came with the record when you read it.")
    if given == "*":
        raise Told("if-match-missing", "If-Match: * would overwrite what you have not seen: send the record's ETag.")
    return frozenset(_ENCODED.sub('"', one.strip()) for one in given.split(","))


def _length(request: Request) -> int:
    text = request.META.get("CONTENT_LENGTH") or "0"
    return int(text) if str(text).isdigit() else 0
