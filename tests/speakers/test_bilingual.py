from __future__ import annotations

from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from speakers.bilingual import Text
from speakers.fields import fold
from speakers.models import Person


def test_a_text_is_read_in_the_readers_language():
    person = Person(name_en="Kang Hoon-sik", name_ko="강훈식", source_language="en")
    with translation.override("ko"):
        assert person.name == Text("강훈식", "ko", "ko", "en")
        assert person.name.is_editorial
        assert not person.name.is_fallback
    with translation.override("en"):
        assert str(person.name) == "Kang Hoon-sik"
        assert not person.name.is_editorial


def test_a_missing_text_falls_back_and_says_so():
    person = Person(name_en="Kim Jae-won", source_language="en")
    with translation.override("ko"):
        assert str(person.name) == "Kim Jae-won"
        assert (person.name.language, person.name.is_fallback, person.name.is_editorial) == ("en", True, False)


def test_a_text_in_no_language_is_empty_and_false():
    assert not Person().name
    assert str(Person().name) == ""


def test_regional_variants_read_the_same_columns():
    person = Person(name_en="Kang Hoon-sik", name_ko="강훈식")
    with translation.override("ko-kr"):
        assert str(person.name) == "강훈식"


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), max_size=10))
def test_folding_keeps_hangul(text):
    assert fold(text) == text
