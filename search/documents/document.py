"""A document is what the index holds of one public object."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from search.analysis import letters, tokens
from search.fields import in_language
from speakers.bilingual import LANGUAGES

type Texts = Mapping[str, str]  # columns, to tokens joined by spaces
type Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Document:
    """`texts` are analysed; `values` are what it is narrowed and ordered by."""

    kind: str
    key: int
    texts: Texts
    values: Mapping[str, list[int] | list[str]] = field(default_factory=dict)


def analysed(*texts: object) -> str:
    return " ".join(token for text in texts if text for token in tokens(str(text)))


def bilingual(name: str, row: Row, *attributes: str) -> dict[str, str]:
    """The column of each language of the field `name`, from the columns of `attributes` in that language."""
    return {
        in_language(name, language): analysed(*(row.get(in_language(attribute, language)) for attribute in attributes))
        for language in LANGUAGES
    }


def by_script(name: str, texts: Iterable[object]) -> dict[str, str]:
    """The columns of a bilingual field, from texts whose language isn't said."""
    sorted_: dict[str, list[object]] = defaultdict(list)
    for text in texts:
        sorted_["ko" if letters(str(text)) else LANGUAGES[0]].append(text)
    return {in_language(name, language): analysed(*found) for language, found in sorted_.items()}


def joined(*several: Texts) -> dict[str, str]:
    """The same columns of all, after each other."""
    parts: dict[str, list[str]] = defaultdict(list)
    for texts in several:
        for column, text in texts.items():
            if text:
                parts[column].append(text)
    return {column: " ".join(found) for column, found in parts.items()}
