"""Who takes the same stands as whom, over the propositions on which both took one: pure.

The measures are those of the Discourse Network Analyzer: Philip Leifeld, "Discourse Network Analysis: Policy Debates as
Dynamic Networks", The Oxford Handbook of Political Networks (2017), and the networks that its releases 2 and 3 export.
`docs/agreement.md` has a worked example. Throughout, X_s is the matrix of actors by propositions that counts the
positions with stance s; P and N are those that support and oppose.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations
from typing import Any

SUPPORTS, OPPOSES, CONDITIONAL, NEUTRAL = "supports", "opposes", "conditional", "neutral"


class Measure(StrEnum):
    CONGRUENCE = "congruence"
    CONFLICT = "conflict"
    SUBTRACT = "subtract"
    IGNORE = "ignore"


class Normalisation(StrEnum):
    NONE = "none"
    AVERAGE = "average"
    JACCARD = "jaccard"
    COSINE = "cosine"


class Share(StrEnum):
    """What a stand is divided by."""

    NONE = "none"
    ACTIVITY = "activity"
    PROMINENCE = "prominence"


class Duplicates(StrEnum):
    ALL = "all"
    DEBATE = "debate"
    ONCE = "once"


class Conditional(StrEnum):
    LEFT_OUT = "left_out"
    SUPPORT = "support"
    OWN = "own"


class Neutral(StrEnum):
    LEFT_OUT = "left_out"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Statement:
    """`person` is who said it: None where that is nobody in particular, as when an organization speaks for itself."""

    actor: Hashable
    proposition: Hashable
    stance: str
    debate: Hashable = None
    person: Hashable = None


@dataclass(frozen=True, slots=True)
class Rules:
    """Which statements count, and as what."""

    duplicates: Duplicates = Duplicates.ONCE
    conditional: Conditional = Conditional.LEFT_OUT
    neutral: Neutral = Neutral.LEFT_OUT

    @property
    def stances(self) -> dict[str, str]:
        """Each stance that counts, with the one that it counts as."""
        stances = {SUPPORTS: SUPPORTS, OPPOSES: OPPOSES}
        if self.conditional is not Conditional.LEFT_OUT:
            stances[CONDITIONAL] = SUPPORTS if self.conditional is Conditional.SUPPORT else CONDITIONAL
        if self.neutral is Neutral.OWN:
            stances[NEUTRAL] = NEUTRAL
        return stances


@dataclass(frozen=True, slots=True)
class Tie:
    """Between two actors: the pairs of their positions on one proposition that are alike and that differ.

    `agreed` of the `shared` propositions have pairs of the one kind only, `opposed` of the other only.
    """

    one: Hashable
    other: Hashable
    congruence: int
    conflict: int
    divisor: float
    shared: int
    agreed: int
    opposed: int

    def count(self, measure: Measure) -> int:
        match measure:
            case Measure.CONGRUENCE:
                return self.congruence
            case Measure.CONFLICT:
                return self.conflict
            case Measure.SUBTRACT:
                return self.congruence - self.conflict
        return self.congruence + self.conflict

    def weight(self, measure: Measure) -> float:
        return self.count(measure) / self.divisor


@dataclass(frozen=True, slots=True)
class Stand:
    """How often an actor took each stance on a proposition."""

    actor: Hashable
    proposition: Hashable
    supports: int
    opposes: int
    conditional: int
    neutral: int
    divisor: float

    @property
    def difference(self) -> int:
        return self.supports - self.opposes

    @property
    def weight(self) -> float:
        return self.difference / self.divisor


def counted(statements: Iterable[Statement], rules: Rules) -> tuple[Statement, ...]:
    """The statements that count, with the stance they count as, duplicates put together.

    What several people said is put together as said by nobody in particular, whichever of them comes first.
    """
    stances = rules.stances
    if rules.duplicates is Duplicates.ALL:
        return tuple(replace(each, stance=stances[each.stance]) for each in statements if each.stance in stances)
    said_by: dict[tuple[Hashable, Hashable, str, Hashable], set[Hashable]] = defaultdict(set)
    for each in statements:
        if each.stance in stances:
            debate = None if rules.duplicates is Duplicates.ONCE else each.debate
            said_by[each.actor, each.proposition, stances[each.stance], debate].add(each.person)
    return tuple(Statement(*key, person=people.pop() if len(people) == 1 else None) for key, people in said_by.items())


def ties(statements: Iterable[Statement], normalisation: Normalisation = Normalisation.NONE) -> list[Tie]:
    """Between every two actors who have a position on the same proposition; of `statements` as `counted` gives them.

    congruence = Σ_s X_s·X_sᵀ, which is P·Pᵀ + N·Nᵀ where nothing but these counts; ignore = (Σ_s X_s)·(Σ_s X_s)ᵀ;
    conflict = ignore − congruence, there P·Nᵀ + N·Pᵀ; subtract = congruence − conflict. No actor has a tie with
    itself, and nobody makes one with himself: of a person who is counted for both actors the products of his own
    statements are taken off.

    The divisor is, for the two actors: average: half the sum of the numbers of their positions; cosine: the product
    of these numbers; Jaccard: over the cells (proposition, stance), the products as above where there are any, else
    x + y. So what two actors have from one person alone is not shared, and two who differ on all never have a divisor
    of 0.
    """
    statements = tuple(statements)
    sizes = Counter(each.actor for each in statements)
    met: dict[tuple[Hashable, Hashable], list[_Met]] = defaultdict(list)
    for meeting in _meetings(statements):
        met[meeting.one, meeting.other].append(meeting)
    return [
        _tie(one, other, meetings, _divisor(normalisation, sizes[one], sizes[other], meetings))
        for (one, other), meetings in met.items()
        if any(meeting.pairs for meeting in meetings)
    ]


def stands(statements: Iterable[Statement], share: Share = Share.NONE) -> list[Stand]:
    """Each actor's positions on each proposition; of `statements` as `counted` gives them.

    The divisor is the number of the actor's positions (activity) or of the positions on the proposition (prominence),
    of all stances that count, as the Discourse Network Analyzer normalises a two-mode network with the aggregation
    "subtract".
    """
    held: dict[tuple[Hashable, Hashable], Counter[str]] = defaultdict(Counter)
    activity: Counter[Hashable] = Counter()
    prominence: Counter[Hashable] = Counter()
    for each in statements:
        held[each.actor, each.proposition][each.stance] += 1
        activity[each.actor] += 1
        prominence[each.proposition] += 1

    def divisor(actor: Hashable, proposition: Hashable) -> int:
        return {Share.NONE: 1, Share.ACTIVITY: activity[actor], Share.PROMINENCE: prominence[proposition]}[share]

    return [
        Stand(
            actor=actor,
            proposition=proposition,
            supports=counts[SUPPORTS],
            opposes=counts[OPPOSES],
            conditional=counts[CONDITIONAL],
            neutral=counts[NEUTRAL],
            divisor=divisor(actor, proposition),
        )
        for (actor, proposition), counts in held.items()
    ]


type _Stances = Mapping[str, int]
type _Held = Mapping[Hashable, _Stances]  # by actor


@dataclass(frozen=True, slots=True)
class _Met:
    """Two actors on one proposition. `in_both` is the sum x + y over the stances in which a pair of theirs counts."""

    one: Hashable
    other: Hashable
    congruence: int
    pairs: int
    in_both: int

    @property
    def conflict(self) -> int:
        return self.pairs - self.congruence


def _meetings(statements: Collection[Statement]) -> Iterator[_Met]:
    order = {actor: place for place, actor in enumerate(dict.fromkeys(each.actor for each in statements))}
    held = _held(statements, lambda each: each.proposition)
    of_several = _who_are_counted_for_several(statements)
    alone: dict[Hashable, list[_Held]] = defaultdict(list)
    by_person = _held(
        [each for each in statements if each.person in of_several], lambda each: (each.proposition, each.person)
    )
    for (proposition, _person), actors in by_person.items():
        alone[proposition].append(actors)
    for proposition, actors in held.items():
        with_themselves = _with_themselves(alone[proposition])
        sizes = {actor: sum(stances.values()) for actor, stances in actors.items()}
        for one, other in combinations(sorted(actors, key=order.__getitem__), 2):
            theirs = with_themselves.get(frozenset((one, other)), _NOBODY) if with_themselves else _NOBODY
            congruence, in_both = _congruent(actors[one], actors[other], theirs[0])
            yield _Met(one, other, congruence, sizes[one] * sizes[other] - theirs[1], in_both)


def _held(
    statements: Iterable[Statement], among: Callable[[Statement], Any]
) -> dict[Any, dict[Hashable, dict[str, int]]]:
    """By what `among` says, the number of each actor's statements with each stance."""
    held: dict[Any, dict[Hashable, dict[str, int]]] = {}
    for each in statements:
        stances = held.setdefault(among(each), {}).setdefault(each.actor, {})
        stances[each.stance] = stances.get(each.stance, 0) + 1
    return held


