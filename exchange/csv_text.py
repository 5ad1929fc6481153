"""CSV as RFC 4180 has it, in UTF-8 with the mark by which Excel knows it, and safe to open in a spreadsheet.

A spreadsheet runs a text that begins like a formula. Such a text gets an apostrophe before it: one whose first
character, apostrophes and spaces not counted, is one of ``= + - @``, their full-width forms, a tab or a line break.
Taking the first apostrophe off a cell that reads so gives the text back, whatever it was; see `unguarded`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from io import StringIO

type Cell = str | int | float | date | None

BYTE_ORDER_MARK = "\ufeff"
CHARSET = "utf-8"
GUARD = "'"
MEDIA_TYPE = "text/csv; charset=utf-8; header=present"
SEPARATOR = " | "  # between the values of a cell that has several

_SIGNS = "=+-@"
_STARTS = _SIGNS + "".join(chr(ord(sign) + 0xFEE0) for sign in _SIGNS) + "\t\r\n"
_LIKE_A_FORMULA = re.compile(f"[' ]*[{re.escape(_STARTS)}]")
_GUARDED = re.compile(f"'[' ]*[{re.escape(_STARTS)}]")
_SUSPICIOUS = frozenset(f"{_STARTS}' ")  # most texts need no more than a look at their first character
_PIECE = 32_768


def guarded(text: str) -> str:
    return GUARD + text if _LIKE_A_FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    return cell[1:] if _GUARDED.match(cell) else cell


def joined(values: Iterable[str | None]) -> str:
    """Several values in one cell, where an empty one keeps its place. A bar within one of them becomes a slash."""
    return SEPARATOR.join([value.replace("|", "/") if value else "" for value in values])


def written(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """The file in pieces of bounded size, the first of which is the header alone, given before any row is asked for."""
    buffer = StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(columns)
    yield (BYTE_ORDER_MARK + buffer.getvalue()).encode(CHARSET)
    _empty(buffer)
    for row in rows:
        writer.writerow([_cell(value) for value in row])
        if buffer.tell() >= _PIECE:
            yield buffer.getvalue().encode(CHARSET)
            _empty(buffer)
    if buffer.tell():
        yield buffer.getvalue().encode(CHARSET)


def _empty(buffer: StringIO) -> None:
    buffer.seek(0)
    buffer.truncate()


def _cell(value: Cell) -> object:
    """Numbers stay numbers, also below zero; truth and times are written in the one way that R and pandas both read."""
    if isinstance(value, str):
        return guarded(value) if value and value[0] in _SUSPICIOUS else value
    return plain(value)


def plain(value: object) -> object:
    """Of what is no text, also where it is one of several in a cell."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return value.isoformat() if isinstance(value, date) else value
