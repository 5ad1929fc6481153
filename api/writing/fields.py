"""What the fields of a request's JSON become: the columns of a record and the rows that belong to it.

The kind of a field follows from its column, so that a description of a resource only says which is which. JSON has the
form in which it is read: a text in two languages is an object, a record is referred to by its id or by an object that
has it, a partial date is EDTF or an object that has that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from django.db import models
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.models import ForeignKey, Model

from api.problems import shortened
from api.writing.document import Fault, Faulty, Pointer
from speakers.bilingual import LANGUAGES
from speakers.fields import EdtfField

type Values = dict[str, Any]
type JSONSchema = dict[str, Any]

MOST_ROWS = 500
SOURCE_LANGUAGE = "source_language"
ORDER = "order"


@dataclass(slots=True)
class Reading:
    """A document on its way to values: all that is wrong with it is gathered."""

    record: Model | None  # None while a new one is made
    faults: list[Fault] = field(default_factory=list)

    def wrong(self, at: Pointer, detail: str) -> None:
        self.faults.append(Fault(at, detail))

    def tell(self) -> None:
        if self.faults:
            raise Faulty(self.faults)


class WrongValue(Exception):
    """Says what is wrong with a single value."""


class Column:
    """A column, read as its type has it."""

    def __init__(self, name: str, about: str = "") -> None:
        self.name, self.about = name, about

    def bind(self, model: type[Model]) -> None:
        column = model._meta.get_field(self.name)
        assert isinstance(column, models.Field)
        self.column = column
        self.kind = kind_of(column)

    def read(self, value: Any, at: Pointer, reading: Reading) -> Values:
        try:
            return {self.name: self.kind.read(value)}
        except WrongValue as error:
            reading.wrong(at, str(error))
            return {}

    def places(self, at: Pointer) -> Iterator[tuple[str, Pointer, Column]]:
        yield self.name, at, self

    def show(self, value: Any) -> Any:
        return self.kind.show(value)

    def schema(self) -> JSONSchema:
        return {**self.kind.schema(), **({"description": self.about} if self.about else {})}

    @property
    def is_required(self) -> bool:
        return not (self.column.blank or self.column.has_default() or self.column.null)


class Texts:
    """A text in both languages. What is not named stays as it is."""

    def __init__(self, name: str, about: str = "") -> None:
        self.name, self.about = name, about
        self.columns = {language: Column(f"{name}_{language}") for language in LANGUAGES}
        self.keeps_language = False

    is_required = False

    def bind(self, model: type[Model]) -> None:
        for column in self.columns.values():
            column.bind(model)
        self.keeps_language = any(column.name == SOURCE_LANGUAGE for column in model._meta.concrete_fields)

    def read(self, value: Any, at: Pointer, reading: Reading) -> Values:
        if value is None:
            return {column.name: "" for column in self.columns.values()}
        if not isinstance(value, dict):
            reading.wrong(at, f"Write the text in its languages, as in {_in_languages()}, or null.")
            return {}
        values: Values = {}
        for name, text in value.items():
            if name in self.columns:
                values |= self.columns[name].read(text, (*at, name), reading)
            elif name == SOURCE_LANGUAGE:
                values |= self._language(text, (*at, name), reading)
            else:
                reading.wrong((*at, name), f"There is no such language. There are: {', '.join(LANGUAGES)}.")
        return values

    def _language(self, value: Any, at: Pointer, reading: Reading) -> Values:
        if value not in LANGUAGES:
            reading.wrong(at, f"Write one of: {', '.join(LANGUAGES)}.")
        elif self.keeps_language:
            return {SOURCE_LANGUAGE: value}
        return {}

    def places(self, at: Pointer) -> Iterator[tuple[str, Pointer, Column]]:
        for language, column in self.columns.items():
            yield column.name, (*at, language), column

    def schema(self) -> JSONSchema:
        texts: JSONSchema = {language: column.schema() for language, column in self.columns.items()}
        language = {
            "type": "string",
            "enum": list(LANGUAGES),
            "description": "Of the source: one for the whole record.",
        }
        return {
            "type": ["object", "null"],
            "properties": {**texts, SOURCE_LANGUAGE: language},
            "additionalProperties": False,
            **({"description": self.about} if self.about else {}),
        }


class Group:
    """An object that is columns of the same record."""

    is_required = False

    def __init__(self, fields: Mapping[str, Column | Texts]) -> None:
        self.fields = fields

    def bind(self, model: type[Model]) -> None:
        for one in self.fields.values():
            one.bind(model)

    def read(self, value: Any, at: Pointer, reading: Reading) -> Values:
        if value is None:
            value = dict.fromkeys(self.fields)
        return read_object(self.fields, value, at, reading)

    def places(self, at: Pointer) -> Iterator[tuple[str, Pointer, Column]]:
        for name, one in self.fields.items():
            yield from one.places((*at, name))

    def schema(self) -> JSONSchema:
        properties = {name: one.schema() for name, one in self.fields.items()}
        return {"type": ["object", "null"], "properties": properties, "additionalProperties": False}


class Rows:
    """A list of what belongs to the record: what is left out of it goes. A row that is there already, known by the
    columns `by`, keeps what is not said of it.
    """

    is_required = False

    def __init__(
        self, relation: str, fields: Mapping[str, Column | Texts], by: Iterable[str], *, only_new: str = ""
    ) -> None:
        self.relation, self.fields, self.by = relation, fields, tuple(by)
        self.only_new = only_new  # why not, where the list is only taken with a new record

    def bind(self, model: type[Model]) -> None:
        self.model: type[Model] = model._meta.get_field(self.relation).related_model  # type: ignore[assignment]
        for one in self.fields.values():
            one.bind(self.model)
        self.is_ordered = any(column.name == ORDER for column in self.model._meta.concrete_fields)

    def read(self, value: Any, at: Pointer, reading: Reading) -> Values:
        if self.only_new and reading.record is not None:
            reading.wrong(at, self.only_new)
        elif not isinstance(value, list):
            reading.wrong(at, "Write a list of all there are to be.")
        elif len(value) > MOST_ROWS:
            reading.wrong(at, f"At most {MOST_ROWS}.")
        else:
            return {self.relation: self._rows(value, at, reading)}
        return {}

    def _rows(self, given: list[Any], at: Pointer, reading: Reading) -> list[Values]:
        there = self._there(reading.record)
        rows = [self._row(value, (*at, number), there, reading) for number, value in enumerate(given)]
        return list(_in_order(rows, there)) if self.is_ordered else [row for row, _key in rows]

    def _row(self, value: Any, at: Pointer, there: Mapping[int, Values], reading: Reading) -> tuple[Values, int | None]:
        values = self.read_row(value, at, reading)
        key = self._key_of(values, there)
        if key is not None:
            return {**values, "pk": key}, key
        if "public_id" in values:
            reading.wrong((*at, "id"), "There is no such row here. Leave out the id of one that is new.")
            return {}, None
        refuse_missing(self.fields, value, at, reading)
        return values, None

    def _key_of(self, values: Values, there: Mapping[int, Values]) -> int | None:
        columns: Any = self.model._meta
        named = {name: values.get(name, columns.get_field(name).get_default()) for name in self.by}
        return next((key for key, held in there.items() if all(held[name] == named[name] for name in self.by)), None)

    def read_row(self, value: Any, at: Pointer, reading: Reading) -> Values:
        return read_object(self.fields, value, at, reading)

    def _there(self, record: Model | None) -> dict[int, Values]:
        if record is None:
            return {}
        names = (*self.by, *([ORDER] if self.is_ordered else []))
        return {row["pk"]: row for row in getattr(record, self.relation).values("pk", *names)}

    def places(self, at: Pointer) -> Iterator[tuple[str, Pointer, Column]]:
        return iter(())

    def concerns(self, rows: list[Values], record: Model | None) -> bool:
        return True

    def compared(self, rows: list[Values], record: Model | None) -> tuple[Any, Any]:
        """All that is there now, and what is to be there."""
        there: dict[int, Model] = (
            {} if record is None else {row.pk: row for row in getattr(record, self.relation).all()}
        )
        proposed = [self.show_row(values, there.get(values.get("pk", 0))) for values in rows]
        return [self.show_row({}, row) for row in there.values()] or None, proposed

    def show_row(self, values: Values, row: Model | None) -> Any:
        return {name: shown(one, values, row) for name, one in self.fields.items()}

    def schema(self) -> JSONSchema:
        return {"type": "array", "maxItems": MOST_ROWS, "items": object_schema(self.fields, is_new=True)}


class References(Rows):
    """Rows that only lead to another record, written as its id."""

    def __init__(self, relation: str, column: str) -> None:
        super().__init__(relation, {"id": Column(column)}, (column,))

    def read_row(self, value: Any, at: Pointer, reading: Reading) -> Values:
        return self.fields["id"].read(value, at, reading)

    def _row(self, value: Any, at: Pointer, there: Mapping[int, Values], reading: Reading) -> tuple[Values, int | None]:
        values = self.read_row(value, at, reading)
        key = self._key_of(values, there)
        return ({**values, "pk": key}, key) if key is not None else (values, None)

    def show_row(self, values: Values, row: Model | None) -> Any:
        return shown(self.fields["id"], values, row)

    def schema(self) -> JSONSchema:
        return {"type": "array", "maxItems": MOST_ROWS, "items": self.fields["id"].schema()}


type Field = Column | Texts | Group | Rows


def read_object(fields: Mapping[str, Any], value: Any, at: Pointer, reading: Reading) -> Values:
    if not isinstance(value, dict):
        reading.wrong(at, f"Write an object with: {', '.join(fields)}.")
        return {}
    values: Values = {}
    for name, member in value.items():
        if name not in fields:
            reading.wrong((*at, name), f"There is no such field. There are: {', '.join(fields)}.")
            continue
        found = fields[name].read(member, (*at, name), reading)
        if found.get(SOURCE_LANGUAGE, language := values.get(SOURCE_LANGUAGE)) != language and language:
            reading.wrong((*at, name), "One record has one source_language: another field says another.")
        values |= found
    return values


def shown(one: Column | Texts, values: Values, row: Model | None) -> Any:
    """As the document has it: what the values say, else what the row holds."""
    texts = {at[-1]: column.show(_of(column, values, row)) for _name, at, column in one.places(("",))}
    return texts if isinstance(one, Texts) else texts[""]


def _of(column: Column, values: Values, row: Model | None) -> Any:
    if column.name in values or row is None:
        return values.get(column.name, "" if column.column.empty_strings_allowed else None)
    return getattr(row, column.column.attname)


def refuse_missing(fields: Mapping[str, Any], value: Any, at: Pointer, reading: Reading) -> None:
    for name, one in fields.items():
        if one.is_required and isinstance(value, dict) and name not in value:
            reading.wrong((*at, name), "It is missing.")


def object_schema(fields: Mapping[str, Any], *, is_new: bool) -> JSONSchema:
    schema: JSONSchema = {
        "type": "object",
        "properties": {name: one.schema() for name, one in fields.items()},
        "additionalProperties": False,
    }
    required = [name for name, one in fields.items() if one.is_required]
    return {**schema, "required": required} if is_new and required else schema


def _in_order(rows: list[tuple[Values, int | None]], there: Mapping[int, Values]) -> Iterator[Values]:
    """In the order of the list; a number that fits stays, so that no row changes for another's sake."""
    last = (0, 0)
    for values, key in rows:
        if key is not None and (there[key][ORDER], key) > last:
            last = (there[key][ORDER], key)
            yield values
        else:
            last = (last[0] + 1, 0)
            yield {**values, ORDER: last[0]}


