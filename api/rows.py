"""Rows for lists: small objects with the attributes that shapes read, made without a model for each of them.

A page of positions shows some three hundred records. As instances of models they take most of the time that answering
takes, and putting their query together takes most of the rest: so the query is put together once.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import orjson
from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, QuerySet, Subquery, TextField
from django.db.models.sql.compiler import SQLCompiler

from record import figures
from record.version import Stamp

_SENTINEL = -(10**12)  # stands for the first key in a statement that is put together; no record has it


class Several[Item](list[Item]):
    """Records that belong to a row, read as a model's related manager is."""

    def all(self) -> list[Item]:
        return self


class Columns:
    """What is read of one kind of record: its columns, those of the records that it points to, and `several` records
    that belong to it, each kind of them in one column `AsJSON`.

    A record all of whose own columns are NULL is None: so one of them never is. `having` is a class with properties
    that the record is to have besides; `told` has functions for columns that come otherwise than they are to be read.
    """

    def __init__(
        self,
        *names: str,
        joined: Mapping[str, Columns] | None = None,
        several: Mapping[str, Columns] | None = None,
        having: type = object,
        told: Mapping[str, Callable[[Any], Any]] | None = None,
    ) -> None:
        self.names, self.joined, self.several = names, joined or {}, several or {}
        self.width: int = len(names) + sum(columns.width for columns in self.joined.values()) + len(self.several)
        plain: Any = namedtuple("Row", (*names, *self.joined, *self.several))  # type: ignore[misc]
        bases = (plain,) if having is object else (having, plain)
        self._record: Any = type("Row", bases, {"__slots__": ()})
        self._told = [(names.index(name), read) for name, read in (told or {}).items()]
        self._slices = []
        at = len(names)
        for columns in self.joined.values():
            self._slices.append((columns.row, at, at + columns.width))
            at += columns.width
        self._lists = [(columns.row, place) for place, columns in enumerate(self.several.values(), at)]

    def paths(self, before: str = "") -> list[str]:
        """Of all columns but those of `several`, as a query names them."""
        own = [f"{before}{name}" for name in self.names]
        return own + [path for name, columns in self.joined.items() for path in columns.paths(f"{before}{name}__")]

    def row(self, values: Sequence[Any]) -> Any:
        """`values` are those of `paths`, in their order, and then the lists."""
        own = values[: len(self.names)]
        if own[0] is None and all(value is None for value in own):
            return None
        if self._told:
            own = list(own)
            for place, read in self._told:
                own[place] = read(own[place])
        joined = [row(values[start:end]) for row, start, end in self._slices]
        several = [Several(map(row, orjson.loads(values[place]))) for row, place in self._lists]
        return self._record(*own, *joined, *several)


class Sought:
    """Which records a list has, in its order, and how many: what is asked of the database is put together once."""

    def __init__(self, records: QuerySet[Any]) -> None:
        self._records = records
        try:
            self._sql, self._parameters = records.values_list("pk").query.sql_with_params()
        except EmptyResultSet:
            self._sql = ""
        self._question = repr((self._sql, self._parameters)) if self._sql else ""

    def count(self, at: Stamp) -> int:
        """Exact, and kept until the record changes."""
        return figures.kept(self._question, self._records.all().count, at=at) if self._sql else 0

    def keys(self, rows: slice) -> list[int]:
        """One query."""
        if not self._sql:
            return []
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(f"{self._sql} LIMIT %s OFFSET %s", (*self._parameters, rows.stop - rows.start, rows.start))
            return [key for (key,) in cursor.fetchall()]


class AsJSON(Subquery):
    """The rows of a subquery as one JSON array of arrays: what belongs to a row is read with it, in one query.

    In no order. JSON has no dates: those come as text, and truth values as 0 and 1 from SQLite.
    """

    template = "(SELECT json_group_array(json_array(%(listed)s)) FROM (%(subquery)s) belonging)"
    output_field = TextField()

    def __init__(self, records: QuerySet[Any], paths: Sequence[str]) -> None:
        names = {f"c{place}": F(path) for place, path in enumerate(paths)}
        listed = ", ".join(f"belonging.{name}" for name in names)
        super().__init__(records.order_by().values(**names), listed=listed)

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        template = "(SELECT coalesce(json_agg(json_build_array(%(listed)s)), '[]')::text FROM (%(subquery)s) belonging)"
        return self.as_sql(compiler, connection, template=template)


def moment(text: str) -> datetime:
    """As SQLite keeps it, in UTC without saying so, or as PostgreSQL writes it into JSON."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Statement:
    sql: str
    parameters: tuple[Any, ...]
    places: tuple[int, ...]
    compiler: SQLCompiler
    converters: dict[int, Any]


class Prepared:
    """A query for the rows with given primary keys, put together once for each number of them.

    `query` makes it from the keys, as `values_list()`; all else about it is always the same.
    """

    def __init__(self, query: Callable[[Sequence[int]], QuerySet[Any, Any]]) -> None:
        self._query = query
        self._statement = lru_cache(maxsize=1_000)(self._put_together)

    def rows(self, keys: Sequence[int]) -> Iterable[Sequence[Any]]:
        """In no order. One query, none without keys."""
        if not keys:
            return []
        connection = connections[DEFAULT_DB_ALIAS]
        statement = self._statement(connection.vendor, len(keys))
        parameters = list(statement.parameters)
        for place, key in zip(statement.places, keys, strict=True):
            parameters[place] = key
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, parameters)
            found = cursor.fetchall()
        return statement.compiler.apply_converters(found, statement.converters)

    def _put_together(self, _vendor: str, size: int) -> _Statement:
        keys = range(_SENTINEL, _SENTINEL + size)
        compiler = self._query(list(keys)).query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        selected = [expression for expression, _sql, _name in compiler.select]
        places = tuple(place for place, value in enumerate(parameters) if value in keys)
        return _Statement(sql, tuple(parameters), places, compiler, compiler.get_converters(selected))
