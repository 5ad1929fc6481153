"""Names by how they begin, as ranges of sort keys, which an index answers at any length of the list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Any

from django.db.models import Exists, Q, QuerySet
from django.utils.translation import gettext as _

# A syllable lies with the consonant that it begins with, 까 with 가, as in a Korean dictionary.
_CONSONANTS = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"
_FIRST_SYLLABLES = "가나다라마바사아자차카타파하"
_AFTER_HANGUL = "\ud7a4"
DIGITS = "0-9"
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Initial:
    """`ranges` of sort keys, their ends left out; an empty end is that of all keys."""

    code: str
    ranges: tuple[tuple[str, str], ...]

    def of(self, column: str) -> Q:
        within = Q()
        for start, end in self.ranges:
            within |= Q(**{f"{column}__gte": start}, **({f"{column}__lt": end} if end else {}))
        return within


def _successive(codes: str, starts: str, end: str) -> Iterator[Initial]:
    for code, start, following in zip(codes, starts, [*starts[1:], end], strict=True):
        yield Initial(code, ((start, following),))


INITIALS = (
    Initial(DIGITS, (("0", ":"),)),
    *_successive(ascii_lowercase, ascii_lowercase, "{"),
    *_successive(_CONSONANTS, _FIRST_SYLLABLES, _AFTER_HANGUL),
    Initial(OTHER, (("", "0"), (":", "a"), ("{", _FIRST_SYLLABLES[0]), (_AFTER_HANGUL, ""))),
)
_BY_CODE = {initial.code: initial for initial in INITIALS}


def known_initial(code: str) -> str:
    """`code`, if it is empty or that of an initial; raises ValueError otherwise."""
    if not code or code in _BY_CODE:
        return code
    message = _("“initial=%(value)s” is none of the initials of this list: a to z, ㄱ to ㅎ, 0-9 and other.")
    raise ValueError(message % {"value": code[:40]})


def begins(column: str, code: str) -> Q:
    """With this initial, or with any if it is empty."""
    return _BY_CODE[code].of(column) if code else Q()


def initials_in(records: QuerySet[Any], column: str) -> list[tuple[str, str, None]]:
    """Code and label of those that something in `records` begins with; one query, of a step into the index for each."""
    there = [Exists(records.order_by().filter(initial.of(column))) for initial in INITIALS]
    row = next(iter(records.order_by().values_list(*there)[:1]), ())
    return [
        (initial.code, _("other") if initial.code == OTHER else initial.code, None)
        for initial, is_there in zip(INITIALS, row, strict=False)
        if is_there
    ]
