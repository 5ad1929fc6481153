"""A waiting change beside a record that moved on: field by field what still applies of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from review.earlier import when_proposed
from review.models import Revision
from review.rows import relation_called
from review.versions import FieldDifference, Values, compared, plain


@dataclass(frozen=True, slots=True)
class Choice:
    """`still` is what the proposed value would change now; `before` is what its author saw. Where others changed the
    same field meanwhile, somebody has to choose.
    """

    still: FieldDifference
    before: str
    is_contested: bool

    @property
    def column(self) -> str:
        return self.still.column


def choices(revision: Revision) -> list[Choice]:
    """Of the fields in which the proposal differs from the record as it is now."""
    record: Any = revision.record
    model = type(record)
    relations = [name for name in revision.values if relation_called(model, name) is not None]
    now, seen = plain(record, relations), when_proposed(revision)
    still = compared(model, now, revision.values)
    meanwhile = {one.column: one for one in compared(model, seen, now)} if seen else {}
    return [
        Choice(
            one,
            before=meanwhile[one.column].before if one.column in meanwhile else one.before,
            is_contested=one.column not in seen or one.column in meanwhile,
        )
        for one in still
    ]


def taken(revision: Revision, columns: Collection[str]) -> Values:
    return {name: value for name, value in revision.values.items() if name in columns}
