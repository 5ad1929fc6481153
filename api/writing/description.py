"""What the OpenAPI description says of writing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter

from api.authentication import SCHEME

type Schema = dict[str, Any]

ALWAYS = ("bad-request", "unauthorized", "forbidden", "unsupported-media-type", "too-large", "invalid-record")
_OF_A_RECORD = ("not-found", "conflict", "changed-meanwhile", "if-match-missing")
_SEEN = "The `ETag` with which the record was read: it is changed only if it is still the same."


@dataclass(frozen=True, slots=True)
class Writes:
    """What an operation takes and what it answers: `statuses` with what each means; False where it has no body."""

    summary: str
    description: str
    statuses: Mapping[int, tuple[str, str]]  # what is in the body: "record", "revision" or nothing; and what it means
    problems: tuple[str, ...]
    sees: bool = False


_WAITS = ("revision", "It would be public and waits for somebody who may publish.")
OPERATIONS: Mapping[str, Writes] = {
    "create": Writes(
        "Add a record to",
        "A draft, or what is public as soon as it is there: that waits unless you may publish.",
        {201: ("record", "Made."), 202: _WAITS},
        (*ALWAYS, "conflict"),
    ),
    "partial_update": Writes(
        "Change a record of",
        "Send only what is to change. Nothing of it is written if anything of it can't be.",
        {200: ("record", "Changed."), 202: _WAITS},
        (*ALWAYS, *_OF_A_RECORD),
        sees=True,
    ),
    "destroy": Writes(
        "Delete a record of",
        "With what is a part of it. What other records refer to stays, and the answer says which they are.",
        {204: ("", "Deleted.")},
        ("unauthorized", "forbidden", *_OF_A_RECORD),
        sees=True,
    ),
}


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> Schema:
        made = "Made in the admin, under Tokens, or by `./run create_token`; it begins with `dr_`."
        return {"type": "http", "scheme": SCHEME, "description": made}


def operation(view: Any) -> Writes | None:
    return OPERATIONS.get(getattr(view, "action", ""))


def headers(view: Any) -> list[OpenApiParameter]:
    """Those that are sent, and those that come back."""
    writes = operation(view)
    if writes is None:
        return []
    told = [status for status, (body, _meaning) in writes.statuses.items() if body == "record"]
    sent = _header("If-Match", _SEEN, required=True)
    tag = _header("ETag", "Of the record as it is now.", response=told)
    made = _header("Location", "Where it is.", response=[201, 202])
    return [*([sent] if writes.sees else []), *([tag] if told else []), *([made] if 201 in writes.statuses else [])]


def _header(name: str, description: str, **options: Any) -> OpenApiParameter:
    return OpenApiParameter(name, str, OpenApiParameter.HEADER, description=description, **options)
