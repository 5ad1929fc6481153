"""How often one address may ask for what has to be worked out; what is kept is given to everybody at any pace."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any

from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

_MOST_CLIENTS = 10_000
WINDOW = 60.0  # seconds that a rate is told for


class Pace:
    """At most `burst` requests at once and `burst` in a window over time, by the generic cell rate algorithm: a client
    is remembered as the moment by which all it asked for will have been its due. (ITU-T I.371, annex A.)
    """

    def __init__(self, burst: int, now: Callable[[], float] = time.monotonic) -> None:
        self.burst, self._now = burst, now
        self._due: OrderedDict[str, float] = OrderedDict()
        self._lock = Lock()

    def wait(self, client: str) -> float:
        """How many seconds until the client may ask again; 0 is now, and counts."""
        now, each = self._now(), WINDOW / self.burst
        with self._lock:
            due = max(self._due.get(client, now), now) + each
            if due - now > WINDOW + each / 2:
                return due - now - WINDOW
            self._due[client] = due
            self._due.move_to_end(client)
            if len(self._due) > _MOST_CLIENTS:
                self._due.popitem(last=False)
        return 0.0


class Throttle(BaseThrottle):
    """Counts in this process alone: with several workers a client may ask as many times more often."""

    pace = Pace(max(1, settings.API_RATE))

    def allow_request(self, request: Request, view: Any) -> bool:
        client = self.get_ident(request)
        if not settings.API_RATE or not client:
            return True
        self._seconds = self.pace.wait(client)
        return self._seconds == 0

    def wait(self) -> float:
        return self._seconds


def headers(seconds: float) -> dict[str, str]:
    """For an answer that tells to wait so long."""
    wait = str(max(1, math.ceil(seconds)))
    return {
        "Retry-After": wait,
        "RateLimit-Policy": f'"reading";q={settings.API_RATE};w={WINDOW:.0f}',
        "RateLimit": f'"reading";r=0;t={wait}',
    }
