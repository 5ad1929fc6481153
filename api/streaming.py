"""Long lists are sent while they are read, which may take minutes: so many at once that others are answered beside."""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Iterator
from threading import BoundedSemaphore
from typing import Self

MOST_AT_ONCE = 2  # in one process, which has four threads: see `config.gunicorn`
RETRY_AFTER = 15  # seconds
FEW = 1_000  # records, which are sent in no time

_places = BoundedSemaphore(MOST_AT_ONCE)


class Busy(Exception):
    def __init__(self) -> None:
        super().__init__("As many whole lists as can be are being sent just now. Ask again in a moment.")


class Sending(Iterator[bytes]):
    """Pieces of an answer with so many records in it. If they are more than FEW it takes one of the places, until it is
    sent, broken off or forgotten; raises Busy where there is none.
    """

    def __init__(self, pieces: Iterable[bytes], count: int) -> None:
        if count > FEW and not _places.acquire(blocking=False):
            raise Busy
        self._pieces = iter(pieces)
        self._leave = weakref.finalize(self, _places.release) if count > FEW else lambda: None

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> bytes:
        try:
            return next(self._pieces)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        close = getattr(self._pieces, "close", None)
        if close:
            close()
        self._leave()
