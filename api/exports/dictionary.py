"""The data dictionary, read from the shapes, so that it says what the files hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from inspect import cleandoc
from typing import Any

from api.exports.columns import Hint, Table
from api.exports.contents import shape_of, statement_table, tables_of
from api.resources import RESOURCES

FIELDS = ("file", "field", "type", "may_be_empty", "description", "values")


@dataclass(frozen=True, slots=True)
class Entry:
    """A column of a table, or a field of a JSON object: within others, with dots; [] stands for each in a list."""

    file: str
    field: str
    type: str
    may_be_empty: bool
    description: str
    values: tuple[str, ...]

    @property
    def row(self) -> tuple[str | bool, ...]:
        return (self.file, self.field, self.type, self.may_be_empty, self.description, " | ".join(self.values))


def entries() -> Iterator[Entry]:
    yield from _of_table("statements.csv", statement_table())
    for name in RESOURCES:
        for table in tables_of(name):
            yield from _of_table(f"csv/{table.name}.csv", table)
    for name in RESOURCES:
        yield from _of_shape(f"ndjson/{name}.ndjson", shape_of(name))


def as_markdown() -> str:
    """A table for each file of flat columns; JSON is described in the CSV of the dictionary and by the API's schema."""
    files = [("statements.csv", statement_table())]
    files += [(f"csv/{table.name}.csv", table) for name in RESOURCES for table in tables_of(name)]
    return "\n".join(_section(file, table) for file, table in files)


def _section(file: str, table: Table) -> str:
    lines = [
        f"## {file}",
        "",
        cleandoc(table.shape.__doc__ or ""),
        "",
        "| column | type | what it holds |",
        "|---|---|---|",
    ]
    for entry in _of_table(file, table):
        values = f" One of: {', '.join(f'`{value}`' for value in entry.values)}." if entry.values else ""
        told = f"{entry.description}{values}".replace("|", "\\|")
        lines.append(f"| `{entry.field}` | {entry.type} | {told.strip()} |")
    return "\n".join([*lines, ""])


def _of_table(file: str, table: Table) -> Iterator[Entry]:
    for column in table.columns:
        told = column.hint
        is_optional = told.is_optional or column.name == "source_language" or column.name.endswith(("_en", "_ko"))
        yield Entry(file, column.name, told.type_name, is_optional, told.description, told.values)


def _of_shape(file: str, shape: Any, before: str = "", seen: tuple[Any, ...] = ()) -> Iterator[Entry]:
    for field, told in Hint(shape).fields.items():
        name = f"{before}{field}"
        yield Entry(file, name, told.type_name, told.is_optional, told.description, told.values)
        inner = told.items or told
        if inner.is_group and inner.type not in seen:
            dots = f"{name}[]." if told.items else f"{name}."
            yield from _of_shape(file, inner.type, dots, (*seen, shape))
