"""Affiliations, with the doubt about capacities that are known from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from debate.models import Capacity
from speakers.models import Affiliation

SHOWN = 3  # of one affiliation, the newest


@dataclass(frozen=True, slots=True)
class Held:
    affiliation: Affiliation
    doubtful: tuple[Capacity, ...]


def with_doubts(affiliations: Iterable[Affiliation]) -> list[Held]:
    """One query."""
    affiliations = list(affiliations)
    doubtful = Capacity.objects.filter(
        affiliation__in=[held.pk for held in affiliations], is_doubtful=True, appearance__is_public=True
    )
    place = Window(RowNumber(), partition_by=F("affiliation"), order_by=F("pk").desc())
    newest = doubtful.order_by().annotate(place=place).filter(place__lte=SHOWN).values("pk")
    found: dict[int | None, list[Capacity]] = defaultdict(list)
    for capacity in Capacity.objects.filter(pk__in=newest).select_related("appearance__session__event").order_by("-pk"):
        found[capacity.affiliation_id].append(capacity)
    return [Held(held, tuple(found[held.pk])) for held in affiliations]
