"""SQLite's full text (FTS5) with stems and bm25, in a file of its own; Korean words are asked for as beginnings."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import batched
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.scale.questions import Question
from benchmarks.scale.texts import FACETS, LINKS, Row

_TABLES = """
CREATE VIRTUAL TABLE docs USING fts5(words, tokenize = 'porter unicode61', prefix = '2 4');
CREATE TABLE facts (
    id integer PRIMARY KEY, stance text, kind text, role text, language text, person int, event int, year int,
    first text, last text
);
CREATE TABLE topic (id int, value int);
CREATE TABLE organization (id int, value int);
"""
_INDEXES = """
CREATE INDEX facts_person ON facts (person);
CREATE INDEX facts_last ON facts (last DESC, id);
CREATE INDEX topic_id ON topic (id, value);
CREATE INDEX organization_id ON organization (id, value);
INSERT INTO docs (docs) VALUES ('optimize');
ANALYZE;
"""
_BATCH = 5_000
_SHOWN = 20
_COUNTED = 10


@contextmanager
def loaded(rows: Callable[[], Iterable[Row]]) -> Iterator[Callable[[Question], object] | None]:
    """What asks it a question; None where this SQLite has no FTS5."""
    with TemporaryDirectory() as folder:
        connection = sqlite3.connect(Path(folder) / "fts5.sqlite3")
        try:
            if not _has_fts5(connection):
                yield None
                return
            _load(connection, rows())
            yield lambda question: _ask(connection, question)
        finally:
            connection.close()


def _has_fts5(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("SELECT sqlite_compileoption_used('ENABLE_FTS5')").fetchone()[0])


def _load(connection: sqlite3.Connection, rows: Iterable[Row]) -> None:
    connection.executescript(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -64000;" + _TABLES
    )
    for batch in batched(rows, _BATCH):
        connection.executemany(
            "INSERT INTO docs (rowid, words) VALUES (?, ?)", ((row.id, f"{row.english} {row.korean}") for row in batch)
        )
        connection.executemany(
            f"INSERT INTO facts VALUES ({', '.join('?' * 10)})",
            ((row.id, *(getattr(row, facet) for facet in FACETS), row.first, row.last) for row in batch),
        )
        for link in LINKS:
            values = ((row.id, value) for row in batch for value in getattr(row, link))
            connection.executemany(f"INSERT INTO {link} VALUES (?, ?)", values)
        connection.commit()
    connection.executescript(_INDEXES)


def _ask(connection: sqlite3.Connection, question: Question) -> int:
    """The best twenty with excerpts, and all counts."""
    conditions, values = _conditions(question)
    both = "docs JOIN facts ON facts.id = docs.rowid"
    if not question.words:
        best = f"SELECT id FROM facts WHERE {conditions} ORDER BY last DESC, id"
    else:
        source = both if question.is_narrowed else "docs"
        best = f"SELECT snippet(docs, 0, '[', ']', '', 20) FROM {source} WHERE {conditions} ORDER BY rank"
    connection.execute(f"{best} LIMIT {_SHOWN}", values).fetchall()
    counted = connection.execute(
        _counts(f"{both if question.words else 'facts'} WHERE {conditions}"), values
    ).fetchall()
    return int(next(number for facet, _value, number in counted if facet == "all"))


def _counts(found: str) -> str:
    counts = [
        "SELECT 'all' AS facet, '' AS value, count(*) AS number FROM found",
        *(_count(facet, facet, "found") for facet in FACETS),
        *(_count(link, "value", f"found JOIN {link} USING (id)") for link in LINKS),
    ]
    return (
        f"WITH found AS MATERIALIZED (SELECT facts.id, {', '.join(FACETS)} FROM {found}) {' UNION ALL '.join(counts)}"
    )


def _count(facet: str, value: str, source: str) -> str:
    return (
        f"SELECT * FROM (SELECT '{facet}', {value}, count(*) AS number FROM {source} GROUP BY {value}"
        f" ORDER BY number DESC LIMIT {_COUNTED})"
    )


def _conditions(question: Question) -> tuple[str, list[object]]:
    conditions: list[str] = ["docs MATCH ?"] if question.words else []
    values: list[object] = [_match(question)] if question.words else []
    if question.speaker:
        conditions.append("person = ?")
        values.append(question.speaker.key)
    if question.stance:
        conditions.append("stance = ?")
        values.append(question.stance)
    if question.days:
        conditions.append("last >= ? AND first <= ?")
        values += [str(day) for day in question.days]
    return " AND ".join(conditions), values


def _match(question: Question) -> str:
    if question.joined == "phrase":
        return f'"{" ".join(question.words)}"' + (" *" if question.language == "ko" else "")
    is_beginning = question.language == "ko" or question.joined == "prefix"
    words = [f'"{word}"{" *" if is_beginning else ""}' for word in question.words]
    return (" AND " if question.joined == "all" else " OR ").join(words)
