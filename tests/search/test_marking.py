from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.language import read
from search.marking import excerpt, marked, sought

pytestmark = pytest.mark.once


def _marks(text: str, question: str) -> list[str]:
    return [piece.text for piece in marked(text, sought(read(question, {}))) if piece.is_marked]


@pytest.mark.parametrize(
    ("text", "question", "marks"),
    [
        ("Regulation of the platforms", "regulating platform", ["Regulation", "platforms"]),
        ("정부는 데이터 센터를 늘린다", "데이터센터", ["데이터 센터"]),
        ("정부는 데이터센터를 늘린다", "데이터 센터", ["데이터센터"]),
        ("규제를 강화하는 법", "규제해야", ["규제"]),
        ("새 정책이 필요하다", "정책은", ["정책"]),
        ("AI기본법을", "법", ["법"]),
        ("The start-up’s path", "startup", ["start-up’s"]),
        ("A law of the sea", "the law", ["law"]),
        ("To be or not", "to be", ["To", "be"]),
        ("18,000 GPUs", "18000", ["18,000"]),
        ("Ｅｎｅｒｇｙ first", "energy", ["Ｅｎｅｒｇｙ"]),
        ("energy and markets", "-energy markets", ["markets"]),
        ("regulators and regular people", "regulat*", ["regulators"]),
        ("정책과 정보", "정*", ["정책", "정보"]),
        ("support", "port", []),
    ],
)
def test_the_words_asked_for_are_marked_in_the_form_in_which_they_stand(text, question, marks):
    assert _marks(text, question) == marks


def test_an_excerpt_shows_the_place_where_most_was_found_and_where_it_was_cut():
    text = "word " * 100 + "energy policy and energy markets " + "word " * 100
    pieces = excerpt(text, sought(read("energy policy", {})), length=60)
    assert [piece.text for piece in pieces if piece.is_marked] == ["energy", "policy", "energy"]
    assert pieces[0].text == pieces[-1].text == "…"
    assert len("".join(piece.text for piece in pieces)) < 80


def test_where_nothing_was_found_there_is_no_excerpt():
    assert excerpt("Something else", sought(read("energy", {}))) == ()


@given(st.text(st.characters(exclude_categories=())), st.text(st.sampled_from('ab 가나다법하는-*"')))
def test_marking_changes_no_letter(text, question):
    assert "".join(piece.text for piece in marked(text, sought(read(question, {})))) == text
