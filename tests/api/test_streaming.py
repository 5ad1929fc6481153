from __future__ import annotations

from threading import BoundedSemaphore

import pytest

from api.streaming import MOST_AT_ONCE, Busy, Sending
from tests.factories import PositionFactory, TopicFactory


@pytest.fixture(autouse=True)
def _as_many_places_as_there_are(_room_for_every_list, monkeypatch):
    monkeypatch.setattr("api.streaming._places", BoundedSemaphore(MOST_AT_ONCE))
    monkeypatch.setattr("api.streaming.FEW", 0)


def test_no_more_whole_lists_are_sent_at_once_than_leave_room_for_others(client, db):
    TopicFactory.create_batch(3)
    PositionFactory()
    sent = [client.get("/api/v1/topics.csv") for _number in range(MOST_AT_ONCE)]
    refused = client.get("/api/v1/statements.csv")
    assert (refused.status_code, refused["Content-Type"]) == (503, "application/problem+json")
    assert refused.json()["type"].endswith("#busy") and int(refused["Retry-After"]) > 0
    assert client.get("/api/v1/topics/").json()["count"] == 3
    assert client.get("/api/v1/remarks.csv").status_code == 200  # few are sent in no time
    assert b"".join(sent[0]).count(b"\r\n") == 4
    assert client.get("/api/v1/statements.csv").status_code == 200


@pytest.mark.once
@pytest.mark.parametrize("end", ["read", "closed", "broken off", "forgotten"])
def test_a_place_is_free_again_however_it_ends(end):
    def pieces():
        yield b"first"
        if end == "broken off":
            raise ConnectionError
        yield b"last"

    for _time in range(3 * MOST_AT_ONCE):
        sending = Sending(pieces(), 1)
        next(sending)
        if end == "read":
            list(sending)
        elif end == "closed":
            sending.close()
        elif end == "broken off":
            with pytest.raises(ConnectionError):
                next(sending)
        del sending


@pytest.mark.once
def test_one_too_many_is_refused():
    kept = [Sending([b"x"], 1) for _number in range(MOST_AT_ONCE)]
    with pytest.raises(Busy):
        Sending([b"x"], 1)
    for one in kept:
        one.close()
