"""Turns what was asked into a query of the index: built of query objects, so that no text can be read as syntax."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tantivy import FieldType, Occur, Query, Schema

from search import fields
from search.analysis import Word
from search.filters import Filters
from search.schema import RECORD

ALL_WORDS_FIRST = 1_000.0  # more than any sum of scores: what has all words comes before what has some
OTHER_FIELDS = 0.2  # what a word counts in a field beside the one where it counts most


def matching(schema: Schema, kind: str, words: Sequence[Word], narrowed: Sequence[Query] = ()) -> Query:
    """Objects of `kind` with any of the words, or all of them where none is asked for."""
    clauses = [(Occur.Must, _unscored(Query.term_query(schema, RECORD, kind)))]
    clauses += [(Occur.Must, _unscored(condition)) for condition in narrowed]
    if words:
        found = [_word(schema, word) for word in words]
        clauses.append((Occur.Must, Query.boolean_query([(Occur.Should, query) for query in found])))
        if len(found) > 1:
            every = Query.boolean_query([(Occur.Must, query) for query in found])
            clauses.append((Occur.Should, Query.const_score_query(every, ALL_WORDS_FIRST)))
    return Query.boolean_query(clauses)


def narrowing(schema: Schema, filters: Filters, keys: Mapping[str, Sequence[int]]) -> list[Query]:
    """The conditions of `filters` but the words; `keys` are the primary keys behind its names."""
    chosen: dict[str, Sequence[int] | Sequence[str]] = dict(keys)
    chosen |= {name: getattr(filters, name) for name in fields.CODE_FILTERS if getattr(filters, name)}
    conditions = [Query.term_set_query(schema, name, list(values)) for name, values in chosen.items()]
    if filters.after:
        day = filters.after.toordinal()
        conditions.append(Query.range_query(schema, "latest", FieldType.Unsigned, lower_bound=day))
    if filters.before:
        day = filters.before.toordinal()
        conditions.append(Query.range_query(schema, "earliest", FieldType.Unsigned, upper_bound=day))
    return conditions


def _word(schema: Schema, word: Word) -> Query:
    """A field that has enough of the word's tokens; the field where it counts most decides."""
    columns = [Query.boost_query(_in_column(schema, column, word), boost) for column, boost in fields.BOOSTS.items()]
    if word.is_letter:
        letter = Query.term_query(schema, fields.LETTERS, word.text)
        columns.append(Query.boost_query(letter, fields.LETTERS_BOOST))
    return Query.disjunction_max_query(columns, OTHER_FIELDS)


def _in_column(schema: Schema, column: str, word: Word) -> Query:
    terms = [Query.term_query(schema, column, token) for token in word.tokens]
    if len(terms) == 1:
        return terms[0]
    return Query.boolean_query([(Occur.Should, term) for term in terms], minimum_number_should_match=word.needed)


def _unscored(query: Query) -> Query:
    return Query.const_score_query(query, 0.0)
