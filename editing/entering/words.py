"""The words in which a cell may name a role, a basis or a kind of session: the codes, and what they are called in
either language.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from django.db.models import TextChoices
from django.utils import translation

from debate.models import AppearanceRole, Basis, SessionKind
from speakers.bilingual import LANGUAGES
from speakers.fields import fold

_ALSO: Mapping[type[TextChoices], Mapping[str, str]] = {
    AppearanceRole: {
        "opening_speaker": "개회사",
        "welcoming_speaker": "환영사",
        "keynote_speaker": "keynote, 기조연설, 기조 발제, 기조강연",
        "presenter": "presentation, 발제, 발표, 발표자, 주제 발표",
        "panellist": "panelist, discussant, 토론, 패널, 지정 토론, 지정토론자",
        "moderator": "사회, 진행, 좌장, 진행자",
        "chair": "chairperson, 위원장",
        "witness": "증인, 진술인, 참고인",
        "questioner": "질의, 질문자",
        "interviewee": "응답자",
        "author": "저자, 필자",
        "closing_speaker": "폐회사",
    },
    Basis: {
        "identified_as": "as, identified, 소개, 직함",
        "on_behalf_of": "behalf, on behalf, for, 대표, 기관 대표, 대표 발언",
    },
    SessionKind: {
        "opening": "개회식, 개회사",
        "presentation": "presentations, 발표, 주제 발표, 기조 발제",
        "discussion": "panel, panel discussion, 지정 토론, 종합 토론, 패널 토론, 자유 토론",
        "questions": "q&a, 질의, 질의 응답",
        "closing": "폐회, 폐회식, 마무리 발언",
    },
}


def code_of(choices: type[TextChoices], text: str) -> str:
    """Empty where the text is none of its words."""
    return _codes(choices).get(_plain(text), "")


def words_for(choices: type[TextChoices]) -> list[str]:
    """What they are called in the language of the page, in the order of the code."""
    return [str(label) for label in choices.labels]


def is_label(choices: type[TextChoices], text: str) -> bool:
    """Whether it says the kind and nothing more, such as "discussion", and unlike "panel discussion"."""
    return _plain(text) in _labels(choices)


@cache
def _codes(choices: type[TextChoices]) -> Mapping[str, str]:
    also = {_plain(word): code for code, words in _ALSO.get(choices, {}).items() for word in words.split(", ")}
    return {**also, **_labels(choices)}


@cache
def _labels(choices: type[TextChoices]) -> Mapping[str, str]:
    found = {_plain(code): code for code in choices.values}
    for language in LANGUAGES:
        with translation.override(language):
            found |= {_plain(str(label)): code for code, label in choices.choices}
    return found


def _plain(text: str) -> str:
    return fold(text).replace(" ", "")
