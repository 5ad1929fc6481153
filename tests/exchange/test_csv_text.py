from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from exchange.csv_text import Cell, guarded, joined, unguarded, written


def _read(pieces: Iterator[bytes]) -> list[list[str]]:
    return list(csv.reader(StringIO(b"".join(pieces).decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+82 2 123",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1+1",
        "＋1",
        "－1",
        "＠SUM(A1)",
        "  =1",
        "'=1",
    ],
)
def test_a_text_that_begins_like_a_formula_gets_an_apostrophe(text):
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "a=1", "'90s policy", "the -1", " indented", "입장", "''"])
def test_any_other_text_stays_as_it_is(text):
    assert guarded(text) == text


@given(st.text(alphabet="=+-@'＝ \t\r\na가") | st.text())
@example("''=1")
@example("' '=1")
def test_guarding_can_be_undone_whatever_the_text(text):
    assert unguarded(guarded(text)) == text


def test_the_file_is_read_by_excel_and_by_the_rules_of_csv():
    content = b"".join(written(("name", "text"), [("이름", 'says "no",\r\nthen yes')]))

    assert content == '\ufeffname,text\r\n이름,"says ""no"",\r\nthen yes"\r\n'.encode()


def test_numbers_stay_numbers_and_gaps_stay_empty():
    moment = datetime(2025, 2, 12, 1, 2, 3, 4, tzinfo=UTC)
    row: tuple[Cell, ...] = (
        -1,
        -0.5,
        None,
        True,
        False,
        date(2025, 2, 12),
        moment,
        "-1",
    )

    assert _read(written("abcdefgh", [row]))[1] == [
        "-1",
        "-0.5",
        "",
        "true",
        "false",
        "2025-02-12",
        "2025-02-12T01:02:03Z",
        "'-1",
    ]


def test_the_header_is_there_before_any_row_is_asked_for():
    def rows() -> Iterator[tuple[str]]:
        raise AssertionError("asked for a row")
        yield ("",)

    assert next(written(("name",), rows())) == b"\xef\xbb\xbfname\r\n"


def test_it_is_written_in_pieces_that_are_together_the_whole_file():
    rows = [(str(number), "x" * 1_000) for number in range(500)]

    pieces = list(written(("number", "text"), rows))

    assert max(map(len, pieces)) < 40_000
    assert _read(iter(pieces)) == [["number", "text"], *map(list, rows)]


def test_an_error_among_the_rows_is_not_taken_for_their_end():
    def rows() -> Iterator[tuple[str]]:
        yield ("one",)
        raise ConnectionError

    pieces = written(("name",), rows())

    with pytest.raises(ConnectionError):
        list(pieces)


@given(st.lists(st.text()))
def test_a_cell_of_several_values_has_as_many_parts(values):
    assert len(joined(values).split(" | ")) == max(1, len(values))
