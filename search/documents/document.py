"""A document is what the index holds of one public object."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from search.analysis import NOTHING, Tokens, joined, tokens
from speakers.bilingual import columns

type Texts = Mapping[str, Tokens]  # by name of a text field
type Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Document:
    """`texts` are analysed; `values` are what it is narrowed and ordered by; `naming`, how its names may be spelled."""

    kind: str
    key: int
    texts: Texts
    values: Mapping[str, list[int] | list[str]] = field(default_factory=dict)
    naming: Mapping[str, str] = field(default_factory=dict)


def analysed(*texts: object) -> Tokens:
    """All of them; what is empty is left out."""
    found = [tokens(str(text)) for text in texts if text]
    return joined(found) if found else NOTHING


def bilingual(name: str, row: Row, *attributes: str) -> dict[str, Tokens]:
    """The text field `name` from the columns of `attributes` in every language."""
    return {name: analysed(*(row.get(column) for attribute in attributes for column in columns(attribute)))}


def in_all_languages(row: Row, *attributes: str) -> list[str]:
    found = (row.get(column) for attribute in attributes for column in columns(attribute))
    return [str(text) for text in found if text]


def together(*several: Texts) -> dict[str, Tokens]:
    """The same fields of all, after each other."""
    parts: dict[str, list[Tokens]] = defaultdict(list)
    for texts in several:
        for name, found in texts.items():
            parts[name].append(found)
    return {name: joined(found) for name, found in parts.items()}
