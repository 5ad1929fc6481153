"""What a search says about itself: how many, how it was read, what else was found, in which order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pages.views import search
from tests.factories import (
    AppearanceFactory,
    CapacityFactory,
    EventFactory,
    PersonFactory,
    PositionFactory,
    TopicFactory,
)
from tests.pages.reading import links, words

pytestmark = [pytest.mark.django_db, pytest.mark.words]


@pytest.fixture
def answers(monkeypatch):
    """Changes what the core answers."""

    def change(**changes):
        found = search.find
        monkeypatch.setattr(search, "find", lambda *asked, **options: replace(found(*asked, **options), **changes))

    return change


@pytest.mark.parametrize(
    ("question", "narrower"),
    [
        ("robots tax", "%2Brobots+%2Btax"),
        ("the robots and the tax", "the+%2Brobots+and+the+%2Btax"),
        ('robots "the tax" -free', "%2Brobots+%2B%22the+tax%22+-free"),
    ],
)
def test_one_click_narrows_to_what_has_all_words(client, question, narrower):
    for summary in ("Let the tax on robots rise", "Lower the tax", "Repair robots", "Neither"):
        PositionFactory(summary_en=summary)

    response = client.get("/search/", {"q": question, "stance": "supports"})

    assert "3 positions 1 with all words" in words(response)
    assert f"?q={narrower}&stance=supports" in links(response)
    page = words(client.get(f"/search/?q={narrower}&stance=supports"))
    assert "1 position" in page and "Let the tax on robots rise" in page


def test_where_all_have_all_words_nothing_is_said_of_it(client):
    PositionFactory(summary_en="Tax the robots")

    assert "all words" not in words(client.get("/search/?q=tax+robots")).partition("1 position")[2]


def test_where_none_has_all_words_that_is_said(client):
    PositionFactory(summary_en="Tax the robots")
    PositionFactory(summary_en="Repair the roads")

    assert "2 positions none with all words" in words(client.get("/search/?q=robots+roads"))


def test_how_a_question_was_read_is_said_where_it_could_not_be_read_as_it_was_meant(client):
    PositionFactory(summary_en="Tax the robots")

    page = words(client.get("/search/", {"q": 'robots "tax colour:red'}))

    assert "It was read as: robots tax colour:red" in page
    assert 'The quotation mark " has no counterpart' in page and "There is no field “colour:”" in page
    assert "It was read as" not in words(client.get("/search/?q=robots"))


def test_a_question_of_nothing_but_signs_is_answered(client):
    page = words(client.get("/search/", {"q": '+ - ("'}))

    assert "Nothing in the question could be read as words." in page
    assert "Nothing was found" in page


def test_what_was_searched_instead_is_said_and_the_question_can_be_asked_exactly(client, answers):
    PositionFactory(summary_en="Tax the robots")
    answers(instead="robots")

    response = client.get("/search/?q=robotts+speaker:kim&stance=supports")

    assert "Nothing has “robotts speaker:kim”. Showing what was found for robots." in words(response)
    assert "?q=%22robotts%22+speaker%3Akim&stance=supports" in links(response)


def test_what_was_likely_meant_is_offered(client, answers):
    PositionFactory(summary_en="Tax the robots")
    answers(meant="tax robots")

    response = client.get("/search/?q=tax+robotts")

    assert "Did you mean tax robots?" in words(response)
    assert "?q=tax+robots" in links(response)


def test_an_answer_tells_of_which_version_of_the_record_it_is(client, answers):
    PositionFactory(summary_en="Tax the robots")
    answers(version=1234)
    assert "Of version 1,234 of the record." in words(client.get("/search/?q=robots"))

    answers(is_behind=True)
    behind = words(client.get("/search/?q=robots"))
    assert "A large change is being taken in; these results are of version 1,234 of the record." in behind
    assert "Of version" not in behind


def test_results_are_ordered_by_links_that_keep_the_rest(client):
    PositionFactory(summary_en="Tax the robots")

    ranked = client.get("/search/?q=robots&stance=supports")
    unranked = client.get("/search/?stance=supports")
    oldest = client.get("/search/?q=robots&sort=oldest")

    assert "<b>best match</b>" in ranked.text
    assert {"?q=robots&stance=supports&sort=newest", "?q=robots&stance=supports&sort=oldest"} <= set(links(ranked))
    assert "<b>newest</b>" in unranked.text and "best match" not in unranked.text
    assert "<b>oldest</b>" in oldest.text and "?q=robots" in links(oldest)


@pytest.mark.parametrize(("sort", "order"), [("newest", ["Later", "Earlier"]), ("oldest", ["Earlier", "Later"])])
def test_in_order_of_time_what_has_no_date_comes_last_under_a_heading_of_its_own(client, sort, order):
    for title, date in (("Undated", "XXXX-XX-12"), ("Later", "2025-02-12"), ("Earlier", "2024")):
        PositionFactory(summary_en=f"{title} robots", appearance__session__event=EventFactory(date=date))

    page = words(client.get(f"/search/?q=robots&sort={sort}"))

    places = [page.index(f"{title} robots") for title in order]
    assert places == sorted(places) and places[-1] < page.index("Of unknown date") < page.index("Undated robots")
    assert "Of unknown date" not in words(client.get("/search/?q=robots"))


def test_of_more_than_five_the_best_five_are_shown_beside_the_positions(client):
    for number in range(7):
        TopicFactory(name_en=f"Robots {number}")

    page = words(client.get("/search/?q=robots"))

    assert "Topics 7" in page and "The best 5 of 7 are shown." in page


def test_who_is_asked_for_by_name_stands_before_the_positions_and_the_rest_after(client):
    person = PersonFactory(name_en="Han Jiwon", name_ko="한지원")
    event = EventFactory(title_en="Evening with Han Jiwon")
    appearance = AppearanceFactory(person=person, session__event=event)
    PositionFactory(summary_en="Tax the robots", appearance=appearance)

    for question in ("han jiwon", "Jiwon Han", "한지원", "HAN Ji-won", "Han Chi Won"):
        page = words(client.get("/search/", {"q": question}))
        assert page.index("People 1 Han Jiwon") < page.index("Tax the robots") < page.rindex("Debates 1"), question


def test_where_no_name_is_asked_for_positions_come_first_with_a_way_to_the_rest(client):
    person = PersonFactory(name_en="Robots Kim")
    PositionFactory(summary_en="Tax the robots", appearance__person=person)

    response = client.get("/search/?q=robots")

    assert 'href="#also-found">People 1</a>' in response.text
    assert words(response).index("Tax the robots") < words(response).index("People 1 Robots Kim")


def test_other_names_and_initials_of_an_organization_are_its_names_too(client):
    capacity = CapacityFactory(organization__name_en="Ministry of Harbours and Ships")
    capacity.organization.names.create(text="Port Ministry", kind="former")
    PositionFactory(appearance=capacity.appearance, summary_en="Dredge the harbour")

    for question in ("port+ministry", "MOHS"):
        page = words(client.get(f"/search/?q={question}"))
        assert page.index("Organizations 1 Ministry of Harbours and Ships") < page.index("Dredge the harbour")


def test_filters_that_leave_nothing_are_offered_to_be_taken_away_one_by_one(client):
    PositionFactory(summary_en="Tax the robots", stance="supports", kind="concern")
    PositionFactory(summary_en="Free the robots", stance="opposes", kind="commitment")

    response = client.get("/search/?q=robots&stance=supports&kind=commitment&from=2025&to=2025")

    page = words(response)
    assert "Nothing was found" in page
    assert "Without “Stance”: 1 position" in page and "Without “Kind”: 1 position" in page
    assert "Without any filter: 2 positions" in page
    assert "At any time" not in page
    assert "?q=robots&kind=commitment&from=2025&to=2025" in links(response)


def test_words_that_must_be_there_are_offered_as_words_that_may(client):
    PositionFactory(summary_en="Tax the robots")

    response = client.get("/search/", {"q": "+robots +harbour"})

    assert "Any of the words: 1 position" in words(response)
    assert "?q=robots+harbour" in links(response)


def test_a_search_that_finds_only_people_says_so(client):
    AppearanceFactory(person__name_en="Han Jiwon")

    assert "No position was found, but something else was" in words(client.get("/search/?q=jiwon"))
