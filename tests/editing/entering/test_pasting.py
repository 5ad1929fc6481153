from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from editing.entering.pasting import COLUMNS, MOST_ROWS, pasted

pytestmark = pytest.mark.once

CELL = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)


def test_rows_without_headings_are_in_the_order_of_the_columns():
    (first, second) = pasted("김서연\t한빛대학교\t교수\t\t발제\t발제자\r\n이도윤\t푸른데이터\t대표").rows
    assert first == {
        "name": "김서연", "organization": "한빛대학교", "role": "교수", "session": "발제", "role_there": "발제자",
    }  # fmt: skip
    assert second == {"name": "이도윤", "organization": "푸른데이터", "role": "대표"}


@pytest.mark.parametrize(
    "headings",
    [
        "소속\t성명\t역할",
        "Organisation\tSpeaker\tRole there",
        "소속 기관\t발언자\t토론회 역할",
        "ORGANIZATION\tname\trole there",
    ],
)
def test_headings_in_either_language_say_which_column_is_which(headings):
    found = pasted(f"{headings}\n국회\t박하준\t사회자")
    assert found.rows == ({"organization": "국회", "name": "박하준", "role_there": "사회자"},)
    assert found.left_out == ()


def test_columns_that_the_table_does_not_have_are_named_and_left_out():
    found = pasted("이름\t전화\t소속\n박하준\t02-123\t국회")
    assert found.rows == ({"name": "박하준", "organization": "국회"},)
    assert found.left_out == ("전화",)


def test_a_row_whose_words_look_like_one_heading_is_a_row():
    (row,) = pasted("Role\tHouse of Roles\tChair").rows
    assert row == {"name": "Role", "organization": "House of Roles", "role": "Chair"}


def test_rows_go_on_from_the_cell_they_are_pasted_into():
    found = pasted("발제\t발제자\n토론\t토론자", "session")
    assert found.rows == (
        {"session": "발제", "role_there": "발제자"},
        {"session": "토론", "role_there": "토론자"},
    )


def test_what_lies_beyond_the_last_column_is_told():
    found = pasted("의심\t비고\t또", "doubtful")
    assert found.rows == ({"doubtful": "on", "note": "비고"},)
    assert found.left_out == ("3",)


def test_a_cell_of_several_lines_is_one_cell():
    (row,) = pasted('김서연\t"한빛대학교\n법학전문대학원"\t교수').rows
    assert row == {"name": "김서연", "organization": "한빛대학교 법학전문대학원", "role": "교수"}


def test_a_quotation_mark_that_is_never_closed_swallows_nothing():
    first, second = pasted('"김서연\t국회\n이도윤\t푸른데이터').rows
    assert first == {"name": '"김서연', "organization": "국회"}
    assert second == {"name": "이도윤", "organization": "푸른데이터"}


@pytest.mark.parametrize(
    ("cell", "row"),
    [
        ("예", {"doubtful": "on"}),
        ("O", {"doubtful": "on"}),
        ("아니오", {}),
        ("X", {}),
        ("동명이인일 수 있음", {"doubtful": "on", "note": "동명이인일 수 있음"}),
    ],
)
def test_a_doubt_may_be_said_in_a_word_or_in_words(cell, row):
    assert pasted(f"이름\t불확실\n김서연\t{cell}").rows == ({"name": "김서연"} | row,)


def test_no_more_rows_are_taken_than_the_table_has_room_for():
    found = pasted("\n".join(f"사람 {number}\t국회" for number in range(MOST_ROWS + 7)))
    assert (len(found.rows), found.too_many) == (MOST_ROWS, 7)


@given(st.text(max_size=300), st.sampled_from(COLUMNS))
@example('"\t"\n"\t', "name")
def test_whatever_is_pasted_becomes_rows_of_known_columns(text, first):
    for row in pasted(text, first).rows:
        assert row.keys() <= set(COLUMNS)
        assert all(cell and cell == " ".join(cell.split()) for cell in row.values())


@given(st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=8))
def test_what_a_sheet_copies_is_read_as_it_was(rows):
    """As Excel writes it: cells with quotation marks, tabs or line ends are put in quotation marks."""
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\r\n").writerows([["이름", "소속", "직함"], *rows])
    tidy = [[" ".join(cell.replace("\t", " ").split()) for cell in row] for row in rows]
    if any("\t" in cell for row in rows for cell in row):
        return  # a tab within a cell is not told from one between cells
    expected = [
        {column: cell for column, cell in zip(("name", "organization", "role"), row, strict=True) if cell}
        for row in tidy
    ]
    assert list(pasted(out.getvalue()).rows) == [row for row in expected if row]
