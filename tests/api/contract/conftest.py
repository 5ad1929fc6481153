from __future__ import annotations

import pytest
from django.db import connection


@pytest.fixture(autouse=True)
def _at_any_pace(settings):
    settings.API_RATE = 0


@pytest.fixture(autouse=True)
def _quiet(caplog):
    """What is refused is logged, and here that is most."""
    caplog.set_level("ERROR", "django.request")


@pytest.fixture(autouse=True)
def _in_the_transaction_of_the_test(monkeypatch):
    """What asks through WSGI ends its requests, and with them the connection that is in no state to be used again."""
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)
