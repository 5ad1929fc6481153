"""Files to begin with: the columns of a kind, and one row that shows how they are filled."""

from __future__ import annotations

from io import BytesIO

from exchange import csv_text
from exchange.tables.kinds import TableKind

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_csv(kind: TableKind) -> bytes:
    return b"".join(csv_text.written([column.key for column in kind.columns], [_row(kind)]))


def as_xlsx(kind: TableKind) -> bytes:
    """All cells are texts, since a spreadsheet would make dates of its own of partial ones."""
    from openpyxl import Workbook  # heavy, and seldom asked for
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = kind.key
    sheet.append([column.key for column in kind.columns])
    sheet.append([csv_text.guarded(cell) for cell in _row(kind)])
    sheet.freeze_panes = "A2"
    for number, column in enumerate(kind.columns, 1):
        sheet.cell(1, number).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(number)].width = max(14, len(column.example) + 2)
        sheet.column_dimensions[get_column_letter(number)].number_format = "@"
        sheet.cell(2, number).number_format = "@"
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _row(kind: TableKind) -> list[str]:
    return [column.example for column in kind.columns]
