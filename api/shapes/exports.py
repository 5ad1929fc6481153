"""Archives of the whole record, and what has changed since one was made."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, TypedDict

from api.addresses import resource_url
from api.exports.store import AT_MOST_EVERY, Archive
from api.shapes.texts import URI


class ExportedArchive(TypedDict):
    """The whole public record in one state: NDJSON, CSV and Popolo with a manifest and a data dictionary."""

    id: Annotated[str, "The version of the record and the beginning of its token."]
    url: Annotated[str, "Of the archive, a zip.", URI]
    version: Annotated[int, "The version of the record that is in it."]
    token: Annotated[str, "Tells that version from one of the same number in a restored copy of the record."]
    made_at: datetime
    newest_change: Annotated[datetime | None, "When any record in it last changed."]
    bytes: int
    sha256: str
    release: Annotated[str | None, "The name it is cited by: releases are kept. Others make room for newer ones."]
    release_url: Annotated[str | None, "Leads to a release by its name: the address to cite.", URI]
    counts: Annotated[dict[str, int], "How many there are in it of each resource."]
    changes: Annotated[str, "What has changed since.", URI]


class Exports(TypedDict):
    """The archives that there are, newest first."""

    latest: Annotated[str, "Leads to the newest.", URI]
    at_most_every: Annotated[int, "Seconds between two of them; `changes` tells what came in between."]
    results: list[ExportedArchive]


def exports(found: list[Archive]) -> Exports:
    return {
        "latest": resource_url("exports", "latest"),
        "at_most_every": int(AT_MOST_EVERY.total_seconds()),
        "results": [exported_archive(one) for one in found],
    }


def exported_archive(one: Archive) -> ExportedArchive:
    return {
        "id": one.id,
        "url": archive_url(one),
        "version": one.version,
        "token": one.token,
        "made_at": one.made_at,
        "newest_change": datetime.fromisoformat(one.newest_change) if one.newest_change else None,
        "bytes": one.bytes,
        "sha256": one.sha256,
        "release": one.release or None,
        "release_url": resource_url("exports", one.release) if one.release else None,
        "counts": one.counts,
        "changes": f"{resource_url('changes')}?since={one.version}&token={one.token}",
    }


def archive_url(one: Archive) -> str:
    return f"{resource_url('exports')}{one.id}.zip"
