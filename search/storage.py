"""Where the index lies on this machine, and who may write it.

    SEARCH_INDEX_DIR/<fingerprint>/current        the name of the build that is read, replaced as a whole
    SEARCH_INDEX_DIR/<fingerprint>/builds/<name>  one index each
    SEARCH_INDEX_DIR/<fingerprint>/*.lock         held by the process that writes or builds, let go however it ends

The fingerprint keeps two releases that run side by side out of each other's way.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

from django.conf import settings

from search import schema

_FINGERPRINT = re.compile("[0-9a-f]{16}")
_NAME = re.compile("[0-9a-f]{12}")
_POLL = 0.02  # seconds


def home() -> Path:
    return Path(settings.SEARCH_INDEX_DIR) / schema.fingerprint()


def current() -> Path | None:
    """The build that is to be read; None if there is none."""
    try:
        name = (home() / "current").read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return None
    return home() / "builds" / name if _NAME.fullmatch(name) else None


def new_build() -> Path:
    return home() / "builds" / token_hex(6)


def point_to(build: Path) -> None:
    """From now on readers open `build`. Raises OSError."""
    pointer = home() / "current"
    draft = pointer.with_suffix(".new")
    with draft.open("w", encoding="ascii") as file:
        file.write(build.name)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(pointer)


def point_to_nothing() -> None:
    """Readers find no build until there is a new one. Raises OSError."""
    (home() / "current").unlink(missing_ok=True)


def remove_builds(*, but: Path) -> None:
    """Of this release. What others still read stays readable to them until they let go of it."""
    for build in (home() / "builds").glob("*"):
        if build != but and _NAME.fullmatch(build.name):
            shutil.rmtree(build, ignore_errors=True)


def remove_other_releases() -> None:
    """Directories that this package made and no running code of this release reads; nothing else."""
    for other in Path(settings.SEARCH_INDEX_DIR).glob("*"):
        if other != home() and _FINGERPRINT.fullmatch(other.name) and (other / "builds").is_dir():
            shutil.rmtree(other, ignore_errors=True)


@contextmanager
def held(name: str, *, wait: float) -> Iterator[bool]:
    """Whether the lock `name` was got within `wait` seconds. Raises OSError where no lock can be made."""
    home().mkdir(parents=True, exist_ok=True)
    with (home() / f"{name}.lock").open("a") as file:
        yield _locked(file.fileno(), time.monotonic() + wait)


def _locked(descriptor: int, until: float) -> bool:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                return False
            time.sleep(_POLL)
        else:
            return True
