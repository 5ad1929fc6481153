"""What keeps a position from being published, whoever publishes it and however."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from positions.models import Evidence, Position, PositionQuerySet


class Hindrance(models.TextChoices):
    NO_EVIDENCE = "no_evidence", _("It has no evidence: nobody could check it.")
    UNSETTLED = (
        "unsettled",
        _("It is the result of a coding round that is not settled yet: settle the whole round first."),
    )


def without_evidence(positions: PositionQuerySet) -> PositionQuerySet:
    return positions.filter(~Exists(Evidence.objects.filter(position=OuterRef("pk"))))


def hindrances(positions: PositionQuerySet) -> Mapping[int, list[Hindrance]]:
    """Of each that can't be published, by primary key; two queries."""
    found: dict[int, list[Hindrance]] = {}
    for hindrance, hindered in _FINDING.items():
        for key in hindered(positions).order_by().values_list("pk", flat=True):
            found.setdefault(key, []).append(hindrance)
    return found


def hindrances_of(position: Position) -> list[Hindrance]:
    return hindrances(Position.objects.filter(pk=position.pk)).get(position.pk, [])


_FINDING: Mapping[Hindrance, Callable[[PositionQuerySet], PositionQuerySet]] = {
    Hindrance.NO_EVIDENCE: without_evidence,
    Hindrance.UNSETTLED: PositionQuerySet.in_unsettled_rounds,
}
