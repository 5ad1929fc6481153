"""Gives a large file whole or from where a broken download left off (RFC 9110)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from rest_framework.request import Request

_ONE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
_PIECE = 65_536


def served(request: HttpRequest | Request, path: Path, headers: dict[str, str]) -> HttpResponseBase:
    """`headers` have a strong ETag and a Content-Type: one range is honoured, several get the whole. Raises OSError."""
    size = path.stat().st_size
    if unchanged := get_conditional_response(request, etag=headers["ETag"]):
        return unchanged
    headers = {**headers, "Accept-Ranges": "bytes"}
    asked = _range(request, size, headers["ETag"])
    if asked is None:
        whole = {**headers, "Content-Length": str(size)}
        if request.method == "HEAD":
            return HttpResponse(headers=whole)
        return FileResponse(path.open("rb"), as_attachment=True, filename=path.name, headers=whole)
    if not asked:
        refused = {"Content-Range": f"bytes */{size}"}
        return HttpResponse(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers=refused)
    part = {
        **headers,
        "Content-Range": f"bytes {asked.start}-{asked.stop - 1}/{size}",
        "Content-Length": str(len(asked)),
    }
    return StreamingHttpResponse(_read(path, asked), status=HTTPStatus.PARTIAL_CONTENT, headers=part)


def _range(request: HttpRequest | Request, size: int, etag: str) -> range | None:
    """Which bytes are asked for; an empty range where there are none such, None for the whole file."""
    asked = _ONE_RANGE.fullmatch(request.headers.get("Range", "").strip())
    is_of_this = request.headers.get("If-Range", etag) == etag
    if request.method != "GET" or asked is None or not is_of_this or asked.groups() == ("", ""):
        return None
    first, last = asked.groups()
    if not first:
        return range(max(0, size - int(last)), size)
    if last and int(last) < int(first):
        return None  # no range at all: it is as if none had been asked for
    return range(int(first), min(int(last) + 1, size) if last else size)


def _read(path: Path, asked: range) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(asked.start)
        left = len(asked)
        while left and (piece := file.read(min(left, _PIECE))):
            left -= len(piece)
            yield piece
