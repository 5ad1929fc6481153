"""The measures, against matrices worked out by hand and against their definitions."""

from __future__ import annotations

from collections import Counter
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.agreement import (
    Conditional,
    Duplicates,
    Measure,
    Neutral,
    Normalisation,
    Rules,
    Share,
    Statement,
    counted,
    stands,
    ties,
)

pytestmark = pytest.mark.once

# Counts of positions by actor (rows) and proposition (columns p, q, r):
#
#          supporting (P)      opposing (N)
#            p  q  r             p  q  r
#     ann    2  0  1             0  1  0
#     bob    1  0  0             0  2  0
#     cho    0  1  0             1  0  0
#     dan    0  0  0             0  0  0      (dan is neutral on p and for q on a condition)
#
# P·Pᵀ      ann bob cho         N·Nᵀ ann bob cho      P·Nᵀ + N·Pᵀ   ann          bob            cho
#     ann    5   2   0            1   2   0             ann    -        0            2 + 1 = 3
#     bob    2   1   0            2   4   0             bob    0        -            1 + 2 = 3
#     cho    0   0   1            0   0   1             cho    3        3            -
#
# so that congruence is 4 between ann and bob and 0 else; conflict 3 between each of them and cho.
HELD = {
    ("ann", "p", "supports"): 2,
    ("ann", "r", "supports"): 1,
    ("ann", "q", "opposes"): 1,
    ("bob", "p", "supports"): 1,
    ("bob", "q", "opposes"): 2,
    ("cho", "q", "supports"): 1,
    ("cho", "p", "opposes"): 1,
    ("dan", "p", "neutral"): 1,
    ("dan", "q", "conditional"): 1,
}
STATEMENTS = [
    Statement(actor, proposition, stance, debate, person=actor)
    for (actor, proposition, stance), times in HELD.items()
    for debate in range(times)
]
ALL = Rules(Duplicates.ALL)


def weights(statements, measure, normalisation=Normalisation.NONE):
    """By the two actors, those that are not 0."""
    found = {frozenset((tie.one, tie.other)): tie.weight(measure) for tie in ties(statements, normalisation)}
    return {pair: weight for pair, weight in found.items() if weight}


def pairs(**named):
    return {frozenset(pair.split("_")): weight for pair, weight in named.items()}


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        (Measure.CONGRUENCE, pairs(ann_bob=4)),
        (Measure.CONFLICT, pairs(ann_cho=3, bob_cho=3)),
        (Measure.SUBTRACT, pairs(ann_bob=4, ann_cho=-3, bob_cho=-3)),
        (Measure.IGNORE, pairs(ann_bob=4, ann_cho=3, bob_cho=3)),
    ],
)
def test_the_measures_are_those_worked_out_by_hand(measure, expected):
    assert weights(counted(STATEMENTS, ALL), measure) == expected


@pytest.mark.parametrize(
    ("normalisation", "expected"),
    [
        # ann has 4 positions, bob 3, cho 2
        (Normalisation.AVERAGE, pairs(ann_bob=4 / 3.5, ann_cho=-3 / 3, bob_cho=-3 / 2.5)),
        # cells (proposition, stance): ann and bob share (p, supports) 2·1 and (q, opposes) 1·2, ann alone has (r,
        # supports) 1; with cho none is shared, so all of their positions are added
        (Normalisation.JACCARD, pairs(ann_bob=4 / (2 + 2 + 1), ann_cho=-3 / (4 + 2), bob_cho=-3 / (3 + 2))),
        (Normalisation.COSINE, pairs(ann_bob=4 / 12, ann_cho=-3 / 8, bob_cho=-3 / 6)),
    ],
)
def test_the_divisors_are_those_worked_out_by_hand(normalisation, expected):
    found = weights(counted(STATEMENTS, ALL), Measure.SUBTRACT, normalisation)

    assert found == {pair: pytest.approx(weight) for pair, weight in expected.items()}


