"""Turns what was read of a question into queries of the index: built of query objects, so that no text can be syntax.

What is found and how well it fits are asked apart. Found is what has the words, each in one of its forms; how well it
fits is told by all their tokens together (BM25 of stems, pairs and letters), so that a text that says nearly the same
comes before one that merely has the word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby

from tantivy import FieldType, Occur, Query, Schema

from search import analysis, fields
from search.analysis import Word
from search.filters import Filters
from search.language import AllOf, AnyOf, Coded, Dated, Named, Node, Not, Phrase, Prefix, Reading, Words
from search.language import Occur as Asked
from search.schema import KEY, POSITIONS, RECORD, Columns, columns_of, key_of

MANY_WORDS = 4  # in a question that has so many, parts of Korean words count as found
MOST_PARTS = 40
AS_WRITTEN = 0.3  # what the very word counts beside its stem
ALL_FIRST = 1_000.0  # more than any sum of scores

NAME = 8.0  # what it counts to be said by somebody whose name was asked for in another spelling


@dataclass(frozen=True, slots=True)
class Names:
    """What names in a question mean: the positions that a field asks for, and, by the place of a word, the people whose
    name it is part of (see `search.names`).
    """

    named: Callable[[Named], Query]
    sounding: Callable[[tuple[str, ...]], Mapping[int, Sequence[int]]]


@dataclass(frozen=True, slots=True)
class Part:
    """One thing asked for: what has it; the tokens one of which is enough to have it, or to have some of it; and what
    tells how well a text fits: tokens with what each counts, and all else. What `is_condition` narrows and tells
    nothing of that.
    """

    has: Query
    enough: tuple[str, ...] = ()
    some: tuple[str, ...] = ()
    tokens: Mapping[str, float] = field(default_factory=dict)
    scores: tuple[Query, ...] = ()
    is_condition: bool = False
    is_common: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What a question asks of one kind of documents: at least one of `wanted`, best all, or every one of `required`,
    and none of `excluded`. `narrowed` are the filters in force by name, `codes` the values of those that are codes.

    `quick` are scores of which every text that has something wanted has one, and no other text; `full` are all. To
    find the best by few scores, and then order those by all, takes a fraction of the time.
    """

    everything: Query
    wanted: tuple[Part, ...] = ()
    required: tuple[Part, ...] = ()
    excluded: tuple[Part, ...] = ()
    quick: tuple[Query, ...] = ()
    full: tuple[Query, ...] = ()
    narrowed: Mapping[str, Query] = field(default_factory=dict)
    codes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    is_alone: bool = True  # whether no other kind has the same columns

    def of_kind(self, schema: Schema, kind: str) -> Plan:
        return replace(self, everything=Query.term_query(schema, RECORD, kind))

    @property
    def asks_for_words(self) -> bool:
        return bool(self.full)

    @property
    def asks_for_anything(self) -> bool:
        return bool(self.wanted or self.required or self.excluded)

    @property
    def has_tiers(self) -> bool:
        """Whether some may have all that is wanted and others only some."""
        return len(self.wanted) > 1

    def some(self) -> Query:
        """What is found, roughly ranked."""
        return self._ranked(self._conditions())

    def every(self) -> Query:
        """What of it has all that is wanted."""
        return self._ranked([*self._conditions(), *(part.has for part in self.wanted)])

    def rest(self) -> Query:
        return self._ranked(self._conditions(), but=[_all_of([part.has for part in self.wanted])])

    def all_first(self) -> Query:
        """What is found, with what has all before the rest."""
        if not self.has_tiers:
            return self.some()
        every = _all_of([part.has for part in self.wanted])
        first = Query.const_score_query(every, ALL_FIRST)
        return Query.boolean_query([(Occur.Must, self.some()), (Occur.Should, first)])

    def found(self, without: Iterable[str] = ()) -> Query:
        """The same as `some`, unranked, whatever the filters `without` say."""
        wanted = [_any_of(self.quick)] if self._is_by_words else []
        return _narrowed([*wanted, *self._conditions(without)] or [self.everything], self._excluded())

    def reordered(self, found: Query) -> Query:
        """Those `found`, ranked by all that tells how well they fit."""
        return Query.boolean_query([(Occur.Must, _unscored(found)), *((Occur.Should, score) for score in self.full)])

    @property
    def _is_by_words(self) -> bool:
        """Where a word has to be there, the others need not."""
        return bool(self.quick) and not any(not part.is_condition for part in self.required)

    def _ranked(self, conditions: Sequence[Query], but: Sequence[Query] = ()) -> Query:
        """By words alone the index can pass over what can't be among the best."""
        excluded = [*self._excluded(), *but]
        if self._is_by_words and not conditions:
            return _narrowed([_any_of(self.quick)], excluded)
        occur = Occur.Must if self._is_by_words else Occur.Should
        scores = [(occur, _any_of(self.quick))] if self.quick else []
        found = _unscored(_narrowed(conditions or [self.everything], excluded))
        return Query.boolean_query([(Occur.Must, found), *scores])

    def _conditions(self, without: Iterable[str] = ()) -> list[Query]:
        left_out = set(without)
        conditions = [part.has for part in self.required]
        conditions += [query for name, query in self.narrowed.items() if name not in left_out]
        return conditions if self.is_alone else [*conditions, self.everything]

    def _excluded(self) -> list[Query]:
        return [part.has for part in self.excluded]


