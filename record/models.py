"""The state of the public record, counted, and what each step changed. Written by database triggers alone."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

EVERYTHING = "everything"
BESIDE = "~"  # before a kind: not the object itself changed, but what belongs to it, such as an affiliation
THE_ROW = 1


class State(models.Model):
    """One row: the number of the latest version, and its token, by which a restored copy is told from the record."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=THE_ROW)
    number = models.PositiveBigIntegerField()
    token = models.UUIDField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=THE_ROW), name="record_state_is_one_row")]

    def __str__(self) -> str:
        return str(self.number)


class Version(models.Model):
    """A committed change of the public record.

    Made with the first note of a transaction; on PostgreSQL it is numbered as the transaction commits.
    """

    token = models.UUIDField(primary_key=True)
    number = models.PositiveBigIntegerField(null=True, unique=True)

    def __str__(self) -> str:
        return str(self.number)


class Change(models.Model):
    """A public object that a version changed, or BESIDE which; or EVERYTHING, with key 0, where it can't be told."""

    pk = models.CompositePrimaryKey("version_id", "kind", "key")
    version = models.ForeignKey(Version, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="changes")
    kind = models.CharField(max_length=16)
    key = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Departure(models.Model):
    """An address under which an object was public until that version: it was withdrawn, deleted, or got another.

    Or, where `kind` is BESIDE another, an object, by its primary key, that may show less than it did.
    """

    pk = models.CompositePrimaryKey("version_id", "kind", "address")
    version = models.ForeignKey(
        Version, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="departures"
    )
    kind = models.CharField(max_length=16)
    address = models.CharField(max_length=120)

    def __str__(self) -> str:
        return f"{self.kind} {self.address}"
