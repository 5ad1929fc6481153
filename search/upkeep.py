"""Keeps the index at the version of the record: small changes at once, large ones in the background.

Each machine has an index of its own. Any process that finds it behind brings it up to date; a lock lets one at a time.
"""

from __future__ import annotations

import logging
import shutil
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from itertools import batched
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from record import changes, version
from record.version import Stamp
from search import index, storage
from search.documents import Document, Shared, build
from search.errors import SearchUnavailable
from search.fields import KINDS
from search.index import Damaged, OpenIndex, Snapshot, Unwritable
from search.reach import reach

type Progress = Callable[[int, int], None]
logger = logging.getLogger(__name__)

BATCH = 1_000
AT_ONCE = 2_000  # documents that a search waits for; more are written in the background
BIT_BY_BIT = 20_000  # documents that are replaced within the index; for more it is built anew
PATIENCE = 2.0  # seconds that a search waits for another process
LONG_PATIENCE = 60.0
RETRY_AFTER = 10.0  # seconds after which writing is tried again where it failed


class TooMuch(Exception):
    """More has changed than may be written now."""


class _Process:
    """What this process has open and going on."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.opened: OpenIndex | None = None
        self.background: threading.Thread | None = None
        self.failed_at = float("-inf")
        self.wanted: Stamp | None = None  # the record's, when it was last asked for

    @property
    def is_busy(self) -> bool:
        """Whether the index is being written in the background, or could not be written a moment ago."""
        is_writing = self.background is not None and self.background.is_alive()
        return is_writing or time.monotonic() < self.failed_at + RETRY_AFTER


_process = _Process()


def up_to_date() -> Snapshot:
    """The index at the version of the record or, where that can't be had in short time, at the last one it reached.

    Costs one query when nothing has changed. Not to be called in a transaction that has changed the record: what may
    never be committed would be indexed. Raises SearchUnavailable when there is nothing to search.
    """
    now = _process.wanted = version.stamp()
    snapshot = latest(now)
    if snapshot and (snapshot.stamp == now or _process.is_busy):
        return snapshot
    try:
        snapshot = bring_up_to_date(at_most=AT_ONCE, wait=PATIENCE) or snapshot
    except TooMuch:
        _start_in_background()
    except (OSError, Unwritable) as error:
        logger.exception("The search index can't be written")
        _process.failed_at = time.monotonic()
        if snapshot is None:
            raise SearchUnavailable(_("Search is not available: its index can't be written.")) from error
    if snapshot is None:
        raise SearchUnavailable(_("Search is not available yet: its index is being built. Try again in a moment."))
    return snapshot


def is_behind(snapshot: Snapshot) -> bool:
    """Whether the record has moved on from what `up_to_date` gave: a large change is being taken in. Costs nothing."""
    return _process.wanted is not None and snapshot.stamp.number < _process.wanted.number


def latest(wanted: Stamp | None = None) -> Snapshot | None:
    """The index at `wanted` or else after its latest commit, however old; None if there is none that can be read."""
    path = storage.current()
    with _process.lock:
        opened = _process.opened
        try:
            if opened is None or opened.path != path or not opened.is_whole():
                opened = OpenIndex(path) if path else None
            elif opened.snapshot.stamp != wanted:
                opened.refresh()
        except Damaged as damage:
            logger.warning("The search index is damaged and will be built anew: %s", damage)
            opened = None
        _process.opened = opened
        return opened.snapshot if opened else None


def bring_up_to_date(
    *, at_most: int | None = None, wait: float = LONG_PATIENCE, progress: Progress | None = None
) -> Snapshot | None:
    """Applies what is missing, or builds the index anew where there is none or that is less work.

    Where another process is at it for longer than `wait` seconds, what there is, which may be None. Raises TooMuch if
    more than `at_most` documents would have to be written, and Unwritable or OSError if they can't be.
    """
    with storage.held("write", wait=wait) as is_ours:
        snapshot = latest()
        if not is_ours or (snapshot and _apply(snapshot, at_most)):
            return latest()
        before = storage.current()
    if at_most is not None and sum(_sizes(at_most + 1).values()) > at_most:
        raise TooMuch
    with storage.held("build", wait=wait) as is_ours:
        if is_ours and storage.current() == before:
            _build(progress)
    return latest()


def rebuild(progress: Progress | None = None) -> Snapshot | None:
    """Builds an index beside the one that is read, and swaps. Raises Unwritable or OSError; the old one serves on."""
    with storage.held("build", wait=LONG_PATIENCE) as is_ours:
        if not is_ours:
            raise Unwritable("another process is building it")
        _build(progress)
    return latest()


def discard_damaged() -> None:
    """For an index that proved damaged while it was searched: it is no longer read, and the next search builds anew."""
    with _process.lock:
        _process.opened = None
    try:
        storage.point_to_nothing()
    except OSError as error:
        raise SearchUnavailable(_("Search is not available: its index is damaged and can't be replaced.")) from error


def _apply(snapshot: Snapshot, at_most: int | None) -> bool:
    """Writes what changed since `snapshot`; False if the index had better be built anew. The caller holds the lock."""
    found = changes.since(snapshot.stamp)
    if found.until == snapshot.stamp:
        return True
    keys = None if found.everything else reach(found.keys, snapshot, at_most=BIT_BY_BIT)
    if keys is None or _process.opened is None:
        return False
    if at_most is not None and sum(map(len, keys.values())) > at_most:
        raise TooMuch
    gone = ((kind, key) for kind, several in keys.items() for key in several)
    try:
        _process.opened.write(gone, _documents(keys), found.until)
    except Damaged:
        return False
    return True


def _build(progress: Progress | None) -> None:
    """The caller holds the lock for building."""
    stamp = version.stamp()
    path = storage.new_build()
    try:
        index.create(path, _with_progress(_every_document(), progress), stamp)
    except BaseException:
        shutil.rmtree(path, ignore_errors=True)
        raise
    with storage.held("write", wait=LONG_PATIENCE):  # nobody is writing into the build that is removed
        storage.point_to(path)
        storage.remove_builds(but=path)


def _documents(keys: Mapping[str, set[int]]) -> Iterator[Document]:
    shared = Shared()
    for kind, several in keys.items():
        for batch in batched(sorted(several), BATCH):
            yield from build(kind, batch, shared)
            shared.stay_small()


def _every_document() -> Iterator[Document]:
    """Of all that is public; holds one batch in memory at a time."""
    shared = Shared()
    for kind in KINDS:
        last = 0
        while keys := list(_public(kind).filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
            yield from build(kind, keys, shared)
            shared.stay_small()
            last = keys[-1]


def _with_progress(documents: Iterator[Document], progress: Progress | None) -> Iterator[Document]:
    if progress is None:
        yield from documents
        return
    total = sum(_sizes().values())
    for done, document in enumerate(documents, 1):
        yield document
        progress(done, max(done, total))


def _sizes(at_most: int | None = None) -> dict[str, int]:
    """How many public objects of each kind there are, counting up to `at_most`."""
    return {kind: _public(kind)[:at_most].count() for kind in KINDS}


def _public(kind: str) -> Any:
    manager: Any = KINDS[kind]._default_manager
    return manager.public()


def _start_in_background() -> None:
    with _process.lock:
        if _process.background is None or not _process.background.is_alive():
            _process.background = threading.Thread(target=_in_background, name="search index", daemon=True)
            _process.background.start()


def _in_background() -> None:
    try:
        bring_up_to_date(wait=0)
    except Exception:
        logger.exception("The search index could not be brought up to date")
        _process.failed_at = time.monotonic()
    finally:
        connection.close()