def _who_are_counted_for_several(statements: Iterable[Statement]) -> set[Hashable]:
    actors: dict[Hashable, set[Hashable]] = defaultdict(set)
    for each in statements:
        if each.person is not None:
            actors[each.person].add(each.actor)
    return {person for person, several in actors.items() if len(several) > 1}


type _Pairs = tuple[Mapping[str, int], int]  # congruent ones by stance, and all
_NOBODY: _Pairs = ({}, 0)


def _with_themselves(people: Iterable[_Held]) -> dict[frozenset[Hashable], _Pairs]:
    """By two actors, the pairs of statements that one person makes alone, counted for both."""
    alone: dict[frozenset[Hashable], _Pairs] = {}
    for actors in people:
        for one, other in combinations(actors, 2):
            congruent, pairs = alone.get(frozenset((one, other)), _NOBODY)
            more, further = _products(actors[one], actors[other])
            alone[frozenset((one, other))] = Counter(congruent) + Counter(more), pairs + further
    return alone


def _congruent(one: _Stances, other: _Stances, alone: Mapping[str, int]) -> tuple[int, int]:
    """How many pairs are congruent but for those of one person alone, and x + y over the stances that have any."""
    congruence = in_both = 0
    for stance, number in one.items():
        if stance in other and (pairs := number * other[stance] - alone.get(stance, 0)):
            congruence += pairs
            in_both += number + other[stance]
    return congruence, in_both


def _products(one: _Stances, other: _Stances) -> _Pairs:
    congruent = {stance: number * other[stance] for stance, number in one.items() if stance in other}
    return congruent, sum(one.values()) * sum(other.values())


def _divisor(normalisation: Normalisation, one: int, other: int, meetings: Iterable[_Met]) -> float:
    match normalisation:
        case Normalisation.NONE:
            return 1
        case Normalisation.AVERAGE:
            return (one + other) / 2
        case Normalisation.COSINE:
            return one * other
    return one + other + sum(meeting.congruence - meeting.in_both for meeting in meetings)


def _tie(one: Hashable, other: Hashable, meetings: Iterable[_Met], divisor: float) -> Tie:
    shared = [meeting for meeting in meetings if meeting.pairs]
    return Tie(
        one,
        other,
        congruence=sum(meeting.congruence for meeting in shared),
        conflict=sum(meeting.conflict for meeting in shared),
        divisor=divisor,
        shared=len(shared),
        agreed=sum(not meeting.conflict for meeting in shared),
        opposed=sum(not meeting.congruence for meeting in shared),
    )
