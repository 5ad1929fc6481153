from __future__ import annotations

from datetime import date

import pytest

from review.likeness import Facts, Place, Sign, asked, findings, grade, keys
from review.models import Grade

ASSEMBLY = Place(1, "National Assembly")


def _met(kind, one, other):
    ours, theirs = (keys(kind, Facts((name,))) for name in (one, other))
    return any(counterpart in theirs for key in ours for counterpart in asked(key))


def _signs(kind, one, other):
    return [finding.sign for finding in findings(kind, one, other)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("강훈식", "Kang Hoon-sik"),
        ("강훈식", "Gang Hunsik"),
        ("Kang Hoon-sik", "Gang Hunsik"),
        ("Hoon-sik Kang", "KANG Hoonsik"),
        ("조영기", "Cho Young Ki"),
        ("John Smith", "Smith, John"),
        ("John Smith", "J. Smith"),
        ("John Smith", "Smith, J."),
        ("John D. Smith", "John Smith"),
        ("José García", "Jose Garcia"),
        ("Kang Hoon-sik", "Kang H. S."),
    ],
)
def test_spellings_of_one_name_meet(one, other):
    assert _met("person", one, other) and _met("person", other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("강훈식", "Kim Min-su"),
        ("John Smith", "Jane Smith"),
        ("John Smith", "John Smythe"),
        ("J. Smith", "K. Smith"),
        ("강훈식", "강훈석"),
    ],
)
def test_different_names_do_not_meet(one, other):
    assert not _met("person", one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ministry of Science and ICT", "MSIT"),
        ("Seoul National University", "National University Seoul"),
        ("Start-up Alliance", "Startup Alliance"),
        ("한국 인터넷 기업 협회", "한국인터넷기업협회"),
    ],
)
def test_names_of_one_organization_meet(one, other):
    assert _met("organization", one, other)


def test_two_organizations_with_the_same_initials_do_not_meet_by_them():
    assert not _met("organization", "Korea Media Society", "Korea Music Society")


def test_a_name_alone_is_never_enough():
    found = findings("person", Facts(("강훈식",)), Facts(("Kang Hoon-sik",)))
    assert [(finding.sign, finding.details) for finding in found] == [(Sign.SAME_SOUND, ("강훈식", "Kang Hoon-sik"))]
    assert grade(found) == Grade.NAME_ALONE
    same = findings("person", Facts(("김민수",)), Facts(("김민수",)))
    assert ([finding.sign for finding in same], grade(same)) == ([Sign.SAME_NAME], Grade.NAME_ALONE)


def test_a_name_with_an_organization_is_likely():
    found = findings("person", Facts(("강훈식",), places=(ASSEMBLY,)), Facts(("Gang Hunsik",), places=(ASSEMBLY,)))
    assert (found[0].sign, found[0].details) == (Sign.SHARED_ORGANIZATION, ("National Assembly",))
    assert grade(found) == Grade.LIKELY


def test_two_in_one_session_are_two_even_of_one_organization():
    one = Facts(("강훈식",), places=(ASSEMBLY,), sessions={7: (3, "A debate")})
    other = Facts(("Gang Hunsik",), places=(ASSEMBLY,), sessions={7: (3, "A debate")})
    found = findings("person", one, other)
    assert found[-1].sign == Sign.SAME_SESSION and found[-1].details == ("A debate",)
    assert grade(found) == Grade.CONTRADICTED


def test_in_different_sessions_of_one_debate_it_is_only_less_likely():
    one = Facts(("강훈식",), places=(ASSEMBLY,), sessions={7: (3, "A debate")})
    other = Facts(("Gang Hunsik",), places=(ASSEMBLY,), sessions={8: (3, "A debate")})
    assert Sign.SAME_DEBATE in _signs("person", one, other)
    assert grade(findings("person", one, other)) == Grade.POSSIBLE


def test_an_identifier_is_the_same_however_it_is_written():
    one = Facts(("강훈식",), frozenset({("wikidata", "Q123")}))
    other = Facts(("Kang Hoon-sik",), frozenset({("Wikidata", "https://www.wikidata.org/wiki/Q123")}))
    assert keys("person", one) & keys("person", other) >= {"x:wikidata:q123"}
    assert _signs("person", one, other) == [Sign.SAME_IDENTIFIER, Sign.SAME_SOUND]
    assert grade(findings("person", one, other)) == Grade.LIKELY


def test_different_identifiers_of_one_kind_contradict_and_say_which():
    one = Facts(("김민수",), frozenset({("wikidata", "Q1")}), places=(ASSEMBLY,))
    other = Facts(("김민수",), frozenset({("wikidata", "Q2"), ("isni", "0000")}), places=(ASSEMBLY,))
    found = findings("person", one, other)
    assert (found[-1].sign, found[-1].details) == (Sign.OTHER_IDENTIFIER, ("wikidata: q1 / q2",))
    assert grade(found) == Grade.CONTRADICTED


def test_names_that_only_sound_alike_contradict_where_both_are_known_in_hangul():
    one, other = Facts(("강훈식", "Kang Hoonsik")), Facts(("강헌식", "Kang Hoonsik"))
    assert Sign.OTHER_HANGUL in _signs("person", one, other)
    assert grade(findings("person", one, other)) == Grade.CONTRADICTED
    assert Sign.OTHER_HANGUL not in _signs("person", one, Facts(("Kang Hoonsik", "강훈식", "강헌식")))


def test_a_link_of_both_counts_less_where_their_names_differ():
    link = frozenset({"https://www.example.org/kim/"}), frozenset({"http://example.org/kim"})
    one, other = Facts(("Kim A-ra",), links=link[0]), Facts(("Lee B.",), links=link[1])
    assert keys("person", one) & keys("person", other)
    assert _signs("person", one, other) == [Sign.SAME_LINK, Sign.OTHER_NAME]
    assert grade(findings("person", one, other)) == Grade.POSSIBLE


def test_other_organizations_at_the_same_time_speak_against_and_at_an_unknown_time_do_not():
    year = (date(2020, 1, 1), date(2020, 12, 31))
    one = Facts(("김민수",), places=(Place(1, "A", *year),))
    assert Sign.OTHER_ORGANIZATIONS in _signs("person", one, Facts(("김민수",), places=(Place(2, "B", *year),)))
    assert Sign.OTHER_ORGANIZATIONS not in _signs("person", one, Facts(("김민수",), places=(Place(2, "B"),)))


def test_organizations_with_the_same_people_are_likely_and_a_part_is_not_its_whole():
    one = Facts(("MSIT",), people={1: "A", 2: "B"}, kind="ministry", itself=1)
    other = Facts(("Ministry of Science and ICT",), people={2: "B"}, kind="other", itself=2)
    found = findings("organization", one, other)
    assert [finding.sign for finding in found] == [Sign.SHARED_PEOPLE, Sign.FOR_SHORT]
    assert grade(found) == Grade.LIKELY
    part = Facts(("Ministry of Science and ICT",), people={2: "B"}, kind="other", itself=2, parent=1)
    assert grade(findings("organization", one, part)) == Grade.CONTRADICTED
    company = Facts(("MSIT",), people={2: "B"}, kind="company", itself=3)
    assert Sign.OTHER_KIND in _signs("organization", one, company)
    assert grade(findings("organization", one, company)) == Grade.POSSIBLE
