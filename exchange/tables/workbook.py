"""XLSX: the values of one sheet, read so that no file can make the reading grow, reach out or run anything."""

from __future__ import annotations

import re
import warnings
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from django.utils.translation import gettext as _
from openpyxl import DEFUSEDXML, load_workbook
from openpyxl.utils import range_boundaries

from exchange.tables.table import MAX_COLUMNS, Growing, Table, Unreadable

assert DEFUSEDXML  # without defusedxml an entity in a file could reach out, or grow

MAX_UNPACKED = 60 * 1024 * 1024
_MAX_PARTS = 1_000
_PIECE = 1024 * 1024
_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"')
_NO_PART_OF_A_DATE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')  # what a number format only prints


def read(content: bytes, sheet: str = "") -> Table:
    """The sheet of that name, else the first in which anything stands. Raises Unreadable."""
    _refuse_what_is_no_plain_workbook(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what openpyxl passes over
            return _read(content, sheet)
    except Unreadable:
        raise
    except Exception as error:  # a damaged file makes openpyxl raise anything
        raise Unreadable(_("The workbook is damaged. Save it once more, as XLSX.")) from error


def _read(content: bytes, wanted: str) -> Table:
    book = load_workbook(BytesIO(content), read_only=True, keep_links=False)
    try:
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        names = [sheet.title for sheet in sheets]
        chosen = [sheet for sheet in sheets if sheet.title == wanted] or sheets
        for sheet in chosen:
            growing = _filled(sheet)
            if growing.header_row:
                _tell_of_merged(growing, _merged(content, sheet))
                return growing.whole(_("sheet %(name)s") % {"name": sheet.title}, sheet.title, names)
    finally:
        book.close()
    raise Unreadable(_("The file is empty."))


def _filled(sheet: Any) -> Growing:
    growing = Growing()
    sheet.reset_dimensions()  # what a file says of them need not be so
    for number, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS + 1), 1):
        growing.add(number, [as_text(cell) for cell in cells])
        for place, cell in enumerate(cells):
            if message := _refused(cell):
                growing.wrong(number, place, str(cell.value), message)
    return growing


def _refused(cell: Any) -> str:
    """A formula is refused and not taken for the value that was kept with it: that may be of long ago, or missing."""
    if cell.data_type == "f":
        return _("There is a formula in this cell. Copy it and paste its value instead.")
    return _("There is an error in this cell of the spreadsheet.") if cell.data_type == "e" else ""


def as_text(cell: Any) -> str:
    """As it would be written by hand: dates in EDTF, as exactly as the cell shows them; whole numbers whole."""
    match cell.value:
        case None:
            return ""
        case bool():
            return "true" if cell.value else "false"
        case datetime() | date():
            return _day(cell.value, cell.number_format)
        case time():
            return str(cell.value.isoformat("seconds"))
        case float() if cell.value.is_integer() and abs(cell.value) < 1e15:
            return str(int(cell.value))
    return str(cell.value).replace("\r\n", "\n").replace("_x000D_", "")


def _day(value: datetime | date, number_format: str) -> str:
    """A month that was typed into a spreadsheet is kept there as its first day, and shown as a month."""
    shown = _NO_PART_OF_A_DATE.sub("", number_format).lower()
    day = value.date() if isinstance(value, datetime) else value
    if isinstance(value, datetime) and value.time() != time():
        return value.isoformat(" ", "minutes")
    if "d" in shown or "y" not in shown:
        return day.isoformat()
    return f"{day:%Y-%m}" if "m" in shown else f"{day:%Y}"


def _tell_of_merged(growing: Growing, ranges: Iterable[str]) -> None:
    """Only the first of merged cells has a value: the others would be read as empty."""
    for merged in ranges:
        left, top, _right, bottom = (end or 1 for end in range_boundaries(merged))
        if bottom >= growing.header_row:
            message = _("The cells %(range)s are merged. Take them apart and fill each of them.")
            growing.wrong(max(top, growing.header_row), left - 1, merged, message % {"range": merged})


def _merged(content: bytes, sheet: Any) -> Sequence[str]:
    """Reading row by row, openpyxl passes over them."""
    with ZipFile(BytesIO(content)) as archive:
        written = archive.read(sheet._worksheet_path)  # noqa: SLF001  # known nowhere else
    return [found[1].decode() for found in _MERGED.finditer(written)]


def _refuse_what_is_no_plain_workbook(content: bytes) -> None:
    try:
        with ZipFile(BytesIO(content)) as archive:
            _refuse_other_parts(set(archive.namelist()))
            _refuse_what_grows(archive)
    except Unreadable:
        raise
    except Exception as error:  # what is no ZIP, or packed in a way of its own, raises anything
        raise Unreadable(_("The workbook is damaged or locked with a password. Save it once more, as XLSX.")) from error


def _refuse_other_parts(names: Collection[str]) -> None:
    if "xl/workbook.xml" not in names:
        raise Unreadable(_("This is no XLSX workbook. Save it from a spreadsheet as XLSX or CSV."))
    if "xl/vbaProject.bin" in names:
        raise Unreadable(_("There are macros in this workbook. Save it as XLSX, without them."))


def _refuse_what_grows(archive: ZipFile) -> None:
    """By what comes out, since what an archive says of its sizes need not be so."""
    if len(archive.infolist()) > _MAX_PARTS:
        raise Unreadable(_("This workbook has too many parts. Copy the table into a new one."))
    unpacked = 0
    for part in archive.infolist():
        tail = b""
        for piece in _pieces(archive, part):
            unpacked += len(piece)
            if unpacked > MAX_UNPACKED:
                message = _("Unpacked, this workbook is larger than %(most)d MB. Copy the table alone into a new one.")
                raise Unreadable(message % {"most": MAX_UNPACKED // 1024**2})
            if _DECLARES.search(tail + piece):
                raise Unreadable(_("This workbook declares what no spreadsheet does (DOCTYPE). It is not read."))
            tail = piece[-16:]


def _pieces(archive: ZipFile, part: Any) -> Iterator[bytes]:
    with archive.open(part) as opened:
        while piece := opened.read(_PIECE):
            yield piece
