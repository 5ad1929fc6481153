"""Records whether public or not, with all that showing one of them takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Prefetch, QuerySet

from debate.models import Appearance, Event, Session, Source
from positions.models import Evidence, Position, PositionLink, Proposition, Remark, Topic, Wording
from speakers.models import Affiliation, Organization, Person

_ENGLISH = "en"
_SOURCES: Any = Source.objects.defer("text")


def _propositions() -> QuerySet[Proposition]:
    """With all topics and wordings that there are, drafts as they may be."""
    fetched: list[Prefetch[Any, Any, Any]] = [
        Prefetch("topics", Topic.objects.for_list(), to_attr="public_topics"),
        Prefetch("wordings", Wording.objects.order_by("number")),
    ]
    return Proposition.objects.select_related("current_wording").prefetch_related(*fetched)


EVERYTHING: Mapping[str, Callable[[], QuerySet[Any]]] = {
    "debates": lambda: Event.objects.for_detail().prefetch_related(Prefetch("sessions__appearances__source", _SOURCES)),
    "sessions": lambda: (
        Session.objects.for_list().with_appearances().prefetch_related(Prefetch("appearances__source", _SOURCES))
    ),
    "appearances": Appearance.objects.for_list,
    "sources": Source.objects.for_detail,
    "speakers": Person.objects.for_detail,
    "organizations": lambda: Organization.objects.for_detail(_ENGLISH),
    "affiliations": Affiliation.objects.for_list,
    "topics": lambda: Topic.objects.select_related("parent"),
    "propositions": _propositions,
    "positions": Position.objects.for_detail,
    "evidence": lambda: Evidence.objects.select_related("position", "source").defer("source__text"),
    "remarks": lambda: Remark.objects.select_related("position", "person", "event"),
    "links": lambda: PositionLink.objects.select_related("from_position", "to_position"),
}
