"""What stands in a cell, read as what its column holds. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from functools import cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Choices
from django.utils.translation import gettext as _
from django.utils.translation import override

from debate import locators
from exchange.csv_text import SEPARATOR
from speakers import partial_dates
from speakers.bilingual import LANGUAGES
from speakers.fields import fold
from speakers.models import WEB_ADDRESS, NameKind

type Read = Callable[[str], Any]

_AS_NUMBER = re.compile(r"([0-9]{4})\.0+")  # a year, as some programs write numbers
_DAYS = "2025, 2025-02, 2025-02-12, XXXX-XX-12"
_PERIODS = "2019, 2019-03/2024-05, 2024-05/.."
_PLACES = "¶ 12, ¶ 2–3, p. 7, 00:12:30"
_SCHEME = re.compile(r"[A-Za-z0-9_-]{1,40}")
_MANY_CHOICES = 8


class Wrong(ValueError):
    """It can't be read so; the message says what would be right."""


def text(most: int) -> Read:
    def read(cell: str) -> str:
        if len(cell) > most:
            told = {"length": len(cell), "most": most}
            raise Wrong(_("The text has %(length)d characters. At most %(most)d fit.") % told)
        return unicodedata.normalize("NFC", cell)

    return read


def period(cell: str) -> str:
    """EDTF, normally an interval."""
    written = _AS_NUMBER.sub(r"\1", cell).replace(" ", "")
    try:
        return str(partial_dates.parse(written))
    except partial_dates.PartialDateError:
        start, slash, end = written.partition("/")
        if slash and _is_day(start) and _is_day(end):
            raise Wrong(_("The end is before the start. Write the earlier date first.")) from None
        days = {"examples": f"{_PERIODS}, {_DAYS}"}
        raise Wrong(_("This is no date. Write for example: %(examples)s.") % days) from None


def _is_day(written: str) -> bool:
    try:
        partial_dates.Day.parse(written)
    except partial_dates.PartialDateError:
        return False
    return True


def choice(choices: type[Choices], also: Mapping[str, str] | None = None) -> Read:
    """A code or what it is called, in any language of the site; `also` are other words for codes."""

    def read(cell: str) -> str:
        if found := _known_words(choices).get(fold(cell)) or (also or {}).get(fold(cell)):
            return found
        codes = [str(value) for value in choices.values]
        shown = ", ".join(codes if len(codes) <= _MANY_CHOICES else [*codes[:_MANY_CHOICES], "…"])
        raise Wrong(_("This is none of: %(codes)s.") % {"codes": shown} + nearest(cell.casefold(), codes))

    return read


def nearest(wrong: str, known: Iterable[str]) -> str:
    """A sentence, to be added to another, that names the nearest of `known`; empty when none is near."""
    found = get_close_matches(wrong[:200], list(known), n=1, cutoff=0.6)
    return " " + _("Did you mean “%(text)s”?") % {"text": found[0]} if found else ""


@cache
def _known_words(choices: type[Choices]) -> dict[str, str]:
    words = {fold(str(value)): str(value) for value in choices.values}
    for code, _name in settings.LANGUAGES:
        with override(code):
            words |= {fold(str(label)): str(value) for value, label in choices.choices}
    return words


def language(cell: str) -> str:
    words = {"english": "en", "영어": "en", "korean": "ko", "한국어": "ko", "국문": "ko", "영문": "en"}
    code = words.get(cell.casefold(), cell.casefold())
    if code not in LANGUAGES:
        raise Wrong(_("This is none of: %(codes)s.") % {"codes": ", ".join(LANGUAGES)})
    return code


def locator(cell: str) -> str:
    try:
        return str(locators.parse(cell))
    except locators.LocatorError:
        message = _("This is no place in a source. Write for example: %(examples)s.")
        raise Wrong(message % {"examples": _PLACES}) from None


def locators_of(cell: str) -> tuple[str, ...]:
    """One for each source, in their order; an empty one says no place in its source."""
    return tuple(locator(part) if part else "" for part in parts(cell))


def web_address(cell: str) -> str:
    try:
        WEB_ADDRESS(cell)
    except ValidationError:
        raise Wrong(_("This is no web address. Write it whole, with https:// or http:// in front.")) from None
    return text(1000)(cell)  # type: ignore[no-any-return]


def identifier(cell: str) -> tuple[str, str]:
    """Scheme and value: `wikidata:Q42`."""
    scheme, colon, value = (part.strip() for part in cell.partition(":"))
    if not colon or not value or not _SCHEME.fullmatch(scheme) or len(value) > 200:
        raise Wrong(_("This is no identifier. Write the catalogue and what it calls the person: wikidata:Q42."))
    return scheme.lower(), value


def other_name(cell: str) -> tuple[str, str]:
    """Kind and text: `former: Kim Old`; without a kind it is one as printed."""
    before, colon, after = (part.strip() for part in cell.partition(":"))
    if colon and after and (kind := _known_words(NameKind).get(fold(before))):
        return kind, text(200)(after)
    return NameKind.AS_PRINTED.value, text(200)(cell)


def several(read: Read) -> Read:
    """With a bar between them."""

    def each(cell: str) -> tuple[Any, ...]:
        return tuple(read(part) for part in parts(cell) if part)

    return each


def parts(cell: str) -> list[str]:
    """Those that are empty keep their place."""
    return [part.strip() for part in cell.split(SEPARATOR.strip())]


def yes(cell: str) -> bool:
    if (word := cell.casefold()) in {"yes", "y", "true", "1", "예", "네", "x"}:
        return True
    if word in {"no", "n", "false", "0", "아니요", "아니오"}:
        return False
    raise Wrong(_("Write yes or no."))


def folded(texts: Iterable[str]) -> set[str]:
    return {fold(one) for one in texts if one}
