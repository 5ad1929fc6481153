from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.anchoring import Anchor, NotInText, anchor

pytestmark = pytest.mark.once

TEXT = "Nothing is settled yet.\n\nThe ministry wants a single law. Others want none.\n\n정부는 기다린다."


def _at(words):
    start = TEXT.index(words)
    return anchor(TEXT, start, start + len(words))


def test_a_mark_keeps_its_words_those_around_them_and_its_paragraph():
    assert _at("wants a single law") == Anchor(
        quote="wants a single law",
        prefix="Nothing is settled yet.\n\nThe ministry "[-40:],
        suffix=". Others want none.\n\n정부는 기다린다.",
        start=38,
        end=56,
        locator="¶ 2",
    )
    assert _at("기다린다").locator == "¶ 3"


def test_a_mark_over_several_paragraphs_names_the_first_and_the_last():
    assert _at("none.\n\n정부는").locator == "¶ 2–3"


def test_spaces_that_were_selected_along_are_left_out():
    assert _at(" a single law. ").quote == "a single law."


@pytest.mark.parametrize("place", [(5, 5), (6, 5), (-1, 3), (0, 10_000), (23, 25)])
def test_a_place_without_words_is_refused(place):
    with pytest.raises(NotInText):
        anchor(TEXT, *place)


@given(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))
def test_what_is_kept_around_a_mark_is_what_stands_there(start, end):
    try:
        found = anchor(TEXT, start, end)
    except NotInText:
        return
    assert (found.prefix + found.quote + found.suffix) in TEXT
    assert TEXT[found.start : found.end] == found.quote


TIMED = "[00:12:30–00:13:05] Lee: One law is enough.\n\n[00:13:06] Park: Two are better.\n\nApplause."


def _in_timed(words):
    start = TIMED.index(words)
    return anchor(TIMED, start, start + len(words))


@pytest.mark.parametrize(
    ("words", "locator"),
    [
        ("One law", "00:12:30–00:13:05"),
        ("Two are", "00:13:06"),
        ("enough.\n\n[00:13:06] Park: Two", "00:12:30–00:13:06"),
        ("better.\n\nApplause", "¶ 2–3"),
        ("Applause", "¶ 3"),
    ],
)
def test_words_with_a_time_before_them_are_placed_by_it(words, locator):
    assert _in_timed(words).locator == locator


def test_the_time_itself_is_no_part_of_the_words():
    assert _in_timed("[00:12:30–00:13:05] Lee: One law").quote == "Lee: One law"
    assert _in_timed("05] Lee").quote == "Lee"
    with pytest.raises(NotInText):
        _in_timed("00:13:06")
