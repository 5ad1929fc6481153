"""Whether the coders of a position agree: what they have not settled is neither public nor counted."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from positions.models import Coding, Position, PositionQuerySet


def is_settled(position: Position) -> bool:
    """One query."""
    return not Coding.objects.filter(position=position, pk__in=_in_dispute().values("pk")).exists()


def unsettled(positions: PositionQuerySet) -> PositionQuerySet:
    """Those whose coders read them differently in their last round."""
    return positions.filter(pk__in=_in_dispute().values("position"))


def _in_dispute() -> QuerySet[Coding]:
    """Found from the codings, which few positions have."""
    together = Coding.objects.filter(position=OuterRef("position"), round=OuterRef("round"))
    another = together.exclude(stance=OuterRef("stance"), kind=OuterRef("kind"))
    later = Coding.objects.filter(position=OuterRef("position"), round__gt=OuterRef("round"))
    return Coding.objects.filter(Exists(another), ~Exists(later))
