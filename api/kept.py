"""Answers that are given again while the record stays as it is, and told apart by their ETags.

Every answer to a public question is of one state of the record. That state is asked first, a read of one row, and what
was answered in the same state is given again without being worked out, whole or as a 304: so an answer is never older
than the last change that was committed before it was asked for. It all happens before sessions, locales and the rest of
the site, which such an answer does not need.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import connection
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import parse_etags

from api import compression, problems
from record import version

PREFIX = "/api/v1/"
MOST_BYTES = 32 * 1024 * 1024  # of answers kept in one process
LARGEST = MOST_BYTES // 16  # of one of them
ATTEMPTS = 5  # to answer between two changes
FRESH = "public, no-cache"  # may be stored by anybody, and has to be asked for again: that costs a 304
PRIVATE = "private, no-store"
_FOR_READING = {"GET", "HEAD"}
_VARY = "Accept, Accept-Encoding"  # not Accept-Language: the API has a parameter for that

type Question = tuple[version.Stamp, str, str]


@dataclass(slots=True)
class Kept:
    """A whole answer, and the same compressed, each way once it has been asked for."""

    body: bytes
    headers: dict[str, str]
    etag: str
    compressed: dict[str, bytes] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return 2 * len(self.body)  # leaves room for what is compressed

    def written(self, encoding: str) -> bytes:
        if not encoding:
            return self.body
        if encoding not in self.compressed:
            self.compressed[encoding] = compression.COMPRESS[encoding](self.body)
        return self.compressed[encoding]


class Store:
    """The answers that were given last, as many as fit."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most, self._bytes, self._lock = most_bytes, 0, Lock()
        self._kept: OrderedDict[Question, Kept] = OrderedDict()

    def get(self, question: Question) -> Kept | None:
        with self._lock:
            kept = self._kept.get(question)
            if kept:
                self._kept.move_to_end(question)
            return kept

    def put(self, question: Question, kept: Kept) -> None:
        with self._lock:
            if before := self._kept.pop(question, None):
                self._bytes -= _size(question, before)
            self._kept[question] = kept
            self._bytes += _size(question, kept)
            while self._bytes > self._most:
                self._bytes -= _size(*self._kept.popitem(last=False))

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()
            self._bytes = 0


def _size(question: Question, kept: Kept) -> int:
    """Of all that is kept. An address may be far longer than its answer, and the links in its headers repeat it."""
    _stamp, *asked = question
    return kept.size + sum(map(len, (*asked, *kept.headers.values())))


store = Store()


