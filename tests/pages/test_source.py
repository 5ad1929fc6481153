from __future__ import annotations

import pytest

from pages import paging
from pages.views import sources
from tests.factories import EventFactory, EvidenceFactory, PositionFactory, SourceFactory
from tests.pages.reading import links, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def source():
    return SourceFactory(public_id="minutes1", paragraph_count=3)


def read_at(source, locator, summary, date="2025", **more):
    position = PositionFactory(summary_en=summary, appearance__session__event=EventFactory(date=date), **more)
    return EvidenceFactory(source=source, locator=locator, position=position)


def test_positions_are_in_the_order_of_the_source_unless_asked_for_in_time(client, source):
    read_at(source, "¶ 10", "Said late", date="2026")
    read_at(source, "¶ 2", "Said early", date="2024")

    placed, timed = words(client.get("/sources/minutes1/")), words(client.get("/sources/minutes1/?by=time"))

    assert placed.index("Said early") < placed.index("Said late")
    assert timed.index("Said late") < timed.index("Said early")
    assert "¶ 2 + supports recommendation Said early" in placed


def test_a_way_that_there_is_not_says_which_there_are(client, source):
    read_at(source, "¶ 1", "Said")

    response = client.get("/sources/minutes1/?by=topic")

    assert response.status_code == 400
    assert "“by=topic” is not understood. There are: place, time." in words(response)


def test_paragraphs_lead_to_what_was_read_in_them(client, source, monkeypatch):
    monkeypatch.setattr(paging, "PAGE_SIZE", 25)
    for number in range(26):
        read_at(source, "¶ 1", f"First {number}")
    read_at(source, "¶ 3", "Third")
    read_at(source, "¶ 2", "Secret", status="draft")

    response = client.get("/sources/minutes1/")

    assert "¶ 1 26 positions ¶ 2 nothing ¶ 3 1 position" in words(response)
    assert "/sources/minutes1/?by=place&page=2" in ["/sources/minutes1/" + link for link in links(response)]
    second = client.get("/sources/minutes1/?by=place&page=2")
    assert 'id="place-26"' in second.text
    assert "?by=place&amp;page=2#place-26" in response.text
    assert "Coded from this source 27" in words(second)
    assert "Secret" not in words(second)


def test_a_position_read_at_two_places_stands_at_each_and_counts_once(client, source):
    evidence = read_at(source, "¶ 1", "Said twice")
    EvidenceFactory(source=source, locator="¶ 3", position=evidence.position)

    page = words(client.get("/sources/minutes1/"))

    assert "Coded from this source 1" in page
    assert page.count("Said twice") == 2


def test_the_text_of_a_source_is_shown_only_where_it_is_public(client, source):
    read_at(source, "¶ 1", "Said")
    source.text = "First paragraph.\n\nSecond paragraph.\n\nThird <paragraph>."
    source.save()
    assert "Second paragraph." not in client.get("/sources/minutes1/").text

    source.text_public = True
    source.save()

    response = client.get("/sources/minutes1/")
    assert "Its text ¶ 1 First paragraph. ¶ 2 Second paragraph. ¶ 3 Third <paragraph>." in words(response)
    assert 'id="text-2"' in response.text and "Third &lt;paragraph&gt;." in response.text


def test_paragraphs_are_numbered_only_where_their_number_is_that_of_the_source(client, source):
    read_at(source, "¶ 1", "Said")
    source.text, source.text_public = "First paragraph.\n\nSecond paragraph.", True
    source.save()

    assert "Its text First paragraph. Second paragraph." in words(client.get("/sources/minutes1/"))


def test_of_a_long_text_the_beginning_is_shown(client, source, monkeypatch):
    monkeypatch.setattr(sources, "CHARACTERS", 5)
    read_at(source, "¶ 1", "Said")
    source.text, source.text_public = "Words and more", True
    source.save()

    page = words(client.get("/sources/minutes1/"))
    assert "Its text Words The beginning of the text is shown." in page


def test_of_very_much_evidence_the_first_is_in_order_and_the_page_says_so(client, source, monkeypatch):
    monkeypatch.setattr(sources, "PLACED", 1)
    read_at(source, "¶ 2", "Recorded first")
    read_at(source, "¶ 1", "Recorded second")

    placed, timed = words(client.get("/sources/minutes1/")), words(client.get("/sources/minutes1/?by=time"))

    assert "Recorded first" in placed and "Recorded second" not in placed
    assert "Only the evidence recorded first is put in the order of the source" in placed
    assert "Recorded second" in timed


TIMED = "[00:12:30–00:13:05] Lee: One law.\n\n[00:13:06] Park: Two."
VIDEO = "https://www.youtube.com/watch?v=abc"


def test_a_time_leads_into_the_video(client):
    source = SourceFactory(public_id="video123", url=VIDEO, text=TIMED, text_public=True, paragraph_count=2)
    evidence = read_at(source, "00:12:30–00:13:05", "Wants one law")

    page, position = client.get("/sources/video123/"), client.get(evidence.position.get_absolute_url())

    assert links(page).count(f"{VIDEO}&t=750s") == 2  # above what was read there, and in the text
    assert links(page).count(f"{VIDEO}&t=786s") == 1
    assert f"{VIDEO}&t=750s" in links(position)
    assert "Play from 00:12:30–00:13:05" in words(position)
    assert "¶ 1 Play from 00:12:30–00:13:05 Lee: One law." in words(page)


def test_a_time_of_what_cant_be_played_is_no_link(client):
    source = SourceFactory(public_id="video123", url="https://example.org/video/1")
    evidence = read_at(source, "00:12:30", "Wants one law")

    response = client.get(evidence.position.get_absolute_url())

    assert '<span class="locator">00:12:30</span>' in response.text
    assert "Play from" not in words(response)
