from __future__ import annotations

import os

import pytest
from hypothesis import settings

settings.register_profile("default", max_examples=60, deadline=None)
settings.register_profile("full", max_examples=1_000, deadline=None)
settings.load_profile("full" if os.environ.get("TEST_FULL") else "default")


@pytest.fixture(autouse=True)
def _own_data_folder(settings, tmp_path):
    """No test reads or writes the files of another, nor those of the site that runs in this checkout."""
    settings.SEARCH_INDEX_DIR = tmp_path / "search"
    settings.EXPORTS_DIR = tmp_path / "exports"