class KeptAnswers:
    """Middleware for the addresses of the API; what somebody asks with a token is neither kept nor shared."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        try:
            request.get_host()  # refuses those that are not ours, as the site does
        except DisallowedHost:
            return problems.as_plain_response("bad-request", "This host name is not served here.")
        response = self._answer(request)
        if response.status_code == 500 and not settings.DEBUG:
            return problems.as_plain_response("failed", "Something is wrong here; its operators are told.")
        return response

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in _FOR_READING or "HTTP_AUTHORIZATION" in request.META:
            return _own(request, self.get_response(request))
        if connection.in_atomic_block:
            return _passed_on(request, self.get_response(request))  # its changes belong to no state of the record yet
        stamp = version.stamp()
        question = (stamp, request.get_full_path(), request.META.get("HTTP_ACCEPT", ""))
        if _has(request, etag := _etag_of(question), is_there=False):
            return _unchanged(request, etag)
        if kept := store.get(question):
            return _given(request, kept)
        stamp, response = self._of_one_state(request, stamp)
        question = (stamp, *question[1:])
        return _answered(request, response, question, _etag_of(question))

    def _of_one_state(self, request: HttpRequest, stamp: version.Stamp) -> tuple[version.Stamp, HttpResponseBase]:
        """What changes while an answer is put together may be in a part of it alone, so it is put together anew."""
        for _attempt in range(ATTEMPTS):
            request.record_stamp = stamp  # type: ignore[attr-defined]
            response = self.get_response(request)
            before, stamp = stamp, version.stamp()
            if stamp == before or response.streaming or not is_of_the_record(response):
                break
        return before, response


def is_of_the_record(response: HttpResponseBase) -> bool:
    """Whether it says the same until the record changes. A view says otherwise by its own Cache-Control."""
    return response.status_code == 200 and not response.has_header("Cache-Control")


def strong(body: bytes) -> str:
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def without_encoding(etag: str) -> str:
    """The ETag of what is written, however it was compressed on its way."""
    plain = etag.removeprefix("W/").strip('"')
    for encoding in compression.COMPRESS:
        plain = plain.removesuffix(f"-{encoding}")
    return f'"{plain}"'


def _answered(request: HttpRequest, response: HttpResponseBase, question: Question, etag: str) -> HttpResponseBase:
    if not is_of_the_record(response):
        return _passed_on(request, response)
    response["Vary"] = _VARY
    response["Cache-Control"] = FRESH
    if isinstance(response, StreamingHttpResponse):
        response["ETag"] = etag
        return _smaller(request, response)
    assert isinstance(response, HttpResponse)
    if getattr(response, "is_one_record", False):
        etag = strong(response.content)  # which only a change of this record changes
    kept = Kept(response.content, dict(response.items()), etag)
    if kept.size <= LARGEST:
        store.put(question, kept)
    return _given(request, kept)


def _passed_on(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    response["Vary"] = _VARY
    response.headers.setdefault("Cache-Control", "no-store")
    if getattr(response, "is_one_record", False) and isinstance(response, HttpResponse):
        response["ETag"] = strong(response.content)
    return _smaller(request, response)


def _given(request: HttpRequest, kept: Kept) -> HttpResponse:
    if _has(request, kept.etag):
        return _unchanged(request, kept.etag)
    encoding = _encoding(request) if len(kept.body) >= compression.FEWEST_BYTES else ""
    response = HttpResponse(kept.written(encoding), headers=kept.headers)
    response["ETag"] = _encoded(kept.etag, encoding)
    if encoding:
        response["Content-Encoding"] = encoding
    return _without_body(request, response)


def _own(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """What was asked with a token, or wrote something: for the one who did alone."""
    response["Vary"] = f"{_VARY}, Authorization"
    response["Cache-Control"] = PRIVATE
    if request.method in _FOR_READING and response.status_code == 200 and isinstance(response, HttpResponse):
        response.headers.setdefault("ETag", strong(response.content))
        if _has(request, response["ETag"]):
            return _unchanged(request, response["ETag"])
        return _without_body(request, response)
    return response


def _unchanged(request: HttpRequest, etag: str) -> HttpResponse:
    own = "HTTP_AUTHORIZATION" in request.META
    headers = {"ETag": _encoded(etag, _encoding(request)), "Cache-Control": PRIVATE if own else FRESH}
    response = HttpResponse(status=304, headers={**headers, "Access-Control-Allow-Origin": "*", "Vary": _VARY})
    del response["Content-Type"]
    return response


def _smaller(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """What is not kept, compressed on its way."""
    encoding = _encoding(request)
    if not encoding or response.has_header("Content-Encoding") or response.has_header("Content-Range"):
        return response
    if isinstance(response, StreamingHttpResponse):
        if response.get("Content-Type", "").startswith(("text/", "application/x-ndjson")):
            content: Any = response.streaming_content
            response.streaming_content = compression.pieces(content, encoding)
            response["Content-Encoding"] = encoding
            if response.has_header("ETag"):
                response["ETag"] = _encoded(response["ETag"], encoding)
    elif isinstance(response, HttpResponse) and len(response.content) >= compression.FEWEST_BYTES:
        response.content = compression.COMPRESS[encoding](response.content)
        response["Content-Encoding"] = encoding
        response["Content-Length"] = str(len(response.content))
    return response


def _without_body(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    response["Content-Length"] = str(len(response.content))
    if request.method == "HEAD":
        response.content = b""
    return response


def _has(request: HttpRequest, etag: str, *, is_there: bool = True) -> bool:
    """Any answer will do for "*", once it is known that there is one."""
    asked = request.META.get("HTTP_IF_NONE_MATCH")
    if not asked:
        return False
    known = parse_etags(asked)
    return (is_there and known == ["*"]) or etag in map(without_encoding, known)


def _encoding(request: HttpRequest) -> str:
    return compression.best_of(request.META.get("HTTP_ACCEPT_ENCODING", ""))


def _encoded(etag: str, encoding: str) -> str:
    return f'"{etag.strip(chr(34))}-{encoding}"' if encoding else etag


def _etag_of(question: Question) -> str:
    """Of what is told of the record in one state, by this code, in one form."""
    stamp, *asked = question
    return f'"{hashlib.sha256(repr((str(stamp), build(), settings.PUBLIC_URL, *asked)).encode()).hexdigest()[:32]}"'


@cache
def build() -> str:
    """The same on every machine that runs the same code."""
    digest = hashlib.sha256()
    root = Path(settings.BASE_DIR)
    for package in sorted(settings.HOUSE):
        for path in sorted((root / package).rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
