"""How else a name or a word may be spelled: by sound, by initials, and by mistake. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import product

from rapidfuzz import process
from rapidfuzz.distance import OSA

from search import hangul, korean, korean_names
from search.analysis import fold, is_paired
from search.mistyping import errors_allowed, likelihood

MOST_WORDS = 4  # of a name that is asked for
LONGEST_HANGUL = 5  # syllables of a Korean name

_LATIN = re.compile("[a-z]+")
_BETWEEN_WORDS = re.compile(r"[\s,;/()·]+")
_BETWEEN_PIECES = re.compile("[-\u2010\u2011\u2013]+")
_SILENT = re.compile("['’‘`.]+")
_INITIALED = re.compile("[^\\W\\d_]+(?:['’][^\\W\\d_]+)*")
_PASSED_OVER = frozenset("a an and at by for in of on the to und".split())
_MOST_INITIALS = 10


def jamo(text: str) -> str:
    """Folded, with every syllable of Hangul in the letters that are typed, so that one typing error is one letter."""
    return hangul.letters(fold(text))


def sounds(name: str) -> frozenset[str]:
    """Keys under which all spellings of a person's name meet, in any order of given name and surname. A name of a
    single word that can't be a whole Korean name has none.
    """
    words = _words(name)
    if not words:
        return frozenset()
    if all(map(hangul.is_syllables, words)):
        return frozenset(_hangul_sounds(words))
    korean_keys = _latin_sounds(words) if len(words) <= MOST_WORDS else frozenset()
    return korean_keys or _in_any_order(words)


def asked_sounds(words: Sequence[str]) -> tuple[str, ...]:
    """The keys of `sounds` to look for when these words stand beside each other in a question. A single word has some
    if it may be a whole name.
    """
    if not 1 <= len(words) <= MOST_WORDS:
        return ()
    found = set(sounds(" ".join(words)))
    *before, last = words
    if (stem := korean.stem(last)) != last:
        found |= sounds(" ".join((*before, stem)))
    return tuple(sorted(found))


@lru_cache(maxsize=1_000)
def initials(name: str) -> frozenset[str]:
    """What an organization of this name may be called for short, in lower case; of names in Latin letters alone.

    The first letter of each word, "of" counted or not, other such words not; initials within a name in full, as one
    letter, or as their first and last: the Ministry of Science and ICT is msict, msi, msit, mosict, mosi and mosit.
    """
    words = _INITIALED.findall(name)
    meant = [word for word in words if fold(word) not in _PASSED_OVER]
    if is_paired(name) or len(meant) < 2:
        return frozenset()
    with_of = [word for word in words if word in meant or fold(word) == "of"]
    fewest = 2 if len(meant) == len(words) else 3  # the University of Seoul is not called US
    several = {*_shortened(meant), *_shortened(with_of)}
    return frozenset(short for short in several if fewest <= len(short) <= _MOST_INITIALS and short.isalpha())


def corrections(word: str, vocabulary: Iterable[tuple[str, int]], at_most: int = 3) -> list[str]:
    """The words that were likely meant, the likeliest first: those with the fewest typing errors (a letter too many,
    missing or wrong, or two changed about), of these the ones that are easiest mistyped so, and common.

    `vocabulary` has folded words in letters (`jamo`) with how often they occur; the answer is in syllables again.
    """
    written, times = jamo(word), dict(vocabulary)
    errors = errors_allowed(written)
    if not errors:
        return []
    near = process.extract(written, list(times), processor=None, scorer=OSA.distance, score_cutoff=errors, limit=None)
    ranked = sorted((distance, -likelihood(written, other, times[other]), other) for other, distance, _at in near)
    meant = (hangul.syllables(other) for _distance, _likelihood, other in ranked)
    return [other for other in meant if other != fold(word)][:at_most]


def _words(name: str) -> list[str]:
    folded = _SILENT.sub("", fold(name))
    return [word for word in _BETWEEN_WORDS.split(folded) if _BETWEEN_PIECES.sub("", word)]


def _hangul_sounds(words: Sequence[str]) -> Iterator[str]:
    whole = "".join(words)
    if 2 <= len(whole) <= LONGEST_HANGUL:
        yield korean_names.surname_of_hangul(whole)
    if len(words) > 1:
        yield from _in_any_order(words)
        if len(whole) <= LONGEST_HANGUL and len(words[-1]) == 1:
            yield korean_names.surname_of_hangul(words[-1] + "".join(words[:-1]))


def _latin_sounds(words: Sequence[str]) -> frozenset[str]:
    pieces = [tuple(filter(None, _BETWEEN_PIECES.split(word))) for word in words]
    if len(pieces) == 1:
        pieces = [(piece,) for piece in pieces[0]]
    if not all(_LATIN.fullmatch(piece) for several in pieces for piece in several):
        return frozenset()
    if len(pieces) == 1:
        return korean_names.in_one_word(pieces[0][0])
    return _surname_and_given(pieces[0], pieces[1:]) | _surname_and_given(pieces[-1], pieces[:-1])


def _surname_and_given(surname: Sequence[str], given: Sequence[Sequence[str]]) -> frozenset[str]:
    surnames = korean_names.surnames("".join(surname))
    if not surnames:
        return frozenset()
    found = korean_names.given_names(tuple(piece for several in given for piece in several))
    return frozenset(first + rest for first, rest in product(surnames, found))


def _in_any_order(words: Sequence[str]) -> frozenset[str]:
    if len(words) < 2:
        return frozenset()
    return frozenset(("_".join(sorted(hangul.letters("".join(_BETWEEN_PIECES.split(word))) for word in words)),))


def _shortened(words: Sequence[str]) -> Iterator[str]:
    """With all initials within the name in one of three ways."""
    for way in _WAYS:
        yield fold("".join(way(word) if len(word) > 1 and word.isupper() else word[0] for word in words))


_WAYS: tuple[Callable[[str], str], ...] = (lambda word: word, lambda word: word[0], lambda word: word[0] + word[-1])
