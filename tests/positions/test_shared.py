from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from positions.shared import Outcome, Shared, outcome, shared, taken

FOR, AGAINST, BOTH = frozenset({"supports"}), frozenset({"opposes"}), frozenset({"supports", "opposes"})
HAN, KIM, LEE = 1, 2, 3
rows = st.lists(
    st.tuples(st.integers(1, 5), st.integers(1, 6), st.sampled_from(["supports", "opposes", "conditional", "neutral"])),
    max_size=60,
)


def test_on_one_side_people_agree_and_on_two_they_disagree():
    assert outcome(FOR, FOR) is Outcome.AGREED
    assert outcome(AGAINST, AGAINST) is Outcome.AGREED
    assert outcome(FOR, AGAINST) is Outcome.DISAGREED


def test_whoever_is_on_both_sides_neither_agrees_nor_disagrees_with_anybody():
    assert [outcome(BOTH, other) for other in (FOR, AGAINST, BOTH)] == [Outcome.MIXED] * 3
    assert outcome(FOR, BOTH) is Outcome.MIXED


def test_conditional_support_and_taking_no_side_are_no_sides():
    assert taken([(HAN, 10, "conditional"), (HAN, 11, "neutral"), (HAN, 12, "opposes")]) == {HAN: {12: AGAINST}}


def test_several_positions_on_one_proposition_are_one_side():
    assert taken([(HAN, 10, "supports")] * 3 + [(KIM, 10, "supports"), (KIM, 10, "opposes")]) == {
        HAN: {10: FOR},
        KIM: {10: BOTH},
    }


def test_what_is_shared_is_told_apart_by_how_it_is_shared():
    own = {10: FOR, 11: FOR, 12: AGAINST, 13: FOR}
    kim = {10: FOR, 11: AGAINST, 12: BOTH, 99: FOR}

    assert shared(own, {KIM: kim}) == [Shared(KIM, agreed=(10,), disagreed=(11,), mixed=(12,))]
    assert shared(own, {KIM: kim})[0].total == 3


def test_who_shares_nothing_is_not_there():
    assert shared({10: FOR}, {KIM: {11: FOR}, LEE: {}}) == []


def test_who_shares_most_comes_first_and_of_those_who_agrees_most():
    own = {10: FOR, 11: FOR, 12: FOR}
    others = {4: {10: AGAINST, 11: AGAINST}, KIM: {10: FOR, 11: FOR}, LEE: {10: AGAINST, 11: FOR, 12: AGAINST}}

    assert [one.person for one in shared(own, others)] == [LEE, KIM, 4]


@given(rows)
def test_each_shared_proposition_is_counted_once_and_alike_from_both_ends(stated):
    sides = taken(stated)
    for person, own in sides.items():
        for one in shared(own, {other: held for other, held in sides.items() if other != person}):
            both = own.keys() & sides[one.person].keys()
            assert sorted((*one.agreed, *one.disagreed, *one.mixed)) == sorted(both)
            (back,) = shared(sides[one.person], {person: own})
            assert (back.agreed, back.disagreed, back.mixed) == (one.agreed, one.disagreed, one.mixed)


@given(rows)
def test_the_order_of_statements_changes_nothing(stated):
    assert taken(stated) == taken(reversed(stated))
