"""Reads text into tokens, the same for what is indexed and what is asked: pure, and quick enough for a million texts.

Letters are folded (case, accents, width). English words are stemmed. Scripts written without spaces between words, or
with endings joined to them, are cut into pairs of letters, so that Korean is found whatever particle follows and
however a compound is spaced; a letter that stands alone is a token of its own.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

LONGEST_TOKEN = 64
LONGEST_QUESTIONED = 40  # letters of one unbroken word of a question

# Hangul (also its single letters), Han and Kana.
_PAIRED = "\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff"
_LETTERS = rf"[^\W_{_PAIRED}]+"
_WORD = rf"{_LETTERS}(?:['’]{_LETTERS})*"
_PARTS = re.compile(
    rf"(?P<paired>[{_PAIRED}]+)"
    r"|(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)+)"
    rf"|(?P<compound>{_WORD}(?:[-\u2010]{_WORD})+)"
    rf"|(?P<word>{_WORD})"
)
_ALL_MARKS = "".join(filter(unicodedata.combining, map(chr, range(sys.maxunicode + 1))))
_MARKS = re.compile(f"[{_ALL_MARKS}]+")
# What may hold a part; taken from unfolded text, since a record says the same over and over and folding takes its time.
_CHUNKS = re.compile(rf"[\w{_ALL_MARKS}]+(?:[-\u2010'’.,][\w{_ALL_MARKS}]+)*")
_LETTER = re.compile(f"[{_PAIRED}]")
_APOSTROPHES = re.compile("['’](?:s$)?")
# GPUs, LLMs, NGOs: the stemmer takes them for words that end so.
_INITIALS_IN_PLURAL = re.compile("[b-df-hj-np-rtv-xz]{2,}[aeiou]?s")

# What follows a noun; the longest that leaves two letters is not asked for.
_PARTICLES = sorted(
    "은 는 이 가 을 를 의 에 도 로 만 와 과 나 랑 께 들 들이 들은 들을 들의 에서 에게 에도 에는 으로 까지 부터"
    " 처럼 보다 마다 조차 이나 이란 이라 라는 이라는 하고 에서는 에서도 으로는 으로의 으로도 로서 로써 으로서 으로써"
    " 에게는 에게서 이며 이고".split(),
    key=len,
    reverse=True,
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word asked for, as it was written; a text has it if one of its fields has `needed` of the tokens."""

    text: str
    tokens: tuple[str, ...]
    needed: int = 1

    @property
    def is_letter(self) -> bool:
        """Of a script that is cut into pairs, and alone: looked for among the letters of the whole record."""
        return len(self.text) == 1 and bool(_LETTER.fullmatch(self.text))


def stemmer() -> TextAnalyzer:
    """What the index runs over tokens joined by spaces."""
    return TextAnalyzerBuilder(Tokenizer.whitespace()).filter(Filter.stemmer("english")).build()


_STEMMER = stemmer()


def fold(text: str) -> str:
    """`text` without case, accents and forms of width."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return unicodedata.normalize("NFC", _MARKS.sub("", decomposed))


def tokens(text: str) -> list[str]:
    """All tokens of a text in order, not yet stemmed. "18,000" is 18000; "start-up" is start, up and startup."""
    return [token for chunk in _chunks(text) for token in _tokens_of_chunk(chunk)]


def letters(text: str) -> set[str]:
    """The letters of folded text, or of tokens, that belong to scripts cut into pairs."""
    return set(_LETTER.findall(text))


def stems(found: Iterable[str]) -> list[str]:
    stemmed: list[str] = _STEMMER.analyze(" ".join(found))
    return stemmed


def words(text: str) -> Iterator[Word]:
    """The words of a question."""
    for chunk in _chunks(text):
        for part in _PARTS.finditer(fold(chunk)):
            is_paired = part.lastgroup == "paired"
            written = part[0][:LONGEST_QUESTIONED] if is_paired else part[0]
            found = tuple(dict.fromkeys(stems(_tokens(written, part.lastgroup))))
            yield Word(written, found, min(_needed(written), len(found)) if is_paired else 1)


def _chunks(text: str) -> list[str]:
    return _CHUNKS.findall(text if text.isascii() else unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=100_000)
def _tokens_of_chunk(chunk: str) -> tuple[str, ...]:
    return tuple(token for part in _PARTS.finditer(fold(chunk)) for token in _tokens(part[0], part.lastgroup))


def _tokens(text: str, kind: str | None) -> list[str]:
    return [token[:LONGEST_TOKEN] for token in _whole_tokens(text, kind)]


def _whole_tokens(text: str, kind: str | None) -> list[str]:
    match kind:
        case "paired":
            return [first + second for first, second in pairwise(text)] if len(text) > 1 else [text]
        case "number":
            return [text.replace(",", "")]
        case "compound":
            several = [_word(word) for word in re.split("[-\u2010]", text)]
            return [*several, "".join(several)]
    return [_word(text)]


def _word(text: str) -> str:
    bare = _APOSTROPHES.sub("", text)
    return bare[:-1] if _INITIALS_IN_PLURAL.fullmatch(bare) else bare


def _needed(text: str) -> int:
    """How many of the pairs of a word must be there: those of its stem, of a longer one all but one, so that it may be
    written with a space within.
    """
    particle = next((ending for ending in _PARTICLES if text.endswith(ending) and len(text) - len(ending) >= 2), "")
    pairs = len(text) - len(particle) - 1
    return max(1, pairs - 1 if pairs >= 3 else pairs)
