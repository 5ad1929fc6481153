from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from django.db import connection

from record import changes, version
from record.triggers import note_everything
from tests.record.commits import as_if_committed

type Noted = dict[str, frozenset[int]]


@pytest.fixture
def noted() -> Callable[[], AbstractContextManager[Noted]]:
    """``with noted() as keys: ...`` tells which objects the block changed; nothing else in the record did."""

    @contextmanager
    def _noted() -> Iterator[Noted]:
        keys: Noted = {}
        note_everything(connection)
        as_if_committed()
        before = version.stamp()
        yield keys
        as_if_committed()
        found = changes.since(before)
        assert not found.everything
        assert (found.until == before) == (not found.keys), "the number rises with a change and only then"
        keys.update(found.keys)

    return _noted
