"""Database triggers, written once for SQLite and PostgreSQL, made again after every migration and checked.

A body is a list of SQL statements that both databases understand; ``NEW`` and ``OLD`` are the row after and before.
SQLite drops the triggers of a table silently when a migration remakes it, and both refuse some migrations while
triggers name a column, so they are taken off before migrating and put back afterwards.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

type Event = Literal["INSERT", "UPDATE", "DELETE", "TRUNCATE"]
PREFIX = "record_"
# What a trigger of a row sees of it, and one of a statement of all its rows.
SIDES: dict[Event, tuple[str, ...]] = {"INSERT": ("NEW",), "UPDATE": ("NEW", "OLD"), "DELETE": ("OLD",)}
ROWS: dict[Event, tuple[str, ...]] = {
    "INSERT": ("new_rows",),
    "UPDATE": ("new_rows", "old_rows"),
    "DELETE": ("old_rows",),
    "TRUNCATE": (),
}
# Transactions on PostgreSQL commit one at a time from where they take this; always the first lock they take there.
COMMIT_ALONE = "PERFORM pg_advisory_xact_lock(5073261449017834)"


@dataclass(frozen=True, slots=True)
class Trigger:
    """Runs `statements` for each row of `table` after `event`; `columns` narrows an update to changes of those."""

    name: str
    table: str
    event: Event
    statements: tuple[str, ...]
    columns: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]

    def sql(self, vendor: str) -> list[str]:
        body = " ".join(f"{in_dialect(statement, vendor)};" for statement in self.statements)
        if vendor == "sqlite":
            return [f"CREATE TRIGGER {self._head} BEGIN {body} END"]
        function = f"CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql"
        return [
            f"{function}{self._settings} AS $record$ BEGIN {body} RETURN {self._returned}; END $record$",
            f"CREATE {self._postgresql_head} EXECUTE FUNCTION {self.name}()",
            f"COMMENT ON TRIGGER {self.name} ON {self.table} IS '{self.fingerprint}'",
        ]

    @property
    def _head(self) -> str:
        """An update that leaves the named columns as they are is none."""
        event, when = str(self.event), ""
        if self.columns:
            event = f"UPDATE OF {', '.join(self.columns)}"
            changed = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in self.columns)
            when = f" WHEN ({changed})"
        return f"{self.name} {self._time} {event} ON {self.table} FOR EACH ROW{when}"

    @property
    def _postgresql_head(self) -> str:
        return f"TRIGGER {self._head}"

    @property
    def _time(self) -> str:
        return "AFTER"

    @property
    def _returned(self) -> str:
        return "NULL"

    @property
    def _settings(self) -> str:
        return ""


class BeforeTrigger(Trigger):
    """Runs for each row about to be written, which it may change; PostgreSQL alone."""

    @property
    def _time(self) -> str:
        return "BEFORE"

    @property
    def _returned(self) -> str:
        return "NEW"


class StatementTrigger(Trigger):
    """Runs once for all rows that a statement changed, or none, seen as in ROWS; PostgreSQL alone."""

    @property
    def _postgresql_head(self) -> str:
        sides = {"new_rows": "NEW TABLE AS new_rows", "old_rows": "OLD TABLE AS old_rows"}
        seen = " ".join(sides[rows] for rows in ROWS[self.event])
        referencing = f" REFERENCING {seen}" if seen else ""
        return f"TRIGGER {self.name} AFTER {self.event} ON {self.table}{referencing} FOR EACH STATEMENT"

    @property
    def _settings(self) -> str:
        """The plan made for a statement of many rows is kept for those of one: it may go through no whole table."""
        return " SET enable_hashjoin = off SET enable_mergejoin = off"


class DeferredTrigger(Trigger):
    """Runs as the transaction commits; on SQLite, which knows no such triggers, at once."""

    @property
    def _postgresql_head(self) -> str:
        when = "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"
        return f"CONSTRAINT TRIGGER {self.name} AFTER {self.event} ON {self.table} {when}"


def in_dialect(sql: str, vendor: str) -> str:
    """`sql`, written for PostgreSQL, as SQLite takes it; it uses an index on what is public only where told of 1."""
    return sql.replace("string_agg(", "group_concat(").replace(" = TRUE", " = 1") if vendor == "sqlite" else sql


_sources: list[Callable[[BaseDatabaseWrapper], Iterable[Trigger]]] = []
_repairs: list[Callable[[BaseDatabaseWrapper], object]] = []


def register(source: Callable[[BaseDatabaseWrapper], Iterable[Trigger]]) -> None:
    """`source` is asked for its triggers whenever they are made or checked."""
    _sources.append(source)


def after_absence(repair: Callable[[BaseDatabaseWrapper], object]) -> None:
    """`repair` is called when triggers had been away, so that rows may have changed unnoticed."""
    _repairs.append(repair)


def wanted(connection: BaseDatabaseWrapper) -> dict[str, Trigger]:
    return {trigger.name: trigger for source in _sources for trigger in source(connection)}


def tables_exist(connection: BaseDatabaseWrapper) -> bool:
    """Not so before the first migration and between two that were asked for by name."""
    return {trigger.table for trigger in wanted(connection).values()} <= set(connection.introspection.table_names())


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of triggers that are not there or are not as they should be; one query."""
    installed = _installed(connection)
    return [name for name, trigger in wanted(connection).items() if installed.get(name) != _mark(trigger, connection)]


def install(connection: BaseDatabaseWrapper) -> bool:
    """Makes all triggers anew, unless they are all as they should be; says whether it had to."""
    if not tables_exist(connection):
        return False
    if not missing(connection) and len(_installed(connection)) == len(wanted(connection)):
        return False
    with transaction.atomic(using=connection.alias):
        remove(connection)
        with connection.cursor() as cursor:
            for trigger in wanted(connection).values():
                for statement in trigger.sql(connection.vendor):
                    cursor.execute(statement)
        for repair in _repairs:
            repair(connection)
    return True


def remove(connection: BaseDatabaseWrapper) -> None:
    tables = _tables(connection)
    if tables and connection.vendor == "postgresql":
        connection.check_constraints()  # runs deferred triggers: one that still has to run can't be dropped
    with connection.cursor() as cursor:
        for name, table in tables.items():
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER {name}")
            else:
                cursor.execute(f"DROP TRIGGER {name} ON {table}")
                cursor.execute(f"DROP FUNCTION IF EXISTS {name}()")


def _mark(trigger: Trigger, connection: BaseDatabaseWrapper) -> str:
    return trigger.sql("sqlite")[0] if connection.vendor == "sqlite" else trigger.fingerprint


def _installed(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Name of each trigger in the database, and the mark by which it is recognised."""
    return {name: mark for name, (_table, mark) in _rows(connection).items()}


def _tables(connection: BaseDatabaseWrapper) -> dict[str, str]:
    return {name: table for name, (table, _mark) in _rows(connection).items()}


def _rows(connection: BaseDatabaseWrapper) -> dict[str, tuple[str, str]]:
    query = {
        "sqlite": (
            "SELECT name, tbl_name, sql FROM sqlite_master"
            " WHERE type = 'trigger' AND name LIKE 'record\\_%' ESCAPE '\\'"
        ),
        "postgresql": (
            "SELECT t.tgname, t.tgrelid::regclass::text, coalesce(obj_description(t.oid, 'pg_trigger'), '')"
            " FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE NOT t.tgisinternal AND t.tgname LIKE 'record\\_%' AND pg_table_is_visible(c.oid)"
        ),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {name: (table, mark) for name, table, mark in cursor.fetchall()}
