from __future__ import annotations

import time

import pytest

from review.words import AROUND, Kind, marked

pytestmark = pytest.mark.once


def told(before, after):
    signs = {Kind.SAME: "{}", Kind.GONE: "[-{}-]", Kind.NEW: "[+{}+]", Kind.SKIPPED: "<{}>"}
    return "".join(signs[piece.kind].format(piece.text) for piece in marked(before, after))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("We should wait.", "We must wait.", "We [-should-][+must+] wait."),
        ("the old rule", "a new rule", "[-the old-][+a new+] rule"),
        ("먼저 규제를 정비해야 한다", "먼저 제도를 정비해야 한다", "먼저 [-규제를-][+제도를+] 정비해야 한다"),
        ("one", "one two", "one[+ two+]"),
        ("", "new", "[+new+]"),
        ("same", "same", "same"),
    ],
)
def test_what_changed_is_marked_word_by_word(before, after, expected):
    assert told(before, after) == expected


def test_what_lies_far_from_a_change_is_left_out():
    far = "word " * 500
    shown = told(f"{far}here {far}", f"{far}there {far}")
    assert "[-here-][+there+]" in shown
    assert shown.startswith("<…>") and shown.endswith("<…>")
    assert len(shown) < 3 * AROUND + 40


def test_of_a_text_too_long_for_its_words_the_lines_are_compared_and_the_words_within_them():
    lines = [f"Paragraph {number} says something of its own." for number in range(900)]
    changed = [line.replace("something", "much") if number % 300 == 150 else line for number, line in enumerate(lines)]
    shown = told("\n".join(lines), "\n".join(changed))
    assert shown.count("[-something-][+much+]") == 3


@pytest.mark.parametrize("unit", ["a b c ", "말이 되는 말 ", "line\n"])
def test_the_longest_texts_are_compared_in_a_moment(unit):
    before, after = unit * 30_000, "other " + (unit[::-1] + "x") * 30_000
    begun = time.process_time()
    pieces = marked(before, after)
    assert time.process_time() - begun < 2
    assert {piece.kind for piece in pieces} >= {Kind.GONE, Kind.NEW}
