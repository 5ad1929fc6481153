"""PostgreSQL's full text, as one would set it up: a stored tsvector with a GIN index, ts_rank for the order.

English goes through its English configuration. Of Korean it knows nothing, so each Korean word is asked for as the
beginning of one, which finds it whatever particle follows. A throw-away server is started where one is installed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import astuple, fields

import psycopg

from benchmarks.scale.questions import Question
from benchmarks.scale.texts import FACETS, LINKS, Row
from tests.cluster import find_binaries, running_cluster

_TABLE = (
    "CREATE UNLOGGED TABLE docs (id bigint PRIMARY KEY, stance text, kind text, role text, language text,"
    " person bigint, event bigint, year int, first date, last date, topic bigint[], organization bigint[],"
    " english text, korean text,"
    " words tsvector GENERATED ALWAYS AS (to_tsvector('english', english) || to_tsvector('simple', korean)) STORED)"
)
_AFTERWARDS = (
    "CREATE INDEX ON docs USING gin (words)",
    "CREATE INDEX ON docs (person)",
    "CREATE INDEX ON docs (stance)",
    "CREATE INDEX ON docs (last DESC NULLS LAST, id)",
    "VACUUM ANALYZE docs",
)
_SHOWN = 20
_COUNTED = 10


@contextmanager
def loaded(rows: Callable[[], Iterable[Row]]) -> Iterator[Callable[[Question], object] | None]:
    """What asks it a question; None where there is no PostgreSQL."""
    binaries = find_binaries()
    if binaries is None:
        yield None
        return
    with running_cluster(binaries) as address, psycopg.connect(address, autocommit=True) as connection:
        _load(connection, rows())
        yield lambda question: _ask(connection, question)


def _load(connection: psycopg.Connection, rows: Iterable[Row]) -> None:
    connection.execute("SET maintenance_work_mem = '512MB'")
    connection.execute("SET work_mem = '64MB'")
    connection.execute(_TABLE)
    columns = ", ".join(column.name for column in fields(Row))
    with connection.cursor() as cursor, cursor.copy(f"COPY docs ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(astuple(row))
    for statement in _AFTERWARDS:
        connection.execute(statement)


def _ask(connection: psycopg.Connection, question: Question) -> int:
    """The best twenty with excerpts, and all counts."""
    query, values = _query(question)
    conditions, more = _conditions(question)
    values += more
    found = f"FROM docs, (SELECT {query} AS query) asked WHERE {conditions}"
    order = "ts_rank(words, query) DESC, id" if question.words else "last DESC NULLS LAST, id"
    best = f"SELECT id, english, korean, query {found} ORDER BY {order} LIMIT {_SHOWN}"
    excerpts = f"SELECT id, ts_headline('simple', english || ' ' || korean, query) FROM ({best}) best"
    connection.execute(excerpts, values).fetchall()
    counted = connection.execute(_counts(found), values).fetchall()
    return int(next(number for facet, _value, number in counted if facet == "all"))


def _counts(found: str) -> str:
    counts = [
        "SELECT 'all', '', count(*) FROM found",
        *(_count(facet, f"{facet}::text", "found") for facet in FACETS),
        *(_count(link, "value::text", f"found, unnest({link}) AS value") for link in LINKS),
    ]
    return f"WITH found AS MATERIALIZED (SELECT {', '.join((*FACETS, *LINKS))} {found}) {' UNION ALL '.join(counts)}"


def _count(facet: str, value: str, source: str) -> str:
    return f"(SELECT '{facet}', {value}, count(*) FROM {source} GROUP BY {value} ORDER BY 3 DESC LIMIT {_COUNTED})"


def _query(question: Question) -> tuple[str, list[object]]:
    """An expression of tsquery, and its parameters."""
    if not question.words:
        return "NULL::tsquery", []
    if question.joined == "phrase" and question.language == "en":
        return "phraseto_tsquery('english', %s)", [" ".join(question.words)]
    if question.joined == "phrase":
        return "to_tsquery('simple', %s)", [" <-> ".join(f"{word}:*" for word in question.words)]
    if question.language == "ko" or question.joined == "prefix":
        sign = " & " if question.joined == "all" else " | "
        return "to_tsquery('simple', %s)", [sign.join(f"{word}:*" for word in question.words)]
    sign = " && " if question.joined == "all" else " || "
    return sign.join(["plainto_tsquery('english', %s)"] * len(question.words)), list(question.words)


def _conditions(question: Question) -> tuple[str, list[object]]:
    conditions: list[str] = ["words @@ query"] if question.words else []
    values: list[object] = []
    if question.speaker:
        conditions.append("person = %s")
        values.append(question.speaker.key)
    if question.stance:
        conditions.append("stance = %s")
        values.append(question.stance)
    if question.days:
        conditions.append("last >= %s AND first <= %s")
        values += question.days
    return " AND ".join(conditions), values