def test_the_example_of_the_documentation_is_right():
    said = [("ann", "tax", "supports"), ("ann", "tax", "supports"), ("ann", "ban", "opposes")]
    said += [("bob", "tax", "supports"), ("bob", "ban", "opposes"), ("cho", "tax", "opposes")]
    statements = [Statement(who, what, stance, number, who) for number, (who, what, stance) in enumerate(said)]

    def of_ann(normalisation):
        found = weights(counted(statements, ALL), Measure.SUBTRACT, normalisation)
        return [found[frozenset(("ann", other))] for other in ("bob", "cho")]

    assert of_ann(Normalisation.NONE) == [3, -2]
    assert of_ann(Normalisation.AVERAGE) == [1.2, -1]
    assert of_ann(Normalisation.COSINE) == pytest.approx([1 / 2, -2 / 3])
    assert of_ann(Normalisation.JACCARD) == [1, -0.5]
    once = weights(counted(statements, Rules(Duplicates.ONCE)), Measure.SUBTRACT)
    assert once == pairs(ann_bob=2, ann_cho=-1, bob_cho=-1)


def test_a_tie_says_on_how_many_shared_propositions_the_two_agreed():
    both_ways = [*STATEMENTS, Statement("cho", "q", "opposes", "later", "cho")]
    found = {frozenset((tie.one, tie.other)): tie for tie in ties(counted(both_ways, ALL))}

    assert [(tie.shared, tie.agreed, tie.opposed) for tie in found.values()] == [(2, 2, 0), (2, 0, 1), (2, 0, 1)]


def test_conditional_and_neutral_are_left_out_unless_asked_for():
    assert all(each.actor != "dan" for each in counted(STATEMENTS, ALL))

    as_support = counted(STATEMENTS, Rules(Duplicates.ALL, Conditional.SUPPORT))
    # dan's 1 for q meets ann's 1 and bob's 2 against it, and cho's 1 for it
    assert weights(as_support, Measure.SUBTRACT).items() >= pairs(ann_dan=-1, bob_dan=-2, cho_dan=1).items()


def test_a_stance_of_its_own_agrees_with_itself_alone():
    own = Rules(Duplicates.ALL, Conditional.OWN, Neutral.OWN)
    with_eve = [*STATEMENTS, Statement("eve", "p", "neutral", 0, "eve")]

    found = weights(counted(with_eve, own), Measure.SUBTRACT)

    # dan is neutral on p, where ann has 2 positions and bob and cho 1 each, and conditional on q, where they have 1,
    # 2 and 1
    assert found.items() >= pairs(ann_dan=-3, bob_dan=-3, cho_dan=-2, dan_eve=1, ann_eve=-2).items()


@pytest.mark.parametrize(("duplicates", "left"), [(Duplicates.ALL, 5), (Duplicates.DEBATE, 4), (Duplicates.ONCE, 2)])
def test_duplicates_count_as_often_as_asked_for(duplicates, left):
    statements = [
        Statement("ann", "p", "supports", "monday", "ann"),
        Statement("ann", "p", "supports", "monday", "ann"),
        Statement("ann", "p", "supports", "friday", "ann"),
        Statement("ann", "p", "opposes", "friday", "ann"),
        Statement("ann", "p", "supports", "sunday", "ann"),
    ]

    assert len(counted(statements, Rules(duplicates))) == left


def test_nobody_makes_a_tie_with_himself():
    """Kim speaks for two organizations, and Lee for one of them."""
    kim_alone = [Statement("union", "p", "supports", 1, "kim"), Statement("party", "p", "supports", 1, "kim")]
    with_lee = [*kim_alone, Statement("party", "p", "supports", 1, "lee"), Statement("party", "p", "opposes", 1, "lee")]

    assert ties(kim_alone) == []
    [tie] = ties(with_lee)
    # union: P = 1 (kim). party: P = 2 (kim, lee), N = 1 (lee). P·P − kim's own 1·1 = 1; P·N = 1
    assert (tie.congruence, tie.conflict, tie.shared) == (1, 1, 1)
    # Jaccard: (p, supports) is in both, where 1 pair is of different people; (p, opposes) adds 1
    assert [tie.divisor for tie in ties(with_lee, Normalisation.JACCARD)] == [2]


