"""Whom and what the names in a question mean."""

from __future__ import annotations

from collections.abc import Iterator

from tantivy import Occur, Query

from search import hits, ranking
from search.index import Snapshot
from search.language import Named, Phrase, Prefix, Words
from search.schema import NAMED, RECORD

MOST_MEANT = 1_000
_KINDS = {"speaker": "person", "organization": "organization", "topic": "topic", "debate": "event"}


def named(snapshot: Snapshot, asked: Named) -> Query:
    """The positions whose speaker, organization, topic or debate has one of the names asked for. Raises Damaged."""
    meant = {key for value in asked.values for key in _meant(snapshot, _KINDS[asked.field], value)}
    return Query.term_set_query(snapshot.schema, asked.field, sorted(meant)) if meant else Query.empty_query()


def _meant(snapshot: Snapshot, kind: str, value: Words | Phrase | Prefix) -> Iterator[int]:
    query = ranking.has_name(snapshot.schema, NAMED, value)
    if query is not None:
        of_kind = Query.term_query(snapshot.schema, RECORD, kind)
        wanted = Query.boolean_query([(Occur.Must, of_kind), (Occur.Must, query)])
        yield from hits.keys(snapshot, wanted, MOST_MEANT)
