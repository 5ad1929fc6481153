"""What was pasted or sent, as the plain text that a source keeps."""

from __future__ import annotations

import re
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from debate.subtitles import Kind, NoSubtitles, text_of
from debate.texts import LONGEST, Cleaned, Lines, Unreadable, cleaned, cleaned_html, decoded

MAX_BYTES = 4 * 1024 * 1024
ACCEPTED = (".txt", ".html", ".htm", ".srt", ".vtt")
_CUE = re.compile(r"(?:\d+\s*\n)?(?:\d+:)?\d\d:\d\d[,.]\d{3}\s+-->\s")


def of_file(file: UploadedFile, lines: Lines) -> Cleaned:
    """Raises ValidationError, whose message says what would be taken."""
    ending = PurePath(file.name or "").suffix.lower()
    if ending not in ACCEPTED:
        message = _("Files ending in %(endings)s can be read, not %(ending)s.")
        named = ending or _("one without an ending")
        raise ValidationError(message % {"endings": ", ".join(ACCEPTED), "ending": named}, code="ending")
    try:
        text = decoded(file.read())
    except Unreadable:
        message = _("It can't be read as text. Save it in UTF-8; Korean in CP949 (EUC-KR) and UTF-16 are read, too.")
        raise ValidationError(message, code="unreadable") from None
    if ending in (".html", ".htm"):
        return _not_too_long(cleaned_html(text))
    if ending in (".srt", ".vtt"):
        return _not_too_long(_subtitles(text, "vtt" if ending == ".vtt" else "srt"))
    return of_text(text, lines)


def of_text(text: str, lines: Lines) -> Cleaned:
    """Subtitles are known by their beginning. Raises ValidationError."""
    start = text.lstrip("\ufeff \n\r\t")
    if start.startswith("WEBVTT"):
        return _not_too_long(_subtitles(start, "vtt"))
    if _CUE.match(start.replace("\r\n", "\n")):
        return _not_too_long(_subtitles(start, "srt"))
    return _not_too_long(cleaned(text, lines))


def _subtitles(source: str, kind: Kind) -> Cleaned:
    try:
        return cleaned(text_of(source.replace("\r\n", "\n"), kind))
    except NoSubtitles:
        message = _("There are no subtitles in it: no lines with the times they begin and end at.")
        raise ValidationError(message, code="no_subtitles") from None


def _not_too_long(found: Cleaned) -> Cleaned:
    if len(found.text) > LONGEST:
        message = _("The text has %(length)d characters. At most %(most)d are kept: divide it over several sources.")
        raise ValidationError(message % {"length": len(found.text), "most": LONGEST}, code="too_long")
    return found
