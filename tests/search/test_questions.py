"""What the query language finds, through the whole search."""

from __future__ import annotations

from datetime import date

import pytest

from search.filters import Filters
from search.find import find
from speakers.models import Name
from tests.factories import (
    AppearanceFactory,
    CapacityFactory,
    EventFactory,
    OrganizationFactory,
    PersonFactory,
    PositionFactory,
    PropositionTopicFactory,
    TopicFactory,
)
from tests.record.commits import as_if_committed

pytestmark = pytest.mark.django_db


@pytest.fixture
def said():
    """Makes a position that says `summary`."""

    def _said(summary: str, **attributes: object):
        return PositionFactory(**{"summary_en": summary, **attributes})

    return _said


def test_a_phrase_is_found_in_its_order_alone(said, found):
    said("The energy market is open")
    said("The market for energy is open")
    assert found('"energy market"') == ["The energy market is open"]
    assert found('"market is"') == ["The energy market is open"]
    assert found('"energy markets"') == []


def test_a_korean_phrase_is_found_whatever_ending_follows(said, found):
    said("", summary_ko="국가 데이터 센터를 늘린다")
    said("", summary_ko="센터 데이터")
    assert len(found('"데이터 센터"')) == len(found("「국가 데이터」")) == 1


def test_no_phrase_reaches_from_one_text_into_another(said, found):
    said("It ends with energy", summary_ko="market 정책")
    assert found('"energy market"') == []


def test_what_must_be_there_and_what_must_not(said, found):
    said("Energy and markets")
    said("Energy and schools")
    said("Markets and schools")
    assert set(found("+energy markets")) == {"Energy and markets", "Energy and schools"}
    assert found("+energy markets")[0] == "Energy and markets"
    assert found("energy -schools") == ["Energy and markets"]
    assert set(found("-schools")) == {"Energy and markets"}


def test_beginnings_of_words(said, found):
    said("Regulators meet", summary_ko="정책을 세운다")
    said("Regular meetings", summary_ko="정보를 연다")
    assert found("regulat*") == ["Regulators meet"]
    assert len(found("regul*")) == 2
    assert found("정책*") == ["Regulators meet"]
    assert len(found("정*")) == 2


def test_alternatives_and_parentheses(said, found):
    said("Energy tax")
    said("Energy ban")
    said("School ban")
    assert set(found("+(tax OR ban) +energy")) == {"Energy tax", "Energy ban"}
    assert set(found("(energy tax) OR (school ban)")) == {"Energy tax", "School ban"}
    assert found("+(energy -tax)") == ["Energy ban"]


def test_the_answer_says_how_many_have_all_words_and_shows_them_first(said):
    for summary in ("Energy markets", "Energy, energy, energy", "Markets", "Schools"):
        said(summary)
    as_if_committed()
    answer = find(Filters(q="energy markets"))
    assert (answer.total, answer.with_all) == (3, 1)
    pages = [find(Filters(q="energy markets"), page=page, size=1) for page in (1, 2, 3)]
    assert [hit.key for page in pages for hit in page.positions] == [hit.key for hit in answer.positions]
    assert find(Filters(q="energy markets", sort="newest")).with_all == 1


def test_a_whole_sentence_is_answered_as_well_as_two_words(said, found):
    said("Platforms should be regulated more strictly")
    said("What is it that you have to do about this?")
    assert (
        found("What do you think about the regulation of platforms?")[0]
        == "Platforms should be regulated more strictly"
    )


def test_in_a_long_korean_question_parts_of_words_are_found_too(said, found):
    said("", summary_ko="직원들은 친절했습니다")
    assert len(found("숙소 주인분들이 너무나 친절하셨어요 추천합니다")) == 1
    said("", summary_ko="공지 사항")
    assert len(found("인공지능")) == 0


def test_words_that_say_nothing_are_asked_for_if_there_are_no_others(said, found):
    said("To be or not to be")
    said("Energy")
    assert found("to be or not") == ["To be or not to be"]


