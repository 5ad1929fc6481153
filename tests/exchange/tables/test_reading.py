from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.tables import table, workbook
from exchange.tables.reading import read
from exchange.tables.table import MAX_BYTES, MAX_CELL, MAX_COLUMNS, MAX_ROWS, Table, Unreadable, letter
from tests.exchange.tables.workbooks import with_part
from tests.exchange.tables.workbooks import workbook as made

pytestmark = pytest.mark.once
KOREAN = "이름,소속\n한지우,항만공사\n"


def rows(read_table):
    return [(row.number, *row.cells) for row in read_table.rows]


def refused(content):
    with pytest.raises(Unreadable) as told:
        read(content)
    return str(told.value)


# --- texts ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "how"),
    [
        (KOREAN.encode(), "UTF-8"),
        (KOREAN.encode("utf-8-sig"), "UTF-8"),
        (KOREAN.encode("utf-16"), "UTF-16"),
        (("\ufeff" + KOREAN).encode("utf-16-be"), "UTF-16"),
        (KOREAN.encode("cp949"), "CP949"),
    ],
)
def test_the_encoding_of_a_text_is_found_and_told(content, how):
    found = read(content)
    assert (found.header, rows(found)) == (("이름", "소속"), [(2, "한지우", "항만공사")])
    assert found.read_as == f"{how}, separated by: comma"


def test_utf_16_of_latin_letters_is_known_without_a_mark():
    assert read("name,unit\nHan,Port\n".encode("utf-16-le")).header == ("name", "unit")
    assert read("name,unit\nHan,Port\n".encode("utf-16-be")).header == ("name", "unit")


@pytest.mark.parametrize(("separator", "name"), [(",", "comma"), (";", "semicolon"), ("\t", "tab")])
def test_the_separator_is_the_one_that_parts_the_header(separator, name):
    found = read(f'a{separator}"b,;,;,;"{separator}c\r\n1{separator}2{separator}3\r\n'.encode())
    assert (found.header, rows(found)) == (("a", "b,;,;,;", "c"), [(2, "1", "2", "3")])
    assert found.read_as.endswith(name)


def test_the_line_in_which_excel_says_the_separator_is_no_row():
    found = read(b"sep=|\na|b\n1|2\n")
    assert (found.header, rows(found)) == (("a", "b"), [(2, "1", "2")])


def test_rows_are_numbered_as_a_spreadsheet_does_whatever_lies_within_a_cell():
    assert rows(read(b'a,b\n"1\nand more",2\n\n3,4\n')) == [(2, "1\nand more", "2"), (4, "3", "4")]


def test_what_guards_a_cell_of_our_downloads_is_taken_off():
    assert rows(read(b"a,b\n'=SUM(1),'tis\n")) == [(2, "=SUM(1)", "'tis")]


def test_broken_quotes_are_told_with_their_line():
    assert "opened in line 3 is never closed" in refused(b'a,b\n1,2\n3,"4\n5,6\n7,8\n9,10\n')
    assert "The quotation marks in line 2 are broken" in refused(b'a,b\n1,"x"y\n2,3\n4,5\n')


def test_a_cell_without_a_header_is_told_and_the_others_are_read():
    found = read(b"a,b\n1,2,3\n4,5\n")
    assert rows(found) == [(2, "1", "2"), (3, "4", "5")]
    (problem,) = found.problems
    assert (problem.row, problem.column, problem.value) == (2, "C", "3")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"a,b\n", "only a header"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "XLS"),
        (b"<!DOCTYPE html><table>", "web page"),
        (b"a,b\n\x00\x01\x02,\n", "no text"),
        (b"a,b\n\xff\xfe\xff,c\n", "neither in UTF-8 (see line 2)"),
        (b"\xff\xfea", "broken"),
        (b"PK\x03\x04 and no archive", "damaged"),
    ],
)
def test_what_is_no_table_is_refused_by_what_is_in_it(content, why):
    assert why in refused(content)


def test_too_much_is_refused():
    assert "10 MB" in refused(b"a" * (MAX_BYTES + 1))
    assert "At most 5000 rows" in refused(b"a\n" + b"1\n" * (MAX_ROWS + 1))
    assert "more than 100 columns" in refused(b"a," * MAX_COLUMNS + b"a\n1\n")
    assert "20000 characters in a cell" in refused(b"a\n" + b"x" * (MAX_CELL + 1))
    assert len(read(b"a\n" + b"1\n" * MAX_ROWS).rows) == MAX_ROWS


@given(st.binary(max_size=400))
def test_no_bytes_make_it_fail_otherwise_than_in_words(content):
    try:
        found = read(content)
    except Unreadable:
        return
    assert all(len(row.cells) == len(found.header) for row in found.rows)


@given(
    st.lists(st.lists(st.text("ab,;\t\"'\n 가=", max_size=6), min_size=2, max_size=4), min_size=1, max_size=6),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp949"]),
)
def test_what_python_writes_as_csv_is_read_back(cells, encoding):
    import csv

    width = max(map(len, cells))
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow([f"column {number}" for number in range(width)])
    writer.writerows([[f"x{cell}x" for cell in row] + ["x"] * (width - len(row)) for row in cells])
    found = read(file.getvalue().encode(encoding))
    assert [list(row.cells)[: len(row_in)] for row, row_in in zip(found.rows, cells, strict=True)] == [
        [f"x{cell}x" for cell in row] for row in cells
    ]


# --- workbooks --------------------------------------------------------------------------------------


