from __future__ import annotations

import pytest

from search import readiness
from search.readiness import Report


def test_the_process_answers_without_the_database(client):
    response = client.get("/healthz")

    assert (response.status_code, response.text) == (200, "ok\n")


@pytest.mark.parametrize(
    ("report", "status", "said"),
    [
        (Report(True, (), 7, 7), 200, "ready\n"),
        (
            Report(False, ("There is no index.", "There is no disk."), 7, None),
            503,
            "There is no index.\nThere is no disk.\n",
        ),
    ],
)
def test_readiness_says_why_not(client, monkeypatch, report, status, said):
    monkeypatch.setattr(readiness, "report", lambda: report)

    response = client.get("/readyz")

    assert (response.status_code, response.text) == (status, said)
