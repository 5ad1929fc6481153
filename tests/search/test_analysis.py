from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import query
from search.analysis import LONGEST_TOKEN, fold, letters, stems, tokens, words

pytestmark = pytest.mark.once


def _says(text: str, asked: str) -> bool:
    """Whether `text` has every word of `asked`."""
    there = set(stems(tokens(text))) | letters(text)
    return all(sum(token in there for token in word.tokens) >= word.needed for word in words(asked))


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
    ],
)
def test_a_text_is_not_found_by(text, asked):
    assert not _says(text, asked)


def test_what_holds_no_word_asks_for_none():
    assert query.read("!!! ... ___ \x00 \ud800 \u200b").words == ()


def test_a_word_asked_for_twice_is_one():
    assert query.read("platform Platforms PLATFORM").texts == ("platform",)


def test_of_a_question_without_end_the_beginning_is_read():
    assert len(query.read(" ".join(f"word{number}" for number in range(500))).words) == query.MOST_WORDS
    (run,) = query.read("가나다라마바사아자차카타파하" * 100).words
    assert len(run.tokens) <= 40


@given(st.text(st.characters(exclude_categories=())))
def test_no_text_is_too_strange(text):
    found = tokens(text)
    assert all(
        token and len(token) <= LONGEST_TOKEN and not any(letter.isspace() for letter in token) for token in found
    )
    " ".join(found).encode()
    assert len(query.read(text).words) <= query.MOST_WORDS


@given(st.text(st.sampled_from("aAéÉbs'’-.,0123가나다법 日ｱﾞßﬁ\u0301")))
def test_reading_twice_reads_the_same(text):
    once = tokens(text)
    assert set(tokens(" ".join(once))) == set(once)
    assert fold(fold(text)) == fold(text)


@given(st.text(st.sampled_from("abgs 0123,.-가나다법을")))
def test_every_text_is_found_by_itself(text):
    assert _says(text, text)