def planned(schema: Schema, kind: str, reading: Reading, names: Names) -> Plan:
    """Of fields (speaker:, stance:) only positions know anything; asked of other kinds they are left out."""
    everything = Query.term_query(schema, RECORD, kind)
    parts = _Parts(schema, columns_of(kind), everything, names)
    asked = {occur: parts.of(clause.node for clause in reading.clauses if clause.occur is occur) for occur in Asked}
    wanted = _without_common(asked[Asked.OPTIONAL])[:MOST_PARTS]
    required = asked[Asked.REQUIRED]
    if len(wanted) >= MANY_WORDS:
        wanted = [replace(part, enough=part.some) for part in wanted]
    return Plan(
        everything,
        tuple(wanted),
        tuple(required),
        tuple(asked[Asked.EXCLUDED]),
        tuple(parts.quick_scores([*wanted, *(part for part in required if not part.is_condition)])),
        tuple(parts.full_scores([*wanted, *required])),
        is_alone=kind == "position",
    )


def narrowing(schema: Schema, filters: Filters, keys: Mapping[str, Sequence[int]]) -> dict[str, Query]:
    """The conditions of `filters` but the words, by name; `keys` are the primary keys behind its names."""
    chosen: dict[str, Sequence[int] | Sequence[str]] = dict(keys)
    chosen |= {name: getattr(filters, name) for name in fields.CODE_FILTERS if getattr(filters, name)}
    conditions = {name: Query.term_set_query(schema, name, list(values)) for name, values in chosen.items()}
    if filters.after or filters.before:
        within = _within(schema, filters.after, filters.before)
        undated = Query.term_query(schema, fields.YEAR, fields.UNDATED)
        conditions[fields.YEAR] = _any_of([within, undated]) if filters.undated else within
    return conditions


def codes(filters: Filters) -> dict[str, frozenset[str]]:
    return {name: frozenset(chosen) for name in fields.CODE_FILTERS if (chosen := getattr(filters, name))}


def has_name(schema: Schema, column: str, value: Words | Phrase | Prefix) -> Query | None:
    """What has all words of a name in a column of words without order; None if there is no word in it."""
    words = [word for word in analysis.words(value.text) if word.needed]
    if not words:
        return None
    if isinstance(value, Prefix):
        *words, last = words
        return _all_of([*(has_word(schema, column, word) for word in words), _beginning(schema, column, last.text)])
    return _all_of([has_word(schema, column, word) for word in words])


