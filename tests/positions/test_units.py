from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.units import Place, Reading, matched, overlap

pytestmark = pytest.mark.once


def marked(start, end, text="a"):
    return Place(f"¶ {start // 100 + 1}", (start, end), text)


def read(key, coder, place, speaker="Han", proposition="tax"):
    return Reading(key, coder, speaker, proposition, place if isinstance(place, Place) else Place(place))


def keys(*readings):
    return [tuple(reading.key for reading in unit) for unit in matched(readings)]


def test_overlapping_passages_of_one_person_on_one_proposition_are_one_unit():
    assert keys(read(1, "A", marked(0, 50)), read(2, "B", marked(40, 90))) == [(1, 2)]
    assert keys(read(1, "A", marked(0, 50)), read(2, "B", marked(50, 90))) == [(1,), (2,)]


@pytest.mark.parametrize("other", [{"speaker": "Lee"}, {"proposition": "trade"}])
def test_another_person_or_proposition_is_another_unit(other):
    assert keys(read(1, "A", marked(0, 50)), read(2, "B", marked(0, 50), **other)) == [(1,), (2,)]


def test_two_readings_of_one_coder_are_never_one_unit():
    assert keys(read(1, "A", marked(0, 50)), read(2, "A", marked(0, 50))) == [(1,), (2,)]


def test_what_has_most_in_common_comes_together_and_the_rest_stays_alone():
    long, begins, ends = read(1, "A", marked(0, 100)), read(2, "B", marked(0, 30)), read(3, "B", marked(30, 100))
    assert keys(long, begins, ends) == [(2,), (1, 3)]


def test_a_unit_of_three_coders_has_words_that_all_three_marked():
    first, middle, last = (read(number, coder, place) for number, coder, place in (
        (1, "A", marked(0, 40)), (2, "B", marked(20, 80)), (3, "C", marked(60, 100))
    ))  # fmt: skip
    assert keys(first, middle, last) == [(1, 2), (3,)]
    assert keys(first, middle, read(3, "C", marked(10, 100))) == [(1, 2, 3)]


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ("¶ 3", "¶ 3", True),
        ("¶ 3", "¶ 2–4", True),
        ("¶ 1, 4", "¶ 4", True),
        ("¶ 3", "¶ 4", False),
        ("¶ 7", "p. 7", False),
        ("00:12:30", "00:12:34", True),
        ("00:12:30", "00:12:45", False),
        ("00:12:30–00:13:05", "00:12:50–00:14:00", True),
        ("00:12:30–00:13:05", "00:13:20", False),
    ],
)
def test_without_a_text_places_overlap_by_paragraph_page_or_time(one, other, together):
    assert keys(read(1, "A", one), read(2, "B", other)) == ([(1, 2)] if together else [(1,), (2,)])


def test_marks_in_two_versions_of_a_text_are_compared_by_their_paragraphs():
    assert keys(read(1, "A", marked(0, 30)), read(2, "B", marked(60, 90, text="b"))) == [(1, 2)]
    assert keys(read(1, "A", marked(0, 30)), read(2, "B", "¶ 1")) == [(1, 2)]


def test_units_come_in_the_order_of_the_text():
    later, earlier = read(1, "A", marked(900, 950)), read(2, "B", marked(100, 150))
    assert keys(later, earlier) == [(2,), (1,)]


def test_overlap_is_the_share_of_what_both_cover_together():
    assert overlap(marked(0, 60), marked(40, 100)) == pytest.approx(20 / 100)
    assert overlap(Place("¶ 1–3"), Place("¶ 3")) == pytest.approx(1 / 3)


PLACES = st.tuples(st.integers(0, 60), st.integers(1, 30)).map(lambda place: marked(place[0], place[0] + place[1]))
READINGS = st.lists(st.tuples(st.sampled_from("ABC"), PLACES, st.sampled_from("PQ")), max_size=12).map(
    lambda rows: [read(number, coder, place, speaker=who) for number, (coder, place, who) in enumerate(rows)]
)


@given(READINGS, st.randoms())
def test_every_reading_is_in_one_unit_whatever_the_order_they_come_in(readings, chance):
    units = matched(readings)
    assert sorted(reading.key for unit in units for reading in unit) == [reading.key for reading in readings]
    assert matched(chance.sample(readings, len(readings))) == units


@given(READINGS)
def test_all_of_a_unit_overlap_and_are_of_different_coders(readings):
    for unit in matched(readings):
        for one, other in combinations(unit, 2):
            assert one.coder != other.coder and one.speaker == other.speaker
            assert overlap(one.place, other.place) > 0


@given(READINGS)
def test_nothing_stays_apart_that_could_be_one(readings):
    for one, other in combinations(matched(readings), 2):
        several = (*one, *other)
        pairs = combinations(several, 2)
        could_be_one = all(
            a.coder != b.coder and a.speaker == b.speaker and overlap(a.place, b.place) for a, b in pairs
        )
        assert not could_be_one


@given(READINGS, st.permutations("ABC"))
def test_who_the_coders_are_does_not_matter(readings, names):
    called = dict(zip("ABC", names, strict=True))
    renamed = [Reading(r.key, called[r.coder], r.speaker, r.proposition, r.place) for r in readings]
    assert keys(*renamed) == keys(*readings)
