"""How likely somebody who wrote one word meant another. Pure, over the letters that are typed (`search.hangul`).

A noisy channel (Kernighan, Church and Gale, "A spelling correction program based on a noisy channel model", 1990) with
figures that hold for any text: a letter left out or two changed about can happen in one way, while each wrong letter is
one of many, oftenest of those beside it on the keyboard.
"""

from __future__ import annotations

from itertools import takewhile
from math import sqrt

_OF_MANY, _OF_NEIGHBOURS = 0.04, 0.2
_SEVERAL = 0.001
_SAME_BEGINNING = 3.0  # the first letter is seldom wrong

_ROWS = (("qwertyuiop", "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ"), ("asdfghjkl", "ㅁㄴㅇㄹㅎㅗㅓㅏㅣ"), ("zxcvbnm", "ㅋㅌㅊㅍㅠㅜㅡ"))
_SLANT = 0.4  # of a key: how far each row stands to the right of the one above
_PLACES = {
    letter: (column + _SLANT * row, row)
    for row, layouts in enumerate(_ROWS)
    for layout in layouts
    for column, letter in enumerate(layout)
}


def errors_allowed(letters: str) -> int:
    """How many letters of a word may be wrong, missing, too many or changed about. None of three Latin ones: tax is no
    mistake for the name Tae. As many of a Hangul word are a syllable or two.
    """
    fewest = 4 if letters.isascii() else 3
    return (len(letters) >= fewest) + (len(letters) >= 8)


def likelihood(written: str, meant: str, times: int) -> float:
    """To be compared among words of the same distance; `times` is how often the word that may be meant occurs."""
    begins_so = _SAME_BEGINNING if written[:1] == meant[:1] else 1.0
    return _likelihood(written, meant) * begins_so * sqrt(times)


def _likelihood(written: str, meant: str) -> float:
    start = _alike(written, meant)
    wrong, right = written[start:], meant[start:]
    end = _alike(wrong[::-1], right[::-1])
    wrong, right = wrong[: len(wrong) - end], right[: len(right) - end]
    match len(wrong), len(right):
        case 0, 1:
            return 1.0
        case 1, 0:
            beside = written[max(0, start - 1) : start] + written[start + 1 : start + 2]
            return _OF_NEIGHBOURS if any(map(_are_beside, wrong * len(beside), beside)) else _OF_MANY
        case 1, 1:
            return _OF_NEIGHBOURS if _are_beside(wrong, right) else _OF_MANY
        case 2, 2 if wrong == right[::-1]:
            return 1.0
    return _SEVERAL


def _alike(one: str, other: str) -> int:
    """How many letters at the beginning are the same."""
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _are_beside(one: str, other: str) -> bool:
    """On the keyboard; a key is beside itself."""
    if one not in _PLACES or other not in _PLACES:
        return one == other
    (column, row), (other_column, other_row) = _PLACES[one], _PLACES[other]
    return abs(column - other_column) <= 1.1 and abs(row - other_row) <= 1
