"""Datasette over the positions in an SQLite file, asked through ASGI in this process."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from datasette.app import Datasette

from benchmarks.peers import flat


class Peer:
    """Its own extras, facets and suggestions, are switched off: it answers with 20 rows and their count."""

    def __init__(self, file: Path) -> None:
        self._loop = asyncio.new_event_loop()
        datasette = Datasette([], immutables=[str(file)], settings={"suggest_facets": False})
        self._application = datasette.app()
        self._path = f"/{file.stem}/{flat.TABLE}.json"

    def close(self) -> None:
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()

    def address(self, stances: list[str]) -> str:
        asked = [("stance__in", ",".join(stances)), ("_size", "20"), ("_shape", "objects"), ("_nofacet", "1")]
        return f"{self._path}?{urlencode([*asked, *(('_json', name) for name in flat.NESTED)])}"

    def ask(self, address: str) -> bytes:
        return self._loop.run_until_complete(self._answer(address))

    def cost(self, address: str, times: int) -> tuple[float, float]:
        """Milliseconds of this process, of all its threads, and on the clock, for one answer."""
        return self._loop.run_until_complete(self._cost(address, times))

    async def _cost(self, address: str, times: int) -> tuple[float, float]:
        cpu, wall = time.process_time(), time.perf_counter()
        for _time in range(times):
            await self._answer(address)
        return (time.process_time() - cpu) * 1000 / times, (time.perf_counter() - wall) * 1000 / times

    async def _answer(self, address: str) -> bytes:
        path, _mark, query = address.partition("?")
        pieces: list[bytes] = []
        status = 0

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: dict[str, Any]) -> None:
            nonlocal status
            status = message.get("status", status)
            pieces.append(message.get("body", b""))

        await self._application(_scope(path, query), receive, send)
        if status != 200:
            raise AssertionError(f"{address} answered {status}: {b''.join(pieces)[:200]!r}")
        return b"".join(pieces)


def _scope(path: str, query: str) -> dict[str, Any]:
    return {
        "type": "http",
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(b"host", b"127.0.0.1:8000")],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 8000),
    }
