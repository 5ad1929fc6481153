from __future__ import annotations

from collections.abc import Callable

import pytest

from search import upkeep
from search.filters import Filters
from search.find import find, hydrated
from tests.record.commits import as_if_committed


@pytest.fixture(autouse=True)
def _own_process(monkeypatch):
    """Each test starts as a process that has opened no index yet."""
    monkeypatch.setattr(upkeep, "_process", upkeep._Process())


@pytest.fixture
def found() -> Callable[..., list[str]]:
    """The summaries of the positions that are found, best first."""

    def _found(q: str = "", **filters: object) -> list[str]:
        as_if_committed()
        return [str(position) for position in hydrated(find(Filters(q=q, **filters), size=100)).positions]  # type: ignore[arg-type]

    return _found


@pytest.fixture
def beside() -> Callable[[str], dict[str, list[str]]]:
    """What is found of the other kinds, in words."""

    def _beside(q: str) -> dict[str, list[str]]:
        as_if_committed()
        return {
            kind: [str(record) for record in records] for kind, records in hydrated(find(Filters(q=q))).others.items()
        }

    return _beside
