"""Two people at the coding screen of a source on which a round is open."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from editing.rounds.opening import close_round, open_round
from positions.models import Coding, Position
from positions.rounds import codings_of
from tests.editing.coding.conftest import Coder
from tests.editing.coding.scenes import hearing, statement
from tests.editing.coding.test_page import data_of
from tests.factories import PropositionFactory
from tests.review.people import author_as


@pytest.fixture
def pair(scene):
    """Two coders, and the round that is open for them."""
    coders = [Coder(Client(), scene, "contributor") for _person in range(2)]
    return coders, open_round(scene.source, [coder.user for coder in coders], author_as("editor"))


def _reading(scene, coding_round, proposition, **values):
    sent = statement(scene, proposition=proposition.slug, round=coding_round.public_id, **values)
    return {name: value for name, value in sent.items() if name != "wording_en"}


@pytest.fixture
def ferry(db):
    return PropositionFactory(wording="The town should buy a second ferry")


def test_neither_sees_the_others_and_what_they_read_meets_when_the_round_is_closed(scene, pair, ferry):
    (first, second), coding_round = pair
    made = [
        coder.add(_reading(scene, coding_round, ferry, stance=stance)).json()["mark"]["id"]
        for coder, stance in ((first, "supports"), (second, "neutral"))
    ]
    for coder, own, other in ((first, made[0], made[1]), (second, made[1], made[0])):
        assert [mark["id"] for mark in data_of(coder.open())["marks"]] == [own]
        listed = coder.client.get(coder.address("-marks")).json()
        assert [mark["id"] for mark in listed["marks"]] == [own]
        sent = _reading(scene, coding_round, ferry, revision=1)
        assert coder.post("-edit", sent, other).status_code == 404
        assert coder.post("-remove", {"revision": 1, "round": coding_round.public_id}, other).status_code == 404
    assert not Position.objects.exists()

    close_round(coding_round, author_as("editor"), reason="Both have finished.")
    unit = coding_round.units.get()
    assert sorted(unit.codings.values_list("stance", flat=True)) == ["neutral", "supports"]
    assert set(unit.codings.values_list("quote", flat=True)) == {"the town should buy a second ferry"}


def test_a_reading_is_changed_and_taken_back_by_whoever_saw_its_last_state(scene, pair, ferry):
    (coder, _other), coding_round = pair
    own = coder.add(_reading(scene, coding_round, ferry)).json()["mark"]["id"]
    changed = _reading(scene, coding_round, ferry, stance="opposes", revision=1)
    assert coder.post("-edit", changed, own).status_code == 200
    assert coder.post("-edit", changed | {"stance": "neutral"}, own).status_code == 409
    reading = Coding.objects.get()
    assert (reading.stance, reading.coder) == ("opposes", coder.user)
    taken_back = {"revision": reading.revision, "round": coding_round.public_id}
    assert coder.post("-remove", taken_back, own).status_code == 200
    assert not codings_of(coder.user, coding_round).exists()


def test_a_page_from_before_the_round_saves_no_position_of_a_coder(scene, pair, ferry):
    (coder, _other), coding_round = pair
    sent = json.loads(json.dumps(_reading(scene, coding_round, ferry)))
    del sent["round"]
    assert coder.add(sent).status_code == 409
    assert not Position.objects.exists() and not Coding.objects.exists()


def test_only_who_spoke_in_a_debate_of_the_source_is_read(scene, pair, ferry):
    (coder, _other), coding_round = pair
    elsewhere = hearing(title_en="Another debate").appearances[0]
    answer = coder.add(_reading(scene, coding_round, ferry, appearance=elsewhere.public_id))
    assert answer.status_code == 422
    assert not Coding.objects.exists()
