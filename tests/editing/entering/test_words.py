from __future__ import annotations

import pytest

from debate.models import AppearanceRole, Basis, SessionKind
from editing.entering.words import code_of, is_label

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("choices", "text", "code"),
    [
        (AppearanceRole, "발제자", "presenter"),
        (AppearanceRole, "Panellist", "panellist"),
        (AppearanceRole, "지정토론자", "panellist"),
        (AppearanceRole, "좌장", "moderator"),
        (AppearanceRole, "opening_speaker", "opening_speaker"),
        (AppearanceRole, "왕", ""),
        (Basis, "기관을 대표한 발언", "on_behalf_of"),
        (Basis, "identified as", "identified_as"),
        (SessionKind, "종합 토론", "discussion"),
        (SessionKind, "질의응답", "questions"),
        (SessionKind, "제1부", ""),
        (SessionKind, "", ""),
    ],
)
def test_a_word_of_either_language_is_understood(choices, text, code):
    assert code_of(choices, text) == code


def test_no_word_stands_for_two_things():
    for choices in (AppearanceRole, Basis, SessionKind):
        for code, label in choices.choices:
            assert code_of(choices, code) == code_of(choices, str(label)) == code


def test_a_kind_alone_is_no_title():
    assert is_label(SessionKind, "토론")
    assert not is_label(SessionKind, "종합 토론")
