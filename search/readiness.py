"""Whether this process can serve: the database answers, its triggers are in place, the index can be read."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import Error, connection

from record import version
from search import upkeep
from speakers import triggers


@dataclass(frozen=True, slots=True)
class Report:
    """`index_version` is None where there is no index; one that is behind is no problem: the next search catches up."""

    ok: bool
    problems: tuple[str, ...]
    record_version: int
    index_version: int | None


def report() -> Report:
    """Costs two or three queries; never raises."""
    problems: list[str] = []
    record_version = 0
    try:
        record_version = version.current()
        problems += _triggers()
    except Error as error:
        problems.append(f"The database does not answer: {error}")
    snapshot = upkeep.latest()
    if snapshot is None:
        problems.append("There is no search index that can be read: run manage.py search_index.")
    return Report(not problems, tuple(problems), record_version, snapshot.stamp.number if snapshot else None)


def _triggers() -> list[str]:
    if not triggers.tables_exist(connection):
        return ["The database has not been migrated: run manage.py migrate."]
    if missing := triggers.missing(connection):
        return [f"{len(missing)} database triggers are missing or outdated: run manage.py migrate."]
    return []
