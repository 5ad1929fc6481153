from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.reliability import Agreement, Undefined, Verdict, agreement

pytestmark = pytest.mark.once

# Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), examples A, B and C.
TWO_OBSERVERS_TWO_VALUES = ("0100000010", "1110010000")
TWO_OBSERVERS = ("aabbdcccedda", "babbbccceddd")
FOUR_OBSERVERS = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
# Hayes & Krippendorff, "Answering the Call for a Standard Reliability Measure for Coding Data" (2007), table 1: the
# tone of forty articles for five observers.
TONE_OF_NEWS = """
    112.2 1101. 2333. .00.0 000.0 000.0 102.1 1.20. 222.2 2111. .100. 0000. 1222. 33223 111.1 111.1 212.2 1233. 1101.
    000.0 0011. 00.00 2333. 0000. 12.22 0111. 00010 1212. 1122. 112.2 110.0 2121. 22.22 3222. 222.2 223.2 222.2 22.12
    2222. 111.1
"""


def by_unit(observers):
    return [[None if value == "." else value for value in unit] for unit in zip(*observers, strict=True)]


@pytest.mark.parametrize(
    ("units", "alpha", "paired"),
    [
        (by_unit(TWO_OBSERVERS_TWO_VALUES), 0.095, (10, 20)),
        (by_unit(TWO_OBSERVERS), 0.692, (12, 24)),
        (by_unit(FOUR_OBSERVERS), 0.743, (11, 40)),
        ([[None if value == "." else value for value in unit] for unit in TONE_OF_NEWS.split()], 0.477, (40, 159)),
    ],
    ids=["two observers, two values", "two observers", "four observers, missing values", "five observers"],
)
def test_alpha_is_what_was_published(units, alpha, paired):
    found = agreement(units)
    assert found.alpha == pytest.approx(alpha, abs=0.0005)
    assert (found.units, found.values, found.undefined) == (*paired, None)


def test_for_two_coders_the_share_of_pairs_is_the_percentage_of_units():
    assert agreement(["aa", "ab", "bb", "bb", "ca"]).observed == pytest.approx(3 / 5)


def test_what_one_coder_alone_read_does_not_count():
    alone = [["a", None], [None, "b"], [None, None]]
    assert agreement([*alone, "aa", "ab", "bb"]) == agreement(["aa", "ab", "bb"])
    assert agreement(alone) == Agreement(0, 0, None, None, Undefined.NOTHING_PAIRED)
    assert agreement([]).undefined is Undefined.NOTHING_PAIRED


def test_without_variation_there_is_no_alpha_however_often_the_coders_agree():
    assert agreement(["aa"] * 20) == Agreement(20, 40, 1.0, None, Undefined.NO_VARIATION)
    assert agreement(["aa"] * 20).verdict is None


@pytest.mark.parametrize(
    ("different", "verdict"), [(1, Verdict.RELIABLE), (4, Verdict.TENTATIVE), (8, Verdict.UNRELIABLE)]
)
def test_what_an_alpha_is_good_for(different, verdict):
    assert agreement(["aa"] * 15 + ["bb"] * 15 + ["ab"] * different).verdict is verdict


def test_an_interval_holds_the_alpha_and_narrows_with_more_units():
    few, many = (agreement((["aa"] * 5 + ["bb"] * 5 + ["ab"] * 2) * times, with_interval=True) for times in (1, 20))
    for one in (few, many):
        assert one.interval[0] < one.alpha < one.interval[1] <= 1
    assert many.interval[1] - many.interval[0] < (few.interval[1] - few.interval[0]) / 3


def test_an_interval_covers_the_true_alpha_about_as_often_as_it_says():
    """Of a population of units with a known alpha, samples of fifty: 95 in 100 intervals should hold it."""
    import random

    population = ["aa"] * 40 + ["bb"] * 40 + ["ab"] * 10 + ["ba"] * 10
    true = agreement(population * 1_000).alpha
    chance = random.Random(7)
    samples = (agreement(chance.choices(population, k=50), with_interval=True).interval for _sample in range(200))
    held = sum(low <= true <= high for low, high in samples)
    assert 178 <= held <= 198


@pytest.mark.parametrize(
    "units",
    [["aa", "bb"] * 20, ["aa", "ab", "bb"] * 3, ["aa"] * 30 + ["ab"]],
    ids=["all agree", "few units", "hardly any variation"],
)
def test_there_is_no_interval_where_drawing_again_tells_nothing(units):
    assert agreement(units, with_interval=True).interval is None
    assert agreement(units).alpha is not None


VALUES = st.sampled_from(["supports", "opposes", "neutral", None])
UNITS = st.lists(st.lists(VALUES, min_size=3, max_size=3), min_size=1, max_size=12)


@given(UNITS, st.randoms())
def test_neither_the_order_of_units_nor_that_of_coders_matters(units, chance):
    mixed = [chance.sample(unit, len(unit)) for unit in chance.sample(units, len(units))]
    one, other = (_numbers(agreement(several, with_interval=True)) for several in (units, mixed))
    assert one == pytest.approx(other)


@given(UNITS)
def test_what_the_values_are_called_does_not_matter(units):
    names = ["supports", "opposes", "neutral"]
    for others in permutations(names):
        called = dict(zip(names, others, strict=True)) | {None: None}
        renamed = [[called[value] for value in unit] for unit in units]
        assert _numbers(agreement(renamed)) == pytest.approx(_numbers(agreement(units)))


@given(UNITS)
def test_alpha_is_1_exactly_where_all_agree_and_below_everywhere_else(units):
    found = agreement(units)
    agreed = all(len({value for value in unit if value}) <= 1 for unit in units)
    if found.alpha is not None:
        assert (found.alpha == 1) == agreed
        assert found.alpha <= 1
    if found.observed is not None:
        assert (found.observed == 1) == agreed


@given(st.lists(st.sampled_from(["aa", "bb", "ab", "ba"]), min_size=2, max_size=30))
def test_for_two_coders_it_is_scotts_pi_set_right_for_small_numbers(units):
    """Krippendorff (2011): alpha = 1 − (1 − pi)(n − 1)/n, where n is the number of values."""
    found = agreement(units)
    if found.alpha is None:
        return
    share = sum(unit.count("a") for unit in units) / found.values
    by_chance = share**2 + (1 - share) ** 2
    pi = (found.observed - by_chance) / (1 - by_chance)
    assert found.alpha == pytest.approx(1 - (1 - pi) * (found.values - 1) / found.values)


def _numbers(found):
    numbers = (found.units, found.values, found.observed, found.alpha, *(found.interval or ()))
    return [-9 if number is None else number for number in numbers]
