"""Answers made smaller for those who say that they can read them so."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

import brotli

FEWEST_BYTES = 500  # less is not worth it
_BROTLI_QUALITY, _GZIP_LEVEL = 5, 6  # about as fast as each other; higher ones cost many times as much
_GZIP_WINDOW = 31  # zlib's way of saying: with the header of gzip
COMPRESS: Mapping[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=_BROTLI_QUALITY),
    "gzip": lambda body: gzip.compress(body, _GZIP_LEVEL, mtime=0),
}


def best_of(accepted: str) -> str:
    """The first of `COMPRESS` that an `Accept-Encoding` lets us use; none is the empty text."""
    weights = dict(_weights(accepted))
    return next((name for name in COMPRESS if weights.get(name, weights.get("*", 0)) > 0), "")


def pieces(body: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """The same of an answer that is sent while it is made; the first piece goes out at once."""
    compressor: Any
    if encoding == "gzip":
        compressor = zlib.compressobj(_GZIP_LEVEL, zlib.DEFLATED, _GZIP_WINDOW)
        process, flush, finish = compressor.compress, partial(compressor.flush, zlib.Z_SYNC_FLUSH), compressor.flush
    else:
        compressor = brotli.Compressor(quality=_BROTLI_QUALITY)
        process, flush, finish = compressor.process, compressor.flush, compressor.finish
    for number, piece in enumerate(body):
        smaller = process(piece)
        if number == 0:
            smaller += flush()  # lets whoever waits see that it has begun
        if smaller:
            yield smaller
    yield finish()


def _weights(accepted: str) -> Iterator[tuple[str, float]]:
    for one in accepted.lower().split(","):
        name, *parameters = (part.strip() for part in one.split(";"))
        weight = next((part[2:] for part in parameters if part.startswith("q=")), "1")
        try:
            yield name, float(weight)
        except ValueError:
            yield name, 0
