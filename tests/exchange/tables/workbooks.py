"""Workbooks made for tests."""

from __future__ import annotations

import io
import zipfile

from openpyxl import Workbook


def workbook(*rows, change=lambda book: None):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_part(content, name, change):
    """The archive with one of its parts made another by `change`."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.namelist():
            text = before.read(part)
            after.writestr(part, change(text) if part == name else text)
        if name not in before.namelist():
            after.writestr(name, change(b""))
    return file.getvalue()
