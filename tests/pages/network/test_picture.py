"""The drawing of networks: nothing overlaps, everything is inside, and the same network is always drawn the same."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages.network.picture import STEPS, TALL, WIDE, Edge, Node, pictures, step_of

pytestmark = pytest.mark.once
NAMES = ["Kim", "Kang Hoon-sik", "Korea Internet & Security Agency", "과학기술정보통신부", "A" * 60, "Ministry " * 9]


@st.composite
def networks(draw):
    count = draw(st.integers(1, 40))
    nodes = [Node(key, draw(st.sampled_from(NAMES)), draw(st.integers(1, 90))) for key in range(count)]
    keys = st.integers(0, count - 1)
    pairs = draw(st.sets(st.tuples(keys, keys).filter(lambda pair: pair[0] < pair[1]), max_size=60))
    edges = [
        Edge(one, other, draw(st.sampled_from(["agrees", "disagrees"])), draw(st.floats(0, 1)), draw(st.booleans()))
        for one, other in sorted(pairs)
    ]
    return nodes, edges


@given(networks())
@settings(max_examples=25)
def test_names_do_not_overlap_and_nothing_leaves_the_picture(network):
    nodes, edges = network
    for picture in pictures(nodes, edges):
        assert [dot.key for dot in picture.dots] == [node.key for node in nodes]
        for dot in picture.dots:
            assert dot.left >= -1 and dot.left + dot.width <= picture.frame.width + 1
            assert dot.top >= 0 and dot.top + dot.height <= picture.height
            assert dot.top <= dot.y - dot.radius and dot.words[-1].y <= dot.top + dot.height
        for one, other in combinations(picture.dots, 2):
            apart_across = one.left + one.width <= other.left or other.left + other.width <= one.left
            apart_along = one.top + one.height <= other.top or other.top + other.height <= one.top
            assert apart_across or apart_along


@given(networks())
@settings(max_examples=10)
def test_the_same_network_is_drawn_the_same(network):
    assert pictures(*network) == pictures(*network)


def test_there_is_a_picture_for_wide_screens_and_one_for_phones():
    assert [picture.frame for picture in pictures([Node(1, "Kim", 1)], [])] == [WIDE, TALL]
    assert pictures([], []) == []


def test_lines_of_one_kind_and_thickness_are_one_path_between_the_middles_of_dots():
    nodes = [Node(key, name, 1) for key, name in enumerate(["Kim", "Lee", "Han"])]
    edges = [Edge(0, 1, "agrees", 1), Edge(0, 2, "agrees", 1), Edge(1, 2, "disagrees", 0.1)]

    [wide, _tall] = pictures(nodes, edges)

    assert [(lines.kind, lines.step) for lines in wide.lines] == [("disagrees", 1), ("agrees", STEPS)]
    kim, lee, han = ((dot.x, dot.y) for dot in wide.dots)
    found = [tuple(map(int, pair)) for pair in re.findall(r"[ML](\d+) (\d+)", wide.lines[1].path)]
    assert found == [kim, lee, kim, han]


def test_those_who_agree_lie_nearer_to_each_other_than_to_the_others():
    nodes = [Node(key, str(key), 1) for key in range(8)]
    camps = [range(4), range(4, 8)]
    edges = [Edge(one, other, "agrees", 1) for camp in camps for one, other in combinations(camp, 2)]
    edges += [Edge(0, 5, "disagrees", 1, pulls=False)]

    [wide, _tall] = pictures(nodes, edges)
    x = {dot.key: dot.x for dot in wide.dots}

    left, right = sorted(camps, key=lambda camp: min(x[key] for key in camp))
    assert max(x[key] for key in left) < min(x[key] for key in right)


def test_long_names_are_written_in_three_lines_at_most_and_end_in_dots():
    [wide, _tall] = pictures([Node(1, "Ministry of " * 12, 1), Node(2, "W" * 40, 1)], [])

    assert len(wide.dots[0].words) == 3
    assert wide.dots[0].words[-1].text.endswith("…")
    assert len(wide.dots[1].words) == 1 and wide.dots[1].words[0].text.endswith("…")


def test_a_long_korean_word_is_broken_where_a_line_ends():
    [_wide, tall] = pictures([Node(1, "국가과학기술자문회의", 1)], [])

    assert [words.text for words in tall.dots[0].words] == ["국가과학기", "술자문회의"]


@pytest.mark.parametrize(("strength", "step"), [(0, 1), (0.05, 1), (0.5, 2), (0.7, 4), (1, STEPS)])
def test_thickness_grows_with_strength(strength, step):
    assert step_of(strength) == step


def test_starting_the_site_loads_neither_networkx_nor_numpy():
    code = (
        "import django, sys; django.setup(); import config.urls, pages.views.agreement;"
        " sys.exit(bool({'networkx', 'numpy'} & sys.modules.keys()))"
    )
    environment = {"DJANGO_SETTINGS_MODULE": "config.settings", "PATH": ""}
    assert subprocess.run([sys.executable, "-c", code], env=environment, check=False).returncode == 0
