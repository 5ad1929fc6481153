"""What loading a dossier did, for the person who loaded it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Change:
    """One record, by what it is and what it is called, and the columns that were changed of it."""

    noun: str
    nouns: str
    name: str
    columns: tuple[str, ...] = ()

    @classmethod
    def of(cls, row: Any, place: str = "", columns: Iterable[str] = ()) -> Self:
        """What has neither slug nor id is called by its place in the file, else by what it says."""
        name = getattr(row, "slug", "") or getattr(row, "public_id", "") or place or f'"{row}"'
        meta = row._meta
        return cls(str(meta.verbose_name), str(meta.verbose_name_plural), name, tuple(columns))

    def __str__(self) -> str:
        columns = f" ({', '.join(column.removesuffix('_id') for column in self.columns)})" if self.columns else ""
        return f"{self.noun} {self.name}{columns}"


@dataclass(slots=True)
class Report:
    """`missing` are in the database but no longer in the file; with pruning they are `removed` instead."""

    event: str
    added: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: int = 0
    missing: list[Change] = field(default_factory=list)
    removed: list[Change] = field(default_factory=list)

    @property
    def is_as_before(self) -> bool:
        return not (self.added or self.changed or self.removed)

    def lines(self) -> Iterator[str]:
        if self.is_as_before:
            yield f"nothing changed: {_records(self.unchanged)} as in the file"
        else:
            yield f"added: {_counted(self.added)}"
            yield from _listed("changed", self.changed)
            yield f"unchanged: {_records(self.unchanged)}"
            yield from _listed("removed", self.removed)
        yield from _listed("not in the file, kept (--prune removes it)", self.missing)


def _records(count: int) -> str:
    return "1 record" if count == 1 else f"{count} records"


def _counted(changes: list[Change]) -> str:
    counts = Counter((change.noun, change.nouns) for change in changes)
    return ", ".join(f"{count} {noun if count == 1 else nouns}" for (noun, nouns), count in counts.items()) or "nothing"


def _listed(what: str, changes: list[Change]) -> Iterator[str]:
    return (f"{what}: {change}" for change in changes)
