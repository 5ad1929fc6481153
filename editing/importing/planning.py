"""What an uploaded table is going to do, whatever its kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from editing.importing import affiliations, people, positions
from editing.importing.plan import Plan
from editing.importing.uploads import Upload
from exchange.tables.kinds import Entry, entries
from exchange.tables.table import Problem
from positions.models import Position
from review.roles import Author
from speakers.identity import Recorded
from speakers.models import Affiliation, Person


class _Plans(Protocol):
    def __call__(
        self, entries: Sequence[Entry], problems: Sequence[Problem], answers: Mapping[str, str], by: Author
    ) -> Plan: ...


_PLANS: Mapping[str, _Plans] = {
    "people": people.plan,
    "affiliations": affiliations.plan,
    "positions": positions.plan,
}
MODELS: Mapping[str, type[Recorded]] = {"people": Person, "affiliations": Affiliation, "positions": Position}


def planned(upload: Upload, by: Author) -> Plan:
    read, problems = entries(upload.kind, upload.table, upload.mapped)
    return _PLANS[upload.kind.key](read, [*upload.table.problems, *problems], upload.answers, by)


def may_import(kind: str, by: Author) -> bool:
    model = MODELS[kind]
    return by.may("add", model) and by.may("change", model)
