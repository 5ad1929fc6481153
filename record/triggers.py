"""Triggers that note which public object each write changes, whatever way it is written.

A note is a row of ``record_change``. The first of a transaction makes a row of ``record_version``, and that takes the
next number: on PostgreSQL as the transaction commits, so that numbers are in the order of commits, two editors can't
lock each other out and a long import holds nobody up; on SQLite, where writers wait for each other and a trigger can't
wait, at once and for every note.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.db.backends.base.base import BaseDatabaseWrapper

from record.departures import LEAVINGS, WATCHED, Leaving
from record.models import BESIDE, EVERYTHING, THE_ROW
from speakers.triggers import COMMIT_ALONE, PREFIX, ROWS, SIDES, DeferredTrigger, Event, StatementTrigger, Trigger


@dataclass(frozen=True, slots=True)
class Note:
    """A changed row, ``{row}``, before or after, tells of the object `key` of `kind` if `when` holds."""

    kind: str
    key: str
    when: str

    def sql(self, row: str) -> str:
        return f"SELECT '{self.kind}' AS kind, {self.key} AS key{{source}} WHERE {self.when}".replace("{row}", row)


def _itself(kind: str) -> Note:
    return Note(kind, "{row}.id", "{row}.is_public")


def _public(table: str, column: str) -> str:
    return f"EXISTS (SELECT 1 FROM {table} shown WHERE shown.id = {{row}}.{column} AND shown.is_public)"


def _end(kind: str, column: str, table: str) -> Note:
    return Note(kind, f"{{row}}.{column}", _public(table, column))


def _beside(kind: str, key: str, when: str) -> Note:
    return Note(f"{BESIDE}{kind}", key, when)


_PERSON, _ORGANIZATION, _EVENT = "speakers_person", "speakers_organization", "debate_event"
_OF_SOMEBODY = (_end("person", "person_id", _PERSON), _end("organization", "organization_id", _ORGANIZATION))
_OF_PUBLIC_EVENT = _public(_EVENT, "event_id")
_OF_PUBLIC_POSITION = _public("positions_position", "position_id")
_IN_SHOWN_AFFILIATION = f"{_public(_PERSON, 'person_id')} AND {_public(_ORGANIZATION, 'organization_id')}"
_BETWEEN_EVENTS = f"{_public(_EVENT, 'from_event_id')} AND {_public(_EVENT, 'to_event_id')}"
_BETWEEN_POSITIONS = (
    f"{_public('positions_position', 'from_position_id')} AND {_public('positions_position', 'to_position_id')}"
)
_SHOWN_ASSIGNMENT = f"{_public('positions_proposition', 'proposition_id')} AND {_public('positions_topic', 'topic_id')}"
_EVENT_OF_SESSION = "(SELECT of_.event_id FROM debate_session of_ WHERE of_.id = {row}.session_id)"

NOTES: dict[str, tuple[Note, ...]] = {
    _PERSON: (_itself("person"),),
    _ORGANIZATION: (_itself("organization"),),
    "speakers_name": _OF_SOMEBODY,
    "speakers_identifier": _OF_SOMEBODY,
    "speakers_link": _OF_SOMEBODY,
    "speakers_affiliation": (
        _beside("person", "{row}.person_id", _IN_SHOWN_AFFILIATION),
        _beside("organization", "{row}.organization_id", _IN_SHOWN_AFFILIATION),
    ),
    _EVENT: (_itself("event"),),
    "debate_eventorganization": (
        Note("event", "{row}.event_id", _OF_PUBLIC_EVENT),
        _beside("organization", "{row}.organization_id", _OF_PUBLIC_EVENT),
    ),
    "debate_eventsource": (
        _beside("event", "{row}.event_id", _OF_PUBLIC_EVENT),
        _beside("source", "{row}.source_id", _OF_PUBLIC_EVENT),
    ),
    "debate_editorialnote": (_beside("event", "{row}.event_id", _OF_PUBLIC_EVENT),),
    "debate_eventrelation": (
        _beside("event", "{row}.from_event_id", _BETWEEN_EVENTS),
        _beside("event", "{row}.to_event_id", _BETWEEN_EVENTS),
    ),
    "debate_session": (_itself("session"), _beside("event", "{row}.event_id", "{row}.is_public")),
    "debate_appearance": (
        _itself("appearance"),
        _beside("session", "{row}.session_id", "{row}.is_public"),
        _beside("event", _EVENT_OF_SESSION, f"{{row}}.is_public AND {_EVENT_OF_SESSION} IS NOT NULL"),
        _beside("person", "{row}.person_id", "{row}.is_public AND {row}.person_id IS NOT NULL"),
        _beside("organization", "{row}.organization_id", "{row}.is_public AND {row}.organization_id IS NOT NULL"),
    ),
    "debate_capacity": (
        _end("appearance", "appearance_id", "debate_appearance"),
        _beside(
            "organization",
            "{row}.organization_id",
            f"{{row}}.organization_id IS NOT NULL AND {_public('debate_appearance', 'appearance_id')}",
        ),
    ),
    "debate_source": (_itself("source"),),
    "positions_topic": (_itself("topic"),),
    "positions_proposition": (_itself("proposition"),),
    "positions_propositiontopic": (
        Note("proposition", "{row}.proposition_id", _SHOWN_ASSIGNMENT),
        _beside("topic", "{row}.topic_id", _SHOWN_ASSIGNMENT),
    ),
    "positions_wording": (_end("proposition", "proposition_id", "positions_proposition"),),
    "positions_position": (_itself("position"),),
    "positions_positioncapacity": (_end("position", "position_id", "positions_position"),),
    "positions_evidence": (
        Note("position", "{row}.position_id", _OF_PUBLIC_POSITION),
        _beside("source", "{row}.source_id", _OF_PUBLIC_POSITION),
    ),
    "positions_positionlink": (
        _beside("position", "{row}.from_position_id", _BETWEEN_POSITIONS),
        _beside("position", "{row}.to_position_id", _BETWEEN_POSITIONS),
    ),
    "positions_remark": (
        _beside("position", "{row}.position_id", _public("positions_position", "position_id")),
        _beside("person", "{row}.person_id", _public(_PERSON, "person_id")),
        _beside("event", "{row}.event_id", _public(_EVENT, "event_id")),
    ),
}

_EVERYTHING_CHANGED = f"SELECT '{EVERYTHING}' AS kind, 0 AS key"
# The transaction goes by a token of its own making, since PostgreSQL's transaction ids come again in a restored copy.
_SETTING = "record.transaction"
_TOKEN = f"current_setting('{_SETTING}')::uuid"
_BEGIN_TRANSACTION = (
    f"PERFORM set_config('{_SETTING}',"
    f" coalesce(nullif(current_setting('{_SETTING}', true), ''), gen_random_uuid()::text), true)"
)
_MARK_TRANSACTION = f"IF FOUND THEN INSERT INTO record_version (token) VALUES ({_TOKEN}) ON CONFLICT DO NOTHING; END IF"

_NUMBER = (
    # The first number counts on from the log, in case the one row was lost.
    "INSERT INTO record_state (id, number, token)"
    f" SELECT {THE_ROW}, coalesce(max(known.number), 0) + 1, NEW.token FROM record_version known WHERE TRUE"
    " ON CONFLICT (id) DO UPDATE SET number = record_state.number + 1, token = excluded.token",
    f"UPDATE record_version SET number = (SELECT state.number FROM record_state state WHERE state.id = {THE_ROW})"
    " WHERE token = NEW.token",
)
_NUMBER_AT_ONCE = Trigger(f"{PREFIX}take_number", "record_version", "INSERT", _NUMBER)
# A commit has more to do, such as a long import's foreign keys: only after that is the number taken, which others
# wait for.
_AWAIT_COMMIT = DeferredTrigger(
    f"{PREFIX}await_number",
    "record_version",
    "INSERT",
    ("UPDATE record_version SET number = NULL WHERE token = NEW.token",),
)
_NUMBER_AT_COMMIT = DeferredTrigger(
    f"{PREFIX}take_number",
    "record_version",
    "UPDATE",
    ("IF NEW.number IS NOT NULL THEN RETURN NULL; END IF", COMMIT_ALONE, *_NUMBER),
)
_MARK_NOTE = Trigger(
    name=f"{PREFIX}mark_note",
    table="record_change",
    event="INSERT",
    statements=("INSERT INTO record_version (token) VALUES (NEW.version_id)",),
)
_MARK_DEPARTURE = replace(_MARK_NOTE, name=f"{PREFIX}mark_departure", table="record_departure")
_TAKING: tuple[Event, ...] = ("UPDATE", "DELETE")
_NO_ROWS = "(SELECT 0 AS id, FALSE AS is_public)"


def note_triggers(connection: BaseDatabaseWrapper) -> Iterator[Trigger]:
    is_sqlite = connection.vendor == "sqlite"
    yield from (_NUMBER_AT_ONCE, _MARK_NOTE, _MARK_DEPARTURE) if is_sqlite else (_AWAIT_COMMIT, _NUMBER_AT_COMMIT)
    for table, notes in NOTES.items():
        yield from _sqlite(table, notes) if is_sqlite else _postgresql(table, notes)
    for table, leavings in LEAVINGS.items():
        yield from (_leaving_sqlite if is_sqlite else _leaving_postgresql)(table, leavings)


def note_everything(connection: BaseDatabaseWrapper) -> None:
    """Says that any public object may have changed: for when writes went unnoticed."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(_note_on_sqlite(_EVERYTHING_CHANGED))
        else:
            cursor.execute(f"DO $record$ BEGIN {'; '.join(_note_on_postgresql(_EVERYTHING_CHANGED))}; END $record$")


