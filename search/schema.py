"""How documents are laid out in Tantivy, and the fingerprint of that layout.

Positions and everything else have columns of their own, so that a question about positions need not be narrowed to them
and words are weighed among texts of their own sort.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import tantivy

from search import analysis, cells, documents, english, fields, filters, hangul, korean, korean_names, naming, spelling
from search.analysis import Tokens
from search.documents import Document

TOKENIZER = "stemmed"
KEY, RECORD, PRIMARY_KEY, STAMP = "key", "record", "pk", "stamp"
THE_STAMP = "stamp"  # the kind of the one document that says which version of the record the index holds
NAMED = "named"  # the words of the names of everything but positions
_CODE: Any = {"tokenizer_name": "raw", "index_option": "basic"}


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the words of a document are: weighed, without order; and in order, as they are, without weights."""

    words: str
    phrases: str


POSITIONS, OTHERS = Columns("words", "phrases"), Columns("other_words", "other_phrases")


def columns_of(kind: str) -> Columns:
    return POSITIONS if kind == "position" else OTHERS


def build() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(KEY, **_CODE)
    builder.add_text_field(RECORD, **_CODE)
    builder.add_unsigned_field(PRIMARY_KEY, fast=True)
    builder.add_text_field(STAMP, stored=True, **_CODE)
    for columns in (POSITIONS, OTHERS):
        builder.add_text_field(columns.words, tokenizer_name=TOKENIZER, index_option="freq")
        builder.add_text_field(columns.phrases, tokenizer_name="whitespace", index_option="position")
    builder.add_text_field(NAMED, tokenizer_name=TOKENIZER, index_option="basic")
    for name in fields.KEY_FILTERS:
        builder.add_unsigned_field(name, indexed=True, fast=True)
    for name in fields.CODE_FILTERS:
        builder.add_text_field(name, **_CODE)
    for name in (*fields.DAYS, fields.YEAR):
        builder.add_unsigned_field(name, indexed=True, fast=True)
    for name in (naming.COMPLETIONS, naming.SOUNDS):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
    for name in (*fields.ORDERS, fields.CELL, naming.WEIGHT):
        builder.add_unsigned_field(name, fast=True)
    return builder.build()


@cache
def fingerprint() -> str:
    """Differs whenever the code differs that decides what an index holds, so that none of another release is read."""
    modules = (analysis, cells, english, fields, hangul, korean, korean_names, naming, spelling)
    sources = [Path(module.__file__ or "") for module in modules]
    sources += [Path(__file__), *sorted(Path(documents.__file__ or "").parent.glob("*.py"))]
    digest = hashlib.sha256(f"{version('tantivy')} {filters.CHOICES}".encode())
    for source in sources:
        digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


def key_of(kind: str, key: int) -> str:
    return f"{kind}:{key}"


def as_tantivy(document: Document, schema: tantivy.Schema) -> tantivy.Document:
    columns = columns_of(document.kind)
    values: dict[str, object] = {
        KEY: key_of(document.kind, document.key),
        RECORD: document.kind,
        PRIMARY_KEY: document.key,
        columns.words: _weighed(document),
        columns.phrases: analysis.joined(document.texts.values()).phrases,
        **document.values,
        **document.naming,
    }
    if document.kind != "position":
        values[NAMED] = " ".join(_of(document, name).words for name in fields.NAMED_BY)
    return tantivy.Document.from_dict(values, schema)


def stamp_document(stamp: str, schema: tantivy.Schema) -> tantivy.Document:
    return tantivy.Document.from_dict({KEY: THE_STAMP, RECORD: THE_STAMP, STAMP: f"{fingerprint()} {stamp}"}, schema)


def _weighed(document: Document) -> str:
    return " ".join(" ".join([_of(document, name).words] * weight) for name, weight in fields.WEIGHTS.items())


def _of(document: Document, name: str) -> Tokens:
    return document.texts.get(name, analysis.NOTHING)
