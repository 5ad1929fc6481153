"""The drawing of a two-mode network."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from pages.network.sides import WIDTH, Entry, Stance, sides

pytestmark = pytest.mark.once
ACTORS = [Entry(key, name) for key, name in ((1, "Ann"), (2, "Bob"), (3, "Cho"))]
PROPOSITIONS = [
    Entry(key, f"The state should do what number {key} of a long list of measures says") for key in (1, 2, 3)
]


def crossing(picture):
    """How many pairs of lines cross."""
    found = [re.findall(r"M\d+ (\d+)L\d+ (\d+)", lines.path) for lines in picture.lines]
    ends = [(int(one), int(other)) for each in found for one, other in each]
    return sum((a - c) * (b - d) < 0 for number, (a, b) in enumerate(ends) for c, d in ends[number + 1 :])


def test_sides_are_ordered_so_that_few_lines_cross():
    reversed_stances = [Stance(1, 3, "agrees", 1), Stance(2, 2, "agrees", 1), Stance(3, 1, "disagrees", 1)]

    picture = sides(ACTORS, PROPOSITIONS, reversed_stances)

    assert crossing(picture) == 0
    assert [one.key for one in picture.left] == [1, 2, 3] and [one.key for one in picture.right] == [3, 2, 1]


def test_a_line_of_its_kind_leads_from_dot_to_dot_the_thin_ones_first():
    picture = sides(ACTORS[:2], PROPOSITIONS[:1], [Stance(1, 1, "agrees", 1), Stance(2, 1, "disagrees", 0.2)])

    (ann, bob), (tax,) = picture.left, picture.right
    assert [(lines.kind, lines.step, lines.path) for lines in picture.lines] == [
        ("disagrees", 1, f"M{bob.x} {bob.y}L{tax.x} {tax.y}"),
        ("agrees", 5, f"M{ann.x} {ann.y}L{tax.x} {tax.y}"),
    ]


def test_words_stand_beside_the_dots_within_the_picture_and_do_not_overlap():
    picture = sides(ACTORS, PROPOSITIONS, [Stance(1, key, "even", 0) for key in (1, 2, 3)])

    for side in (picture.left, picture.right):
        ys = [line.y for one in side for line in one.words]
        assert all(later - earlier >= 18 for earlier, later in pairwise(ys))
        assert ys[0] > 0 and ys[-1] < picture.height
    assert all(one.text_x < one.x for one in picture.left)
    assert all(one.x < one.text_x < WIDTH for one in picture.right)
    assert all(len(one.words) == 2 for one in picture.right)


def test_there_may_be_nothing_to_draw():
    assert sides([], [], []).lines == ()
