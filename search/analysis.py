"""Reads text into tokens, the same for what is indexed and what is asked: pure, and quick enough for a million texts.

Letters are folded (case, accents, width). English words are stemmed, as the index does it. Scripts written without
spaces between words, or with endings joined to them, are cut into pairs of letters, so that Korean is found whatever
ending follows and however a compound is spaced:

    데이터 센터를  →  데이 이터 센터 터를, the pair that crosses the space 터_센, the stems =데이터 =센터, all letters

Words that say nothing of what a text is about (the, 그리고) are left out, except where words stand in order, for
phrases.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from search import english, korean

LONGEST_TOKEN = 64
LONGEST_QUESTIONED = 40  # letters of one unbroken word of a question
STEM, CROSSING = "=", "_"  # neither is in any word
BREAK = "|"  # stands between two texts, so that no phrase reaches across
LETTER_WEIGHT = 0.5  # what a letter counts beside a pair, a stem or a whole word

# Hangul (also its single letters), Han and Kana.
_PAIRED = "\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff"
_LETTERS = rf"[^\W_{_PAIRED}]+"
_WORD = rf"{_LETTERS}(?:['’]{_LETTERS})*"
_PARTS = re.compile(
    rf"(?P<paired>[{_PAIRED}]+)"
    r"|(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)+)"
    r"|(?P<dotted>(?<![^\W_])[a-z](?:\.[a-z])+(?![^\W_]))"
    rf"|(?P<compound>{_WORD}(?:[-\u2010]{_WORD})+)"
    rf"|(?P<word>{_WORD})"
)
_ALL_MARKS = "".join(filter(unicodedata.combining, map(chr, range(sys.maxunicode + 1))))
_MARKS = re.compile(f"[{_ALL_MARKS}]+")
# What may hold a part; taken from unfolded text, since a record says the same over and over and folding takes its time.
_CHUNKS = re.compile(rf"[\w{_ALL_MARKS}]+(?:[-\u2010'’.,][\w{_ALL_MARKS}]+)*")
_SYLLABLES = re.compile("[가-힣]+")  # folding leaves them as they are
_LETTER = re.compile(f"[{_PAIRED}]")
_APOSTROPHES = re.compile("['’](?:s$)?")
_HYPHENS = re.compile("[-\u2010]")
# GPUs, LLMs, NGOs: the stemmer takes them for words that end so.
_INITIALS_IN_PLURAL = re.compile("[b-df-hj-np-rtv-xz]{2,}[aeiou]?s")


class Tokens(NamedTuple):
    """Of a text, each joined by spaces: what it is found and ranked by, and what stands in which order."""

    words: str
    phrases: str


NOTHING = Tokens("", "")


@dataclass(frozen=True, slots=True)
class Word:
    """A word asked for. A text has it if it has one token of each of `needed`, or else those of `phrase` in this order.

    `scored` are the tokens that tell how well a text fits, with what each counts. A word that `is_common` is not among
    the words of a text, only in its phrases.
    """

    text: str
    needed: tuple[tuple[str, ...], ...]
    scored: tuple[tuple[str, float], ...]
    phrase: tuple[str, ...] = ()
    is_common: bool = False
    run: str = ""  # the stem, of a script cut into pairs

    @property
    def as_written(self) -> tuple[str, ...]:
        """Its forms among the phrases of a text, of a word that is stemmed."""
        return () if self.run or self.is_common else self.phrase or (_word(self.text),)

    @property
    def enough(self) -> tuple[str, ...]:
        """Tokens one of which is enough to have the word; none where it takes several."""
        return (*self.needed[0], *self._stem) if len(self.needed) == 1 else ()

    @property
    def some(self) -> tuple[str, ...]:
        """Tokens that may be found alone, in a question that has many words."""
        return (*(token for several in self.needed for token in several if CROSSING not in token), *self._stem)

    @property
    def _stem(self) -> tuple[str, ...]:
        return (STEM + self.run,) if len(self.run) > 1 else ()


@dataclass(frozen=True, slots=True)
class _Chunk:
    """What is read from an unbroken run of text, joined by spaces."""

    words: str
    phrases: str
    first: str  # its first and last letter, where that is of a script cut into pairs
    last: str


def stemmer() -> TextAnalyzer:
    """What the index runs over tokens joined by spaces."""
    return TextAnalyzerBuilder(Tokenizer.whitespace()).filter(Filter.stemmer("english")).build()


_STEMMER = stemmer()


def stems(found: Iterable[str]) -> list[str]:
    stemmed: list[str] = _STEMMER.analyze(" ".join(found))
    return stemmed


def fold(text: str) -> str:
    """`text` without case, accents and forms of width."""
    if text.isascii():
        return text.lower()
    if _SYLLABLES.fullmatch(text):
        return text
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return unicodedata.normalize("NFC", _MARKS.sub("", decomposed))


def tokens(text: str) -> Tokens:
    """All tokens of a text, not yet stemmed. "18,000" is 18000; "start-up" is start, up and startup; "U.S." is us."""
    words: list[str] = []
    phrases: list[str] = []
    before = _Chunk("", "", "", "")
    for chunk in _chunks(text):
        read = _read(chunk)
        if before.last and read.first:
            crossing = before.last + CROSSING + read.first
            phrases.append(crossing)
            if before.words and read.words:
                words.append(crossing)
        if read.words:
            words.append(read.words)
        if read.phrases:
            phrases.append(read.phrases)
        before = read
    return Tokens(" ".join(words), " ".join(phrases))


def joined(several: Iterable[Tokens]) -> Tokens:
    """The tokens of several texts; no phrase reaches from one into the next."""
    found = [each for each in several if each.phrases]
    if len(found) == 1:
        return found[0]
    return Tokens(" ".join(each.words for each in found), f" {BREAK} ".join(each.phrases for each in found))


def phrase(text: str) -> tuple[str, ...]:
    """The tokens that stand in this order in the phrases of every text that says it."""
    return tuple(tokens(text).phrases.split())


def words(text: str) -> Iterator[Word]:
    """The words of a question, each with what crosses from the one before."""
    before = ""
    for chunk in _chunks(text):
        is_initials = _is_initials(chunk)
        for part in _PARTS.finditer(fold(chunk)):
            word = _word_asked(part[0], part.lastgroup, is_initials=is_initials)
            if part.lastgroup == "paired":
                yield _following(before, word) if part.start() == 0 else word
                before = "" if word.is_common else part[0][-1]
            else:
                yield word
                before = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A word where it stands in a text: folded, and its stems, or none of a script cut into pairs."""

    start: int
    end: int
    text: str
    stems: tuple[str, ...]


