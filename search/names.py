"""Whom and what the names in a question mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import combinations

from tantivy import Occur, Query

from search import hits, ranking, spelling
from search.index import Snapshot
from search.language import Named, Phrase, Prefix, Words
from search.naming import SOUNDS
from search.schema import NAMED, RECORD

MOST_MEANT = 1_000
MOST_WORDS = 8  # of a question in which names are looked for by their sound
_KINDS = {"speaker": "person", "organization": "organization", "topic": "topic", "debate": "event"}


def named(snapshot: Snapshot, asked: Named) -> Query:
    """The positions whose speaker, organization, topic or debate has one of the names asked for. Raises Damaged."""
    meant = {key for value in asked.values for key in _meant(snapshot, _KINDS[asked.field], value)}
    return Query.term_set_query(snapshot.schema, asked.field, sorted(meant)) if meant else Query.empty_query()


def sounding(snapshot: Snapshot, words: Sequence[str]) -> dict[int, list[int]]:
    """By the place of a word in a question, whose name it is part of, in whatever spelling. Raises Damaged."""
    found: dict[int, list[int]] = defaultdict(list)
    spans = {span: keys for span in _spans(words) if (keys := spelling.asked_sounds(words[slice(*span)]))}
    if not _people(snapshot, {key for keys in spans.values() for key in keys}, 1):
        return found  # as of most questions
    for span, keys in spans.items():
        people = _people(snapshot, keys, MOST_MEANT)
        for place in range(*span):
            found[place] += people
    return found


def _spans(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    if len(words) <= MOST_WORDS:
        yield from combinations(range(len(words) + 1), 2)


def _people(snapshot: Snapshot, keys: Collection[str], at_most: int) -> list[int]:
    return hits.keys(snapshot, Query.term_set_query(snapshot.schema, SOUNDS, sorted(keys)), at_most) if keys else []


def _meant(snapshot: Snapshot, kind: str, value: Words | Phrase | Prefix) -> Iterator[int]:
    query = ranking.has_name(snapshot.schema, NAMED, value)
    if query is not None:
        of_kind = Query.term_query(snapshot.schema, RECORD, kind)
        wanted = Query.boolean_query([(Occur.Must, of_kind), (Occur.Must, query)])
        yield from hits.keys(snapshot, wanted, MOST_MEANT)
    if kind == "person" and not isinstance(value, Prefix):
        yield from _people(snapshot, spelling.asked_sounds(value.text.split()), MOST_MEANT)
