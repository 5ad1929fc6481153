"""The files of an archive: every resource in every format, read from the database once."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import batched
from pathlib import Path
from typing import IO, Any, get_type_hints

import orjson

from api.exports.columns import Hint, Table, columns, tables
from api.resources import RESOURCES
from api.shapes.positions import position_alone
from api.statements import as_lines
from exchange import csv_text, popolo, statements
from positions.models import Position, PositionLink, Remark

CSV, LINES, JSON = "text/csv", "application/x-ndjson", "application/json"
_CHUNK = 200
_CHUNKS = {"debates": 5, "sessions": 20, "sources": 20}  # of records that hold many others, or long texts

type Counted = Callable[[int], object]


@dataclass(frozen=True, slots=True)
class Part:
    """A file of the archive. `write` gives it in pieces and, at their end, tells how many rows they had."""

    path: str
    media_type: str
    description: str
    write: Callable[[Counted], Iterator[bytes]]


@dataclass(slots=True)
class Seen:
    """What was noticed in passing: the last change of any record, in ISO 8601."""

    newest_change: str = ""

    def noting(self, records: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
        for record in records:
            self.newest_change = max(self.newest_change, record["updated_at"].isoformat())
            yield record


def parts(folder: Path, seen: Seen) -> Iterator[Part]:
    """To be written one after the other. The lines of one resource at a time lie in `folder` meanwhile."""
    for name in RESOURCES:
        # Unbuffered: a full disk is noticed as it is written, and not once more as the file is closed.
        with tempfile.TemporaryFile(dir=folder, buffering=0) as kept:
            yield Part(f"ndjson/{name}.ndjson", LINES, _described(name), _lines(name, kept, seen))
            for table in tables_of(name):
                yield Part(f"csv/{table.name}.csv", CSV, _described(name, table), _table(table, kept))
    yield Part("statements.csv", CSV, "One flat table: a row for each statement.", _statements)
    yield Part("popolo.json", JSON, "People, organizations, memberships and debates as Popolo.", popolo.written)


def tables_of(resource: str) -> list[Table]:
    return tables(resource, shape_of(resource))


def shape_of(resource: str) -> Any:
    return get_type_hints(RESOURCES[resource].shown_as)["return"]


def statement_table() -> Table:
    return Table("statements", statements.Statement, columns(Hint(statements.Statement).fields))


def records(resource: str) -> Iterator[Mapping[str, Any]]:
    """All that are public, as the API shows each, in the order of primary keys; the same queries for each chunk."""
    keys = RESOURCES[resource]().whole().prefetch_related(None).order_by("pk").values_list("pk", flat=True)
    read = _positions if resource == "positions" else partial(_whole, resource)
    for chunk in batched(keys.iterator(chunk_size=_CHUNK), _CHUNKS.get(resource, _CHUNK)):
        found = read(chunk)
        yield from (found[key] for key in chunk)


def _whole(resource: str, keys: Sequence[int]) -> dict[int, Mapping[str, Any]]:
    viewset = RESOURCES[resource]
    return {record.pk: viewset.shown_as(record) for record in viewset().whole().filter(pk__in=keys)}


def _positions(keys: Sequence[int]) -> dict[int, Mapping[str, Any]]:
    """There are more of them than of all else, and few have more to show than in a list, which is read far quicker."""
    more = set(Remark.objects.filter(position__in=keys).values_list("position", flat=True))
    for end in ("from_position", "to_position"):
        more |= set(PositionLink.objects.between_public().filter(**{f"{end}__in": keys}).values_list(end, flat=True))
    listed = [key for key in keys if key not in more]
    rows = zip(listed, RESOURCES["positions"]().rows(listed), strict=True)
    alone: dict[int, Mapping[str, Any]] = {key: position_alone(row) for key, row in rows}
    return {**alone, **_whole("positions", list(more))} if more else alone


def _described(resource: str, table: Table | None = None) -> str:
    of = (RESOURCES[resource].__doc__ or "").partition("\n")[0]
    return f"{of} Here: {table.part}." if table and table.part else of


def _lines(resource: str, kept: IO[bytes], seen: Seen) -> Callable[[Counted], Iterator[bytes]]:
    def write(counted: Counted) -> Iterator[bytes]:
        for piece in as_lines(_counting(seen.noting(records(resource)), counted)):
            _put(kept, piece)
            yield piece

    return write


def _put(file: IO[bytes], piece: bytes) -> None:
    """All of it: an unbuffered file may take a part, and raises only when asked to take the rest."""
    while piece:
        piece = piece[file.write(piece) :]


def _table(table: Table, kept: IO[bytes]) -> Callable[[Counted], Iterator[bytes]]:
    def write(counted: Counted) -> Iterator[bytes]:
        with open(kept.fileno(), "rb", closefd=False) as lines:
            lines.seek(0)
            rows = table.rows(map(orjson.loads, lines))
            yield from csv_text.written([column.name for column in table.columns], _counting(rows, counted))

    return write


def _statements(counted: Counted) -> Iterator[bytes]:
    rows: Iterator[Any] = statements.rows(Position.objects.public().oldest_first())
    return csv_text.written(statements.COLUMNS, (tuple(row.values()) for row in _counting(rows, counted)))


def _counting[T](rows: Iterable[T], counted: Counted) -> Iterator[T]:
    number = 0
    for number, row in enumerate(rows, 1):  # noqa: B007
        yield row
    counted(number)
