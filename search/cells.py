"""The codes of a position (stance, kind, role, language) as one number: counting it once counts each of them, in any
combination with the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from search.filters import CHOICES

CODES = tuple(CHOICES)


def cell(codes: Mapping[str, str]) -> int:
    number = 0
    for name in CODES:
        number = number * len(CHOICES[name]) + CHOICES[name].index(codes[name])
    return number


@cache
def codes_of(number: int) -> Mapping[str, str]:
    codes: dict[str, str] = {}
    for name in reversed(CODES):
        number, place = divmod(number, len(CHOICES[name]))
        codes[name] = CHOICES[name][place]
    return codes
