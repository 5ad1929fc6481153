"""Topics as the tree they are, to any depth."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from positions.models import PropositionTopic, Topic
from record.figures import figure

type Parents = Mapping[int, int | None]


@dataclass(frozen=True, slots=True)
class Figures:
    """What is on a topic itself; what is on its parts is theirs."""

    propositions: int = 0
    positions: int = 0
    speakers: int = 0


@dataclass(frozen=True, slots=True)
class CountedTopic:
    topic: Topic
    figures: Figures


@dataclass(frozen=True, slots=True)
class Branch:
    """A topic in its place: a list of parts `opens` after it, or as many end as `closes` has.

    `left_out` of its parts are not shown.
    """

    topic: Topic
    figures: Figures
    opens: bool
    closes: range
    left_out: int = 0


class Tree:
    """Of primary keys; a topic whose parent is not in it stands at the top."""

    def __init__(self, parents: Parents) -> None:
        self._parents = parents
        self._children: dict[int | None, list[int]] = defaultdict(list)
        for key, parent in parents.items():
            self._children[parent if parent in parents else None].append(key)

    def __len__(self) -> int:
        return len(self._parents)

    @property
    def top(self) -> list[int]:
        return self._children[None]

    def children(self, key: int) -> list[int]:
        return self._children.get(key, [])

    def ancestors(self, key: int) -> list[int]:
        """From the top down."""
        path: list[int] = []
        above = self._parents.get(key)
        while above is not None and above in self._parents and above not in path:
            path.append(above)
            above = self._parents[above]
        return path[::-1]

    def down_from(self, top: Iterable[int], most: int) -> list[tuple[int, int]]:
        """Keys and depths, each topic before its parts, of no more than `most` topics: the deepest are left out."""
        top = list(top)
        kept = self._nearest(top, most)
        waiting = [(key, 0) for key in reversed(top)]
        found: list[tuple[int, int]] = []
        while waiting:
            key, depth = waiting.pop()
            if key in kept:
                found.append((key, depth))
                waiting += [(child, depth + 1) for child in reversed(self.children(key))]
        return found

    def _nearest(self, level: list[int], most: int) -> set[int]:
        kept: set[int] = set()
        while level and len(kept) < most:
            kept.update(level[: most - len(kept)])
            level = [child for key in level for child in self.children(key)]
        return kept


def branches(tree: Tree, top: Iterable[int], most: int) -> list[Branch]:
    """Three queries."""
    places = tree.down_from(top, most)
    shown = {counted.topic.pk: counted for counted in counted_topics([key for key, _depth in places])}
    return list(_branches(tree, places, shown))


def counted_topics(keys: list[int]) -> list[CountedTopic]:
    """Public topics by their keys, in the order of these; three queries."""
    figures = figures_of(keys)
    return [CountedTopic(topic, figures.get(topic.pk, Figures())) for topic in Topic.objects.at_keys(keys)]


def figures_of(keys: list[int]) -> dict[int, Figures]:
    """By topic; those on which there is nothing are not there. Two queries, once for each version of the record."""
    return figure(Topic.objects.filter(pk__in=keys), _figures)


def _figures(topics: QuerySet[Topic]) -> dict[int, Figures]:
    assigned = PropositionTopic.objects.filter(topic__in=topics.values("pk"), proposition__is_public=True).order_by()
    propositions: dict[int, int] = dict(assigned.values_list("topic").annotate(Count("pk")))
    on: Any = assigned.filter(proposition__positions__is_public=True).values_list("topic")
    stated = on.annotate(Count("proposition__positions"), Count("proposition__positions__person", distinct=True))
    found = {topic: (positions, speakers) for topic, positions, speakers in stated}
    return {topic: Figures(count, *found.get(topic, (0, 0))) for topic, count in propositions.items()}


def _branches(tree: Tree, places: list[tuple[int, int]], shown: dict[int, CountedTopic]) -> Iterator[Branch]:
    listed = {key for key, _depth in places}
    following = [depth for _key, depth in places[1:]] + [0]
    for (key, depth), next_depth in zip(places, following, strict=True):
        left_out = sum(child not in listed for child in tree.children(key))
        counted = shown[key]
        yield Branch(counted.topic, counted.figures, next_depth > depth, range(max(0, depth - next_depth)), left_out)
