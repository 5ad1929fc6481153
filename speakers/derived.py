"""Columns that the database keeps from other rows, so that no reader has to join for them.

What a column holds is said once, as an SQL expression over its row (called ``this``), and with it which other tables'
changes reach which rows. From that come the triggers that keep it, the check that it is right, and its repair.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

from speakers import triggers
from speakers.triggers import Event, Trigger, in_dialect


@dataclass(frozen=True, slots=True)
class Cause:
    """A change of `table` (of `columns`, when updated) that reaches the rows for which `rows` holds.

    In `rows`, ``this`` is a row that may have to change and ``{changed}`` the one that did, before or after.
    """

    table: str
    columns: tuple[str, ...]
    rows: str
    events: tuple[Event, ...] = ("INSERT", "UPDATE", "DELETE")


@dataclass(frozen=True, slots=True)
class Derived:
    """`values` maps columns of `table` to SQL expressions over ``this``."""

    table: str
    values: Mapping[str, str]
    causes: tuple[Cause, ...]

    def update(self, where: str) -> str:
        """Sets the columns right in the rows for which `where` holds, writing only those that were wrong."""
        return (
            f"UPDATE {self.table} SET {', '.join(f'{column} = right_.{column}' for column in self.values)} "
            f"FROM ({self._right(where)}) AS right_ WHERE {self.table}.id = right_.id AND ({self._differs(self.table)})"
        )

    def wrong(self) -> str:
        """Selects the ids of rows whose columns are not what they should be."""
        return (
            f"SELECT kept.id FROM {self.table} kept JOIN ({self._right('TRUE')}) right_ ON right_.id = kept.id WHERE "
            + (self._differs("kept"))
        )

    def triggers(self) -> Iterator[Trigger]:
        for number, cause in enumerate(self.causes, 1):
            for event in cause.events:
                sides = {"INSERT": ("NEW",), "DELETE": ("OLD",), "UPDATE": ("NEW", "OLD")}[event]
                conditions = dict.fromkeys(cause.rows.format(changed=side) for side in sides)
                yield Trigger(
                    name=f"{triggers.PREFIX}keep_{_short(self.table)}_{number}_{_short(cause.table)}_{event.lower()}",
                    table=cause.table,
                    event=event,
                    statements=tuple(self.update(condition) for condition in conditions),
                    columns=cause.columns if event == "UPDATE" else (),
                )

    def _right(self, where: str) -> str:
        values = ", ".join(f"{expression} AS {column}" for column, expression in self.values.items())
        return f"SELECT this.id AS id, {values} FROM {self.table} this WHERE {where}"

    def _differs(self, kept: str) -> str:
        return " OR ".join(f"{kept}.{column} IS DISTINCT FROM right_.{column}" for column in self.values)


_registered: list[Derived] = []


def register(*derived: Derived) -> None:
    """In the order in which they follow from each other: repair goes through them in turn."""
    _registered.extend(derived)


def wrong_rows(connection: BaseDatabaseWrapper) -> dict[str, int]:
    """For each table with derived columns, how many rows hold something else than they should; a scan of each."""
    counts: dict[str, int] = {}
    with connection.cursor() as cursor:
        for derived in _registered:
            cursor.execute(in_dialect(f"SELECT count(*) FROM ({derived.wrong()}) AS wrong", connection.vendor))
            counts[derived.table] = counts.get(derived.table, 0) + cursor.fetchone()[0]
    return counts


def repair(connection: BaseDatabaseWrapper) -> dict[str, int]:
    """Sets every derived column right; for each table, how many rows it changed."""
    changed: dict[str, int] = {}
    with connection.cursor() as cursor:
        for derived in _registered:
            cursor.execute(in_dialect(derived.update("TRUE"), connection.vendor))
            changed[derived.table] = changed.get(derived.table, 0) + cursor.rowcount
    return changed


def _all_triggers(connection: BaseDatabaseWrapper) -> Iterable[Trigger]:
    return (trigger for derived in _registered for trigger in derived.triggers())


def _short(table: str) -> str:
    return table.partition("_")[2]


triggers.register(_all_triggers)
triggers.after_absence(repair)
