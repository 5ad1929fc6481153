"""A network as it is shown: its ties or stands, its picture, and what was left out of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import takewhile

from django.utils.translation import gettext as _

from pages.network.choices import Choices
from pages.network.picture import Dot, Edge, Node, Picture, pictures
from positions import agreement
from positions.agreement import Measure
from positions.models import PositionQuerySet, Proposition, Stance
from positions.statements import Actor, Stated, stated

MOST_LINES = 150
_KINDS = AGREES, DISAGREES, EVEN, EITHER = "agrees", "disagrees", "even", "either"


@dataclass(frozen=True, slots=True)
class Tie:
    one: Actor
    other: Actor
    weight: float
    kind: str
    counts: agreement.Tie


@dataclass(frozen=True, slots=True)
class Stand:
    actor: Actor
    proposition: Proposition
    weight: float
    counts: agreement.Stand

    @property
    def taken(self) -> list[tuple[Stance, int]]:
        counts = self.counts
        numbers = (counts.supports, counts.conditional, counts.neutral, counts.opposes)
        stances = (Stance.SUPPORTS, Stance.CONDITIONAL, Stance.NEUTRAL, Stance.OPPOSES)
        return [(stance, number) for stance, number in zip(stances, numbers, strict=True) if number]


@dataclass(frozen=True)
class Network:
    """Of the `read` positions there remained `positions` once the same stands were put together."""

    choices: Choices
    stated: Stated
    read: int
    positions: int
    ties: tuple[Tie, ...] = ()
    stands: tuple[Stand, ...] = ()
    shares_nothing: tuple[Actor, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.stated.actors

    @property
    def rows(self) -> tuple[Tie, ...] | tuple[Stand, ...]:
        return self.ties if self.choices.is_of_ties else self.stands

    @property
    def left_out(self) -> list[tuple[Stance, int]]:
        return [(stance, number) for stance, number in self.stated.left_out.items() if number]

    @property
    def cuts_actors(self) -> bool:
        return self.stated.all_actors > len(self.stated.actors)

    @property
    def cuts_positions(self) -> bool:
        return self.stated.theirs > self.read

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
        return [(kind, what_is_meant(kind, self.choices.measure)) for kind in _KINDS if kind in drawn]

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
            numbers = [(kind, self.numbers[dot.key, kind]) for kind in _KINDS]
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


def network(positions: PositionQuerySet, choices: Choices) -> Network:
    """Three to five queries at any size, and one more for the propositions of stands."""
    found = stated(positions, choices.actors, choices.rules)
    statements = agreement.counted(found.statements, choices.rules)
    told = Network(
        choices=choices,
        stated=replace(found, statements=()),  # which are many, and no longer needed
        read=len(found.statements),
        positions=len(statements),
    )
    if choices.is_of_ties:
        ties = agreement.ties(statements, choices.normalisation)
        shown, alone = _ties(ties, found.actors, choices), _alone(ties, found.actors)
        return replace(told, ties=tuple(shown), shares_nothing=tuple(alone))
    stands = agreement.stands(statements, choices.share)
    return replace(told, stands=tuple(_stands(stands, found.actors, choices)))


def _ties(ties: Iterable[agreement.Tie], actors: Sequence[Actor], choices: Choices) -> list[Tie]:
    """The heaviest first, then in the order of the actors."""
    rank: dict[Hashable, int] = {actor.record.pk: place for place, actor in enumerate(actors)}
    shown = []
    for tie in ties:
        weight = tie.weight(choices.measure)
        places = sorted((rank[tie.one], rank[tie.other]))
        if _is_tie(tie, weight, choices):
            one, other = (actors[place] for place in places)
            shown.append((-abs(weight), places, Tie(one, other, weight, _kind(choices.measure, weight), tie)))
    return [tie for _weight, _places, tie in sorted(shown, key=lambda row: row[:2])]


def _is_tie(tie: agreement.Tie, weight: float, choices: Choices) -> bool:
    """Two who agree as often as they disagree have a tie of weight 0, which is none of agreement or of conflict
    alone.
    """
    is_even = choices.measure is Measure.SUBTRACT and bool(tie.divisor)
    return (weight != 0 or is_even) and abs(weight) >= choices.least


def _kind(measure: Measure, weight: float) -> str:
    match measure:
        case Measure.CONGRUENCE:
            return AGREES
        case Measure.CONFLICT:
            return DISAGREES
        case Measure.IGNORE:
            return EITHER
    return AGREES if weight > 0 else DISAGREES if weight < 0 else EVEN


def _alone(ties: Iterable[agreement.Tie], actors: Iterable[Actor]) -> list[Actor]:
    tied = {key for tie in ties for key in (tie.one, tie.other)}
    return [actor for actor in actors if actor.record.pk not in tied]


def _stands(stands: Sequence[agreement.Stand], actors: Sequence[Actor], choices: Choices) -> list[Stand]:
    """By actor; what each is most decided on first."""
    rank: dict[Hashable, int] = {actor.record.pk: place for place, actor in enumerate(actors)}
    chosen = [stand for stand in stands if abs(stand.weight) >= choices.least]
    chosen.sort(key=lambda stand: (rank[stand.actor], -abs(stand.weight), stand.proposition))
    keys = {stand.proposition for stand in chosen}
    propositions = Proposition.objects.public().select_related("current_wording").in_bulk(keys)
    return [
        Stand(actors[rank[stand.actor]], propositions[stand.proposition], stand.weight, stand)
        for stand in chosen
        if stand.proposition in propositions
    ]
