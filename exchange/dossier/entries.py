"""The records in a tree, whatever else is in it: what has not the shape of a record is passed over."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import Any

from exchange.dossier.fields import Node
from exchange.dossier.kinds import DOSSIER, KINDS, Kind
from exchange.dossier.problems import Path

type Entries = dict[Kind, list[Entry]]


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One record of a dossier as it is written there."""

    kind: Kind
    node: Node
    path: Path
    owner: Entry | None = None

    @property
    def name(self) -> str:
        """Its slug or id; empty where it has none."""
        return self.text("slug") or self.text("id")

    def text(self, key: str) -> str:
        """Empty where there is no text under the key."""
        value = self.node.get(key)
        return value if isinstance(value, str) else ""

    def identity(self) -> Hashable:
        """What tells it from the others that its owner has; None where that can't be said."""
        values = tuple(self.node.get(key, _usual(self.kind, key)) for key in self.kind.identity)
        return values if all(isinstance(value, str | int) for value in values) else None

    def texts(self, key: str) -> list[str]:
        values = self.node.get(key)
        return [value for value in values if isinstance(value, str)] if isinstance(values, list) else []


def entries(tree: Any) -> Entries:
    """Of every kind, in the order of the file."""
    found: Entries = {kind: [] for kind in KINDS}
    if isinstance(tree, dict):
        for entry in _within(DOSSIER, tree, (), None):
            found[entry.kind].append(entry)
    return found


def _within(kinds: tuple[Kind, ...], node: Node, path: Path, owner: Entry | None) -> Iterator[Entry]:
    for kind in kinds:
        value = node.get(kind.key)
        if kind.single:
            yield from _entry(kind, value, (*path, kind.key), owner)
        elif isinstance(value, list):
            for number, item in enumerate(value):
                yield from _entry(kind, item, (*path, kind.key, number), owner)


def _entry(kind: Kind, value: Any, path: Path, owner: Entry | None) -> Iterator[Entry]:
    if kind.item and isinstance(value, str):
        value = {kind.item: value}
    if isinstance(value, dict):
        entry = Entry(kind, value, path, owner)
        yield entry
        yield from _within(kind.parts, value, path, entry)


def _usual(kind: Kind, key: str) -> Any:
    """The value of a key that was left out."""
    field = next(field for field in kind.fields if field.key == key)
    column = getattr(field, "column", None)
    return column.get_default() if column is not None else None
