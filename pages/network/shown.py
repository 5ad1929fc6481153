"""A network as a page shows it: with its picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from itertools import takewhile

from django.utils.translation import gettext as _

from comparing.networks import asked_for
from comparing.networks.network import AGREES, DISAGREES, EITHER, EVEN, KINDS, Network, Tie
from debate.models import Event
from pages.network.picture import Dot, Edge, Node, Picture, pictures
from pages.reader import reader_language
from positions.agreement import Measure
from positions.statements import Actor

MOST_LINES = 150


@dataclass(frozen=True, eq=False)
class Shown(Network):
    """What is drawn is worked out when it is first looked at."""

    @cached_property
    def drawn(self) -> tuple[Tie, ...]:
        """The strongest ties: as many as can be told apart, and none of a weight of which others are not drawn."""
        if len(self.ties) <= MOST_LINES:
            return self.ties
        weakest = abs(self.ties[MOST_LINES].weight)
        strongest = tuple(takewhile(lambda tie: abs(tie.weight) > weakest, self.ties))
        return strongest or tuple(takewhile(lambda tie: abs(tie.weight) == weakest, self.ties))

    @property
    def least_drawn(self) -> float:
        return abs(self.drawn[-1].weight)

    @property
    def heaviest(self) -> float:
        return abs(self.drawn[0].weight)

    @property
    def key(self) -> list[tuple[str, str]]:
        """The kinds of line in the picture, with what they mean."""
        drawn = {tie.kind for tie in self.drawn}
        return [(kind, what_is_meant(kind, self.choices.measure)) for kind in KINDS if kind in drawn]

    @cached_property
    def pictures(self) -> list[PictureOf]:
        """Of those who have a line; for wide screens and for phones."""
        actors = {actor.record.pk: actor for actor in self.stated.actors if actor.record.pk in self._joined}
        nodes = [Node(key, str(actor.record), actor.positions) for key, actor in actors.items()]
        edges = [self._edge(tie) for tie in self.drawn]
        numbers = Counter((actor.record.pk, tie.kind) for tie in self.drawn for actor in (tie.one, tie.other))
        return [PictureOf(picture, actors, numbers, self.choices.measure) for picture in pictures(nodes, edges)]

    @property
    def without_lines(self) -> list[Actor]:
        """Those who share a proposition with somebody, and have no line in the picture all the same."""
        apart = {actor.record.pk for actor in self.shares_nothing} | self._joined
        return [actor for actor in self.stated.actors if actor.record.pk not in apart]

    def _edge(self, tie: Tie) -> Edge:
        """Disagreement draws nobody near to each other, unless it is all that there is."""
        pulls = tie.kind != DISAGREES or self.choices.measure is Measure.CONFLICT
        return Edge(tie.one.record.pk, tie.other.record.pk, tie.kind, abs(tie.weight) / (self.heaviest or 1), pulls)

    @cached_property
    def _joined(self) -> set[int]:
        return {actor.record.pk for tie in self.drawn for actor in (tie.one, tie.other)}


@dataclass(frozen=True, slots=True)
class PictureOf:
    """A picture with those whom it shows."""

    picture: Picture
    actors: Mapping[int, Actor]
    numbers: Mapping[tuple[int, str], int]
    measure: Measure

    @property
    def dots(self) -> Iterator[tuple[Dot, Actor, list[tuple[str, int]]]]:
        """Each dot with its actor and the number of its lines, by what they mean."""
        for dot in self.picture.dots:
            numbers = [(kind, self.numbers[dot.key, kind]) for kind in KINDS]
            yield (
                dot,
                self.actors[dot.key],
                [(what_is_meant(kind, self.measure), number) for kind, number in numbers if number],
            )


def what_is_meant(kind: str, measure: Measure) -> str:
    """What a line of the kind says of the two that it joins."""
    if measure is Measure.SUBTRACT:
        return {
            AGREES: _("agree more often than they disagree"),
            DISAGREES: _("disagree more often than they agree"),
            EVEN: _("agree as often as they disagree"),
        }[kind]
    return {
        AGREES: _("agree on something"),
        DISAGREES: _("disagree on something"),
        EITHER: _("both took a stand on the same proposition"),
    }[kind]


def shown(network: Network) -> Shown:
    return _shown(network, reader_language())


def of_debate(event: Event) -> Shown:
    """Who agrees with whom in one debate, as it is shown on the debate's page; at most four queries."""
    return _shown_of_debate(asked_for.of_debate(event), reader_language())


def _draw(network: Network, _language: str) -> Shown:
    """Kept by the language too, since the names in a picture are in one."""
    return Shown(**{part.name: getattr(network, part.name) for part in fields(network)})


# Apart, as the networks are: see `comparing.networks.asked_for`.
_shown = lru_cache(maxsize=asked_for.KEPT)(_draw)
_shown_of_debate = lru_cache(maxsize=asked_for.KEPT)(_draw)
