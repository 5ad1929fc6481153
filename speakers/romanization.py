"""Hangul in Latin letters after the Revised Romanization of Korean, for addresses.

Source of the tables: "Romanization of Korean", Ministry of Culture and Tourism notice 2000-8. Letter by letter: the
changes of sound between syllables that its section 3-1 names are left out, since an address has to be stable and
readable, not pronounced.
"""

from __future__ import annotations

import re
import unicodedata

_FIRST = "g kk n d tt r m b pp s ss _ j jj ch k t p h".replace("_", "").split(" ")
_VOWEL = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split(" ")
_LAST = " k k k n n n t l k m l l l p l m p p t t ng t t k t p t".split(" ")
_HANGUL = re.compile("[가-힣]")


def romanize(text: str) -> str:
    """`text` with every Hangul syllable in Latin letters; everything else as it is."""
    return _HANGUL.sub(lambda match: _syllable(match[0]), unicodedata.normalize("NFC", text))


def _syllable(character: str) -> str:
    first, rest = divmod(ord(character) - ord("가"), len(_VOWEL) * len(_LAST))
    vowel, last = divmod(rest, len(_LAST))
    return _FIRST[first] + _VOWEL[vowel] + _LAST[last]
