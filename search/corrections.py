"""What was likely meant by words that nothing has, found in the index's own dictionary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from search import analysis, hangul, hits, ranking, spelling
from search.analysis import STEM, Word
from search.index import Snapshot, damage_noticed
from search.language import Clause, Occur, Reading, Words
from search.schema import OTHERS, POSITIONS

_COMMONEST = 50_000  # words of the whole dictionary that are compared where none with the same beginning will do
_PER_WORD = 3


def corrected(snapshot: Snapshot, reading: Reading, *, thoroughly: bool) -> Reading | None:
    """The question with each word that nothing has replaced by the likeliest that something has; None where there is
    nothing to correct. Compares words that begin with the same letter, `thoroughly` also the commonest of all, which
    costs up to some tenths of a second for each unknown word. Raises Damaged.
    """
    clauses = tuple(_corrected(snapshot, clause, thoroughly=thoroughly) for clause in reading.clauses)
    return None if clauses == reading.clauses else Reading(clauses)


def _corrected(snapshot: Snapshot, clause: Clause, *, thoroughly: bool) -> Clause:
    if not isinstance(clause.node, Words) or clause.occur is Occur.EXCLUDED:
        return clause
    words = list(analysis.words(clause.node.text))
    if len(words) != 1 or words[0].is_common or _is_known(snapshot, words[0]):
        return clause
    meant = next(_meant(snapshot, words[0], thoroughly=thoroughly), None)
    return replace(clause, node=Words(meant)) if meant else clause


def _is_known(snapshot: Snapshot, word: Word) -> bool:
    return any(
        hits.count(snapshot, ranking.has_word(snapshot.schema, columns.words, word)) for columns in (POSITIONS, OTHERS)
    )


def _meant(snapshot: Snapshot, word: Word, *, thoroughly: bool) -> Iterator[str]:
    asked = word.run or word.text
    for beginning in (asked[:1], "") if thoroughly else (asked[:1],):
        vocabulary = _vocabulary(snapshot, asked, beginning, None if beginning else _COMMONEST)
        for meant in spelling.corrections(asked, vocabulary.items(), _PER_WORD):
            if any(_is_known(snapshot, found) for found in analysis.words(meant)):
                yield meant


def _vocabulary(snapshot: Snapshot, asked: str, beginning: str, limit: int | None) -> Counter[str]:
    """Words as they are typed, letter by letter, with in how many documents they are: of Korean ones the stems."""
    counted: Counter[str] = Counter()
    is_paired = analysis.is_paired(asked)
    for columns in (POSITIONS, OTHERS):
        column, prefix = (columns.words, STEM + beginning) if is_paired else (columns.phrases, beginning)
        with damage_noticed():
            found = snapshot.searcher.terms_with_prefix(column, prefix, limit=limit)
        for term, count in found:
            word = term.removeprefix(STEM)
            if is_paired or (word.isalpha() and not analysis.is_paired(word)):
                counted[hangul.letters(word)] += count
    return counted
