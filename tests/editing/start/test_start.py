from __future__ import annotations

import pytest
from django.urls import reverse

from debate.publishing import Status
from editing.start import tiles
from positions.models import Evidence, Position
from review import deciding
from review.changing import change
from search.models import UnansweredQuestion
from tests.factories import (
    AppearanceFactory,
    CodingRoundFactory,
    EventFactory,
    EventSourceFactory,
    EvidenceFactory,
    PositionFactory,
    SessionFactory,
    TopicFactory,
)
from tests.review.people import author_as, person_as

pytestmark = pytest.mark.django_db
QUERIES = 30
OWN = {"My drafts", "Sent back to me", "My changes that wait"}


def counts(response):
    return {tile.name: tile.count for group in groups_of(response) for tile in group.tiles}


def groups_of(response):
    return tiles.groups(tiles.Author(response.wsgi_request.user))


def start(client):
    return client.get(reverse("admin:index"))


def logged_in(client, by):
    by.user.is_staff = True
    by.user.save()
    client.force_login(by.user)
    return client


def test_a_contributor_sees_what_is_theirs(client):
    by = author_as("contributor")
    position = PositionFactory()
    change(position, {"stance": "opposes"}, by, reason="x")
    back = change(position, {"kind": "concern"}, by, reason="x").waiting
    deciding.send_back(back, author_as("reviewer"), "No.")
    draft = {"appearance": position.appearance_id, "wording": position.wording_id, "stance": "supports"}
    change(Position(), {**draft, "kind": "concern", "summary_en": "Own draft"}, by)
    change(PositionFactory(), {"kind": "concern"}, author_as("contributor"), reason="x")
    TopicFactory(status=Status.DRAFT, name_en="Somebody else's")
    shown = start(logged_in(client, by))
    assert counts(shown) == dict.fromkeys(OWN, 1)
    recent = shown.text.partition('id="recent-actions-module"')[2]
    assert "Own draft" in recent and "Somebody else" not in recent


def test_a_reviewer_sees_all_that_waits_and_each_leads_to_its_list(client):
    change(PositionFactory(), {"kind": "concern"}, author_as("contributor"), reason="x")
    TopicFactory(status=Status.IN_REVIEW)
    lost = EvidenceFactory(quote="x", state=Evidence.State.NOT_FOUND)
    EvidenceFactory(quote="x", state=Evidence.State.MOVED)
    bare = PositionFactory(status=Status.DRAFT)
    event = EventFactory(status=Status.DRAFT)
    AppearanceFactory(session=SessionFactory(event=event))
    EventSourceFactory(event=EventFactory(status=Status.DRAFT))
    UnansweredQuestion.objects.create(text="ferries", first_day="2026-01-01", last_day="2026-01-01")
    CodingRoundFactory()
    shown = start(logged_in(client, author_as("reviewer")))
    assert counts(shown) == {
        **dict.fromkeys(OWN, 0),
        "Changes of what is public": 1,
        "Records in review": 1,
        "Quotes not found": 1,
        "Quotes that moved": 1,
        "Positions without evidence": 1,
        "Coding rounds to be settled": 1,
        "Debates without a source": 1,
        "People without a capacity": 1,
        "Searches that found nothing": 1,
    }
    addresses = {tile.name: tile.address for group in groups_of(shown) for tile in group.tiles}
    listed = {name: client.get(addresses[name]).context for name in addresses if "Searches" not in name}
    assert [row.pk for row in listed["Positions without evidence"]["cl"].result_list] == [bare.pk]
    assert [row.pk for row in listed["Debates without a source"]["cl"].result_list] == [event.pk]
    assert [row.pk for row in listed["Quotes not found"]["cl"].result_list] == [lost.pk]
    assert len(listed["People without a capacity"]["cl"].result_list) == 1
    assert len(listed["Records in review"]["rows"]) == len(listed["Changes of what is public"]["rows"]) == 1


def test_what_is_changed_is_told_with_by_whom_and_why(client):
    event = EventFactory(title_en="The hearing")
    editor = author_as("reviewer")
    change(event, {"title_en": "The second hearing"}, editor, reason="Misprinted.")
    shown = start(logged_in(client, author_as("reviewer"))).text.partition('id="recent-actions-module"')[2]
    assert "The second hearing" in shown and editor.user.username in shown and "Misprinted." in shown
    gone = TopicFactory(status=Status.DRAFT)
    gone.delete()
    assert "no longer there" in start(client).text


def test_counting_stops_where_nobody_needs_to_know_more(client, monkeypatch):
    monkeypatch.setattr(tiles, "MOST_COUNTED", 2)
    TopicFactory.create_batch(3, status=Status.IN_REVIEW)
    shown = start(logged_in(client, author_as("reviewer")))
    assert "<b>2+</b> Records in review" in shown.text
    monkeypatch.setattr(tiles, "MOST_COUNTED", 1_000)
    assert tiles.Tile("x", 1_001, "").shown == "1,000+"


@pytest.mark.parametrize("role", ["contributor", "editor", "reviewer", "administrator"])
def test_the_ways_in_are_those_that_one_may_take(client, role):
    names = {str(way.name) for way in tiles.ways_in(person_as(role))}
    assert "My work" in names
    assert ("Review" in names) == (role == "reviewer")
    assert ("New debate from an article" in names) == (role != "administrator")


@pytest.mark.parametrize("rows", [1, 15])
def test_the_start_page_runs_the_same_queries_at_any_size(client, rows, django_assert_num_queries):
    by = author_as("reviewer")
    for _row in range(rows):
        position = EvidenceFactory(quote="x", state=Evidence.State.MOVED).position
        change(position, {"kind": "concern"}, author_as("contributor"), reason="x")
        change(PositionFactory(status=Status.DRAFT), {"kind": "concern"}, by, reason="x")
    logged_in(client, by)
    with django_assert_num_queries(QUERIES):
        start(client)
