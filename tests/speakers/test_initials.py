"""Names by how they begin."""

from __future__ import annotations

import pytest

from speakers.initials import INITIALS, begins, initials_in, known_initial
from speakers.models import Person
from tests.factories import PersonFactory


@pytest.mark.once
def test_every_initial_is_known_and_all_else_is_refused():
    assert [known_initial(initial.code) for initial in INITIALS] == [initial.code for initial in INITIALS]
    assert known_initial("") == ""
    for code in ("A", "aa", "ㄲ", "가", "é"):
        with pytest.raises(ValueError, match="a to z, ㄱ to ㅎ, 0-9 and other"):
            known_initial(code)


@pytest.mark.django_db
def test_every_name_begins_with_one_of_them():
    names = {
        "Ann": "a",
        "Zoë": "z",
        "강훈식": "ㄱ",
        "깡패": "ㄱ",
        "힣": "ㅎ",
        "3M": "0-9",
        "Ωmega": "other",
    }
    for name in names:
        PersonFactory(name_en=name)

    for code in ("a", "z", "ㄱ", "ㅎ", "0-9", "other"):
        found = Person.objects.filter(begins("sort_key_en", code))
        assert {person.name_en for person in found} == {name for name, initial in names.items() if initial == code}
    assert Person.objects.filter(begins("sort_key_en", "")).count() == len(names)
    assert [code for code, _label, _count in initials_in(Person.objects.all(), "sort_key_en")] == [
        "0-9",
        "a",
        "z",
        "ㄱ",
        "ㅎ",
        "other",
    ]
