"""Times of many questions, in milliseconds."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence


def milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def p50(times: Sequence[float]) -> float:
    return statistics.median(times)


def p95(times: Sequence[float]) -> float:
    """The least that 95 in 100 do not go beyond."""
    return sorted(times)[max(0, -(-len(times) * 95 // 100) - 1)]
