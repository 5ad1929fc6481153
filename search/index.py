"""One index in one directory: opened, read, written."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import tantivy

from record.version import Stamp
from search import analysis, schema
from search.documents import Document

SMALL_HEAP = 15_000_000  # bytes; the least that Tantivy takes
LARGE_HEAP = 128_000_000
LARGE_THREADS = 2
_SEGMENT_FILE = re.compile("[0-9a-f]{32}[.]")


class Damaged(Exception):
    """The directory holds no index of this release that can be read."""


class Unwritable(Exception):
    """The index could not be written: no space, or no permission."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The index as it was after one commit; stays readable whatever is written later."""

    searcher: tantivy.Searcher
    schema: tantivy.Schema
    stamp: Stamp


class OpenIndex:
    """Raises Damaged when made, and by all its methods, if the directory can't be read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        with damage_noticed(path):
            self._index = tantivy.Index.open(str(path))
            self._index.config_reader("manual")
            self._index.register_tokenizer(schema.TOKENIZER, analysis.stemmer())
            self._read()

    def refresh(self) -> Snapshot:
        """The latest commit, of whichever process."""
        with self._lock, damage_noticed(self.path):
            self._index.reload()
            return self._read()

    def is_whole(self) -> bool:
        """Whether the files that are being read are still as long as they were: reading beyond the end of one that was
        cut kills the process. Files that a later commit has replaced may be gone.
        """
        try:
            sizes = _sizes(self.path)
        except OSError:
            return False
        return "meta.json" in sizes and all(sizes.get(name, size) >= size for name, size in self._sizes.items())

    def write(self, gone: Iterable[tuple[str, int]], documents: Iterable[Document], stamp: Stamp) -> Snapshot:
        """Replaces the documents of the objects `gone` by `documents` and says that this is the state of `stamp`, all
        or nothing. Raises Unwritable. The caller holds the lock.
        """
        with _failure_noticed():
            writer = self._index.writer(SMALL_HEAP, 1)
            try:
                for kind, key in gone:
                    writer.delete_documents_by_term(schema.KEY, schema.key_of(kind, key))
                for document in documents:
                    writer.add_document(schema.as_tantivy(document, self.snapshot.schema))
                writer.delete_documents_by_term(schema.KEY, schema.THE_STAMP)
                writer.add_document(schema.stamp_document(str(stamp), self.snapshot.schema))
                writer.commit()
            finally:
                writer.wait_merging_threads()  # else the next writer finds it busy
        return self.refresh()

    def _read(self) -> Snapshot:
        self._sizes = {name: size for name, size in _sizes(self.path).items() if _SEGMENT_FILE.match(name)}
        searcher = self._index.searcher()
        self.snapshot = Snapshot(searcher, self._index.schema, _stamp(searcher, self._index.schema))
        return self.snapshot


def create(path: Path, documents: Iterable[Document], stamp: Stamp) -> None:
    """Writes a whole index into an empty directory. Raises Unwritable."""
    with _failure_noticed():
        path.mkdir(parents=True)
        layout = schema.build()
        index = tantivy.Index(layout, path=str(path))
        index.register_tokenizer(schema.TOKENIZER, analysis.stemmer())
        writer = index.writer(LARGE_HEAP, LARGE_THREADS)
        try:
            for document in documents:
                writer.add_document(schema.as_tantivy(document, layout))
            writer.add_document(schema.stamp_document(str(stamp), layout))
            writer.commit()
        finally:
            writer.wait_merging_threads()


def _sizes(path: Path) -> dict[str, int]:
    with os.scandir(path) as entries:
        return {entry.name: entry.stat().st_size for entry in entries}


def _stamp(searcher: tantivy.Searcher, layout: tantivy.Schema) -> Stamp:
    """Raises ValueError where there is none of this release."""
    found = searcher.search(tantivy.Query.term_query(layout, schema.KEY, schema.THE_STAMP), 1).hits
    if not found:
        raise ValueError("it does not say which version of the record it holds")
    text: str = searcher.doc(found[0][1]).get_first(schema.STAMP) or ""
    fingerprint, number, token = text.split(" ")
    if fingerprint != schema.fingerprint():
        raise ValueError("it was written by another release")
    return Stamp(int(number), token)


@contextmanager
def damage_noticed(path: Path | str = "the search index") -> Iterator[None]:
    """Raises Damaged for whatever goes wrong while the index is read."""
    try:
        yield
    except BaseException as error:
        if isinstance(error, OSError | ValueError) or _is_panic(error):
            raise Damaged(f"{path}: {error}") from error
        raise


@contextmanager
def _failure_noticed() -> Iterator[None]:
    """Only Tantivy's and the system's errors: what goes wrong in the database goes its own way."""
    try:
        yield
    except BaseException as error:
        if isinstance(error, OSError | ValueError) or _is_panic(error):
            raise Unwritable(str(error)) from error
        raise


def _is_panic(error: BaseException) -> bool:
    """Tantivy's own failures arrive as an exception that is no Exception and has no name to import."""
    return type(error).__name__ == "PanicException"
