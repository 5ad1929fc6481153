"""A table as it was read from a file: texts in rows that are numbered as a spreadsheet numbers them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 5_000
MAX_COLUMNS = 100
MAX_CELL = 20_000  # characters
MAX_TEXT = 20_000_000  # characters in all
_LAST_ROW = 100_000  # beyond which not even empty rows are read
_LONGEST_TOLD = 80


class Unreadable(ValueError):
    """The file is no table that can be read; the message says what would be."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a cell, and what would be right. Row 0 is the whole file, an empty column the whole row."""

    row: int
    column: str
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class Row:
    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`read_as` says how it was understood: the encoding and separator of a text, or the sheet of a workbook."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    read_as: str
    problems: tuple[Problem, ...] = ()
    sheet: str = ""
    sheets: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "header": self.header,
            "rows": [(row.number, row.cells) for row in self.rows],
            "read_as": self.read_as,
            "problems": [(one.row, one.column, one.value, one.message) for one in self.problems],
            "sheet": self.sheet,
            "sheets": self.sheets,
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        return cls(
            header=tuple(stored["header"]),
            rows=tuple(Row(number, tuple(cells)) for number, cells in stored["rows"]),
            read_as=stored["read_as"],
            problems=tuple(Problem(*one) for one in stored["problems"]),
            sheet=stored["sheet"],
            sheets=tuple(stored["sheets"]),
        )


class Growing:
    """A table in the making, which refuses what is too much as soon as it is."""

    def __init__(self) -> None:
        self.header: tuple[str, ...] = ()
        self.header_row = 0
        self.rows: list[Row] = []
        self.problems: list[Problem] = []
        self._text = 0

    def add(self, number: int, cells: Sequence[str]) -> None:
        """The first row in which anything stands is the header; empty ones are passed over."""
        if number > _LAST_ROW:
            raise Unreadable(_("The table goes on beyond row %(row)d.") % {"row": _LAST_ROW} + " " + too_many_rows())
        filled = tuple(cell.strip() for cell in cells)
        while filled and not filled[-1]:
            filled = filled[:-1]
        if not filled:
            return
        self._refuse_what_is_too_much(number, filled)
        if not self.header_row:
            self.header, self.header_row = filled, number
            return
        if len(self.rows) == MAX_ROWS:
            raise Unreadable(too_many_rows())
        width = len(self.header)
        for place in range(width, len(filled)):
            if filled[place]:
                self.wrong(number, place, filled[place], _("There is no header above this cell. Is a separator wrong?"))
        self.rows.append(Row(number, (filled + ("",) * width)[:width]))

    def wrong(self, row: int, place: int, value: str, message: str) -> None:
        self.problems.append(Problem(row, self.called(place), shortened(value), message))

    def called(self, place: int) -> str:
        """A column by its header and, where that is empty, its letter alone."""
        name = self.header[place] if place < len(self.header) else ""
        return f"{name} ({letter(place)})" if name else letter(place)

    def whole(self, read_as: str, sheet: str = "", sheets: Sequence[str] = ()) -> Table:
        if not self.header:
            raise Unreadable(_("The file is empty."))
        if not self.rows:
            raise Unreadable(_("There is only a header in the file, and no row under it."))
        return Table(self.header, tuple(self.rows), read_as, tuple(self.problems), sheet, tuple(sheets))

    def _refuse_what_is_too_much(self, number: int, cells: Sequence[str]) -> None:
        where = {"row": number}
        if len(cells) > MAX_COLUMNS:
            raise Unreadable(_("Row %(row)d has more than %(most)d columns.") % {**where, "most": MAX_COLUMNS})
        self._text += sum(map(len, cells))
        if self._text > MAX_TEXT or any(len(cell) > MAX_CELL for cell in cells):
            raise Unreadable(
                _("Row %(row)d has more text than is read: at most %(most)d characters in a cell.")
                % {**where, "most": MAX_CELL}
            )


def letter(place: int) -> str:
    """The column's letters in a spreadsheet, from 0: A, B, ..., Z, AA."""
    name = ""
    while place >= 0:
        name = chr(ord("A") + place % 26) + name
        place = place // 26 - 1
    return name


def shortened(value: str) -> str:
    return value if len(value) <= _LONGEST_TOLD else f"{value[:_LONGEST_TOLD]}…"


def too_many_rows() -> str:
    return ngettext(
        "At most %(most)d row is read at once. Split the file, or load a debate as a dossier, with load_dossier.",
        "At most %(most)d rows are read at once. Split the file, or load a debate as a dossier, with load_dossier.",
        MAX_ROWS,
    ) % {"most": MAX_ROWS}
