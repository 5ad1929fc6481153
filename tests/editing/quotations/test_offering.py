"""On sentences of our own; what is offered in whole articles is in test_measured.py."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editing.quotations import offers

pytestmark = pytest.mark.once

NAMES = ["Kim Min-ji", "Jonas Weber", "Kim Tae-ho", "김민지", "박서준"]


def told(text, language="en", names=NAMES):
    return [
        (text[one.start : one.end], one.may_be[0] if one.may_be else one.speaker)
        for one in offers(text, language, names)
    ]


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("“We need one law,” said Jonas Weber on Monday.", "We need one law", "Jonas Weber"),
        ("“We need one law,” Weber said.", "We need one law", "Jonas Weber"),
        ('Jonas Weber replied: "We need one law."', "We need one law.", "Jonas Weber"),
        ("‘We don’t need two laws’, argued Jonas Weber.", "We don’t need two laws", "Jonas Weber"),
        (
            "According to Weber, the plan is “about money and little else”.",
            "about money and little else",
            "Jonas Weber",
        ),
        ("Jonas Weber came late. “We need one law,” he said.", "We need one law", "Jonas Weber"),
        ("Weber called it “a door without a house”.", "a door without a house", "Jonas Weber"),
        ("“Do we need one law?” Weber asked.", "Do we need one law?", "Jonas Weber"),
        ("“We need one law,” a farmer said.", "We need one law", "a farmer"),
        ("“We need one law,” said Ada Smith, a farmer.", "We need one law", "Ada Smith"),
    ],
)
def test_a_quotation_in_english_is_offered_with_whoever_says_it(text, words, speaker):
    assert told(text) == [(words, speaker)]


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("김민지 교수는 “법이 하나면 된다”고 말했다.", "법이 하나면 된다", "김민지"),
        ("김민지 교수는 '법이 하나면 된다'고 말했다.", "법이 하나면 된다", "김민지"),
        ("김 교수는 「법이 하나면 된다」라고 강조했다.", "법이 하나면 된다", "김민지"),
        ("박서준 의원은 어제 『늦으면 안 된다』며 서둘러 달라고 요구했다.", "늦으면 안 된다", "박서준"),
        ("김민지 교수가 왔다. 그는 “법이 하나면 된다”고 말했다.", "법이 하나면 된다", "김민지"),
        ("“법이 하나면 됩니다.” 김 교수의 말이다.", "법이 하나면 됩니다.", "김민지"),
        ("박 의원은 “쉬운 일이 아니라는 것”이라는 입장을 냈다.", "쉬운 일이 아니라는 것", "박서준"),
        ("김민지 교수는 법이 하나면 된다고 강조했다.", "법이 하나면 된다", "김민지"),
        ("박서준 의원에 따르면 예산은 이미 정해졌다.", "예산은 이미 정해졌다", "박서준"),
        ("한 상인은 “장사가 안 된다”고 말했다.", "장사가 안 된다", "한 상인"),
        ("이도현 과장은 “오늘 정했다”고 전했다.", "오늘 정했다", "이도현"),
    ],
)
def test_a_quotation_in_korean_is_offered_with_whoever_says_it(text, words, speaker):
    assert told(text, "ko") == [(words, speaker)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The “smart” cameras of Jonas Weber are “a so-called” thing.", "en"),
        ("Weber read from “The Long Way Home” and left.", "en"),
        ("The panel “Who pays for the grid” was full.", "en"),
        ("The word “no” is short, Weber said.", "en"),
        ("김민지 교수는 「인공지능 기본법」을 읽었다.", "ko"),
        ("이른바 ‘갑질 방지법’이 통과되었다고 한다.", "ko"),
        ("“길 위의 사람들”이라는 영화를 보았다.", "ko"),
    ],
)
def test_titles_and_words_that_are_only_set_off_are_not_offered(text, language):
    assert told(text, language) == []


def test_words_over_several_paragraphs_are_one_offer():
    text = "“The first is simple.\n\n“The second is not,” said Jonas Weber."
    assert told(text) == [("The first is simple.\n\n“The second is not", "Jonas Weber")]


def test_of_two_people_with_one_family_name_whoever_was_named_last_comes_first():
    text = "Kim Min-ji spoke. Then Kim Tae-ho spoke. “We need one law,” Kim said."
    (offer,) = offers(text, "en", NAMES)
    assert offer.may_be == ("Kim Tae-ho", "Kim Min-ji")
    assert (offer.speaker, offer.cue) == ("Kim", "said")


def test_what_is_told_without_marks_is_trusted_less():
    direct, indirect = offers(
        "김민지 교수는 “법이 하나면 된다”고 했다.\n\n박서준 의원은 늦으면 안 된다고 했다.", "ko", NAMES
    )
    assert direct.is_direct and not indirect.is_direct
    assert direct.confidence > indirect.confidence


def test_a_speaker_who_is_not_among_the_names_is_trusted_less_than_one_who_is():
    known, unknown = offers("“We need one law,” said Jonas Weber. “We want one,” said a farmer.", "en", NAMES)
    assert known.confidence > unknown.confidence


def test_without_a_language_the_letters_decide():
    assert told("김민지 교수는 법이 하나면 된다고 강조했다.", "") == [("법이 하나면 된다", "김민지")]


def test_two_sentences_with_nothing_quoted_have_no_offers():
    assert offers("", "en", NAMES) == offers("Nothing was said.", "en", []) == []


@given(
    st.text(alphabet=list("aB가다고 .,“”\"'‘’「」『』\n말했다saidKim"), max_size=200), st.sampled_from(["en", "ko", ""])
)
def test_whatever_is_offered_lies_in_the_text_and_has_words(text, language):
    for offer in offers(text, language, NAMES):
        assert 0 <= offer.start < offer.end <= len(text)
        assert text[offer.start : offer.end].strip()
        assert 0 < offer.confidence < 1