def test_values_of_a_workbook_are_as_they_would_be_written_by_hand():
    def as_months(book):
        book.active["B2"].number_format = "mmm-yy"
        book.active["C2"].number_format = 'yyyy"년 d"'

    day = datetime(2025, 2, 12)  # noqa: DTZ001  # as spreadsheets have them
    found = read(
        made(
            ["year", "month", "only year", "day", "moment", "time", "half", "is", "text"],
            [
                2025.0,
                date(2025, 2, 1),
                date(2025, 1, 1),
                day,
                day + timedelta(hours=9, minutes=30),
                time(9, 30),
                1.5,
                True,
                "¶ 1",
            ],
            change=as_months,
        )
    )
    cells = ("2025", "2025-02", "2025", "2025-02-12", "2025-02-12 09:30", "09:30:00", "1.5", "true", "¶ 1")
    assert found.rows[0].cells == cells
    assert found.problems == ()


def test_a_formula_is_refused_at_its_cell():
    found = read(made(["a", "b"], ["=1+1", "x"], ["y", "=A1"]))
    assert [(one.row, one.column, one.value) for one in found.problems] == [(2, "a (A)", "=1+1"), (3, "b (B)", "=A1")]
    assert "paste its value" in found.problems[0].message


def test_an_error_of_the_spreadsheet_is_refused_at_its_cell():
    (problem,) = read(made(["a"], ["#N/A"], ["1"])).problems
    assert (problem.row, problem.value) == (2, "#N/A")


def test_merged_cells_are_told_where_rows_would_lose_their_values():
    found = read(made(["a", "b"], ["x", 1], [None, 2], change=lambda book: book.active.merge_cells("A2:A3")))
    assert [(one.row, one.value) for one in found.problems] == [(2, "A2:A3")]


def test_of_several_sheets_the_one_asked_for_is_read_and_hidden_ones_are_not_offered():
    def more(book):
        book.create_sheet("Second").append(["c"])
        book["Second"].append(["from the second"])
        book.create_sheet("Hidden").sheet_state = "hidden"

    content = made(["a"], ["from the first"], change=more)
    assert (read(content).sheet, read(content).sheets) == ("Sheet", ("Sheet", "Second"))
    assert read(content, "Second").rows[0].cells == ("from the second",)


def test_a_sheet_in_which_nothing_stands_is_passed_over():
    def second(book):
        book.create_sheet("Second").append(["c"])
        book["Second"].append(["x"])

    assert read(made(change=second)).sheet == "Second"


def test_a_bomb_is_refused_before_it_is_parsed(monkeypatch):
    monkeypatch.setattr(workbook, "MAX_UNPACKED", 1_000_000)
    bomb = with_part(made(["a"], ["b"]), "xl/worksheets/sheet1.xml", lambda text: text + b" " * 2_000_000)
    assert len(bomb) < 20_000
    assert "larger than" in refused(bomb)


def test_an_archive_that_lies_about_its_sizes_is_refused_all_the_same(monkeypatch):
    monkeypatch.setattr(workbook, "MAX_UNPACKED", 1_000_000)
    bomb = with_part(made(["a"], ["b"]), "xl/media/image.bin", lambda _text: b"\0" * 2_000_000)
    lying = bomb.replace((2_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lying != bomb
    assert refused(lying)


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"])
def test_entities_are_never_expanded(part, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    declared = f'<!DOCTYPE x [<!ENTITY a SYSTEM "file://{secret}">]>'.encode()

    def with_entity(text):
        start, end = text.split(b"?>", 1) if text.startswith(b"<?xml") else (b'<?xml version="1.0"', text)
        return start + b"?>" + declared + end.replace(b"<t>b", b"<t>&a;")

    assert "DOCTYPE" in refused(with_part(made(["a"], ["b"]), part, with_entity))


def test_entities_are_refused_by_the_parser_too(monkeypatch):
    monkeypatch.setattr(workbook, "_refuse_what_grows", lambda archive: None)
    declared = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'

    def grown(text):
        start, end = text.split(b"?>", 1) if text.startswith(b"<?xml") else (b'<?xml version="1.0"', text)
        return start + b"?>" + declared + end.replace(b"<t>b<", b"<t>&b;<")

    content = with_part(made(["a"], ["b"]), "xl/worksheets/sheet1.xml", grown)
    assert b"&b;" in zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")
    assert "damaged" in refused(content)


def test_macros_are_refused():
    assert "macros" in refused(with_part(made(["a"], ["b"]), "xl/vbaProject.bin", lambda _text: b"x"))


def test_another_archive_is_no_workbook():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert "no XLSX workbook" in refused(file.getvalue())


def test_a_row_far_down_ends_the_reading():
    content = with_part(
        made(["a"], ["b"]), "xl/worksheets/sheet1.xml", lambda text: text.replace(b'<row r="2"', b'<row r="1048576000"')
    )
    assert "beyond row" in refused(content)


@given(st.integers(0, 4_000), st.binary(min_size=1, max_size=20))
def test_a_damaged_workbook_is_refused_in_words_or_read(at, patch):
    content = _WORKBOOK[:at] + patch + _WORKBOOK[at + len(patch) :]
    try:
        found = read(content)
    except Unreadable:
        return
    assert isinstance(found, Table)


_WORKBOOK = made(["a", "b"], ["한지우", 2025.0], ["x", date(2025, 1, 2)])


def test_a_table_is_kept_and_read_again_as_json():
    found = read(made(["a", "b"], ["=1", "x"]))
    assert Table.from_json({**found.as_json()}) == found


def test_columns_are_called_as_in_a_spreadsheet():
    assert [letter(place) for place in (0, 25, 26, 51, 701, 702)] == ["A", "Z", "AA", "AZ", "ZZ", "AAA"]


def test_what_is_told_of_the_rows_is_what_is_read():
    assert str(MAX_ROWS) in table.too_many_rows()
