"""Tables between being sent and being brought in: kept in files, which all processes of the site see, for a day.

Each belongs to whoever sent it. What the columns of a header were taken for is remembered for the next file with it.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import shutil
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User

from exchange.tables import reading
from exchange.tables.kinds import KINDS, TableKind, guess
from exchange.tables.table import Table

KEPT_FOR = 24 * 3600  # seconds
MOST_OF_ONE = 10  # uploads of one person
_MOST_REMEMBERED = 500


class NoUpload(LookupError):
    """It is nobody's of this name, or was too long ago."""


@dataclass(slots=True)
class Upload:
    folder: Path
    kind: TableKind
    file: str
    table: Table
    chosen: list[str] = field(default_factory=list)  # columns of the kind, by their place in the file
    is_mapped: bool = False
    answers: dict[str, str] = field(default_factory=dict)

    @property
    def token(self) -> str:
        return self.folder.name

    @property
    def mapped(self) -> dict[str, int]:
        return {key: place for place, key in enumerate(self.chosen) if key}

    def save(self) -> None:
        state = {"kind": self.kind.key, "file": self.file, "chosen": self.chosen}
        _write(self.folder / "state.json", {**state, "is_mapped": self.is_mapped, "answers": self.answers})

    def read_sheet(self, sheet: str) -> None:
        """Another sheet of the same workbook. Raises Unreadable."""
        self.take(reading.read((self.folder / "content").read_bytes(), sheet))
        self.save()

    def take(self, table: Table) -> None:
        self.table, self.answers, self.is_mapped = table, {}, False
        self.chosen = remembered(self.kind, table.header) or _guessed(self.kind, table.header)
        _write(self.folder / "table.json", table.as_json())

    def forget(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def keep(user: User, kind: TableKind, file: str, content: bytes) -> Upload:
    """Raises Unreadable, and keeps nothing then."""
    table = reading.read(content)
    own = folder_of(user)
    own.mkdir(parents=True, exist_ok=True, mode=0o700)
    sweep()
    folder = own / secrets.token_urlsafe(16)
    folder.mkdir(mode=0o700)
    (folder / "content").write_bytes(content)
    upload = Upload(folder, kind, file[:200], table)
    upload.take(table)
    upload.save()
    keep_newest(own)
    return upload


def opened(user: User, token: str) -> Upload:
    """Raises NoUpload. `token` is a slug, and so leads nowhere else."""
    folder = folder_of(user) / token
    try:
        state = json.loads((folder / "state.json").read_text(encoding="utf-8"))
        table = Table.from_json(json.loads((folder / "table.json").read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise NoUpload from error
    kind = KINDS[state.pop("kind")]
    return Upload(folder=folder, kind=kind, table=table, **state)


def sweep(now: float | None = None) -> None:
    """Removes what nobody has touched for a day."""
    until = (now or time.time()) - KEPT_FOR
    for folder in _root().glob("*/*/"):
        if folder.parent.name != _COLUMNS and _touched(folder) < until:
            shutil.rmtree(folder, ignore_errors=True)


def remember(kind: TableKind, header: Sequence[str], chosen: Sequence[str]) -> None:
    folder = _root() / _COLUMNS
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _write(folder / _name_of(kind, header), list(chosen))
    keep_newest(folder, _MOST_REMEMBERED)


def remembered(kind: TableKind, header: Sequence[str]) -> list[str]:
    """What was chosen for this header last; nothing where it is new."""
    try:
        chosen = json.loads((_root() / _COLUMNS / _name_of(kind, header)).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    known = {"", *(column.key for column in kind.columns)}
    return chosen if isinstance(chosen, list) and len(chosen) == len(header) and set(chosen) <= known else []


_COLUMNS = "columns"


def folder_of(user: User) -> Path:
    return _root() / str(user.pk)


def _root() -> Path:
    return Path(settings.DATA_DIR) / "imports"


def _guessed(kind: TableKind, header: Sequence[str]) -> list[str]:
    chosen = [""] * len(header)
    for key, place in guess(kind, header).items():
        chosen[place] = key
    return chosen


def _name_of(kind: TableKind, header: Sequence[str]) -> str:
    whole = json.dumps([kind.key, *header], ensure_ascii=False)
    return f"{hashlib.sha256(whole.encode()).hexdigest()}.json"


def keep_newest(folder: Path, most: int = MOST_OF_ONE) -> None:
    newest = sorted(folder.iterdir(), key=_touched, reverse=True)
    for one in newest[most:]:
        shutil.rmtree(one, ignore_errors=True) if one.is_dir() else one.unlink(missing_ok=True)


def _touched(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0


def _write(path: Path, value: Mapping[str, Any] | Sequence[Any]) -> None:
    """All of it or nothing: another process may read it at this moment."""
    passing = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    passing.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    passing.replace(path)
