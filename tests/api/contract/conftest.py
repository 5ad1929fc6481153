from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _at_any_pace(settings):
    settings.API_RATE = 0


@pytest.fixture(autouse=True)
def _quiet(caplog):
    """What is refused is logged, and here that is most."""
    caplog.set_level("ERROR", "django.request")
