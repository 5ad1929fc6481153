from __future__ import annotations

import pytest

from tests.api.examples import Example, make_example


@pytest.fixture
def example(db) -> Example:
    return make_example()
