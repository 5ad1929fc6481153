from __future__ import annotations

import pytest

from tests.factories import PositionFactory, PropositionTopicFactory, TopicFactory
from tests.pages.reading import words

pytestmark = pytest.mark.django_db


def test_home_shows_topics_with_their_figures_and_the_newest_positions(client):
    topic = TopicFactory(name_en="Robots")
    TopicFactory(name_en="Below robots", parent=topic)
    position = PositionFactory(summary_en="Tax them")
    PropositionTopicFactory(proposition=position.proposition, topic=topic)
    PositionFactory(summary_en="Secret words", status="draft")

    page = words(client.get("/"))

    assert "Robots 1 position · 1 speaker" in page
    assert "All topics 2" in page and "Below robots" not in page
    assert "Newest positions Summaries are the editors’ paraphrase, not the speakers’ words. + supports" in page
    assert "Tax them" in page and "Secret words" not in page


def test_thousands_are_set_apart(client, monkeypatch):
    monkeypatch.setattr("django.db.models.query.QuerySet.count", lambda _self: 1_234_567)

    assert "Debates 1,234,567 Speakers 1,234,567" in words(client.get("/"))
