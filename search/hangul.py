"""Hangul as the letters that are typed, one key each, and back. Pure.

    강훈  ㄱㅏㅇㅎㅜㄴ        와  ㅇㅗㅏ        닭  ㄷㅏㄹㄱ        까  ㄲㅏ

Letters are those that stand for themselves (U+3131 to U+3163), whatever they were before.
"""

from __future__ import annotations

import re

FIRSTS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
MIDDLES = "ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅗㅏ ㅗㅐ ㅗㅣ ㅛ ㅜ ㅜㅓ ㅜㅔ ㅜㅣ ㅠ ㅡ ㅡㅣ ㅣ".split(" ")
LASTS = " ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ".split(
    " "
)
_SYLLABLE = "가"
_HANGUL = re.compile("[가-힣\u1100-\u1112\u1161-\u1175\u11a8-\u11c2]")
# A consonant before a vowel begins a syllable; what stands after the vowel and before the next beginning ends it.
_SPELLED = re.compile(
    rf"([{FIRSTS}])"
    rf"({'|'.join(sorted(MIDDLES, key=len, reverse=True))})"
    rf"((?:{'|'.join(sorted(filter(None, LASTS), key=len, reverse=True))})?)"
    r"(?![ㅏ-ㅣ])"
)


def letters(text: str) -> str:
    """Each syllable in its letters; everything else as it is."""
    return text if text.isascii() else _HANGUL.sub(lambda match: _letters(match[0]), text)


def syllables(text: str) -> str:
    """What `letters` was made of; letters that make no syllable stay as they are."""
    return _SPELLED.sub(lambda match: _syllable(*match.groups()), text)


def parts(syllable: str) -> tuple[str, str, str]:
    """The letters that it begins with, has in the middle, and ends in, which may be none."""
    first, rest = divmod(ord(syllable) - ord(_SYLLABLE), len(MIDDLES) * len(LASTS))
    middle, last = divmod(rest, len(LASTS))
    return FIRSTS[first], MIDDLES[middle], LASTS[last]


def is_syllables(text: str) -> bool:
    return bool(text) and all("가" <= character <= "힣" for character in text)


def _letters(character: str) -> str:
    """Of a syllable, or of a letter that stands by itself in the form that folding gives it."""
    place = ord(character)
    if place >= ord(_SYLLABLE):
        return "".join(parts(character))
    if place >= 0x11A8:
        return LASTS[place - 0x11A7]
    return MIDDLES[place - 0x1161] if place >= 0x1161 else FIRSTS[place - 0x1100]


def _syllable(first: str, middle: str, last: str) -> str:
    place = (FIRSTS.index(first) * len(MIDDLES) + MIDDLES.index(middle)) * len(LASTS) + LASTS.index(last)
    return chr(ord(_SYLLABLE) + place)
