"""Columns that the database keeps from other rows, so that no reader has to join for them.

What a column holds is said once, as an SQL expression over its row (called ``this``), and with it which other tables'
changes reach which rows. From that come the triggers that keep it, the check that it is right, and its repair.

SQLite does it row by row. On PostgreSQL a row has its columns as it is written, and what a statement reaches elsewhere
is set right once for all its rows; `speakers.overlap` does the same for transactions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

from speakers import overlap, triggers
from speakers.triggers import ROWS, SIDES, BeforeTrigger, Event, StatementTrigger, Trigger, in_dialect


@dataclass(frozen=True, slots=True)
class Cause:
    """A change of `table` (of `columns`, when updated) reaches rows by what its column `key` held before and after.

    `rows` says which: a condition on ``this``, where ``{among}`` reads "is one of these values".
    """

    table: str
    columns: tuple[str, ...]
    key: str
    rows: str
    events: tuple[Event, ...] = ("INSERT", "UPDATE", "DELETE")

    @property
    def change(self) -> str:
        """What changed, whatever rows it reaches."""
        return f"{self.table}.{self.key}: {', '.join(self.columns)}"

    def keys(self, event: Event) -> str:
        """Selects them from what a statement trigger sees.

        Without a join: PostgreSQL would plan it for one row and keep to that for a million.
        """
        columns = _listed("id", self.key, *self.columns)
        sides = [f"SELECT {columns} FROM {rows}" for rows in ROWS[event]]
        differences = [f"({one} EXCEPT {other})" for one, other in (sides, sides[::-1])] if sides[1:] else sides
        return (
            f"SELECT DISTINCT {self.key} FROM ({' UNION ALL '.join(differences)}) changed WHERE {self.key} IS NOT NULL"
        )


@dataclass(frozen=True, slots=True)
class Derived:
    """`values` maps columns of `table` to SQL expressions over ``this``, of which they read the columns `own`, and
    over what `joins` brings.
    """

    table: str
    own: tuple[str, ...]
    values: Mapping[str, str]
    causes: tuple[Cause, ...]
    joins: str = ""

    @property
    def itself(self) -> Cause:
        """Also a derived column that is written to is set right."""
        return Cause(self.table, (*self.own, *self.values), "id", "this.id {among}", ("INSERT", "UPDATE"))

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

    def row_triggers(self) -> Iterator[Trigger]:
        for number, cause in enumerate((self.itself, *self.causes)):
            for event in cause.events:
                among = f"IN ({', '.join(f'{side}.{cause.key}' for side in SIDES[event])})"
                yield Trigger(
                    name=f"{triggers.PREFIX}keep_{_short(self.table)}_{number}_{_short(cause.table)}_{event.lower()}",
                    table=cause.table,
                    event=event,
                    statements=(self.update(cause.rows.format(among=among)),),
                    columns=cause.columns if event == "UPDATE" else (),
                )

    def before_triggers(self) -> Iterator[Trigger]:
        derive = (
            f"SELECT {', '.join(self.values.values())} INTO {', '.join(f'NEW.{column}' for column in self.values)}"
            f" FROM (SELECT NEW.*) AS this {self.joins}"
        )
        name = f"{triggers.PREFIX}derive_{_short(self.table)}"
        yield BeforeTrigger(f"{name}_insert", self.table, "INSERT", (overlap.LOOK, derive))
        same = "".join(f" AND NEW.{column} IS NOT DISTINCT FROM OLD.{column}" for column in self.own)
        just_derived = f"IF pg_trigger_depth() > 1{same} THEN RETURN NEW; END IF"
        yield BeforeTrigger(
            f"{name}_update", self.table, "UPDATE", (just_derived, overlap.LOOK, derive), self.itself.columns
        )

    def keep(self, cause: Cause) -> tuple[str, str]:
        """Sets right what ``keys`` reach, in the order of ids, so that two who do it at once don't lock each other out.

        Finds the rows first, since PostgreSQL might work the columns out for all there are and only then select.
        """
        reached = cause.rows.format(among="= ANY (keys)")
        return (
            f"ids := ARRAY(SELECT this.id FROM {self.table} this WHERE {reached})",
            f"IF ids <> '{{}}' THEN {self.update('this.id = ANY (ids) ORDER BY this.id')}; END IF",
        )

    def _right(self, where: str) -> str:
        values = ", ".join(f"{expression} AS {column}" for column, expression in self.values.items())
        return f"SELECT this.id AS id, {values} FROM {self.table} this {self.joins} WHERE {where}"

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
    if connection.vendor == "sqlite":
        return (trigger for derived in _registered for trigger in derived.row_triggers())
    return _postgresql_triggers()


type Reached = list[tuple[Derived, Cause]]


def _postgresql_triggers() -> Iterator[Trigger]:
    by_change: dict[str, Reached] = defaultdict(list)
    by_table: dict[str, Reached] = defaultdict(list)
    for derived in _registered:
        yield from derived.before_triggers()
        for cause in (derived.itself, *derived.causes):
            by_change[cause.change].append((derived, cause))
            by_table[cause.table].append((derived, cause))
    for table, reached in by_table.items():
        for event in SIDES:
            yield from _statement_triggers(table, event, [pair for pair in reached if event in pair[1].events])
        yield _truncate_trigger(table, reached)
    redo = {change: _kept(reached) for change, reached in by_change.items()}
    yield from overlap.commit_triggers(redo, [derived.update("TRUE") for derived in _registered])


def _statement_triggers(table: str, event: Event, reached: Reached) -> Iterator[Trigger]:
    by_change: dict[str, Reached] = defaultdict(list)
    for derived, cause in reached:
        by_change[cause.change].append((derived, cause))
    if not by_change:
        return
    columns = _listed("id", *(column for _derived, cause in reached for column in (cause.key, *cause.columns)))
    changed = " EXCEPT ".join(f"SELECT {columns} FROM {rows}" for rows in ROWS[event])
    body = "; ".join(_noted_and_kept(event, change, several) for change, several in by_change.items())
    yield StatementTrigger(
        f"{triggers.PREFIX}keep_{_short(table)}_{event.lower()}",
        table,
        event,
        (
            f"IF NOT EXISTS ({changed}) THEN RETURN NULL; END IF",
            overlap.LOOK,
            f"DECLARE keys bigint[]; ids bigint[]; BEGIN {body}; END",
        ),
    )


def _noted_and_kept(event: Event, change: str, reached: Reached) -> str:
    """A row's own columns are right when it is written."""
    elsewhere = [(derived, cause) for derived, cause in reached if cause != derived.itself]
    statements = "; ".join((overlap.note(change), *_kept(elsewhere)))
    return f"keys := ARRAY({reached[0][1].keys(event)}); IF keys <> '{{}}' THEN {statements}; END IF"


def _kept(reached: Reached) -> Sequence[str]:
    return [statement for derived, cause in reached for statement in derived.keep(cause)]


def _truncate_trigger(table: str, reached: Reached) -> Trigger:
    tables = dict.fromkeys(derived.table for derived, _cause in reached)
    kept = [derived.update("TRUE") for derived in _registered if derived.table in tables]
    name = f"{triggers.PREFIX}keep_{_short(table)}_truncate"
    return StatementTrigger(name, table, "TRUNCATE", (overlap.LOOK, overlap.NOTE_EVERYTHING, *kept))


def _listed(*columns: str) -> str:
    return ", ".join(dict.fromkeys(columns))


def _short(table: str) -> str:
    return table.partition("_")[2]


triggers.register(_all_triggers)
triggers.after_absence(repair)
