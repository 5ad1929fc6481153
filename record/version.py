"""Which state the public record is in."""

from __future__ import annotations

from dataclasses import dataclass

from record import models


@dataclass(frozen=True, slots=True)
class Stamp:
    """`number` rises with every committed change of what is public. `token` is drawn anew each time, so that a number
    reached twice, before and after a backup was restored, is told apart.
    """

    number: int
    token: str

    def __str__(self) -> str:
        return f"{self.number} {self.token}"


BEFORE_ANY = Stamp(0, "")


def stamp() -> Stamp:
    """One read by primary key. Within a transaction on PostgreSQL the transaction's own changes are not counted yet."""
    row = models.State.objects.values_list("number", "token").first()
    return Stamp(row[0], row[1].hex) if row else BEFORE_ANY


def current() -> int:
    """The number alone; costs the same."""
    return stamp().number
