"""A file that somebody sent as a table, by what is in it and not by its name."""

from __future__ import annotations

from django.utils.translation import gettext as _

from exchange.tables import separated
from exchange.tables.table import MAX_BYTES, Table, Unreadable

_ZIP, _OLD_OFFICE, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"


def read(content: bytes, sheet: str = "") -> Table:
    """CSV or XLSX. Raises Unreadable for anything else, and for what is too large."""
    if len(content) > MAX_BYTES:
        raise Unreadable(too_large())
    if not content.strip():
        raise Unreadable(_("The file is empty."))
    if content.startswith(_OLD_OFFICE):
        raise Unreadable(_("This is an old workbook (XLS), or one that is locked with a password. Save it as XLSX."))
    if content.startswith(_PDF):
        raise Unreadable(_("This is a PDF. A table is read from CSV or XLSX."))
    if not content.startswith(_ZIP):
        return separated.read(content)
    from exchange.tables import workbook  # what it stands on is heavy, and seldom asked for

    return workbook.read(content, sheet)


def too_large() -> str:
    return _("The file is larger than %(most)d MB.") % {"most": MAX_BYTES // 1024**2}