def _sqlite(table: str, notes: Iterable[Note]) -> Iterator[Trigger]:
    for event, sides in SIDES.items():
        noted = " UNION ".join(note.sql(side).format(source="") for note in notes for side in sides)
        yield Trigger(_name(table, event), table, event, (_note_on_sqlite(noted),))


def _postgresql(table: str, notes: Iterable[Note]) -> Iterator[Trigger]:
    for event in SIDES:
        noted = " UNION ".join(
            note.sql("changed").format(source=f" FROM {rows} changed") for note in notes for rows in ROWS[event]
        )
        # Most statements that keep derived columns change no row, and their triggers run all the same.
        nothing = f"IF NOT EXISTS (SELECT FROM {ROWS[event][0]}) THEN RETURN NULL; END IF"
        yield StatementTrigger(_name(table, event), table, event, (nothing, *_note_on_postgresql(noted)))
    yield StatementTrigger(_name(table, "TRUNCATE"), table, "TRUNCATE", _note_on_postgresql(_EVERYTHING_CHANGED))


def _leaving_sqlite(table: str, leavings: Iterable[Leaving]) -> Iterator[Trigger]:
    left = " UNION ".join(leaving.sql("OLD", "", _NO_ROWS) for leaving in leavings)
    told = (
        "INSERT INTO record_departure (version_id, kind, address)"
        f" SELECT lower(hex(randomblob(16))), gone.kind, gone.address FROM ({left}) AS gone"
    )
    yield Trigger(_leaving_name(table, "UPDATE"), table, "UPDATE", (told,), WATCHED[table])
    yield Trigger(_leaving_name(table, "DELETE"), table, "DELETE", (told,))


