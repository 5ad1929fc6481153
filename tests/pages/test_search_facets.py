"""What was found, by each value it can be narrowed to: counts, and links that add a value or take it away."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    AffiliationFactory,
    AppearanceFactory,
    CapacityFactory,
    EventFactory,
    PersonFactory,
    PositionFactory,
    PropositionFactory,
    PropositionTopicFactory,
    TopicFactory,
)
from tests.pages.reading import links, words

pytestmark = [pytest.mark.django_db, pytest.mark.words]


@pytest.fixture
def robots():
    """Two for, one against; one of them of 2024, one undated."""
    for stance, date in (("supports", "2025-02-12"), ("supports", "2024-05"), ("opposes", "XXXX-XX-12")):
        PositionFactory(summary_en="Tax the robots", stance=stance, appearance__session__event=EventFactory(date=date))


def facet(response, label):
    """The words of one facet."""
    found = re.search(rf"<h2>{label}</h2>\s*<ul>(.*?)</ul>", response.text, re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[1])).strip() if found else ""


def test_each_value_has_its_count_and_adds_itself(client, robots):
    response = client.get("/search/?q=robots&page=1")

    assert facet(response, "Stance") == "+ supports 2 − opposes 1"
    assert facet(response, "Kind") == "recommendation 3"
    assert facet(response, "Year") == "2025 1 2024 1 not given 1"
    assert {"?q=robots&stance=supports", "?q=robots&from=2024&to=2024"} <= set(links(response))


def test_a_chosen_value_is_marked_and_takes_itself_away_while_the_others_can_still_be_chosen(client, robots):
    response = client.get("/search/?q=robots&stance=supports&sort=oldest")

    assert facet(response, "Stance") == "+ supports 2 × − opposes 1"
    assert '<a href="?q=robots&amp;sort=oldest" rel="nofollow" aria-current="true">' in response.text
    assert "?q=robots&stance=supports&stance=opposes&sort=oldest" in links(response)


def test_a_year_is_chosen_by_its_days_and_taken_away_with_them(client, robots):
    response = client.get("/search/?q=robots&from=2024&to=2024")

    assert "1 position" in words(response)
    assert facet(response, "Year") == "2025 1 2024 1 × not given 1"
    assert {"?q=robots", "?q=robots&from=2025&to=2025", "?q=robots&from=2024&to=2024&undated=include"} <= set(
        links(response)
    )


def test_what_has_no_date_can_be_taken_in_beside_days_but_not_asked_for_alone(client, robots):
    alone = client.get("/search/?q=robots")
    beside = client.get("/search/?q=robots&from=2024&to=2024&undated=include")

    assert "undated=include" not in " ".join(links(alone))
    assert "2 positions" in words(beside)
    assert facet(beside, "Year") == "2025 1 2024 1 × not given 1 ×"
    assert "?q=robots&from=2024&to=2024" in links(beside)


def test_everything_in_force_is_named_and_can_be_taken_away(client, robots):
    speaker = PersonFactory(name_en="Han Jiwon", slug="han-jiwon")
    PositionFactory(appearance__person=speaker)

    response = client.get("/search/?q=robots&speaker=han-jiwon&stance=supports&from=2024&undated=include")

    for chosen in ("Han Jiwon", "supports", "from 2024", "also of unknown date"):
        assert f'aria-label="Remove: {chosen}"' in response.text
    assert "?q=robots&stance=supports&from=2024&undated=include" in links(response)


def test_other_words_are_searched_within_the_same_filters(client, robots):
    page = client.get("/search/?q=robots&stance=supports&from=2024&page=1").text
    search_box = page[page.index('class="search-box') : page.index("</form>")]

    assert re.findall(r'type="hidden" name="(\w+)" value="(\w+)"', search_box) == [
        ("stance", "supports"),
        ("from", "2024"),
    ]


def test_the_form_for_days_keeps_everything_else(client, robots):
    page = client.get("/search/?q=robots&stance=supports&from=2024&sort=oldest").text
    days = page[page.index('class="filters"') :]

    assert re.findall(r'type="hidden" name="(\w+)" value="(\w+)"', days) == [
        ("q", "robots"),
        ("stance", "supports"),
        ("sort", "oldest"),
    ]


def test_of_many_topics_ten_are_shown_and_all_can_be_ticked(client):
    for number in range(12):
        topic = TopicFactory(name_en=f"Topic {number}", slug=f"topic-{number}")
        proposition = PropositionFactory()
        PropositionTopicFactory(topic=topic, proposition=proposition)
        PositionFactory.create_batch(1 + (number == 11), on=proposition)

    response = client.get("/search/?stance=supports&topic=topic-3")
    boxes = re.findall(r'type="checkbox" name="topic" value="(topic-\d+)"[^>]*?( checked)?>', response.text)

    assert len(re.findall(r"Topic \d+", facet(response, "Topic"))) == 10
    assert "Topic 11 2" in facet(response, "Topic")
    assert "Others are found by writing topic:name beside your words." in words(response)
    assert len(boxes) == 12 and [slug for slug, checked in boxes if checked] == ["topic-3"]
    assert 'type="hidden" name="topic"' not in response.text[response.text.index('class="filters"') :]


def test_people_of_one_name_are_told_apart_by_what_they_are(client):
    for name in ("Harbour Authority", "Seoul Observatory"):
        spoken_as = CapacityFactory(appearance__person=PersonFactory(name_en="Kim Minjun"), organization__name_en=name)
        PositionFactory(appearance=spoken_as.appearance, summary_en="Dredge the harbour")
        held = {"person": spoken_as.appearance.person, "organization": spoken_as.organization}
        AffiliationFactory(**held, role_en="Intern", period="2001/2004")
        AffiliationFactory(**held, role_en="Director", period="2020/..")

    response = client.get("/search/?q=kim+minjun")

    assert facet(response, "Speaker") == "Kim Minjun Harbour Authority 1 Kim Minjun Seoul Observatory 1"
    beside = words(response)[words(response).index("People 2") :]
    assert "Director Harbour Authority" in beside and "Director Seoul Observatory" in beside


def test_machines_are_asked_not_to_follow_every_combination(client, robots):
    page = client.get("/search/?q=robots").text

    assert '<meta name="robots" content="noindex">' in page
    for link in re.findall(r"<a [^>]*stance=supports[^>]*>", page):
        assert 'rel="nofollow"' in link


def test_a_search_costs_the_same_whatever_it_finds(client):
    def grow(times):
        for _time in range(times):
            person = PersonFactory(name_en="Robots Kim")
            appearance = AppearanceFactory(person=person)
            AffiliationFactory(person=person, organization__name_en="Robots Institute")
            CapacityFactory(appearance=appearance, organization__name_en="Robots Institute")
            proposition = PropositionFactory(wording="Robots should pay")
            PropositionTopicFactory(proposition=proposition, topic=TopicFactory(name_en="Robots"))
            PositionFactory(appearance=appearance, on=proposition, summary_en="Tax the robots")

    def queries(path):
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    grow(2)
    paths = ["/search/?q=robots", "/search/?q=robots+kim&stance=supports", "/search/?q=robots&from=2020&sort=oldest"]
    few = {path: queries(path) for path in paths}
    grow(8)

    assert {path: queries(path) for path in paths} == few
    assert max(few.values()) < 35