@pytest.fixture
def hearing():
    """Kang and Cho, for a ministry and a university, on competition, for and against."""
    event = EventFactory(title_en="Hearing on platforms", date="2025-02")
    ministry = OrganizationFactory(name_en="Ministry of Science and ICT")
    Name.objects.create(organization=ministry, text="MSIT", kind="official")
    topic = TopicFactory(name_en="Competition", name_ko="경쟁 정책")
    for name, stance, organization in (
        ("Kang Hoon-sik", "supports", ministry),
        ("Cho Young-ki", "opposes", OrganizationFactory(name_en="Northern University")),
    ):
        appearance = AppearanceFactory(session__event=event, person=PersonFactory(name_en=name), role="presenter")
        CapacityFactory(appearance=appearance, organization=organization, organization_name_en=organization.name_en)
        position = PositionFactory(appearance=appearance, summary_en=f"Said by {name}", stance=stance, kind="concern")
        PropositionTopicFactory(proposition=position.proposition, topic=topic)
    PositionFactory(
        summary_en="Kang and competition are mentioned", appearance__session__event=EventFactory(date="2019")
    )
    return event


KANG, CHO, OTHER = "Said by Kang Hoon-sik", "Said by Cho Young-ki", "Kang and competition are mentioned"


@pytest.mark.parametrize(
    ("question", "summaries"),
    [
        ("speaker:kang", {KANG}),
        ('speaker:"Hoon-sik Kang"', {KANG}),
        ("speaker:(kang OR cho)", {KANG, CHO}),
        ("speaker:ka*", {KANG}),
        ("speaker:강훈식", {KANG}),
        ('speaker:"Gang Hunsik"', {KANG}),
        ("-speaker:kang", {CHO, OTHER}),
        ("speaker:nobody", set()),
        ("organization:msit", {KANG}),
        ("기관:ministry", {KANG}),
        ("topic:competition", {KANG, CHO}),
        ("주제:경쟁", {KANG, CHO}),
        ("topic:competition stance:opposes", {CHO}),
        ("stance:(supports OR opposes) role:presenter debate:hearing", {KANG, CHO}),
        ("kind:concern -stance:supports debate:hearing", {CHO}),
        ("입장:찬성 debate:hearing", {KANG}),
        ("before:2024", {OTHER}),
        ("after:2025-02-01 before:2025-02-28", {KANG, CHO}),
        ("after:2025-03", set()),
        ("speaker:kang competition", {KANG}),
        ("speaker:kang schools", set()),
        ("speaker:cho OR stance:supports", {CHO, KANG, OTHER}),
    ],
)
def test_fields_narrow(hearing, found, question, summaries):
    assert set(found(question)) == summaries


def test_of_what_has_no_date_is_said_how_much_was_left_out_and_it_can_be_included(said):
    said("Energy then", appearance__session__event=EventFactory(date="2024"))
    said("Energy one day", appearance__session__event=EventFactory(date=""))
    as_if_committed()
    asked = Filters(q="energy", after=date(2024, 1, 1))
    assert (find(asked).total, find(asked).left_out) == (1, 1)
    included = Filters(q="energy", after=date(2024, 1, 1), undated=True)
    assert (find(included).total, find(included).left_out) == (2, 0)


@pytest.mark.parametrize(
    "written",
    [
        "Kang Hoon-sik",
        "Kang Hun Sik",
        "Gang Hunsik",
        "KANG Hoonsik",
        "Hoon-Sik Kang",
        "Kang, Hoon-sik",
        "강훈식",
        "강 훈식",
    ],
)
def test_a_speaker_is_found_by_every_spelling_of_the_name(said, found, written):
    said("Said by Kang", appearance__person__name_en="Kang Hoon-sik")
    said("Said by another", appearance__person__name_en="Kim Young-hoon")
    assert found(written)[0] == "Said by Kang"


def test_an_organization_is_found_by_initials_that_nobody_wrote_down(said, found):
    appearance = AppearanceFactory()
    organization = OrganizationFactory(name_en="Korea Institute of Energy Research")
    CapacityFactory(appearance=appearance, organization=organization, organization_name_en="The institute")
    said("Said for the institute", appearance=appearance)
    assert found("KIER") == ["Said for the institute"]
