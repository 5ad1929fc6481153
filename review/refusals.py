"""Why a change is not made. Nothing is written when one of these is raised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

type Path = tuple[str | int, ...]  # columns, names of relations, and numbers of rows in them


@dataclass(frozen=True, slots=True)
class Mistake:
    """`path` leads to the column that is wrong; an empty one means the record as a whole."""

    path: Path
    message: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What a column held when somebody began to change it, what they made of it, and what it holds now."""

    column: str
    before: Any
    yours: Any
    now: Any


class Refusal(Exception):
    """A change that is not made."""


class NotAllowed(Refusal):
    """Not by this person."""


class ReasonMissing(Refusal):
    def __init__(self, message: str = "") -> None:
        super().__init__(message or _("Say why: this changes something published."))


class Invalid(Refusal):
    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__(" ".join(mistake.message for mistake in mistakes))
        self.mistakes = tuple(mistakes)


class MovedOn(Refusal):
    """The record was changed since it was read; `record` is what it is now."""

    def __init__(self, record: Model, differences: Sequence[Difference]) -> None:
        super().__init__(_("It was changed by somebody else meanwhile. Nothing was overwritten."))
        self.record = record
        self.differences = tuple(differences)


class Gone(Refusal):
    def __init__(self) -> None:
        super().__init__(_("It was deleted meanwhile."))


class Clash(Refusal):
    """Two wrote at the same moment what can only be there once."""

    def __init__(self) -> None:
        super().__init__(_("Somebody wrote the same at this very moment. Look at what is there now."))


class InUse(Refusal):
    """Other records refer to what was to be deleted."""

    def __init__(self, referrers: Sequence[Model]) -> None:
        super().__init__(_("It can't be deleted while other records refer to it."))
        self.referrers = tuple(referrers)


class Decided(Refusal):
    """The waiting change was accepted or sent back already."""

    def __init__(self) -> None:
        super().__init__(_("This change was accepted or sent back already."))


class InTheWay(Refusal):
    """Something has come in the way of what is to be as it was; `problems` say what, each a sentence."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(_("It can't be put back as it was."))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Why two can't be merged as they are; `records` are what has to be looked at."""

    message: str
    records: tuple[Model, ...] = ()


class InConflict(Refusal):
    """What two hold can't all be held by one."""

    def __init__(self, conflicts: Sequence[Conflict]) -> None:
        super().__init__(_("They can't be merged before this is resolved."))
        self.conflicts = tuple(conflicts)
