"""The same question, asked more strictly, more loosely or to the letter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages import rewording
from search.codes import called
from search.language import read, written

pytestmark = pytest.mark.once


def reading(question):
    return read(question, called())


@pytest.mark.parametrize(
    ("question", "strict"),
    [
        ("energy market", "+energy +market"),
        ("the energy market", "the +energy +market"),
        ("to be or not to be", "+to +be +or +not +to +be"),
        ("+energy market -coal", "+energy +market -coal"),
        ('"energy market" regulat*', '+"energy market" +regulat*'),
        ("energy OR power tax", "+(energy OR power) +tax"),
        ("energy stance:supports", "+energy stance:supports"),
        ("에너지 그리고 시장", "+에너지 그리고 +시장"),
    ],
)
def test_all_words_are_required_but_those_that_say_nothing(question, strict):
    assert rewording.all_required(reading(question)) == strict


@pytest.mark.parametrize(
    ("question", "loose"),
    [
        ("+energy +market", "energy market"),
        ("+energy -coal speaker:kang", "energy -coal speaker:kang"),
        ("+energy", ""),
        ("energy market", ""),
        ("energy speaker:kang", ""),
    ],
)
def test_no_word_is_required_but_fields_go_on_narrowing(question, loose):
    assert rewording.none_required(reading(question)) == loose


@pytest.mark.parametrize(
    ("question", "exact"),
    [
        ("regulaton", '"regulaton"'),
        ("+regulaton -markt speaker:kang", '+"regulaton" -"markt" speaker:kang'),
        ("(energi markt) OR tax", '("energi" "markt") OR "tax"'),
    ],
)
def test_each_word_is_meant_as_it_is_written(question, exact):
    assert rewording.to_the_letter(reading(question)) == exact


def test_plain_words_are_what_may_stand_there():
    assert rewording.plain_words(reading('+kang "hoon sik" -park stance:supports')) == "kang hoon sik"


@given(
    st.text(max_size=60) | st.lists(st.sampled_from('a b "c d" OR ( ) + - x* speaker:kim 가나'.split())).map(" ".join)
)
def test_whatever_is_asked_can_be_asked_otherwise(question):
    asked = reading(question)

    for reworded in (rewording.all_required(asked), rewording.none_required(asked), rewording.to_the_letter(asked)):
        assert written(reading(reworded)) == reworded
