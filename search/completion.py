"""Finds in the index what is being typed: the whole name first, then names that have all its words, in any order.

Each word may be the beginning of one, in Hangul also of a syllable, and in Latin letters also of a Korean name that the
record spells in another way. What nothing fits is taken for mistyped, by one letter in each longer word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tantivy import Occur, Query, Schema

from search import hangul, korean_names, naming
from search.index import Snapshot, damage_noticed
from search.naming import COMPLETIONS, KINDS, LONGEST_WORD, SOUND, WEIGHT, WHOLE
from search.schema import PRIMARY_KEY

COUNTED = {
    "person": "speaker", "organization": "organization", "topic": "topic", "proposition": "proposition",
    "event": "debate",
}  # fmt: skip
MOST_WORDS = 12
LONGEST = 200  # letters of what is typed
_FEWEST_LETTERS = 4  # of a word that may be mistyped
_LOOKED_AT = 2  # times as many as wanted, since positions may have been added
_FEWEST_LATIN = 2  # letters from which on a Latin spelling says something of a Korean name


@dataclass(frozen=True, slots=True)
class Candidate:
    """Of a `tier` (0 the whole name, 1 its beginning, 2 its words); `positions` says how much there is of it."""

    kind: str
    key: int
    tier: int
    positions: int


@dataclass(frozen=True, slots=True)
class Candidates:
    """The best first; `are_corrected` where nothing fits what was typed."""

    found: tuple[Candidate, ...] = ()
    are_corrected: bool = False


def candidates(snapshot: Snapshot, typed: str, limit: int) -> Candidates:
    """Costs no query of the database. Raises Damaged."""
    words = naming.words(typed[: LONGEST + 1])
    if not words or len(words) > MOST_WORDS or len(typed) > LONGEST:
        return Candidates()
    with damage_noticed():
        asking = _Asking(snapshot.schema)
        found = _of_tiers(snapshot, asking.tiers(words), limit)
        corrected = () if found else _of_tiers(snapshot, asking.corrected(words), limit)
    return Candidates(tuple(found or corrected), bool(corrected))


def _of_tiers(snapshot: Snapshot, tiers: Iterator[Query], limit: int) -> list[Candidate]:
    found: dict[tuple[str, int], Candidate] = {}
    for tier, query in enumerate(tiers):
        for candidate in _best(snapshot, query, tier, _LOOKED_AT * limit):
            found.setdefault((candidate.kind, candidate.key), candidate)
        if len(found) >= limit:
            break
    return sorted(found.values(), key=lambda one: (one.tier, -one.positions, -KINDS.index(one.kind), one.key))[:limit]


def _best(snapshot: Snapshot, query: Query, tier: int, limit: int) -> list[Candidate]:
    """Chosen by the weight that was written with the name, with the number of positions there are by now."""
    searcher: Any = snapshot.searcher
    hits = searcher.search(query, limit, count=False, order_by_field=WEIGHT).hits
    keys = searcher.fast_field_values(PRIMARY_KEY, [address for _weight, address in hits]) if hits else []
    return [
        Candidate(kind, key, tier, searcher.doc_freq(COUNTED[kind], key))
        for kind, key in zip((naming.kind_of(weight) for weight, _address in hits), keys, strict=True)
    ]


class _Asking:
    def __init__(self, schema: Schema) -> None:
        self._schema = schema

    def tiers(self, words: Sequence[str]) -> Iterator[Query]:
        whole = naming.whole(words)
        yield Query.term_query(self._schema, COMPLETIONS, WHOLE + whole, index_option="basic")
        yield self._beginning(WHOLE + whole)
        every = _all_of([_any_of(list(self._heard(word))) for word in words])
        yield _any_of([every, self._beginning(whole[:LONGEST_WORD])]) if len(words) > 1 else every

    def corrected(self, words: Sequence[str]) -> Iterator[Query]:
        """None where all words are too short to be mistyped."""
        if any(map(_may_be_mistyped, words)):
            yield _all_of([_any_of([*self._mistyped(word), *self._heard(word)]) for word in words])

    def _heard(self, word: str) -> Iterator[Query]:
        yield from (self._beginning(reading) for reading in _readings(word))

    def _mistyped(self, word: str) -> Iterator[Query]:
        if _may_be_mistyped(word):
            yield self._beginning(_letters(word), errors=1)

    def _beginning(self, letters: str, *, errors: int = 0) -> Query:
        return Query.fuzzy_term_query(self._schema, COMPLETIONS, letters, distance=errors, prefix=True)


def _readings(word: str) -> Iterator[str]:
    """The beginnings of what may be meant: the word itself, and of people the names that sound so."""
    letters = _letters(word)
    yield letters
    if letters.isascii() and letters.isalpha() and len(letters) >= _FEWEST_LATIN:
        yield from (SOUND + reading for reading in sorted(korean_names.beginnings(letters)))
    elif hangul.is_syllables(word[:1]):
        yield from {SOUND + korean_names.of_hangul(word), SOUND + korean_names.surname_of_hangul(word)}


def _letters(word: str) -> str:
    return naming.whole([word])[:LONGEST_WORD]


def _may_be_mistyped(word: str) -> bool:
    return len(_letters(word)) >= _FEWEST_LETTERS


def _any_of(queries: Sequence[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Should, query) for query in queries])


def _all_of(queries: Sequence[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Must, query) for query in queries])
