"""The records whose pages have most to show, and those in the middle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, QuerySet

from debate.models import Capacity, Event, Source
from positions.models import Evidence, Position, Proposition, Topic
from speakers.models import Organization, Person


@dataclass(frozen=True, slots=True)
class Ends:
    """Of one kind, the record that half of the others have fewer rows than, and the one that has most."""

    typical: Any
    heaviest: Any


def events() -> Ends:
    return _ends(Event.objects.public(), Position.objects.public(), "event")


def people() -> Ends:
    return _ends(Person.objects.public(), Position.objects.public(), "person")


def propositions() -> Ends:
    return _ends(Proposition.objects.public(), Position.objects.public(), "proposition")


def organizations() -> Ends:
    """By the capacities in which people appeared."""
    return _ends(Organization.objects.public(), Capacity.objects.all(), "organization")


def topics() -> Ends:
    positions = Position.objects.public().filter(proposition__topic_assignments__isnull=False)
    of_topic = positions.annotate(topic=F("proposition__topic_assignments__topic"))
    return _ends(Topic.objects.public(), of_topic, "topic")


def sources() -> Ends:
    return _ends(Source.objects.public(), Evidence.objects.filter(is_public=True), "source")


def _ends(records: QuerySet[Any], rows: QuerySet[Any], column: str) -> Ends:
    counted = rows.exclude(**{column: None}).order_by().values_list(column).annotate(rows=Count("pk"))
    keys = [key for key, _rows in counted.order_by("rows", column)]
    return Ends(records.get(pk=keys[len(keys) // 2]), records.get(pk=keys[-1]))
