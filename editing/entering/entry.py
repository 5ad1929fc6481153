"""All that is on the screen, as it was sent: what was written into it, and what is wrong there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from editing.entering.forms import ROWS_MORE, AppearanceRows, EventForm, HostRows, SessionRows, SourceForm
from editing.entering.pasting import COLUMNS, MOST_ROWS
from speakers.identity import new_public_id

_MARK = re.compile("[a-z][a-z2-9]{7}")


@dataclass(frozen=True, slots=True)
class Entry:
    """`mark` is of this entry alone: it becomes the public id of the debate's first session, so that one entry that is
    sent twice makes one debate.
    """

    mark: str
    event: EventForm
    source: SourceForm
    hosts: Any
    sessions: Any
    rows: Any

    @classmethod
    def new(cls, language: str) -> Entry:
        event = EventForm(prefix="event", initial={"language": language, "languages": language})
        parts = (HostRows(prefix="hosts"), SessionRows(prefix="sessions"), AppearanceRows(prefix="rows"))
        return cls(new_public_id(), event, SourceForm(prefix="source"), *parts)

    @classmethod
    def sent(cls, data: QueryDict) -> Entry:
        mark = data.get("mark", "")
        return cls(
            mark if _MARK.fullmatch(mark) else new_public_id(),
            EventForm(data, prefix="event"),
            SourceForm(data, prefix="source"),
            HostRows(data, prefix="hosts"),
            SessionRows(data, prefix="sessions"),
            AppearanceRows(data, prefix="rows"),
        )

    @property
    def parts(self) -> tuple[Any, ...]:
        return self.event, self.source, self.hosts, self.sessions, self.rows

    @property
    def is_valid(self) -> bool:
        states = [part.is_valid() for part in self.parts]  # all are asked: every mistake is told at once
        return all(states)

    @property
    def language(self) -> str:
        return str(self.event["language"].value() or "en")


def with_more_rows(data: QueryDict) -> QueryDict:
    more = data.copy()
    more["rows-TOTAL_FORMS"] = str(min(_number(data) + ROWS_MORE, MOST_ROWS))
    return more


def with_rows(data: QueryDict, rows: Iterable[Mapping[str, str]]) -> QueryDict:
    """After the last row in which something is written."""
    more = data.copy()
    texts = [column for column in COLUMNS if column != "doubtful"]
    used = [at for at in range(_number(data)) if any(data.get(f"rows-{at}-{column}", "").strip() for column in texts)]
    place = max(used, default=-1) + 1
    for row in rows:
        for column, cell in row.items():
            more[f"rows-{place}-{column}"] = cell
        place += 1
    more["rows-TOTAL_FORMS"] = str(min(max(place + 2, _number(data)), MOST_ROWS))
    return more


def with_session(data: QueryDict, title: str) -> QueryDict:
    """A session of this title, of which the kind is still to be said."""
    more = data.copy()
    places = range(_number(data, "sessions") + 1)
    free = next(at for at in places if not any(data.get(f"sessions-{at}-{name}") for name in ("title", "kind")))
    more[f"sessions-{free}-title"] = title
    more["sessions-TOTAL_FORMS"] = str(max(free + 1, _number(data, "sessions")))
    return more


def _number(data: QueryDict, prefix: str = "rows") -> int:
    number = data.get(f"{prefix}-TOTAL_FORMS", "")
    return min(int(number), MOST_ROWS) if number.isdecimal() and len(number) < 6 else 0
