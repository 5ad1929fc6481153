"""How many public positions there are of what can be completed, for the order of completions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import Count

from positions.models import Position
from search import naming

_PATHS = {
    "person": "person",
    "organization": "appearance__capacities__organization",
    "topic": "proposition__topic_assignments__topic",
    "proposition": "proposition",
    "event": "event",
}


def weights(kind: str, keys: Sequence[int]) -> Mapping[int, dict[str, list[int]]]:
    """The column of each; one query. Of organizations what was stated by those who were with them counts."""
    path = _PATHS[kind]
    of_these = Position.objects.public().filter(**{f"{path}__in": keys}).order_by().values_list(path)
    positions = dict(of_these.annotate(positions=Count("pk")))
    return {key: {naming.WEIGHT: [naming.weight(kind, positions.get(key, 0))]} for key in keys}
