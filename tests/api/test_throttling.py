from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.throttling import WINDOW, Pace, Throttle
from tests.api.examples import make_example


class Clock:
    def __init__(self):
        self.time = 1_000.0

    def __call__(self):
        return self.time


@pytest.fixture
def _slow(monkeypatch, settings):
    settings.API_RATE = 3
    monkeypatch.setattr(Throttle, "pace", Pace(3, Clock()))


@pytest.mark.usefixtures("_slow")
def test_who_asks_too_often_is_told_how_long_to_wait(client, db):
    for number in range(3):
        assert client.get(f"/api/v1/topics/?page_size={number + 1}").status_code == 200
    response = client.get("/api/v1/topics/")
    assert (response.status_code, response["Content-Type"]) == (429, "application/problem+json")
    assert response["Retry-After"] == "20"
    assert response["RateLimit-Policy"] == '"reading";q=3;w=60'
    assert response["RateLimit"] == '"reading";r=0;t=20'
    assert response.json()["type"].endswith("#too-many-requests")
    assert client.get("/api/v1/topics/", REMOTE_ADDR="192.0.2.7").status_code == 200


@pytest.mark.usefixtures("_slow")
def test_what_is_kept_is_given_at_any_pace(client, transactional_db):
    make_example()
    answers = [client.get("/api/v1/topics/").status_code for _time in range(20)]
    assert answers == [200] * 20


@pytest.mark.once
@given(st.lists(st.floats(0, 30), max_size=60))
def test_in_no_window_are_there_more_than_twice_the_rate(pauses):
    """What is saved up and what becomes due: the bound of the algorithm."""
    clock = Clock()
    pace, taken = Pace(5, clock), []
    for pause in pauses:
        clock.time += pause
        if not pace.wait("somebody"):
            taken.append(clock.time)
    for start in taken:
        assert len([time for time in taken if start <= time < start + WINDOW]) <= 10


@pytest.mark.once
def test_after_the_wait_that_was_told_one_may_ask_again():
    clock = Clock()
    pace = Pace(2, clock)
    assert [pace.wait("somebody") for _time in range(2)] == [0, 0]
    clock.time += pace.wait("somebody")
    assert pace.wait("somebody") == 0
