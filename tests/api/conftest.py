from __future__ import annotations

from threading import BoundedSemaphore

import pytest

from tests.api.examples import Example, make_example


@pytest.fixture(autouse=True)
def _at_any_pace(settings):
    """All tests of a process are one client; `test_throttling` sets a pace of its own."""
    settings.API_RATE = 0


@pytest.fixture
def example(db) -> Example:
    return make_example()


@pytest.fixture(autouse=True)
def _room_for_every_list(monkeypatch):
    """Tests leave what they do not read to the collector of garbage."""
    monkeypatch.setattr("api.streaming._places", BoundedSemaphore(1_000))
