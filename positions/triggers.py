"""Since when a position is public, which the database notes: it becomes so by what happens to other rows, too.

That is a change of the position like any other: `updated_at` rises with it, by which feeds and the sitemap go.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

from positions.derived import POSITION
from speakers.triggers import PREFIX, BeforeTrigger, Trigger

# As Django writes them. A save has set `updated_at` just before, more exactly than SQLite tells the time.
_ON_SQLITE = "max(updated_at, strftime('%Y-%m-%d %H:%M:%f000', 'now'))"
_ON_POSTGRESQL = "greatest(NEW.updated_at, statement_timestamp())"

# One that comes with its day, such as from a copy of the record, keeps it.
_BORN_PUBLIC = "NEW.is_public AND NEW.public_since IS NULL"
_BECAME_PUBLIC = "NEW.is_public AND NOT OLD.is_public"


def public_since_triggers(connection: BaseDatabaseWrapper) -> Iterator[Trigger]:
    yield from _row_triggers() if connection.vendor == "sqlite" else _before_triggers()


def _row_triggers() -> Iterator[Trigger]:
    note = (
        f"UPDATE {POSITION.table} SET public_since = {_ON_SQLITE}, updated_at = {_ON_SQLITE}"
        " WHERE id = NEW.id AND is_public"
    )
    insert, update = f"{note} AND {_BORN_PUBLIC}", f"{note} AND {_BECAME_PUBLIC}"
    yield Trigger(f"{PREFIX}public_since_insert", POSITION.table, "INSERT", (insert,))
    yield Trigger(f"{PREFIX}public_since_update", POSITION.table, "UPDATE", (update,), ("is_public",))


def _before_triggers() -> Iterator[Trigger]:
    """PostgreSQL runs them in the order of their names: when these do, those that derive `is_public` have."""
    note = f"NEW.public_since := {_ON_POSTGRESQL}; NEW.updated_at := NEW.public_since"
    insert, update = (f"IF {when} THEN {note}; END IF" for when in (_BORN_PUBLIC, _BECAME_PUBLIC))
    yield BeforeTrigger(f"{PREFIX}public_since_insert", POSITION.table, "INSERT", (insert,))
    yield BeforeTrigger(f"{PREFIX}public_since_update", POSITION.table, "UPDATE", (update,), POSITION.itself.columns)
