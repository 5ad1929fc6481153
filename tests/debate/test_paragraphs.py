from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debate.paragraphs import holding, paragraphs

pytestmark = pytest.mark.once


def test_blank_lines_part_paragraphs_and_single_line_breaks_do_not():
    text = "\n\nThe first,\nin two lines. \n \n\nThe second.\n"
    assert [paragraph.of(text) for paragraph in paragraphs(text)] == ["The first,\nin two lines.", "The second."]
    assert [paragraph.number for paragraph in paragraphs(text)] == [1, 2]


def test_places_are_counted_in_characters_and_not_in_code_units():
    text = "𝒳 one\n\n둘째 문단"
    assert [(one.start, one.end) for one in paragraphs(text)] == [(0, 5), (7, 12)]


def test_a_place_between_two_paragraphs_is_of_the_first():
    several = paragraphs("one\n\ntwo")
    assert [holding(several, place) for place in (0, 4, 5)] == [several[0], several[0], several[1]]
    assert holding(paragraphs("\n\none"), 1) is None


@given(st.text(alphabet="ab \n\t가𝒳", max_size=60))
def test_all_words_are_in_one_paragraph_and_none_is_empty(text):
    several = paragraphs(text)
    assert "".join("".join(one.of(text).split()) for one in several) == "".join(text.split())
    assert all(one.of(text).strip() == one.of(text) != "" for one in several)
    assert not any("\n\n" in "".join(one.of(text).split(" ")) for one in several if "\t" not in one.of(text))