def _leaving_postgresql(table: str, leavings: Iterable[Leaving]) -> Iterator[Trigger]:
    left = " UNION ".join(leaving.sql("was", "old_rows was", "old_rows") for leaving in leavings)
    told = (
        "IF NOT EXISTS (SELECT FROM old_rows) THEN RETURN NULL; END IF",
        _BEGIN_TRANSACTION,
        f"INSERT INTO record_departure (version_id, kind, address) SELECT {_TOKEN}, gone.kind, gone.address"
        f" FROM ({left}) AS gone ON CONFLICT DO NOTHING",
        _MARK_TRANSACTION,
    )
    for event in _TAKING:
        yield StatementTrigger(_leaving_name(table, event), table, event, told)


def _leaving_name(table: str, event: Event) -> str:
    return f"{PREFIX}leave_{table.partition('_')[2]}_{event.lower()}"


def _note_on_sqlite(noted: str) -> str:
    return (
        "INSERT INTO record_change (version_id, kind, key)"
        f" SELECT lower(hex(randomblob(16))), noted.kind, noted.key FROM ({noted}) AS noted"
    )


def _note_on_postgresql(noted: str) -> tuple[str, ...]:
    return (
        _BEGIN_TRANSACTION,
        f"INSERT INTO record_change (version_id, kind, key) SELECT {_TOKEN}, noted.kind, noted.key"
        f" FROM ({noted}) AS noted ON CONFLICT DO NOTHING",
        _MARK_TRANSACTION,
    )


def _name(table: str, event: Event) -> str:
    return f"{PREFIX}note_{table.partition('_')[2]}_{event.lower()}"
