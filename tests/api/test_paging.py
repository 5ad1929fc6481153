from __future__ import annotations

import pytest

from tests.factories import AppearanceFactory, EventFactory, PositionFactory, TopicFactory


@pytest.fixture
def _five_topics(db):
    for number in range(5):
        TopicFactory(slug=f"topic-{number}", order=number)


def walk(client, address):
    """Every page from the first on, following `next` as a program would."""
    while address:
        page = client.get(address).json()
        yield page
        address = page["next"]


@pytest.mark.usefixtures("_five_topics")
def test_following_next_gives_every_record_once_and_in_order(client):
    pages = list(walk(client, "/api/v1/topics/?page_size=2"))
    assert [row["id"] for page in pages for row in page["results"]] == [f"topic-{number}" for number in range(5)]
    assert [(page["page"], page["pages"], page["count"]) for page in pages] == [(1, 3, 5), (2, 3, 5), (3, 3, 5)]


@pytest.mark.usefixtures("_five_topics")
def test_previous_leads_back_and_keeps_the_other_parameters(client, settings):
    settings.PUBLIC_URL = "https://debates.example.org"
    page = client.get("/api/v1/topics/?page=2&page_size=2").json()
    assert page["previous"] == "https://debates.example.org/api/v1/topics/?page=1&page_size=2"
    assert client.get(page["previous"].removeprefix("https://debates.example.org")).json()["previous"] is None


def test_an_empty_list_has_one_empty_page(client, db):
    page = client.get("/api/v1/debates/").json()
    assert page == {"count": 0, "next": None, "previous": None, "page": 1, "pages": 1, "results": []}


def test_pages_have_twenty_records_unless_asked_otherwise_and_a_hundred_at_most(client, db):
    TopicFactory.create_batch(21)
    assert len(client.get("/api/v1/topics/").json()["results"]) == 20
    assert len(client.get("/api/v1/topics/?page_size=100").json()["results"]) == 21
    problem = client.get("/api/v1/topics/?page_size=101").json()
    assert problem["errors"] == [{"parameter": "page_size", "detail": "At most 100 are on a page."}]


@pytest.mark.usefixtures("_five_topics")
@pytest.mark.parametrize("address", ["topics", "positions", "search"])
def test_beyond_the_last_page_it_says_how_many_there_are(client, address):
    for page in ("2", "999999999", "1" + "0" * 30, "9" * 5_000):
        response = client.get(f"/api/v1/{address}/", {"page": page})
        assert response.status_code == 404
        assert (response.json()["pages"], response.json()["detail"]) == (
            1,
            "There is no such page: the list has 1 page.",
        )


@pytest.mark.parametrize("address", ["topics", "positions", "search"])
def test_what_is_no_page_number_is_named(client, db, address):
    for page in ("0", "00", "-1", "abc", "1.5", "", " ", "¹", "٣", "1e3", "0x1", "+1", "last"):
        response = client.get(f"/api/v1/{address}/", {"page": page})
        assert response.status_code == 400
        assert response.json()["errors"] == [{"parameter": "page", "detail": f"{page!r} is no whole number from 1 up."}]


def test_records_of_the_same_day_and_name_are_on_one_page_only(client, db):
    for _number in range(7):
        PositionFactory(appearance=AppearanceFactory(session__event=EventFactory(date="", title_en="Same")))
    for address in ("debates", "positions", "search"):
        seen = [row["id"] for page in walk(client, f"/api/v1/{address}/?page_size=2") for row in page["results"]]
        assert len(seen) == len(set(seen)) == 7
