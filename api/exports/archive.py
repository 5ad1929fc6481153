"""Writes one archive: the public record in one state, with what is needed to read and to cite it.

The same state gives the same bytes on the same installation: no time of making is within, and files lie in one order.
Zip, since every system and language opens it without further tools, one file can be taken out of it, and each is
checked as it is read.
"""

from __future__ import annotations

import hashlib
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import IO, Any

import orjson
from django.conf import settings
from django.utils import translation

from api.addresses import resource_url
from api.exports import dictionary, readme
from api.exports.contents import CSV, JSON, Part, Seen, parts
from api.resources import RESOURCES
from api.shapes.overview import LICENCE
from exchange import csv_text
from record.version import Stamp

FORMAT = 1  # of the manifest and the folders; rises when a reader of archives would have to change
MANIFEST = "manifest.json"
_NO_TIME = (1980, 1, 1, 0, 0, 0)  # the first that zip knows
_READABLE = 0o100644 << 16

type Say = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Written:
    """A file in the archive."""

    path: str
    media_type: str
    description: str
    rows: int | None
    bytes: int
    sha256: str


@dataclass(slots=True)
class Summary:
    """What there is to say of an archive that has been written."""

    newest_change: str = ""
    files: list[Written] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        by_path = {file.path: file.rows or 0 for file in self.files}
        return {name: by_path[f"ndjson/{name}.ndjson"] for name in RESOURCES}


def write(file: IO[bytes], stamp: Stamp, scratch: Path, say: Say) -> Summary:
    """To be called within `record.snapshot.one_state`; `scratch` is a folder for what is in the making."""
    seen, summary = Seen(), Summary()
    with zipfile.ZipFile(file, "w") as archive, translation.override(settings.LANGUAGE_CODE):
        for part in parts(scratch, seen):
            summary.files.append(_add(archive, part))
            say(f"{part.path}: {summary.files[-1].rows}")
        summary.newest_change = seen.newest_change
        for part in _about(stamp, summary):
            summary.files.append(_add(archive, part))
        _add(archive, _text(MANIFEST, JSON, "", _as_json(manifest(stamp, summary))))
    return summary


def manifest(stamp: Stamp, summary: Summary) -> dict[str, Any]:
    return {
        "name": settings.SITE_NAME,
        "site": settings.PUBLIC_URL,
        "format": FORMAT,
        "version": stamp.number,
        "token": stamp.token,
        "newest_change": summary.newest_change or None,
        "changes": f"{resource_url('changes')}?since={stamp.number}&token={stamp.token}",
        "licence": LICENCE,
        "summaries_are_paraphrases": True,
        "software": {"name": "debate-record", "version": software_version()},
        "counts": summary.counts,
        "files": [asdict(file) for file in summary.files],
    }


def identity(stamp: Stamp) -> str:
    """Of the archive of that state, in its name and its address."""
    return f"{stamp.number}-{stamp.token[:8] or 'empty'}"


@cache
def software_version() -> str:
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])


def _about(stamp: Stamp, summary: Summary) -> Iterator[Part]:
    """What explains the rest; made last, since it tells how much there is of it."""
    rows = (entry.row for entry in dictionary.entries())
    table = b"".join(csv_text.written(dictionary.FIELDS, rows))
    yield _text("data-dictionary.csv", CSV, "Every column of every table and every field of the JSON.", table)
    words = dictionary.as_markdown().encode()
    yield _text("data-dictionary.md", "text/markdown", "The columns of the tables, to read.", words)
    told = readme.text(stamp, identity(stamp), summary.newest_change, summary.counts).encode()
    yield _text("README.md", "text/markdown", "What this is, how to cite it, what may be done with it.", told)


def _text(path: str, media_type: str, description: str, content: bytes) -> Part:
    return Part(path, media_type, description, lambda _counted: iter((content,)))


def _as_json(document: Any) -> bytes:
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _add(archive: zipfile.ZipFile, part: Part) -> Written:
    info = zipfile.ZipInfo(part.path, _NO_TIME)
    info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, _READABLE, 3
    digest, size, rows = hashlib.sha256(), 0, _Number()
    with archive.open(info, "w", force_zip64=True) as file:
        for piece in part.write(rows.set):
            file.write(piece)
            digest.update(piece)
            size += len(piece)
    return Written(part.path, part.media_type, part.description, rows.value, size, digest.hexdigest())


@dataclass(slots=True)
class _Number:
    value: int | None = None

    def set(self, value: int) -> None:
        self.value = value