def test_what_two_have_from_one_person_alone_is_not_shared():
    """Kim is for p and Lee against it, both for two organizations: in each cell that these have there is one person
    only, so all of their statements are added.
    """
    statements = [
        Statement(organization, "p", stance, 1, person)
        for organization in ("union", "party")
        for stance, person in (("supports", "kim"), ("opposes", "lee"))
    ]

    [tie] = ties(statements, Normalisation.JACCARD)
    assert (tie.congruence, tie.conflict, tie.divisor) == (0, 2, 4)
    assert tie.weight(Measure.SUBTRACT) == -0.5


def test_an_organization_speaking_for_itself_is_different_from_everybody():
    statements = [Statement("union", "p", "supports"), Statement("party", "p", "supports")]

    assert weights(statements, Measure.CONGRUENCE) == pairs(union_party=1)


def test_duplicates_of_several_people_are_nobodys_in_particular():
    """Kim and Lee say the same for the union, Kim alone for the party: Lee agrees with Kim."""
    statements = [
        Statement("union", "p", "supports", 1, "kim"),
        Statement("union", "p", "supports", 1, "lee"),
        Statement("party", "p", "supports", 1, "kim"),
    ]

    assert weights(counted(statements, Rules(Duplicates.ONCE)), Measure.CONGRUENCE) == pairs(union_party=1)
    assert weights(counted(statements[::2], Rules(Duplicates.ONCE)), Measure.CONGRUENCE) == {}


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        # ann on p, q, r; bob on p, q; cho on p, q
        (Share.NONE, [2, -1, 1, 1, -2, -1, 1]),
        (Share.ACTIVITY, [2 / 4, -1 / 4, 1 / 4, 1 / 3, -2 / 3, -1 / 2, 1 / 2]),
        # 4 positions on p and on q, 1 on r
        (Share.PROMINENCE, [2 / 4, -1 / 4, 1, 1 / 4, -2 / 4, -1 / 4, 1 / 4]),
    ],
)
def test_stands_are_those_worked_out_by_hand(share, expected):
    found = sorted(stands(counted(STATEMENTS, ALL), share), key=lambda stand: (stand.actor, stand.proposition))

    assert [stand.weight for stand in found] == pytest.approx(expected)


def test_a_stand_counts_each_stance():
    own = counted(STATEMENTS, Rules(Duplicates.ALL, Conditional.OWN, Neutral.OWN))
    [on_p, on_q] = [stand for stand in stands(own, Share.PROMINENCE) if stand.actor == "dan"]

    assert (on_p.supports, on_p.opposes, on_p.conditional, on_p.neutral) == (0, 0, 0, 1)
    assert (on_q.conditional, on_q.weight, on_q.divisor) == (1, 0, 5)


# --- what holds of any statements -------------------------------------------------------------------

STANCES = ["supports", "opposes", "conditional", "neutral"]
any_statement = st.builds(
    Statement,
    actor=st.sampled_from("ABCD"),
    proposition=st.sampled_from("pqr"),
    stance=st.sampled_from(STANCES),
    debate=st.sampled_from([1, 2]),
    person=st.sampled_from(["kim", "lee", "han", None]),
)
any_statements = st.lists(any_statement, max_size=25)
any_rules = st.builds(
    Rules, st.sampled_from(Duplicates), conditional=st.sampled_from(Conditional), neutral=st.sampled_from(Neutral)
)


def naive(statements):
    """Pairs of statements of two actors on one proposition, one by one: congruent ones and others."""
    congruent, conflicting = Counter(), Counter()
    for mine, yours in product(statements, repeat=2):
        is_of_two = mine.person is None or mine.person != yours.person
        if mine.actor < yours.actor and mine.proposition == yours.proposition and is_of_two:
            chosen = congruent if mine.stance == yours.stance else conflicting
            chosen[frozenset((mine.actor, yours.actor))] += 1
    return congruent, conflicting


def naive_jaccard(statements, one, other):
    """Cell by cell of (proposition, stance)."""
    divisor = 0
    for proposition, stance in product("pqr", STANCES):
        x, y = (
            [
                each.person
                for each in statements
                if (each.actor, each.proposition, each.stance) == (a, proposition, stance)
            ]
            for a in (one, other)
        )
        of_two = sum(mine is None or mine != yours for mine, yours in product(x, y))
        divisor += of_two or len(x) + len(y)
    return divisor


