from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import (
    BREAK,
    LONGEST_QUESTIONED,
    LONGEST_TOKEN,
    Tokens,
    fold,
    joined,
    places,
    stems,
    tokens,
    words,
)

pytestmark = pytest.mark.once


def _says(text: str, asked: str) -> bool:
    """Whether `text` has every word of `asked`."""
    found = tokens(text)
    there, in_order = set(stems(found.words.split())), f" {found.phrases} "
    return all(
        all(there.intersection(alternatives) for alternatives in word.needed)
        if word.needed and not (word.phrase and f" {' '.join(word.phrase)} " in in_order)
        else f" {' '.join(word.phrase)} " in in_order
        for word in words(asked)
    )


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Regulation of platforms", "regulating platform"),
        ("18,000 GPUs by summer", "18000 gpu"),
        ("18000 GPU", "18,000 GPUs"),
        ("NGOs and LLMs", "ngo llm"),
        ("a growth of 3.5%", "3.5"),
        ("the start-up’s own ecosystem", "startup"),
        ("a startup", "start-up"),
        ("Kang Hoon-sik", "hoonsik KANG"),
        ("Café ＡＩ", "cafe ai"),
        ("China’s strategy", "china"),
        ("국가 데이터센터를 짓는다", "데이터 센터"),
        ("데이터 센터", "데이터센터"),
        ("정책을 세운다", "정책은"),
        ("정책", "정책으로"),
        ("플랫폼 정책", "플랫폼"),
        ("인공지능기본법", "법"),
        ("AI기본법", "ai 기본법"),
        ("18,000개의 GPU를", "GPU 18000"),
        ("규제해야 한다", "규제"),
        ("규제를 강화하는 법", "규제하다"),
        ("추진되어야 합니다", "추진한다"),
        ("a start up", "start-up"),
        ("U.S. policy", "US policy"),
    ],
)
def test_a_text_is_found_by(text, asked):
    assert _says(text, asked)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("강훈식", "강훈일"),
        ("플랫 슈즈", "플랫폼"),
        ("1,800 GPUs", "18000"),
        ("데이터", "데이터센터"),
        ("35%", "3.5"),
        ("support", "port"),
        ("개정 책임", "정책"),
        ("let us go", "US"),
    ],
)
def test_a_text_is_not_found_by(text, asked):
    assert not _says(text, asked)


def test_what_holds_no_word_asks_for_none():
    assert list(words("!!! ... ___ \x00 \ud800 \u200b")) == []


def test_of_a_run_without_end_the_beginning_is_read():
    (run,) = words("가나다라마바사아자차카타파하" * 100)
    assert len(run.needed) < LONGEST_QUESTIONED


def test_words_that_say_nothing_are_kept_for_phrases_alone():
    assert tokens("the future of the market and its 그리고 정책") == Tokens(
        "future market 정책 정 책 =정책", "the future of the market and its 그리 리고 고_정 정책"
    )
    assert [word.is_common for word in words("the market 그리고 정책")] == [True, False, True, False]


@pytest.mark.parametrize("text", ["US", "WHO", "U.S.", "IT"])
def test_initials_are_no_common_words(text):
    (word,) = words(text)
    assert not word.is_common
    assert word.needed == ((text.lower().replace(".", ""),),)


def test_a_pair_across_a_space_is_told_from_one_within_a_word():
    assert "정책" not in tokens("개정 책임").words.split()
    assert "정_책" in tokens("개정 책임").words.split()


def test_no_phrase_reaches_from_one_text_into_the_next():
    assert joined([tokens("energy"), tokens(""), tokens("policy")]).phrases == f"energy {BREAK} policy"


def test_where_a_word_stands_is_told_in_letters_of_the_text():
    text = "The ﬁnal 데이터 센터를, ok"
    assert [text[place.start : place.end] for place in places(text)] == ["The", "ﬁnal", "데이터", "센터를", "ok"]


@given(st.text(st.characters(exclude_categories=())))
def test_no_text_is_too_strange(text):
    for found in tokens(text):
        assert all(0 < len(token) <= LONGEST_TOKEN + 1 for token in found.split(" ") if found)
        found.encode()
    list(words(text))
    assert all(0 <= place.start < place.end <= len(text) for place in places(text))


@given(st.text(st.sampled_from("aAéÉbs'’-.,0123가나다법 日ｱﾞßﬁ\u0301")))
def test_folding_twice_folds_the_same(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(st.sampled_from("abgs 0123,.-가나다법을하는")))
def test_every_text_is_found_by_itself(text):
    assert _says(text, text)
