from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.topic_tree import Tree
from pages.views import topics
from tests.factories import PositionFactory, PropositionFactory, PropositionTopicFactory, TopicFactory
from tests.pages.reading import links, words


def test_a_tree_goes_down_before_it_goes_on():
    tree = Tree({1: None, 2: None, 11: 1, 12: 1, 111: 11})

    assert tree.down_from(tree.top, 10) == [(1, 0), (11, 1), (111, 2), (12, 1), (2, 0)]


def test_the_deepest_are_left_out_of_a_tree_that_is_too_large():
    tree = Tree({1: None, 2: None, 11: 1, 12: 1, 111: 11})

    assert tree.down_from(tree.top, 3) == [(1, 0), (11, 1), (2, 0)]


def test_whatever_has_no_parent_in_the_tree_is_at_its_top():
    tree = Tree({5: 99, 6: 5})

    assert tree.top == [5]
    assert tree.ancestors(6) == [5]
    assert tree.ancestors(5) == []


def test_a_circle_ends():
    tree = Tree({1: 2, 2: 1})

    assert tree.top == []
    assert tree.ancestors(1) == [1, 2]


@given(st.dictionaries(st.integers(0, 30), st.integers(0, 30), max_size=30), st.integers(0, 40))
def test_each_topic_of_a_tree_is_there_once_below_its_parent(above, most):
    parents = {key: parent if parent < key else None for key, parent in above.items()}
    tree = Tree(parents)
    found = tree.down_from(tree.top, most)

    keys = [key for key, _depth in found]
    assert len(keys) == len(set(keys)) == min(most, len(parents))
    assert all(depth == len(tree.ancestors(key)) for key, depth in found)


@pytest.mark.django_db
class TestPages:
    def test_the_tree_is_shown_to_any_depth_with_what_is_on_each_topic_itself(self, client):
        topic = None
        for depth in range(6):
            topic = TopicFactory(name_en=f"Depth {depth}", parent=topic)
        proposition = PropositionFactory()
        PropositionTopicFactory(proposition=proposition, topic=topic)
        PositionFactory.create_batch(2, on=proposition)
        PositionFactory(on=proposition, status="draft")

        response = client.get("/topics/")

        page = words(response)
        assert "Depth 0 0 propositions · 0 positions · 0 speakers Depth 1" in page
        assert "Depth 5 1 proposition · 2 positions · 2 speakers" in page
        assert response.text.count("<ul>", response.text.index("topic-tree")) >= 5
        assert response.text.count("<li>") == response.text.count("</li>")

    def test_topics_that_do_not_fit_are_counted_and_found_on_the_page_of_their_parent(self, client, monkeypatch):
        monkeypatch.setattr(topics, "BRANCHES", 2)
        parent = TopicFactory(name_en="Robots", slug="robots")
        TopicFactory.create_batch(3, parent=parent)

        response = client.get("/topics/")

        assert "2 parts more" in words(response)
        assert "/topics/robots/" in links(response)
        assert "Parts of this topic 3" in words(client.get("/topics/robots/"))

    def test_a_topic_shows_the_path_to_it_and_no_draft_above_or_below(self, client):
        top = TopicFactory(name_en="Economy", parent=TopicFactory(name_en="Secret above", status="draft"))
        middle = TopicFactory(name_en="Taxes", parent=top)
        topic = TopicFactory(name_en="Robot tax", parent=middle)
        TopicFactory(name_en="Secret below", parent=topic, status="draft")

        response = client.get(topic.get_absolute_url())

        page = words(response)
        assert "Topics Economy Taxes Robot tax" in page
        assert "Secret" not in page
        assert middle.get_absolute_url() in links(response)

    def test_a_topic_shows_its_stances_its_newest_positions_and_each_proposition_with_a_tally(self, client):
        topic, proposition = TopicFactory(), PropositionFactory(wording="Robots should be taxed")
        PropositionTopicFactory(proposition=proposition, topic=topic)
        PositionFactory(on=proposition, summary_en="Tax them")
        PositionFactory(on=proposition, stance="opposes", summary_en="Free them")
        PositionFactory(on=proposition, summary_en="Hidden words", status="draft")

        response = client.get(topic.get_absolute_url())

        page = words(response)
        assert "Robots should be taxed + supports 1 − opposes 1" in page
        assert "Newest positions Summaries are the editors’ paraphrase" in page
        assert "Tax them" in page and "Free them" in page and "Hidden words" not in page
        assert '<rect x="0" width="1" height="1" class="stance-supports"/>' in response.text
        assert '<rect x="1" width="1" height="1" class="stance-opposes"/>' in response.text

    @pytest.mark.parametrize("depth", [2, 9])
    def test_any_depth_costs_the_same_queries(self, client, django_assert_num_queries, depth):
        topic = None
        for _level in range(depth):
            topic = TopicFactory(parent=topic)
            PropositionTopicFactory(proposition=PositionFactory().proposition, topic=topic)

        with django_assert_num_queries(4):
            client.get("/topics/")
        with django_assert_num_queries(17):
            client.get(topic.get_absolute_url())
