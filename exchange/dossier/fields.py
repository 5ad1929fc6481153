"""Keys of a dossier's records and the columns they fill, both ways."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Protocol

from django.db import models
from django.utils import timezone

from positions.models import Proposition, Wording
from speakers.bilingual import LANGUAGES, Bilingual, columns

type Node = Mapping[str, Any]
type Columns = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a node is read with: `defaults` of columns that follow the dossier's, and how a name becomes a key."""

    defaults: Mapping[str, Any]
    find: Callable[[type[models.Model], Hashable], int]


class Field(Protocol):
    @property
    def key(self) -> str: ...

    def read(self, node: Node, reading: Reading) -> Columns:
        """The columns and their values, those of keys that were left out too."""

    def write(self, record: Any, defaults: Mapping[str, Any]) -> dict[str, Any]:
        """The key and its value; nothing where it can be left out."""


@dataclass(frozen=True, slots=True)
class ColumnField:
    key: str
    column: models.Field[Any, Any]

    def read(self, node: Node, reading: Reading) -> Columns:
        if self.key in node:
            return {self.column.name: self.column.to_python(node[self.key])}
        return {self.column.name: reading.defaults.get(self.column.name, self.column.get_default())}

    def write(self, record: Any, defaults: Mapping[str, Any]) -> dict[str, Any]:
        """What was chosen is written even where it is the usual choice."""
        value = getattr(record, self.column.name)
        follows = self.column.name in defaults
        usual = defaults[self.column.name] if follows else self.column.get_default()
        if value in ("", None) or (value == usual and (follows or not self.column.choices)):
            return {}
        return {self.key: _as_text(value) if isinstance(value, date | time) else value}


@dataclass(frozen=True, slots=True)
class WordsField:
    """A text in each language: one mapping for several columns."""

    key: str
    attribute: str

    def read(self, node: Node, reading: Reading) -> Columns:
        words = node.get(self.key, {})
        return {column: words.get(code, "") for code, column in zip(LANGUAGES, columns(self.attribute), strict=True)}

    def write(self, record: Any, defaults: Mapping[str, Any]) -> dict[str, Any]:
        texts = {code: getattr(record, column) for code, column in zip(LANGUAGES, columns(self.attribute), strict=True)}
        words = {code: text for code, text in texts.items() if text}
        return {self.key: words} if words else {}


@dataclass(frozen=True, slots=True)
class PointerField:
    """The slug or id of another record."""

    key: str
    column: models.ForeignKey[Any, Any]

    @property
    def model(self) -> type[models.Model]:
        target: type[models.Model] = self.column.related_model
        return target

    def read(self, node: Node, reading: Reading) -> Columns:
        name = node.get(self.key)
        return {self.column.attname: None if name is None else reading.find(self.model, name)}

    def write(self, record: Any, defaults: Mapping[str, Any]) -> dict[str, Any]:
        target = getattr(record, self.column.name)
        return {} if target is None else {self.key: getattr(target, "slug", None) or target.public_id}


@dataclass(frozen=True, slots=True)
class WordingField:
    """The proposition and the number of the wording that a position was coded on."""

    key: str = "wording"

    def read(self, node: Node, reading: Reading) -> Columns:
        return {"wording_id": reading.find(Wording, (reading.find(Proposition, node["proposition"]), node["wording"]))}

    def write(self, record: Any, defaults: Mapping[str, Any]) -> dict[str, Any]:
        return {"proposition": record.wording.proposition.slug, "wording": record.wording.number}


@dataclass(frozen=True, slots=True)
class GroupField:
    """Columns that lie together in a mapping of their own."""

    key: str
    fields: tuple[Field, ...]

    def read(self, node: Node, reading: Reading) -> Columns:
        inner = node.get(self.key, {})
        return {name: value for field in self.fields for name, value in field.read(inner, reading).items()}

    def write(self, record: Any, defaults: Mapping[str, Any]) -> dict[str, Any]:
        inner = {key: value for field in self.fields for key, value in field.write(record, defaults).items()}
        return {self.key: inner} if inner else {}


@dataclass(frozen=True, slots=True)
class InheritedField:
    """A column without a key: it is as the dossier says for all."""

    key: str

    def read(self, node: Node, reading: Reading) -> Columns:
        return {self.key: reading.defaults[self.key]}

    def write(self, record: Any, defaults: Mapping[str, Any]) -> dict[str, Any]:
        return {}


def fields(model: type[models.Model], *keys: str) -> tuple[Field, ...]:
    """The fields of `model` under their own names, or another: ``absent=is_absent``."""
    return tuple(_field(model, *key.split("=")) for key in keys)


def _field(model: type[models.Model], key: str, attribute: str = "") -> Field:
    attribute = attribute or key
    if isinstance(getattr(model, attribute), Bilingual):
        return WordsField(key, attribute)
    column: Any = model._meta.get_field(attribute)
    return PointerField(key, column) if isinstance(column, models.ForeignKey) else ColumnField(key, column)


def _as_text(value: date | time) -> str:
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat()
    if isinstance(value, time) and not (value.second or value.microsecond):
        return value.isoformat("minutes")
    return value.isoformat()