@given(any_statements, any_rules)
def test_congruence_and_conflict_agree_with_counting_pairs_one_by_one(statements, rules):
    taken = counted(statements, rules)
    congruent, conflicting = naive(taken)

    assert weights(taken, Measure.CONGRUENCE) == dict(congruent)
    assert weights(taken, Measure.CONFLICT) == dict(conflicting)


@given(any_statements, any_rules)
def test_the_measures_follow_from_each_other(statements, rules):
    for tie in ties(counted(statements, rules)):
        assert tie.weight(Measure.IGNORE) == tie.weight(Measure.CONGRUENCE) + tie.weight(Measure.CONFLICT)
        assert tie.weight(Measure.SUBTRACT) == tie.weight(Measure.CONGRUENCE) - tie.weight(Measure.CONFLICT)
        assert tie.one != tie.other
        assert tie.shared > 0 and tie.agreed + tie.opposed <= tie.shared


@given(any_statements, any_rules)
def test_divisors_agree_with_their_definitions(statements, rules):
    taken = counted(statements, rules)
    sizes = Counter(each.actor for each in taken)
    for tie in ties(taken, Normalisation.JACCARD):
        assert tie.divisor == naive_jaccard(taken, tie.one, tie.other) > 0
    for tie in ties(taken, Normalisation.AVERAGE):
        assert tie.divisor == (sizes[tie.one] + sizes[tie.other]) / 2
    for tie in ties(taken, Normalisation.COSINE):
        assert tie.divisor == sizes[tie.one] * sizes[tie.other]


@given(any_statements, any_rules)
def test_normalised_weights_have_bounds(statements, rules):
    taken = counted(statements, rules)
    for tie in ties(taken, Normalisation.COSINE):
        assert 0 <= tie.weight(Measure.IGNORE) <= 1
        assert -1 <= tie.weight(Measure.SUBTRACT) <= 1
    for tie in ties(taken, Normalisation.JACCARD):
        assert 0 <= tie.weight(Measure.CONGRUENCE) <= 1
    for tie in ties(counted(statements, Rules(Duplicates.ONCE)), Normalisation.AVERAGE):
        assert 0 <= tie.weight(Measure.CONGRUENCE) <= 1
        assert 0 <= tie.weight(Measure.CONFLICT) <= 1


@given(any_statements, any_rules, st.sampled_from(Share))
def test_shares_of_one_actor_or_proposition_are_at_most_one_together(statements, rules, share):
    found = stands(counted(statements, rules), share)

    assert all(abs(stand.weight) <= (1 if share is not Share.NONE else len(statements)) for stand in found)
    taken = sum(stand.supports + stand.opposes + stand.conditional + stand.neutral for stand in found)
    assert taken == len(counted(statements, rules))


@given(any_statements, any_rules)
def test_counting_what_was_counted_changes_nothing(statements, rules):
    once = counted(statements, rules)

    assert Counter(counted(once, rules)) == Counter(once)


@given(any_statements.flatmap(lambda given: st.tuples(st.just(given), st.permutations(given))), any_rules)
def test_the_order_of_statements_does_not_matter(both, rules):
    first, second = (counted(statements, rules) for statements in both)

    assert Counter(first) == Counter(second)
    for measure, normalisation in product(Measure, Normalisation):
        assert weights(first, measure, normalisation) == weights(second, measure, normalisation)


@given(any_statements, any_rules)
def test_ties_are_the_same_from_either_side(statements, rules):
    """With the actors' names exchanged, so that each pair is met the other way round."""
    exchange = dict(zip("ABCD", "DCBA", strict=True))
    taken = counted(statements, rules)
    mirrored = [Statement(exchange[s.actor], s.proposition, s.stance, s.debate, s.person) for s in reversed(taken)]

    for measure, normalisation in product(Measure, Normalisation):
        found = weights(mirrored, measure, normalisation)
        expected = weights(taken, measure, normalisation)
        assert found == {frozenset(exchange[actor] for actor in pair): weight for pair, weight in expected.items()}
