"""How documents are laid out in Tantivy, and the fingerprint of that layout."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import tantivy

from search import analysis, documents, fields
from search.documents import Document

TOKENIZER = "stemmed"
KEY, RECORD, PRIMARY_KEY, STAMP = "key", "record", "pk", "stamp"
THE_STAMP = "stamp"  # the kind of the one document that says which version of the record the index holds
_CODE: Any = {"tokenizer_name": "raw", "index_option": "basic"}


def build() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(KEY, **_CODE)
    builder.add_text_field(RECORD, **_CODE)
    builder.add_unsigned_field(PRIMARY_KEY, fast=True)
    builder.add_text_field(STAMP, stored=True, **_CODE)
    for column in fields.BOOSTS:
        builder.add_text_field(column, tokenizer_name=TOKENIZER)
    builder.add_text_field(fields.LETTERS, tokenizer_name="whitespace", index_option="basic")
    for name in fields.KEY_FILTERS:
        builder.add_unsigned_field(name, indexed=True, fast=True)
    for name in fields.CODE_FILTERS:
        builder.add_text_field(name, fast=True, **_CODE)
    for name in fields.DAYS:
        builder.add_unsigned_field(name, indexed=True, fast=True)
    for name in fields.ORDERS:
        builder.add_unsigned_field(name, fast=True)
    return builder.build()


@cache
def fingerprint() -> str:
    """Differs whenever the code differs that decides what an index holds, so that none of another release is read."""
    sources = [Path(module.__file__ or "") for module in (analysis, fields)]
    sources += [Path(__file__), *sorted(Path(documents.__file__ or "").parent.glob("*.py"))]
    digest = hashlib.sha256(version("tantivy").encode())
    for source in sources:
        digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


def key_of(kind: str, key: int) -> str:
    return f"{kind}:{key}"


def as_tantivy(document: Document, schema: tantivy.Schema) -> tantivy.Document:
    values: dict[str, object] = {
        KEY: key_of(document.kind, document.key),
        RECORD: document.kind,
        PRIMARY_KEY: document.key,
        fields.LETTERS: _letters(document.texts.values()),
        **document.texts,
        **document.values,
    }
    return tantivy.Document.from_dict(values, schema)


def stamp_document(stamp: str, schema: tantivy.Schema) -> tantivy.Document:
    return tantivy.Document.from_dict({KEY: THE_STAMP, RECORD: THE_STAMP, STAMP: f"{fingerprint()} {stamp}"}, schema)


def _letters(texts: Iterable[str]) -> str:
    return " ".join(sorted(analysis.letters(" ".join(texts))))
