"""What transactions that overlap can't see of each other when they set derived columns; for PostgreSQL.

Two editors each withdraw one of a speaker's two debates, at once: each sees the other debate still published, and the
speaker would stay public. So a transaction notes what it changes. Committing, which is done one at a time, it looks for
the notes of others that it did not see from the start, and sets right what both reach: either the rows that their
changes reach or those that its own do, whichever are fewer, since a row that is wrong now is among both.

A transaction that never sees others (REPEATABLE READ) can't do that. If what has to be set right is a row that a third
has changed who waits to commit, PostgreSQL ends one of the two, as it does with any deadlock, and nothing is wrong.
SQLite has one writer at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.db import models

from speakers.triggers import COMMIT_ALONE, PREFIX, DeferredTrigger, Trigger


class Touch(models.Model):
    """What a statement changed; kept while a transaction runs that may not have seen it."""

    transaction = models.BigIntegerField(db_index=True)
    change = models.CharField(max_length=200)
    keys = models.TextField()  # with commas between
    size = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.transaction} {self.change}"


EVERYTHING = "everything"
_TABLE = "speakers_touch"
_SETTING = f"{PREFIX}derived.looked"
_LOOKING = 1819043171, 1  # a lock that everybody shares, to be counted
# Before anything is derived: which transactions this one can see. To be counted first and then to look matters.
LOOK = (
    f"IF coalesce(current_setting('{_SETTING}', true), '') = '' THEN"
    f" PERFORM pg_advisory_xact_lock_shared{_LOOKING};"
    f" PERFORM set_config('{_SETTING}', pg_current_snapshot()::text, true); END IF"
)


def note(change: str, keys: str = "array_to_string(keys, ',')", size: str = "cardinality(keys)") -> str:
    """That rows with ``keys`` had the change."""
    return (
        f"INSERT INTO {_TABLE} (transaction, change, keys, size)"
        f" VALUES (pg_current_xact_id()::text::bigint, '{change}', {keys}, {size})"
    )


NOTE_EVERYTHING = note(EVERYTHING, "''", str(10**9))

# Others wait for what follows: it comes after all else that a commit has to do, such as checking foreign keys.
_COME_LAST = (
    f"UPDATE {_TABLE} SET size = size WHERE id = NEW.id AND NOT EXISTS"
    f" (SELECT FROM {_TABLE} first WHERE first.transaction = NEW.transaction AND first.id < NEW.id)"
)
_OURS = "touch.transaction = NEW.transaction"
# A snapshot does not tell whether its own transaction is in it.
_OURS_OR_UNSEEN = f"({_OURS} OR NOT pg_visible_in_snapshot(touch.transaction::text::xid8, looked))"
_FORGET_WHAT_ALL_HAVE_SEEN = (
    f"DELETE FROM {_TABLE} WHERE transaction <> NEW.transaction AND NOT EXISTS (SELECT FROM pg_locks"
    " WHERE locktype = 'advisory' AND objsubid = 2 AND (classid, objid) = (%d, %d) AND pid <> pg_backend_pid()"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))" % _LOOKING
)


def commit_triggers(redo: Mapping[str, Sequence[str]], redo_all: Sequence[str]) -> Iterator[Trigger]:
    """`redo` says for each change what sets right all that ``keys`` reach, `redo_all` what does so for any other."""
    yield DeferredTrigger(f"{PREFIX}await_others", _TABLE, "INSERT", (_COME_LAST,))
    cases = " ".join(f"WHEN '{change}' THEN {'; '.join(statements)};" for change, statements in redo.items())
    cases += f" ELSE {'; '.join(redo_all)};"
    see_others = (
        f"DECLARE looked pg_snapshot := current_setting('{_SETTING}');"
        " they_are_more boolean; noted record; keys bigint[]; ids bigint[]; BEGIN"
        f" SELECT sum(size) FILTER (WHERE NOT {_OURS}) > sum(size) FILTER (WHERE {_OURS}) INTO they_are_more"
        f" FROM {_TABLE} touch WHERE {_OURS_OR_UNSEEN};"
        " IF they_are_more IS NOT NULL THEN"
        " FOR noted IN SELECT touch.change, array_agg(DISTINCT key::bigint) AS keys"
        f" FROM {_TABLE} touch LEFT JOIN LATERAL unnest(string_to_array(touch.keys, ',')) key ON TRUE"
        f" WHERE {_OURS_OR_UNSEEN} AND ({_OURS}) = they_are_more GROUP BY touch.change"
        f" LOOP keys := noted.keys; CASE noted.change {cases} END CASE; END LOOP; END IF; END"
    )
    yield DeferredTrigger(
        f"{PREFIX}see_others", _TABLE, "UPDATE", (COMMIT_ALONE, see_others, _FORGET_WHAT_ALL_HAVE_SEEN)
    )