def _in_languages() -> str:
    return "{" + ", ".join(f'"{language}": "…"' for language in LANGUAGES) + "}"


# --- the kinds of single values ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TextKind:
    column: Any

    def read(self, value: Any) -> str:
        if value is None and self.column.blank:
            return ""
        if not isinstance(value, str):
            raise WrongValue("Write a text." if not self.column.blank else "Write a text, or null.")
        return value

    def show(self, value: Any) -> Any:
        return value or None

    def schema(self) -> JSONSchema:
        longest = {"maxLength": self.column.max_length} if self.column.max_length else {}
        return {"type": _or_null("string", self.column.blank), **longest}


@dataclass(frozen=True, slots=True)
class ChoiceKind(TextKind):
    def read(self, value: Any) -> str:
        if value is None and self.column.blank:
            return ""
        if not isinstance(value, str) or value not in self.values:
            raise WrongValue(f"{shortened(repr(value))} is none of: {', '.join(self.values)}.")
        return value

    @property
    def values(self) -> list[str]:
        return [value for value, _label in self.column.flatchoices if value]

    def schema(self) -> JSONSchema:
        nothing: list[Any] = [None] if self.column.blank else []
        return {"type": _or_null("string", self.column.blank), "enum": [*self.values, *nothing]}


@dataclass(frozen=True, slots=True)
class PartialDateKind(TextKind):
    def read(self, value: Any) -> str:
        if isinstance(value, dict):
            value = value.get("edtf")
        if value is not None and not isinstance(value, str):
            raise WrongValue('Write EDTF, as in "2025-02" or {"edtf": "2025-02"}, or null.')
        return value or ""

    def schema(self) -> JSONSchema:
        return {"$ref": "#/components/schemas/WrittenDate"}


