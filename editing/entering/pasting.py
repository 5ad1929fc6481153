"""What was copied from a sheet, as rows of the table of who appeared. Pure.

Cells stand between tabs, as Excel, Google Sheets and tables of a word processor are copied. A first line of known
headings, English or Korean, says which column is which; without one they are in the order of `COLUMNS`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from speakers.fields import fold

COLUMNS = (
    "name", "organization", "role", "unit", "session", "role_there", "basis",
    "name_as_printed", "organization_as_printed", "locator", "doubtful", "note",
)  # fmt: skip
MOST_ROWS = 200  # with all of their cells fewer fields than a form may have
LONGEST = 100_000  # letters; a cell may have no more

_HEADINGS: Mapping[str, str] = {
    "name": "name, speaker, person, who, participant, 이름, 성명, 성함, 발언자, 참석자, 참가자, 토론자 이름",
    "organization": "organization, organisation, affiliation, institution, org, 기관·단체, 기관, 소속, 소속 기관, 단체",
    "role": "role, title, job title, position, 직함, 직위, 직책",
    "unit": "unit, department, division, 부서, 소속 부서, 학과",
    "session": "session, panel, 세션, 순서",
    "role_there": "role there, role in the session, role at the debate, 역할, 행사에서 맡은 역할, 토론회 역할, 구분",
    "basis": "basis, 근거 구분, 자격 구분, 근거",
    "name_as_printed": "name as printed, printed name, 표기된 이름, 이름 표기",
    "organization_as_printed": "organization as printed, organisation as printed, 표기된 기관명, 기관 표기",
    "locator": "place, place in the source, locator, paragraph, 출처 내 위치, 위치, 문단, 단락",
    "doubtful": "doubtful, doubt, uncertain, 불확실, 불확실함",
    "note": "note, remark, comment, 비고, 메모",
}
_COLUMN_OF = {
    fold(heading).replace(" ", ""): column for column, headings in _HEADINGS.items() for heading in headings.split(", ")
}
_YES = frozenset("yes y true 1 o ○ ? ✓ v 예 네 doubtful 불확실 불확실함".split())
_NO = frozenset(["", *"no n false 0 x × - 아니오 아니요".split()])


@dataclass(frozen=True, slots=True)
class Pasted:
    """Rows of cells by the name of their column; `left_out` are headings of columns that the table does not have."""

    rows: tuple[Mapping[str, str], ...] = ()
    left_out: tuple[str, ...] = ()
    too_many: int = 0  # rows beyond MOST_ROWS


def pasted(text: str, first: str = COLUMNS[0]) -> Pasted:
    """Without headings the first cell belongs to the column `first`; what goes beyond the last one is left out."""
    lines = [cells for cells in _lines(text[:LONGEST]) if any(cells)]
    if not lines:
        return Pasted()
    if headings := _headings(lines[0]):
        lines = lines[1:]
    else:
        headings = COLUMNS[COLUMNS.index(first) :]
    unknown = tuple(heading for heading in headings if heading not in COLUMNS and heading)
    beyond = max((len(cells) for cells in lines), default=0) - len(headings)
    rows = [_row(headings, cells) for cells in lines[:MOST_ROWS]]
    left_out = (*unknown, *(f"{len(headings) + number}" for number in range(1, beyond + 1)))
    return Pasted(tuple(filter(None, rows)), left_out, max(0, len(lines) - MOST_ROWS))


def _lines(text: str) -> list[list[str]]:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    lines = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t"))
    if any("\t" in cell for cells in lines for cell in cells):  # a quotation mark that no other one closes
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t", quoting=csv.QUOTE_NONE))
    return [[" ".join(cell.split()) for cell in cells] for cells in lines]


def _headings(cells: Sequence[str]) -> tuple[str, ...]:
    """The names of columns, where these are headings; one that is not known, or there twice, as it is written."""
    found: list[str] = []
    for cell in cells:
        column = _COLUMN_OF.get(fold(cell).replace(" ", ""), "")
        found.append(cell if column in found else column or cell)
    known = sum(column in COLUMNS for column in found)
    return tuple(found) if 2 * known >= len([cell for cell in cells if cell]) and known else ()


def _row(headings: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    row = {column: cell for column, cell in zip(headings, cells, strict=False) if column in COLUMNS and cell}
    return dict(_with_doubt(row))


def _with_doubt(row: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """A word that is neither yes nor no is a doubt in words."""
    for column, cell in row.items():
        if column != "doubtful":
            yield column, cell
        elif cell.lower() not in _NO:
            yield column, "on"
            if cell.lower() not in _YES and "note" not in row:
                yield "note", cell
