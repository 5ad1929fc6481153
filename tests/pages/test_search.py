"""Searching and narrowing, and what is said when it can't be done."""

from __future__ import annotations

import pytest

from pages.views import search
from search.find import SearchUnavailable
from tests.factories import (
    AppearanceFactory,
    CapacityFactory,
    EventFactory,
    PositionFactory,
    PropositionFactory,
    PropositionTopicFactory,
    TopicFactory,
)
from tests.pages.reading import links, words

pytestmark = pytest.mark.django_db


def test_search_without_a_question_explains_itself(client):
    page = client.get("/search/")

    assert page.status_code == 200
    assert "Search positions, people, organizations, debates, propositions and topics" in words(page)


def test_positions_stand_first_and_people_and_organizations_beside_them(client):
    position = PositionFactory(summary_en="Tax the robots", appearance__person__name_en="Robots Kim")
    CapacityFactory(appearance=position.appearance, organization__name_en="Robots Institute")

    page = words(client.get("/search/?q=robots"))

    assert "1 position" in page
    assert page.index("Tax the robots") < page.index("People 1 Robots Kim") < page.index("Organizations 1 Robots")


def test_filters_narrow_a_search_and_can_be_taken_away(client):
    speaker = AppearanceFactory(person__name_en="Han Jiwon", person__slug="han-jiwon")
    PositionFactory(appearance=speaker, summary_en="Tax the robots")
    PositionFactory(summary_en="Free the robots")

    response = client.get("/search/?q=robots&speaker=han-jiwon")

    assert "1 position" in words(response)
    assert "Tax the robots" in words(response) and "Free the robots" not in words(response)
    assert 'aria-label="Remove: Han Jiwon"' in response.text
    assert "?q=robots" in links(response)


def test_a_ticked_topic_stays_ticked(client):
    topic = TopicFactory(slug="robots")
    PropositionTopicFactory(topic=topic, proposition=PropositionFactory())

    assert 'name="topic" value="robots" id="id_topic_0" checked' in client.get("/positions/?topic=robots").text


@pytest.mark.parametrize("path", ["/search/", "/positions/"])
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("from=soon", "From: 'soon' is not a date. Write a year, a month or a day"),
        ("stance=angry", "Stance: 'angry' is none of: supports, opposes, conditional, neutral."),
        ("speaker=nobody", "speaker: 'nobody' is not in the record."),
        ("colour=red", "colour: There is no such parameter."),
        ("sort=best", "Order: 'best' is none of"),
        ("topic=x&kind=x", "Kind: 'x' is none of"),
    ],
)
def test_what_cant_be_read_is_said_in_the_page(client, path, query, said):
    response = client.get(f"{path}?{query}")

    assert response.status_code == 400
    assert "This can’t be searched for" in words(response)
    assert said in words(response)


def test_a_complaint_leads_to_the_field_and_what_was_written_is_still_there(client):
    page = client.get("/search/?q=robots&from=soon").text

    assert '<a href="#id_from">From</a>' in page
    assert 'name="from" value="soon"' in page
    assert 'value="robots"' in page


def test_what_is_written_into_the_form_is_not_markup(client):
    page = client.get("/search/", {"q": '"><script>alert(1)</script>', "from": '"><script>'}).text

    assert "<script>" not in page


def test_a_page_beyond_the_end_is_not_found(client):
    PositionFactory(summary_en="Tax the robots")

    response = client.get("/search/?q=robots&page=2")

    assert response.status_code == 404
    assert "There is no page 2: this list has 1 page." in words(response)


def test_an_index_that_cant_be_read_is_said_to_be_unavailable(client, monkeypatch):
    def unavailable(*_arguments, **_options):
        raise SearchUnavailable("The index is being made.")

    monkeypatch.setattr(search, "find", unavailable)

    response = client.get("/search/?q=robots")

    assert response.status_code == 503
    assert "The record itself can be browsed as usual" in words(response)


def test_a_complaint_can_be_left_out(client):
    response = client.get("/search/?q=robots&stance=angry&colour=red")

    assert "?q=robots&stance=angry" in links(response)
    assert "?q=robots" in links(response)


def test_nothing_found_offers_to_take_the_filters_away(client):
    response = client.get("/search/?q=nothing&stance=opposes")

    assert "Nothing was found" in words(response)
    assert "/search/?q=nothing" in links(response)


def test_positions_are_narrowed_without_a_search(client):
    PositionFactory(summary_en="Tax the robots", stance="supports")
    PositionFactory(summary_en="Free the robots", stance="opposes")

    page = words(client.get("/positions/?stance=opposes"))

    assert "1 position" in page
    assert "Free the robots" in page and "Tax the robots" not in page


def test_words_on_the_list_of_positions_lead_to_the_search(client):
    response = client.get("/ko/positions/?q=robots&stance=opposes")

    assert response.status_code == 302
    assert response["Location"] == "/ko/search/?q=robots&stance=opposes"


def test_undated_positions_that_days_leave_out_are_counted(client):
    PositionFactory(appearance__session__event=EventFactory(date="2025-02-12"))
    PositionFactory(appearance__session__event=EventFactory(date="XXXX-XX-12"))

    for path in ("/positions/", "/search/"):
        response = client.get(f"{path}?from=2025")
        assert "1 position" in words(response)
        assert "1 position more would fit, but its debate has no known date. Include it" in words(response)
        assert "?from=2025&undated=include" in links(response)
        taken_in = words(client.get(f"{path}?from=2025&undated=include"))
        assert "2 positions" in taken_in and "more would fit" not in taken_in


def test_oldest_first_puts_what_has_no_date_last(client):
    for title, date in (("Undated", "XXXX-XX-12"), ("Later", "2025-02-12"), ("Earlier", "2024")):
        PositionFactory(summary_en=title, appearance__session__event=EventFactory(date=date))

    page = words(client.get("/positions/?sort=oldest"))

    assert page.index("Earlier") < page.index("Later") < page.index("Undated")


def test_what_newsletters_hang_on_a_link_is_no_question(client):
    assert client.get("/positions/?utm_source=letter&fbclid=x").status_code == 200


@pytest.mark.parametrize("path", ["/positions/", "/search/"])
def test_a_name_with_a_nul_is_refused(client, path):
    assert client.get(f"{path}?speaker=%00").status_code == 400
