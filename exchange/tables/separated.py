"""CSV from anywhere: its encoding and separator are found, and broken quotes are told with their line. Pure."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from io import StringIO

from django.utils.translation import gettext as _

from exchange.csv_text import unguarded
from exchange.tables.table import Growing, Table, Unreadable

_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_NAMES = {"utf-8": "UTF-8", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "cp949": "CP949"}
_SEPARATORS = ",;\t"
_SAID = re.compile(r'"?sep=(?P<separator>[,;\t|])"?\n')  # as Excel writes and reads it in a first line
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_UNPRINTABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_TAG = re.compile(r"\s*<(?:!doctype|html|\?xml|table|head|body)\b", re.IGNORECASE)


def read(content: bytes) -> Table:
    """Raises Unreadable."""
    text, encoding = decoded(content)
    if _TAG.match(text):
        raise Unreadable(_("This is a web page and no table. Save it from a spreadsheet as CSV or XLSX."))
    if said := _SAID.match(text):
        separator, text, skipped = said["separator"], text[said.end() :], 1
    else:
        separator, skipped = _separator(text), 0
    growing = Growing()
    for number, cells in enumerate(_records(text, separator, skipped), 1):
        growing.add(number, [unguarded(cell) for cell in cells])
    named = {",": _("comma"), ";": _("semicolon"), "\t": _("tab"), "|": "|"}[separator]
    how = _("%(encoding)s, separated by: %(separator)s")
    return growing.whole(how % {"encoding": _NAMES[encoding], "separator": named})


def decoded(content: bytes) -> tuple[str, str]:
    """The text, its lines ended by ``\\n``, and its encoding."""
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return _checked(_in(encoding, content[len(mark) :]), encoding)
    if encoding := _utf_16_without_mark(content):
        return _checked(_in(encoding, content), encoding)
    try:
        return _checked(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
    try:
        return _checked(content.decode("cp949"), "cp949")
    except UnicodeDecodeError:
        message = _("The file is neither in UTF-8 (see line %(line)d) nor in UTF-16 or CP949. Save it as “CSV UTF-8”.")
        raise Unreadable(message % {"line": line}) from None


def _in(encoding: str, content: bytes) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        message = _("The file begins like %(encoding)s but is broken. Save it once more, as “CSV UTF-8”.")
        raise Unreadable(message % {"encoding": _NAMES[encoding]}) from None


def _utf_16_without_mark(content: bytes) -> str:
    """A text without a mark in which every second byte of the beginning is zero, as in that of Latin letters."""
    start = content[:200]
    if len(start) < 4 or len(content) % 2:
        return ""
    for encoding, zeros, others in (("utf-16-le", start[1::2], start[::2]), ("utf-16-be", start[::2], start[1::2])):
        if zeros.count(0) * 2 > len(zeros) and not others.count(0):
            return encoding
    return ""


def _checked(text: str, encoding: str) -> tuple[str, str]:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if stray := _UNPRINTABLE.search(text):
        message = _("There is something in line %(line)d that is no text. Is this a CSV file?")
        raise Unreadable(message % {"line": text.count("\n", 0, stray.start()) + 1})
    return text, encoding


def _separator(text: str) -> str:
    """The one that parts the header into most columns."""
    header = _QUOTED.sub("", next((line for line in text.split("\n") if line.strip(f" {_SEPARATORS}")), ""))
    return max(_SEPARATORS, key=header.count)


def _records(text: str, separator: str, skipped: int) -> Iterator[list[str]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    begins = 1
    try:
        for cells in reader:
            yield cells
            begins = reader.line_num + 1
    except csv.Error:
        first, last = begins + skipped, reader.line_num + skipped
        if last - first > 1 or reader.line_num >= text.count("\n"):
            message = _('The quotation mark opened in line %(line)d is never closed. Write one within a text as "".')
        else:
            message = _('The quotation marks in line %(line)d are broken. Write one within a text in quotes as "".')
        raise Unreadable(message % {"line": first}) from None
