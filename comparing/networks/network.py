"""A network as it was asked for: its ties or stands, and what was left out of it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace

from comparing.networks.choices import Choices
from positions import agreement
from positions.agreement import Measure
from positions.models import Proposition, Stance
from positions.statements import Actor, Stated

KINDS = AGREES, DISAGREES, EVEN, EITHER = "agrees", "disagrees", "even", "either"


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


@dataclass(frozen=True, eq=False)
class Network:
    """Of the `read` positions there remained `positions` once the same stands were put together. Each is another, so
    that what is drawn of one can be kept by it.
    """

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

    def from_weight(self, least: float) -> Network:
        """Without the ties and stands of a smaller weight, taken without its sign."""
        return replace(
            self,
            choices=replace(self.choices, least=least),
            ties=tuple(tie for tie in self.ties if abs(tie.weight) >= least),
            stands=tuple(stand for stand in self.stands if abs(stand.weight) >= least),
        )


def network(found: Stated, choices: Choices) -> Network:
    """Whatever its weights; one query for the propositions of stands. What was stated is by the actors and rules of the
    choices.
    """
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
    return replace(told, stands=tuple(_stands(stands, found.actors)))


def _ties(ties: Iterable[agreement.Tie], actors: Sequence[Actor], choices: Choices) -> list[Tie]:
    """The heaviest first, then in the order of the actors."""
    rank: dict[Hashable, int] = {actor.record.pk: place for place, actor in enumerate(actors)}
    shown = []
    for tie in ties:
        weight = tie.weight(choices.measure)
        places = sorted((rank[tie.one], rank[tie.other]))
        if _is_tie(tie, weight, choices.measure):
            one, other = (actors[place] for place in places)
            shown.append((-abs(weight), places, Tie(one, other, weight, _kind(choices.measure, weight), tie)))
    return [tie for _weight, _places, tie in sorted(shown, key=lambda row: row[:2])]


def _is_tie(tie: agreement.Tie, weight: float, measure: Measure) -> bool:
    """Two who agree as often as they disagree have a tie of weight 0, which is none of agreement or of conflict
    alone.
    """
    return weight != 0 or measure is Measure.SUBTRACT


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


def _stands(stands: Sequence[agreement.Stand], actors: Sequence[Actor]) -> list[Stand]:
    """By actor; what each is most decided on first."""
    rank: dict[Hashable, int] = {actor.record.pk: place for place, actor in enumerate(actors)}
    ordered = sorted(stands, key=lambda stand: (rank[stand.actor], -abs(stand.weight), stand.proposition))
    keys = {stand.proposition for stand in ordered}
    propositions = Proposition.objects.public().select_related("current_wording").in_bulk(keys)
    return [
        Stand(actors[rank[stand.actor]], propositions[stand.proposition], stand.weight, stand)
        for stand in ordered
        if stand.proposition in propositions
    ]
