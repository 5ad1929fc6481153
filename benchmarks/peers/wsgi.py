"""The site's WSGI application, asked in this process as gunicorn asks it, without the sockets."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.core.servers.basehttp import get_internal_wsgi_application

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


class Site:
    def __init__(self) -> None:
        self._application: Any = get_internal_wsgi_application()

    def get(self, address: str, status: int = 200, **headers: str) -> Answer:
        """Raises AssertionError for another status than the expected one."""
        return self._answer(address, _environ(address, headers), status)

    def cost(self, address: str, times: int, status: int = 200, **headers: str) -> tuple[float, float]:
        """Milliseconds of this process, and on the clock, for one answer."""
        environs = [_environ(address, headers) for _time in range(times)]
        cpu, wall = time.process_time(), time.perf_counter()
        for environ in environs:
            self._answer(address, environ, status)
        return (time.process_time() - cpu) * 1000 / times, (time.perf_counter() - wall) * 1000 / times

    def _answer(self, address: str, environ: dict[str, Any], status: int) -> Answer:
        told: list[tuple[str, list[tuple[str, str]]]] = []
        pieces: Iterable[bytes] = self._application(
            environ, lambda line, headers, _info=None: told.append((line, headers))
        )
        try:
            body = b"".join(pieces)
        finally:
            if hasattr(pieces, "close"):
                pieces.close()  # which is when Django learns that the request is over
        line, headers = told[0]
        if int(line[:3]) != status:
            raise AssertionError(f"{address} answered {line}: {body[:300]!r}")
        return Answer(status, {name.lower(): value for name, value in headers}, body)


def _environ(address: str, headers: Mapping[str, str]) -> dict[str, Any]:
    path, _mark, query = address.partition("?")
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "RAW_URI": address,
        "SERVER_NAME": HOST,
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": HOST,
        "HTTP_HOST": f"{HOST}:8000",
        "HTTP_ACCEPT": "application/json",
        **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": BytesIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
