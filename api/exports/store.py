"""The folder of archives: what is in it, and how one gets there whole or not at all.

EXPORTS_DIR/record-<id>.zip    an archive; the id is the version of the record and the beginning of its token
EXPORTS_DIR/record-<id>.json   what is told of it, written when the archive is complete: without it there is none
EXPORTS_DIR/lock               held by the process that makes one, let go however it ends
EXPORTS_DIR/.making-*          in the making, or left behind by a process that was killed
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any

import orjson
from django.conf import settings

from api.exports import archive
from api.exports.archive import Say
from record import version
from record.snapshot import one_state
from record.version import Stamp

AT_MOST_EVERY = timedelta(hours=1)
KEPT = 3  # archives that are no release
_IN_THE_MAKING = ".making-"
_RELEASE = re.compile(r"[a-z0-9][a-z0-9.-]{0,63}")
_TAKEN = ("latest",)


class Busy(Exception):
    """Another process is making one."""


class NoSuchName(ValueError):
    """A release can't be called so."""


@dataclass(frozen=True, slots=True)
class Archive:
    id: str
    version: int
    token: str
    made_at: datetime
    newest_change: str
    bytes: int
    sha256: str
    release: str
    counts: dict[str, int]

    @property
    def file_name(self) -> str:
        return f"record-{self.id}.zip"

    @property
    def stamp(self) -> Stamp:
        return Stamp(self.version, self.token)


def folder() -> Path:
    return Path(settings.EXPORTS_DIR)


def kept(where: Path) -> list[Archive]:
    """Newest first; what can't be read, or is not complete, is not among them."""
    found = (_told(path) for path in where.glob("record-*.json"))
    return sorted(filter(None, found), key=lambda one: (one.made_at, one.version), reverse=True)


def newest(where: Path) -> Archive | None:
    return next(iter(kept(where)), None)


def named(where: Path, name: str) -> Archive | None:
    """By its id, or as the release of that name."""
    return next((one for one in kept(where) if name in filter(None, (one.id, one.release))), None)


def is_due(where: Path) -> bool:
    """Whether the record has changed since the newest was made, and that is long enough ago."""
    last = newest(where)
    if last is None:
        return True
    return last.stamp != version.stamp() and datetime.now(UTC) - last.made_at >= AT_MOST_EVERY


def make(where: Path, *, release: str = "", say: Say = lambda _line: None) -> Archive:
    """An archive of the record as it is; the one of that state that is there already, if there is.

    Raises Busy, NoSuchName, and OSError where it can't be written: then nothing of it is left.
    """
    _refuse_bad_name(where, release)
    where.mkdir(parents=True, exist_ok=True)
    with _only_one(where), one_state():
        _clear_up(where)
        stamp = version.stamp()
        before = named(where, archive.identity(stamp))
        made = before or _made(where, stamp, say)
        return _marked(where, made, release)


def prune(where: Path, keep: int = KEPT) -> list[Archive]:
    """Removes all but the newest and the releases; says which."""
    with _only_one(where):
        gone = [one for one in kept(where) if not one.release][keep:]
        for one in gone:
            _notes(where, one).unlink()
            (where / one.file_name).unlink(missing_ok=True)
    return gone


def _made(where: Path, stamp: Stamp, say: Say) -> Archive:
    with _whole_or_not_at_all(where / f"record-{archive.identity(stamp)}.zip") as file:
        summary = archive.write(file, stamp, where, say)
        size = file.seek(0, os.SEEK_END)
        file.seek(0)
        digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]  # a binary file, open to read
    return Archive(
        archive.identity(stamp), stamp.number, stamp.token, datetime.now(UTC), summary.newest_change, size, digest, "",
        summary.counts,
    )  # fmt: skip


def _marked(where: Path, made: Archive, release: str) -> Archive:
    marked = replace(made, release=release or made.release)
    with _whole_or_not_at_all(_notes(where, marked)) as file:
        file.write(orjson.dumps(asdict(marked), option=orjson.OPT_UTC_Z | orjson.OPT_INDENT_2))
    return marked


def _notes(where: Path, one: Archive) -> Path:
    return where / f"record-{one.id}.json"


def _told(path: Path) -> Archive | None:
    try:
        told: dict[str, Any] = orjson.loads(path.read_bytes())
        found = Archive(**{**told, "made_at": datetime.fromisoformat(told["made_at"])})
        return found if path.with_suffix(".zip").stat().st_size == found.bytes else None
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _refuse_bad_name(where: Path, release: str) -> None:
    if not release:
        return
    if not _RELEASE.fullmatch(release) or release in _TAKEN or re.match(r"\d+-", release):
        raise NoSuchName(
            f"{release!r}: name a release with small letters, digits, dots and hyphens, as in 2026.1 or autumn-2026."
        )
    other = named(where, release)
    if other and other.stamp != version.stamp():
        raise NoSuchName(
            f"{release!r} is the release of version {other.version}: a name stays with what was cited by it."
        )


@contextmanager
def _only_one(where: Path) -> Iterator[None]:
    """Raises Busy where another process is within."""
    with (where / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy(f"Another process is making an archive in {where}.") from error
        yield


@contextmanager
def _whole_or_not_at_all(path: Path) -> Iterator[IO[bytes]]:
    """A file that has its name when it is complete and on the disk."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=_IN_THE_MAKING, delete=False) as file:
        making = Path(file.name)
        try:
            yield file
            file.flush()
            os.fsync(file.fileno())
            making.chmod(0o644)
            making.replace(path)
        except BaseException:
            making.unlink(missing_ok=True)
            raise
    _sync(path.parent)


def _sync(where: Path) -> None:
    handle = os.open(where, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _clear_up(where: Path) -> None:
    """Whoever holds the lock is the only one: what is in the making is of somebody who was killed."""
    for left in where.glob(f"{_IN_THE_MAKING}*"):
        left.unlink(missing_ok=True)