class _Parts:
    """Makes parts of what was read."""

    def __init__(self, schema: Schema, columns: Columns, everything: Query, names: Names) -> None:
        self._schema = schema
        self._columns = columns
        self._everything = everything
        self._names = names

    def of(self, nodes: Iterable[Node]) -> list[Part]:
        """Words beside each other are read together: what crosses the space between two says something too."""
        parts: list[Part] = []
        for are_words, several in groupby(nodes, lambda node: isinstance(node, Words)):
            if are_words:
                parts += self._words([node.text for node in several if isinstance(node, Words)])
            else:
                parts += [part for node in several if (part := self._part(node))]
        return parts

    def _words(self, texts: Sequence[str]) -> Iterator[Part]:
        places = [place for place, text in enumerate(texts) for _word in analysis.words(text)]
        people = self._names.sounding(tuple(texts))
        found: dict[Word, set[int]] = {}
        for word, place in zip(analysis.words(" ".join(texts)), places, strict=True):
            found.setdefault(word, set()).update(people.get(place, ()))
        for word, keys in found.items():
            yield self._or_of_people(self._word(word), sorted(keys)) if keys else self._word(word)

    def _or_of_people(self, part: Part, keys: Sequence[int]) -> Part:
        if self._columns is POSITIONS:
            theirs = Query.term_set_query(self._schema, "speaker", list(keys))
        else:
            theirs = Query.term_set_query(self._schema, KEY, [key_of("person", key) for key in keys])
        theirs = Query.const_score_query(theirs, NAME)
        return replace(part, has=_any_of([part.has, theirs]), enough=(), some=(), scores=(*part.scores, theirs))

    def quick_scores(self, parts: Iterable[Part]) -> Iterator[Query]:
        """For each part something that all have that have it."""
        tokens: dict[str, float] = {}
        for part in parts:
            if part.enough:
                _raise(tokens, {token: part.tokens.get(token, 1.0) for token in part.enough})
            else:
                yield part.has
        yield from self._terms(tokens)

    def full_scores(self, parts: Iterable[Part]) -> Iterator[Query]:
        tokens: dict[str, float] = {}
        for part in parts:
            _raise(tokens, part.tokens)
            yield from part.scores
        yield from self._terms(tokens)

    def _terms(self, tokens: Mapping[str, float]) -> Iterator[Query]:
        """Each token once, for all it counts."""
        for token, weight in tokens.items():
            term = self._term(token)
            yield term if weight == 1 else Query.boost_query(term, weight)

    def _part(self, node: Node) -> Part | None:
        match node:
            case Words():
                return self._all([node])
            case Phrase(text=text):
                return self._phrase(text)
            case Prefix(text=text):
                return self._prefix(text)
            case AnyOf(parts=nodes):
                return self._any(nodes)
            case AllOf(parts=nodes):
                return self._all(nodes)
            case Not(part=inner):
                part = self._part(inner)
                return _condition(self._without(part.has)) if part else None
        return self._field(node) if self._columns is POSITIONS else None

    def _field(self, node: Node) -> Part | None:
        match node:
            case Coded(field=name, codes=codes):
                return _condition(Query.term_set_query(self._schema, name, list(codes)))
            case Dated(field="after", day=day):
                return _condition(_within(self._schema, day, None))
            case Dated(day=day):
                return _condition(_within(self._schema, None, day))
            case Named():
                return _condition(self._names.named(node))
        return None

    def _word(self, word: Word) -> Part:
        phrase = self._in_order(word.phrase)
        if word.is_common:
            assert phrase is not None
            return Part(phrase, scores=(phrase,), is_common=True)
        needed = has_word(self._schema, self._columns.words, word)
        as_written = [Query.term_query(self._schema, self._columns.phrases, token) for token in word.as_written]
        scores = tuple(Query.boost_query(query, AS_WRITTEN) for query in as_written)
        if phrase:
            return Part(_any_of([needed, phrase]), tokens=dict(word.scored), scores=scores)
        return Part(needed, word.enough, word.some, dict(word.scored), scores)

    def _phrase(self, text: str) -> Part | None:
        phrase = self._in_order(analysis.phrase(text))
        if phrase is None:
            return None
        tokens = {token: weight for word in analysis.words(text) for token, weight in word.scored}
        return Part(phrase, tokens=tokens, scores=(phrase,))

    def _prefix(self, text: str) -> Part | None:
        *before, last = analysis.phrase(text) or ("",)
        if not last:
            return None
        if analysis.is_paired(text):
            stem = _regex(self._schema, self._columns.words, analysis.STEM + analysis.fold(text))
            found = _any_of([stem, self._term(text)]) if len(text) == 1 else stem
        elif before:
            found = Query.phrase_prefix_query(self._schema, self._columns.phrases, [*before, last])
        else:
            found = _regex(self._schema, self._columns.phrases, last)
        return Part(found, scores=(found,))

    def _any(self, nodes: Sequence[Node]) -> Part | None:
        parts = [part for node in nodes if (part := self._part(node))]
        return _merged(_any_of([part.has for part in parts]), parts) if parts else None

    def _all(self, nodes: Sequence[Node]) -> Part | None:
        parts = self.of(nodes)
        return _merged(_all_of([part.has for part in parts]), parts) if parts else None

    def _without(self, query: Query) -> Query:
        return Query.boolean_query([(Occur.Must, self._everything), (Occur.MustNot, query)])

    def _in_order(self, tokens: Sequence[str]) -> Query | None:
        """What has the tokens one after the other; None where there are none."""
        if len(tokens) > 1:
            return Query.phrase_query(self._schema, self._columns.phrases, list(tokens))
        return Query.term_query(self._schema, self._columns.phrases, tokens[0]) if tokens else None

    def _term(self, token: str) -> Query:
        return Query.term_query(self._schema, self._columns.words, token, index_option="freq")