@dataclass(frozen=True, slots=True)
class FlagKind:
    column: Any

    def read(self, value: Any) -> bool:
        if not isinstance(value, bool):
            raise WrongValue("Write true or false.")
        return value

    def show(self, value: Any) -> Any:
        return value

    def schema(self) -> JSONSchema:
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class NumberKind:
    column: Any

    def read(self, value: Any) -> int | None:
        if value is None and self.column.null:
            return None
        low, high = self.bounds
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise WrongValue(f"Write a whole number from {low} to {high}{', or null' if self.column.null else ''}.")
        return value

    @property
    def bounds(self) -> tuple[int, int]:
        """Those that every database keeps."""
        return BaseDatabaseOperations.integer_field_ranges[self.column.get_internal_type()]

    def show(self, value: Any) -> Any:
        return value

    def schema(self) -> JSONSchema:
        low, high = self.bounds
        return {"type": _or_null("integer", self.column.null), "minimum": low, "maximum": high}


@dataclass(frozen=True, slots=True)
class DayKind:
    """A day or a time of day, as ISO 8601 writes it."""

    column: Any
    parse: Callable[[str], Any]
    form: str
    format: str

    def read(self, value: Any) -> Any:
        if value is None and self.column.null:
            return None
        try:
            return self._parsed(value)
        except (TypeError, ValueError):
            raise WrongValue(f"Write {self.form}{', or null' if self.column.null else ''}.") from None

    def _parsed(self, value: Any) -> Any:
        parsed = self.parse(value)
        if getattr(parsed, "tzinfo", None) is not None or "W" in value:
            raise ValueError
        return parsed

    def show(self, value: Any) -> Any:
        return value

    def schema(self) -> JSONSchema:
        return {"type": _or_null("string", self.column.null), "format": self.format}


