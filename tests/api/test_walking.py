"""Walks through a whole list, at the same cost wherever one is, whatever changes meanwhile."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from positions.models import Position
from tests.api.examples import RESOURCES, make_example
from tests.factories import PositionFactory, TopicFactory

WALKS = 100 if os.environ.get("TEST_FULL") else 6


def walk(client, address):
    while address:
        answer = client.get(address).json()
        yield answer
        address = answer["next"]


def ids(pages):
    return [one["id"] for page in pages for one in page["results"]]


def test_every_list_is_walked_once_and_whole(client, db):
    for _number in range(3):
        make_example()
    for resource in RESOURCES:
        listed = {one["id"] for one in client.get(f"/api/v1/{resource}/?page_size=100").json()["results"]}
        walked = ids(walk(client, f"/api/v1/{resource}/?cursor=*&page_size=2"))
        assert len(walked) == len(set(walked)) and set(walked) == listed


def test_a_walk_says_how_many_there_are_and_ends(client, db):
    TopicFactory.create_batch(4)
    first, last = walk(client, "/api/v1/topics/?cursor=*&page_size=2")
    assert (first["count"], first["page"], first["pages"], first["previous"]) == (4, None, None, None)
    assert last["next"] is None and len(last["results"]) == 2
    (empty,) = walk(client, "/api/v1/debates/?cursor=*")
    assert empty["results"] == [] and empty["count"] == 0


def test_the_next_part_is_in_the_header_too(client, db):
    TopicFactory.create_batch(3)
    response = client.get("/api/v1/topics/?cursor=*&page_size=2")
    assert response["Link"] == f'<{response.json()["next"]}>; rel="next"'
    paged = client.get("/api/v1/topics/?page_size=2&page=2")
    assert 'page=1>; rel="prev"' in paged["Link"] and 'page=2>; rel="last"' in paged["Link"]


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100 if os.environ.get("TEST_FULL") else 6
)
@given(st.data())
def test_what_does_not_change_is_neither_left_out_nor_repeated_while_other_things_do(client, db, data):
    """Others are withdrawn, added and moved to other days between any two steps."""
    Position.objects.all().delete()
    stays = {PositionFactory().public_id for _number in range(6)}
    others = [PositionFactory() for _number in range(6)]
    walked: list[str] = []
    for page in walk(client, "/api/v1/positions/?cursor=*&page_size=2"):
        walked += [one["id"] for one in page["results"]]
        change = data.draw(st.sampled_from(["withdraw", "add", "move", "nothing"]))
        if change == "withdraw" and others:
            others.pop(data.draw(st.integers(0, len(others) - 1))).delete()
        elif change == "add" and len(walked) < 20:
            PositionFactory()
        elif change == "move" and others:
            event = data.draw(st.sampled_from(others)).event
            event.date = data.draw(st.sampled_from(["1999", "2031-01", ""]))
            event.save()
    assert len(walked) == len(set(walked))
    assert stays <= set(walked)


@pytest.mark.parametrize(
    "cursor", ["1", "AAAAAAAAAAA=", "AAAAAAAAAA", "////////////", "가나다라마바사아자차카", "*x", "\u00e9" * 11]
)
def test_a_cursor_that_no_answer_gave_is_refused(client, db, cursor):
    response = client.get("/api/v1/topics/", {"cursor": cursor})
    assert response.status_code == 400
    assert response.json()["errors"][0]["detail"] == (
        "Begin with '*', and go on with the address in `next` of each answer."
    )


def test_a_walk_has_its_own_order(client, db):
    problem = client.get("/api/v1/positions/?cursor=*&page=2&q=tax&sort=newest").json()
    assert {error["parameter"] for error in problem["errors"]} == {"page", "q", "sort"}


@pytest.mark.parametrize("rows", [3, 60])
def test_a_step_costs_the_same_queries_wherever_it_is(client, db, rows, django_assert_num_queries):
    PositionFactory.create_batch(rows)
    address = "/api/v1/positions/?cursor=*&page_size=2"
    for _step in range(rows // 2):
        with django_assert_num_queries(4):
            address = client.get(address).json()["next"] or address