def _without_common(parts: list[Part]) -> list[Part]:
    """Unless there is nothing else: to be or not to be."""
    return [part for part in parts if not part.is_common] or parts


def has_word(schema: Schema, column: str, word: Word) -> Query:
    return _all_of(
        [
            _any_of([Query.term_query(schema, column, token, index_option="freq") for token in alternatives])
            for alternatives in word.needed
        ]
    )


def _within(schema: Schema, after: date | None, before: date | None) -> Query:
    days: list[Query] = []
    if after:
        days.append(Query.range_query(schema, "latest", FieldType.Unsigned, lower_bound=after.toordinal()))
    if before:
        days.append(Query.range_query(schema, "earliest", FieldType.Unsigned, upper_bound=before.toordinal()))
    return _all_of(days)


def _regex(schema: Schema, column: str, beginning: str) -> Query:
    return Query.regex_query(schema, column, re.escape(beginning) + ".*")


def _beginning(schema: Schema, column: str, text: str) -> Query:
    """What has a word that begins so, or its stem: of English ones the index knows only the stems."""
    beginning = analysis.STEM + text if analysis.is_paired(text) else text
    return _any_of([_regex(schema, column, beginning), Query.term_query(schema, column, *analysis.stems([beginning]))])


def _condition(query: Query) -> Part:
    """It narrows and says nothing of how well a text fits."""
    return Part(query, is_condition=True)


def _merged(has: Query, parts: Sequence[Part]) -> Part:
    tokens = {token: weight for part in parts for token, weight in part.tokens.items()}
    scores = tuple(score for part in parts for score in part.scores)
    return Part(has, tokens=tokens, scores=scores, is_condition=all(part.is_condition for part in parts))


def _raise(tokens: dict[str, float], others: Mapping[str, float]) -> None:
    for token, weight in others.items():
        tokens[token] = max(weight, tokens.get(token, 0.0))


def _unscored(query: Query) -> Query:
    return Query.const_score_query(query, 0.0)


def _narrowed(musts: Sequence[Query], nots: Sequence[Query]) -> Query:
    if not nots:
        return _all_of(musts)
    return Query.boolean_query([*((Occur.Must, query) for query in musts), *((Occur.MustNot, query) for query in nots)])


def _any_of(queries: Sequence[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Should, query) for query in queries])


def _all_of(queries: Sequence[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Must, query) for query in queries])
