from __future__ import annotations

import pytest
from django.test import Client

from pages.views import home
from tests.pages.reading import words


@pytest.mark.django_db
def test_a_failure_is_told_without_its_cause(monkeypatch):
    def fail(*_arguments, **_options):
        raise RuntimeError("the secret cause")

    monkeypatch.setattr(home, "with_positions", fail)

    response = Client(raise_request_exception=False).get("/ko/")

    assert response.status_code == 500
    assert "오류가 발생했습니다" in words(response)
    assert "secret" not in response.text


def test_a_host_that_is_not_ours_is_refused(client):
    response = client.get("/", headers={"host": "elsewhere.example"})

    assert response.status_code == 400
    assert "Request not understood" in words(response)
