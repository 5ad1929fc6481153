"""The shapes of the API as flat tables: which columns there are, what they mean, and how they are read from a record.

A text in two languages is two columns, a date of unknown parts three, another record its id, several of these their ids
in one cell, and a list of anything else a table of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NotRequired, TypeAliasType, Union, get_args, get_origin, get_type_hints

from django.db.models import Choices

from api.shapes.texts import Bilingual, PartialDate
from exchange.csv_text import Cell, joined
from speakers.bilingual import LANGUAGES

type Record = Mapping[str, Any]
type Read = Callable[[Record], Any]
TYPES: Mapping[Any, str] = {
    str: "string", int: "integer", bool: "boolean", date: "date", datetime: "date-time", time: "time",
}  # fmt: skip
_PARTS_OF_A_DATE = {
    "edtf": "In EDTF; X stands for an unknown digit.",
    "earliest": "The first day it can be; empty where its year or that end is unknown.",
    "latest": "The last day it can be; empty where its year or that end is unknown or open.",
}


@dataclass(frozen=True, slots=True)
class Hint:
    """What an annotation says of a value."""

    type: Any
    description: str = ""
    values: tuple[str, ...] = ()
    is_optional: bool = False

    @property
    def fields(self) -> dict[str, Hint]:
        """Of a TypedDict."""
        return {name: hint(of) for name, of in get_type_hints(self.type, include_extras=True).items()}

    @property
    def is_record(self) -> bool:
        """One with an address of its own in the API."""
        return hasattr(self.type, "__required_keys__") and {"id", "url"} <= get_type_hints(self.type).keys()

    @property
    def is_group(self) -> bool:
        return hasattr(self.type, "__required_keys__")

    @property
    def type_name(self) -> str:
        if self.items:
            return f"list of {self.items.type_name}"
        return TYPES.get(self.type) or str(getattr(self.type, "__name__", "object"))

    @property
    def items(self) -> Hint | None:
        """Of a list."""
        return hint(get_args(self.type)[0]) if get_origin(self.type) is list else None


def hint(of: Any) -> Hint:
    origin, arguments = get_origin(of), get_args(of)
    if origin is Annotated:
        return _noted(hint(arguments[0]), arguments[1:])
    if isinstance(of, TypeAliasType):
        return hint(of.__value__)
    if origin is NotRequired:
        return replace(hint(arguments[0]), is_optional=True)
    if origin in {Union, UnionType}:
        (one,) = [argument for argument in arguments if argument is not NoneType]
        return replace(hint(one), is_optional=True)
    if origin is Literal:
        return Hint(type(arguments[0]), values=tuple(map(_in_json, arguments)))
    return Hint(of)


def _noted(found: Hint, notes: Iterable[Any]) -> Hint:
    """As the schema reads them: a text describes, choices and an "enum" say which values there are."""
    for note in notes:
        if isinstance(note, str):
            found = replace(found, description=" ".join(filter(None, (found.description, note))))
        elif isinstance(note, type) and issubclass(note, Choices):
            found = replace(found, values=tuple(map(str, note.values)))
        elif isinstance(note, Mapping) and "enum" in note:
            found = replace(found, values=tuple(map(str, note["enum"])))
    return found


def _in_json(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    hint: Hint
    read: Read

    def cell(self, record: Record) -> Cell:
        value: Any = self.read(record)
        return datetime.fromisoformat(value) if value and self.hint.type is datetime else value


@dataclass(frozen=True, slots=True)
class Table:
    """A row for each record or, where it is of a list within the records, for each thing in `part`."""

    name: str
    shape: Any
    columns: tuple[Column, ...]
    part: str = ""

    def rows(self, records: Iterable[Record]) -> Iterator[list[Cell]]:
        """From records as they are in JSON."""
        for record in records:
            if not self.part:
                yield [column.cell(record) for column in self.columns]
                continue
            for number, one in enumerate(record[self.part], 1):
                within = {**one, _OWNER: record["id"], _NUMBER: number}
                yield [column.cell(within) for column in self.columns]


_OWNER, _NUMBER = "\0owner", "\0number"  # no field is called so


def tables(name: str, shape: Any) -> list[Table]:
    """The table of the records, and one for each list in them of what has no address of its own."""
    fields = Hint(shape).fields
    parts = {field: of.items for field, of in fields.items() if of.items and of.items.is_group}
    owned = {field: items for field, items in parts.items() if not items.is_record}
    return [
        Table(name, shape, columns({field: of for field, of in fields.items() if field not in owned})),
        *(Table(f"{name}_{field}", items.type, _of_part(name, field, items), field) for field, items in owned.items()),
    ]


def _of_part(name: str, field: str, items: Hint) -> tuple[Column, ...]:
    owner = Column(f"{_one_of(name)}_id", Hint(str, "The record that it belongs to."), lambda part: part[_OWNER])
    number = Column("number", Hint(int, "Its place there, from 1."), lambda part: part[_NUMBER])
    taken = (owner.name, number.name)
    own = (
        replace(column, name=f"{_one_of(field)}_{column.name}") if column.name in taken else column
        for column in columns(items.fields)
    )
    return (owner, number, *own)


def _one_of(several: str) -> str:
    return several.removesuffix("s")


def columns(fields: Mapping[str, Hint]) -> tuple[Column, ...]:
    return tuple(_columns(fields))


def _columns(fields: Mapping[str, Hint]) -> Iterator[Column]:
    for field, of in fields.items():
        yield from _flat(field, of, _reader(field))
    if texts := [field for field, of in fields.items() if of.type is Bilingual]:
        language = Hint(str, "Of its source: a text in the other language is the editors'.", LANGUAGES)
        yield Column("source_language", language, lambda record: _language(record, texts))
    for field, of in fields.items():
        if of.is_record and (wording := of.fields.get("wording")):
            yield Column(f"{field}_wording", wording, _within(_reader(field), "wording"))


def _flat(name: str, of: Hint, read: Read) -> Iterator[Column]:
    if of.type is Bilingual:
        for language in LANGUAGES:
            yield Column(f"{name}_{language}", replace(of, type=str), _within(read, language))
    elif of.type is PartialDate:
        for part, meaning in _PARTS_OF_A_DATE.items():
            told = Hint(str if part == "edtf" else date, " ".join(filter(None, (of.description, meaning))))
            yield Column(name if part == "edtf" else f"{name}_{part}", told, _within(read, part))
    elif of.is_record:
        yield Column(f"{name}_id", Hint(str, of.description or "The id of that record."), _within(read, "id"))
    elif of.is_group:
        for inner, inner_hint in of.fields.items():
            yield from _flat(f"{name}_{inner}", inner_hint, _within(read, inner))
    elif of.items and of.items.is_record:
        told = Hint(str, " ".join(filter(None, (of.description, "Ids, with “ | ” between them."))))
        yield Column(f"{_one_of(name)}_ids", told, lambda record: joined(one["id"] for one in read(record)))
    elif of.items:
        told = replace(of, type=str, description=f"{of.description} Several have “ | ” between them.".strip())
        yield Column(name, told, lambda record: joined(read(record)))
    else:
        yield Column(name, of, read)


def _reader(field: str) -> Read:
    """A field that a record need not have is nothing where it has none."""
    return lambda record: record.get(field)


def _within(read: Read, field: str) -> Read:
    """Nothing of nothing."""

    def inner(record: Record) -> Any:
        value = read(record)
        return None if value is None else value[field]

    return inner


def _language(record: Record, texts: Iterable[str]) -> str | None:
    """All texts of a record are from a source of one language."""
    return next((record[field]["source_language"] for field in texts if record[field]), None)