def places(text: str) -> Iterator[Place]:
    """The words of a text in order. Where folding changes how many letters there are, all of them are one place."""
    for chunk in _CHUNKS.finditer(text):
        at = chunk.start()
        for place in _placed(chunk[0]):
            yield Place(at + place.start, at + place.end, place.text, place.stems)


@lru_cache(maxsize=20_000)
def _placed(chunk: str) -> tuple[Place, ...]:
    folded = fold(chunk)
    is_aligned = len(folded) == len(chunk)
    found: list[Place] = []
    for part in _PARTS.finditer(folded):
        start, end = part.span() if is_aligned else (0, len(chunk))
        stemmed = () if part.lastgroup == "paired" else tuple(stems(_of_word(part[0], part.lastgroup)))
        found.append(Place(start, end, part[0], stemmed))
    return tuple(found)


def is_paired(text: str) -> bool:
    """Whether it has letters of scripts that are cut into pairs."""
    return bool(_LETTER.search(text))


def _chunks(text: str) -> list[str]:
    return _CHUNKS.findall(text if text.isascii() else unicodedata.normalize("NFKC", text))


def _is_initials(chunk: str) -> bool:
    """US and WHO are no common words, though us and who are."""
    return len(chunk) > 1 and chunk.isupper()


@lru_cache(maxsize=100_000)
def _read(chunk: str) -> _Chunk:
    folded, is_initials = fold(chunk), _is_initials(chunk)
    words: list[str] = []
    phrases: list[str] = []
    for part in _PARTS.finditer(folded):
        if part.lastgroup == "paired":
            words += _of_paired(part[0])
            phrases += _pairs(part[0])
        else:
            several = _of_word(part[0], part.lastgroup)
            words += [word for word in several if is_initials or word not in english.COMMON_WORDS]
            phrases += several[:-1] if part.lastgroup == "compound" else several
    first, last = folded[:1], folded[-1:]
    return _Chunk(
        " ".join(words), " ".join(phrases), first if _LETTER.match(first) else "", last if _LETTER.match(last) else ""
    )


def _of_paired(text: str) -> list[str]:
    if text in korean.COMMON_WORDS:
        return []
    if len(text) == 1:
        return [text]
    return [*_pairs(text), *text, STEM + _stem(text)]


def _pairs(text: str) -> list[str]:
    return [first + second for first, second in pairwise(text)] or [text]


def _stem(text: str) -> str:
    return korean.stem(text)[:LONGEST_TOKEN]


def _of_word(text: str, kind: str | None) -> list[str]:
    """Of a compound its parts, then all in one."""
    match kind:
        case "number":
            return [text.replace(",", "")[:LONGEST_TOKEN]]
        case "dotted":
            return [text.replace(".", "")[:LONGEST_TOKEN]]
        case "compound":
            several = [_word(word) for word in _HYPHENS.split(text)]
            return [*several, "".join(several)[:LONGEST_TOKEN]]
    return [_word(text)]


def _word(text: str) -> str:
    bare = _APOSTROPHES.sub("", text)
    return (bare[:-1] if _INITIALS_IN_PLURAL.fullmatch(bare) else bare)[:LONGEST_TOKEN]


def _word_asked(text: str, kind: str | None, *, is_initials: bool) -> Word:
    if kind == "paired":
        return _paired_asked(text[:LONGEST_QUESTIONED])
    several = _of_word(text, kind)
    if len(several) == 1 and several[0] in english.COMMON_WORDS and not is_initials:
        return Word(text, (), (), (several[0],), is_common=True)
    stemmed = stems(several)
    return Word(text, ((stemmed[-1],),), tuple((token, 1.0) for token in stemmed), tuple(several[:-1]))


def _paired_asked(text: str) -> Word:
    if text in korean.COMMON_WORDS:
        return Word(text, (), (), tuple(_pairs(text)), is_common=True, run=text)
    if len(text) == 1:
        return Word(text, ((text,),), ((text, 1.0),), run=text)
    stem = _stem(text)
    scored = [(token, LETTER_WEIGHT if len(token) == 1 else 1.0) for token in _of_paired(text)]
    return Word(text, tuple(_needed(stem)), tuple(dict.fromkeys(scored)), run=stem)


def _needed(stem: str) -> Iterator[tuple[str, ...]]:
    """The pairs of a stem; where two letters or more stand on both sides, a space may be between."""
    for place, (first, second) in enumerate(pairwise(stem), 1):
        may_be_spaced = place >= 2 and len(stem) - place >= 2
        yield (first + second, first + CROSSING + second) if may_be_spaced else (first + second,)


def _following(before: str, word: Word) -> Word:
    if not before or word.is_common:
        return word
    return replace(word, scored=(*word.scored, (before + CROSSING + word.text[0], 1.0)))