@dataclass(frozen=True, slots=True)
class CodesKind:
    column: Any

    def read(self, value: Any) -> list[str]:
        if not isinstance(value, list) or not all(isinstance(code, str) for code in value):
            raise WrongValue('Write a list of language codes, as in ["ko", "en"].')
        return value

    def show(self, value: Any) -> Any:
        return value

    def schema(self) -> JSONSchema:
        return {"type": "array", "items": {"type": "string", "minLength": 2, "maxLength": 12}}


@dataclass(frozen=True, slots=True)
class ReferenceKind:
    """Another record, public or not, by the id that the API gives it."""

    column: Any

    def read(self, value: Any) -> int | None:
        if value is None and self.column.null:
            return None
        named = value.get("id") if isinstance(value, dict) else value
        if not isinstance(named, str):
            raise WrongValue(f"Write the id of a {self._noun}{', or null' if self.column.null else ''}.")
        key: int = found(self.column.related_model, named).pk
        return key

    @property
    def _noun(self) -> str:
        return str(self.column.related_model._meta.verbose_name)

    def show(self, value: Any) -> Any:
        model = self.column.related_model
        return model._base_manager.filter(pk=value).values_list(id_column(model), flat=True).first() if value else None

    def schema(self) -> JSONSchema:
        return reference_schema(nullable=self.column.null)


class IdColumn(Column):
    """The id of a row that is there already."""

    def __init__(self) -> None:
        super().__init__("public_id")

    is_required = False

    def schema(self) -> JSONSchema:
        return {"type": "string", "description": "Of one that is there already; a new one has none yet."}


def found(model: type[Model], named: str) -> Any:
    record = model._base_manager.filter(**{id_column(model): named}).first()
    if record is None:
        raise WrongValue(f"There is no {model._meta.verbose_name} {shortened(named)!r}.")
    return record


def id_column(model: type[Model]) -> str:
    return "slug" if hasattr(model, "slug") else "public_id"


def reference_schema(*, nullable: bool) -> JSONSchema:
    reference = {"$ref": "#/components/schemas/WrittenReference"}
    return {"anyOf": [reference, {"type": "null"}]} if nullable else reference


_ID: JSONSchema = {"type": "string", "description": "Its id."}
_EDTF: JSONSchema = {"type": "string", "maxLength": 32, "examples": ["2025-02", "XXXX-XX-12"]}
COMPONENTS: Mapping[str, JSONSchema] = {
    "WrittenReference": {
        "description": "Another record: its id, or an object that has it, as the record is read.",
        "anyOf": [_ID, {"type": "object", "properties": {"id": _ID}, "required": ["id"]}],
    },
    "WrittenDate": {
        "description": "A date of which parts may be unknown, in EDTF: the text, or an object that has it.",
        "anyOf": [_EDTF, {"type": "object", "properties": {"edtf": _EDTF}, "required": ["edtf"]}, {"type": "null"}],
    },
}


def kind_of(column: Any) -> Any:
    match column:
        case ForeignKey():
            return ReferenceKind(column)
        case EdtfField():
            return PartialDateKind(column)
        case models.CharField() | models.TextField() if column.choices:
            return ChoiceKind(column)
        case models.CharField() | models.TextField():
            return TextKind(column)
        case models.BooleanField():
            return FlagKind(column)
        case models.IntegerField():
            return NumberKind(column)
        case models.DateField():
            return DayKind(column, date.fromisoformat, "a day, as in 2025-02-12", "date")
        case models.TimeField():
            return DayKind(column, time.fromisoformat, "a time, as in 14:30", "time")
        case models.JSONField():
            return CodesKind(column)
    raise TypeError(f"{column} has no kind yet.")


def _or_null(kind: str, nullable: bool) -> str | list[str]:
    return [kind, "null"] if nullable else kind
