"""How many public positions there are, by what they belong to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Model

from positions.models import Position, PositionQuerySet, Proposition, Topic, Wording
from positions.tally import STANCES, Tally
from record.figures import figure

_MOST_TOPICS = 20


@dataclass(frozen=True, slots=True)
class Counted[M: Model]:
    record: M
    positions: int


@dataclass(frozen=True, slots=True)
class Tallied[M: Model]:
    record: M
    tally: Tally


def with_positions[M: Model](records: Iterable[M], column: str) -> list[Counted[M]]:
    """Each record with the number of public positions whose `column` it is; one query."""
    records = list(records)
    positions = Position.objects.public().filter(**{f"{column}__in": [record.pk for record in records]})
    counts = dict(positions.order_by().values_list(column).annotate(Count("pk")))
    return [Counted(record, counts.get(record.pk, 0)) for record in records]


def with_stances[M: Model](propositions: Iterable[M]) -> list[Tallied[M]]:
    """Each proposition with its public positions by stance; one query."""
    propositions = list(propositions)
    positions = Position.objects.public().filter(proposition__in=[proposition.pk for proposition in propositions])
    rows: Any = positions.order_by().values_list("proposition", "stance").annotate(Count("pk"))
    counts = {(proposition, stance): count for proposition, stance, count in rows}
    return [
        Tallied(proposition, Tally(tuple((stance, counts.get((proposition.pk, stance), 0)) for stance in STANCES)))
        for proposition in propositions
    ]


def by_stance(positions: PositionQuerySet) -> Tally:
    """One query."""
    counts = dict(positions.order_by().values_list("stance").annotate(Count("pk")))
    return Tally(tuple((stance, counts.get(stance, 0)) for stance in STANCES))


def by_topic(positions: PositionQuerySet, most: int) -> list[Counted[Topic]]:
    """The topics on which most of the positions are, each counted on all topics of its proposition; two queries."""
    found = figure(positions, _on_topics)[:most]
    topics = Topic.objects.in_bulk([key for key, _count in found])
    return [Counted(topics[key], count) for key, count in found if key in topics]


def _on_topics(positions: PositionQuerySet) -> list[tuple[int, int]]:
    on_public: Any = positions.filter(proposition__topics__is_public=True).order_by()
    counts = on_public.values_list("proposition__topics").annotate(count=Count("pk"))
    return list(counts.order_by("-count", "proposition__topics")[:_MOST_TOPICS])


@dataclass(frozen=True, slots=True)
class CodedOn:
    """How many of a proposition's positions were coded on one of its wordings."""

    wording: Wording
    positions: int
    is_current: bool


def by_wording(proposition: Proposition, positions: PositionQuerySet) -> list[CodedOn]:
    """The newest wording first; one query, beside the wordings that `for_detail` fetched."""
    counts = dict(positions.order_by().values_list("wording").annotate(Count("pk")))
    return [
        CodedOn(wording, counts.get(wording.pk, 0), wording.pk == proposition.current_wording_id)
        for wording in reversed(proposition.wordings.all())
    ]
