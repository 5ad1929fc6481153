from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debate.locators import LocatorError, leading_time_code, parse, time_code


@pytest.mark.parametrize(
    ("text", "unit", "spans", "written"),
    [
        ("¶ 12", "paragraph", ((12, 12),), "¶ 12"),
        ("¶12", "paragraph", ((12, 12),), "¶ 12"),
        ("para. 12", "paragraph", ((12, 12),), "¶ 12"),
        ("¶ 1, 4", "paragraph", ((1, 1), (4, 4)), "¶ 1, 4"),
        ("¶ 2-3", "paragraph", ((2, 3),), "¶ 2–3"),
        ("p. 7", "page", ((7, 7),), "p. 7"),
        ("pp. 7–9", "page", ((7, 9),), "p. 7–9"),
        ("12:30", "second", ((750, 750),), "00:12:30"),
        ("1:00:05–1:02:00", "second", ((3605, 3720),), "01:00:05–01:02:00"),
    ],
)
def test_a_place_in_a_source_is_read_and_written_in_one_form(text, unit, spans, written):
    locator = parse(text)
    assert (locator.unit, locator.spans, str(locator)) == (unit, spans, written)
    assert parse(written) == locator


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "names no place"),
        ("twelve", "names no place"),
        ("12", "names no place"),
        ("¶ 4–2", "ends before it begins"),
        ("00:10:00–00:09:59", "ends before it begins"),
        ("¶ 0", "counted from 1"),
        ("1:2:3:4", "names no place"),
        ("00:61:00", "names no place"),
    ],
)
def test_what_is_no_place_is_refused_with_a_reason(text, reason):
    with pytest.raises(LocatorError, match=reason):
        parse(text)


@given(st.text(max_size=30) | st.text(alphabet="¶p. 0123456789-–,:", max_size=30))
def test_whatever_is_read_can_be_written_and_read_again(text):
    try:
        locator = parse(text)
    except LocatorError:
        return
    assert parse(str(locator)) == locator


@pytest.mark.parametrize(
    ("paragraph", "written", "rest"),
    [
        ("[00:12:30] Lee: no", "00:12:30", "Lee: no"),
        ("[00:12:30–00:13:05] no", "00:12:30–00:13:05", "no"),
        ("[12:30-13:05]no", "00:12:30–00:13:05", "no"),
        ("[ 1:02:03 ]\nno", "01:02:03", "no"),
    ],
)
def test_a_time_in_brackets_may_begin_a_paragraph(paragraph, written, rest):
    found = leading_time_code(paragraph)
    assert str(found.locator) == written
    assert paragraph[found.length :] == rest
    assert leading_time_code(time_code(found.locator)).locator == found.locator


@pytest.mark.parametrize(
    "paragraph", ["", "no", "12:30 no", "no [12:30]", "[12]", "[13:05–12:30] no", "[99:99] no", "[1:2:3:4]"]
)
def test_other_beginnings_are_no_time(paragraph):
    assert leading_time_code(paragraph) is None
