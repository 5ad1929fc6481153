"""What names are completed and recognised by, as the columns of the index that hold it. Pure.

    completions   kang, hoon, sik, hoonsik, ㄱㅏㅇㅎㅜㄴㅅㅣㄱ   the words of every name; given names; initials
                  ^kanghoonsik, ^ㄱㅏㅇㅎㅜㄴㅅㅣㄱ              every name as a whole
                  ~ㄱㅏㅇㅎㅜㄴㅅㅣㄱ, ~ㅎㅜㄴㅅㅣㄱ, ~ㅅㅣㄱ         of people, by sound, however it is spelled
    sounds        of people, the keys under which all spellings of a name meet (`search.spelling.sounds`)
    weight        how many positions there are of it, and its kind, as one number

Completions are asked for by their beginnings, so they are in the letters that are typed (`search.hangul`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from search import hangul, korean_names, spelling
from search.analysis import fold

COMPLETIONS, SOUNDS, WEIGHT = "completions", "sounds", "weight"
# What is completed; where there is as much of both, the last comes first.
KINDS = ("event", "proposition", "topic", "organization", "person")
WHOLE, SOUND = "^", "~"
LONGEST_WORD, LONGEST_NAME = 32, 48  # letters

_SILENT = re.compile("['’‘`.]+")
_RUNS = re.compile(r"[^\W_]+(?:[-\u2010\u2011][^\W_]+)*")
_HYPHENS = re.compile("[-\u2010\u2011]")


def naming(names: Sequence[str], kind: str) -> dict[str, str]:
    """By column; `names` are all that somebody or something is called, in whatever language."""
    keys = _sounds(names) if kind == "person" else frozenset[str]()
    tokens = {token for name in names for token in _typed(name)}
    tokens |= {token for key in keys for token in _heard(key)}
    if kind == "person":
        tokens |= {hangul.letters(given) for name in names for given in _given_names(name)}
    if kind == "organization":
        tokens |= {short for name in names for short in spelling.initials(name)}
    return {COMPLETIONS: " ".join(sorted(tokens)), **({SOUNDS: " ".join(sorted(keys))} if keys else {})}


def weight(kind: str, positions: int) -> int:
    return positions * len(KINDS) + KINDS.index(kind)


def kind_of(weight: int) -> str:
    return KINDS[weight % len(KINDS)]


def words(text: str) -> list[str]:
    """The words of a name, folded, with the hyphens that are in them."""
    return _RUNS.findall(_SILENT.sub("", fold(text)))


def whole(found: Iterable[str]) -> str:
    """The letters of words as one."""
    return hangul.letters(_HYPHENS.sub("", "".join(found)))[:LONGEST_NAME]


def _typed(name: str) -> Iterator[str]:
    found = words(name)
    if found:
        yield WHOLE + whole(found)
    for word in found:
        yield from (hangul.letters(part)[:LONGEST_WORD] for part in {word.replace("-", ""), *_HYPHENS.split(word)})
    for first, second in pairwise(found):
        if hangul.is_syllables(first) and hangul.is_syllables(second):
            yield hangul.letters(first + second)[:LONGEST_WORD]


def _given_names(name: str) -> Iterator[str]:
    found = "".join(words(name))
    if hangul.is_syllables(found) and 2 < len(found) <= spelling.LONGEST_HANGUL:
        yield korean_names.given_name(found)


def _sounds(names: Sequence[str]) -> frozenset[str]:
    """Of a spelling that may stand for a name which is known in Hangul, none that it may also stand for."""
    several = [(name, spelling.sounds(name)) for name in names]
    known = frozenset(key for name, keys in several if not fold(name).isascii() for key in keys)
    return known | frozenset(key for _name, keys in several if known.isdisjoint(keys) for key in keys)


def _heard(key: str) -> Iterator[str]:
    """Of a key of a Korean name: surname first, the given name, and its second syllable."""
    name = hangul.syllables(key)
    if not hangul.is_syllables(name):
        return
    yield SOUND + key
    given = korean_names.given_name(name)
    for part in (given, given[1:]):
        if part:
            yield SOUND + hangul.letters(part)
