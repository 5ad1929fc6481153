from __future__ import annotations

import pytest

from debate.publishing import Status
from positions.models import Wording
from search import upkeep
from search.errors import SearchUnavailable
from search.index import Damaged
from search.suggest import MOST, Suggestion, Suggestions, suggest
from speakers.models import Name, Person
from tests.factories import (
    AffiliationFactory,
    AppearanceFactory,
    CapacityFactory,
    EventFactory,
    OrganizationFactory,
    PersonFactory,
    PositionFactory,
    PropositionFactory,
    SessionFactory,
    TopicFactory,
)
from tests.record.commits import as_if_committed

pytestmark = pytest.mark.django_db


@pytest.fixture
def suggested():
    """The labels of what is suggested, best first."""

    def _suggested(q: str, language: str = "en", limit: int = 10) -> list[str]:
        as_if_committed()
        return [suggestion.label for suggestion in suggest(q, language=language, limit=limit).found]

    return _suggested


def speaking(person: Person, positions: int = 1, **event: str) -> None:
    """Makes `person` public, in a debate, and the organizations that they are affiliated with."""
    session = SessionFactory(event=EventFactory(**event))
    appearance = AppearanceFactory(person=person, session=session)
    PositionFactory.create_batch(positions, appearance=appearance)
    for affiliation in person.affiliations.all():
        PositionFactory(appearance=CapacityFactory(organization=affiliation.organization).appearance)


def test_a_person_is_suggested_by_any_spelling_and_told_by_what_they_are(suggested):
    person = PersonFactory(name_en="Kang Hoon-sik", name_ko="강훈식", slug="kang-hoon-sik")
    party = OrganizationFactory(name_en="Democratic Party", name_ko="민주당")
    AffiliationFactory(person=person, organization=party, role_en="Member", role_ko="의원")
    speaking(person)
    for q in ("kang hoo", "gang hun", "강훈", "강훈ㅅ", "훈식 강", "HOON"):
        assert suggested(q) == ["Kang Hoon-sik"], q
    assert suggest("gang hun", language="en") == Suggestions(
        (
            Suggestion(
                "person", "kang-hoon-sik", "Kang Hoon-sik", "Member, Democratic Party", "/speakers/kang-hoon-sik/"
            ),
        )
    )
    assert suggest("gang hun", language="ko").found == (
        Suggestion("person", "kang-hoon-sik", "강훈식", "의원, 민주당", "/ko/speakers/kang-hoon-sik/"),
    )


def test_former_and_other_names_suggest_too(suggested):
    person = PersonFactory(name_en="Han Bora")
    Name.objects.create(person=person, text="Ada Lovelace", kind="former")
    speaking(person)
    assert suggested("lovel") == ["Han Bora"]


def test_an_organization_is_suggested_by_its_initials_and_told_by_what_it_is(suggested):
    ministry = OrganizationFactory(name_en="Ministry of Science and ICT", kind="ministry", slug="msit")
    office = OrganizationFactory(name_en="Office of Data", kind="other", parent=ministry)
    for organization in (ministry, office):
        PositionFactory(appearance=CapacityFactory(organization=organization).appearance)
    assert suggested("msit") == ["Ministry of Science and ICT"]
    assert [found.detail for found in suggest("msit", language="en").found] == ["ministry"]
    assert [found.detail for found in suggest("office", language="en").found] == ["Ministry of Science and ICT"]


def test_a_wording_of_a_proposition_as_a_draft_is_not_suggested(suggested):
    proposition = PropositionFactory(wording="Secretly drafted")
    Wording.objects.create(proposition=proposition, text_en="Clouds should be public")
    as_if_committed()
    assert suggested("secretly") == []
    assert suggested("clouds") == ["Clouds should be public"]


def test_topics_propositions_and_debates_are_suggested(suggested):
    topic = TopicFactory(name_en="Cloud policy", name_ko="클라우드 정책")
    TopicFactory(name_en="Cloud prices", parent=topic)
    PositionFactory(on=PropositionFactory(wording="Cloud services should be public"))
    EventFactory(title_en="Cloud and the state", date="2025-02")
    as_if_committed()
    found = suggest("cloud", language="en").found
    assert {(one.kind, one.label, one.detail) for one in found} == {
        ("topic", "Cloud policy", ""),
        ("topic", "Cloud prices", "Cloud policy"),
        ("proposition", "Cloud services should be public", ""),
        ("event", "Cloud and the state", "February 2025"),
    }
    assert suggested("클라우드정", language="ko") == ["클라우드 정책"]
    assert suggested("클라우드 ㅈ", language="ko") == ["클라우드 정책"]


def test_two_people_of_one_name_are_told_apart(suggested):
    party, college = OrganizationFactory(name_en="Party"), OrganizationFactory(name_en="College")
    for organization, title in ((party, "Hearing"), (college, "Forum"), (college, "Debate")):
        person = PersonFactory(name_en="Han Jimin")
        AffiliationFactory(person=person, organization=organization, role_en="Member")
        speaking(person, title_en=title)
    as_if_committed()
    assert sorted(found.detail for found in suggest("han ji", language="en").found) == [
        "Member, College · Debate",
        "Member, College · Forum",
        "Member, Party",
    ]


def test_somebody_of_no_known_affiliation_is_told_by_what_they_last_spoke_as(suggested):
    person = PersonFactory(name_en="Han Jimin")
    for date, role in (("2024", "Student"), ("2025-02-12", "Engineer"), ("", "Guest")):
        session = SessionFactory(event=EventFactory(title_en=f"Forum {date}", date=date))
        appearance = CapacityFactory(appearance__person=person, appearance__session=session, role_en=role).appearance
        appearance.capacities.update(organization_name_en="Workshop")
        PositionFactory(appearance=appearance)
    as_if_committed()
    (found,) = suggest("jimin", language="en").found
    assert found.detail == "Engineer, Workshop · Forum 2025-02-12"


@pytest.mark.parametrize(
    ("periods", "latest"),
    [
        (["2010/2012", "2015/2020"], 1),
        (["2015/2020", "2014/.."], 1),
        (["", "2009"], 1),
        (["", ""], 0),
        (["2021/..", "2022/.."], 1),
    ],
)
def test_of_several_affiliations_the_present_or_last_is_shown(suggested, periods, latest):
    person = PersonFactory(name_en="Han Jimin")
    for number, period in enumerate(periods):
        organization = OrganizationFactory(name_en=f"College {number}")
        AffiliationFactory(person=person, organization=organization, role_en="Professor", period=period)
    speaking(person)
    as_if_committed()
    assert [found.detail for found in suggest("jimin", language="en").found] == [f"Professor, College {latest}"]


def test_what_has_more_positions_comes_first_then_names_in_order(suggested):
    for name, positions in (("Han Bora", 1), ("Han Ara", 1), ("Han Cho", 3)):
        speaking(PersonFactory(name_en=name), positions)
    assert suggested("han") == ["Han Cho", "Han Ara", "Han Bora"]
    assert suggested("han", limit=1) == ["Han Cho"]


def test_a_position_that_is_added_counts_at_once(suggested):
    bora, ara = PersonFactory(name_en="Han Bora"), PersonFactory(name_en="Han Ara")
    for person in (bora, ara):
        speaking(person)
    assert suggested("han") == ["Han Ara", "Han Bora"]
    speaking(bora)
    assert suggested("han") == ["Han Bora", "Han Ara"]


def test_one_that_rose_is_given_before_those_that_were_ahead(suggested):
    ahead, rising = PersonFactory(name_en="Han Ahead"), PersonFactory(name_en="Han Rising")
    speaking(ahead, 2)
    speaking(rising)
    assert suggested("han", limit=1) == ["Han Ahead"]
    PositionFactory.create_batch(2, appearance=rising.appearances.get())
    assert suggested("han", limit=1) == ["Han Rising"]


def test_a_typing_error_is_forgiven_and_said(suggested):
    speaking(PersonFactory(name_en="Kang Hoon-sik", name_ko="강훈식"))
    for q in ("kagn hoon", "강훙식"):
        assert suggested(q) == ["Kang Hoon-sik"]
        assert suggest(q, language="en").are_corrected
    assert not suggest("kang", language="en").are_corrected
    assert suggested("xyzzy") == []


def test_what_is_not_public_is_not_suggested(suggested):
    PersonFactory(name_en="Han Hidden")
    OrganizationFactory(name_en="Hidden Institute")
    TopicFactory(name_en="Hidden topic", status=Status.DRAFT)
    EventFactory(title_en="Hidden debate", status=Status.IN_REVIEW)
    assert suggested("hidden") == []


def test_what_is_withdrawn_or_renamed_is_gone_at_once(suggested):
    topic = TopicFactory(name_en="Energy")
    assert suggested("ener") == ["Energy"]
    topic.name_en = "Power"
    topic.save()
    assert (suggested("ener"), suggested("pow")) == ([], ["Power"])


def test_a_record_that_is_no_longer_public_is_left_out_while_the_index_is_behind(suggested, monkeypatch):
    topic = TopicFactory(name_en="Energy")
    assert suggested("ener") == ["Energy"]
    before = upkeep.up_to_date()
    topic.delete()
    monkeypatch.setattr(upkeep, "up_to_date", lambda: before)
    assert suggested("ener") == []


@pytest.mark.parametrize("q", ["", "  ", "\x00", "\ud800", "*", '"', "a" * 10_000, "a " * 5_000, "가" * 10_000])
def test_strange_beginnings_suggest_nothing(suggested, q):
    TopicFactory(name_en="Energy")
    assert suggested(q) == []


def test_never_more_than_so_many_are_given(suggested):
    for number in range(3):
        TopicFactory(name_en=f"Energy {number}")
    assert len(suggested("ener", limit=2)) == 2
    assert len(suggested("ener", limit=0)) == 1
    assert len(suggested("ener", limit=10_000)) == 3 <= MOST


@pytest.mark.parametrize("rows", [1, 8])
def test_suggestions_cost_the_same_queries_however_many_there_are(rows, django_assert_num_queries):
    for number in range(rows):
        person = PersonFactory(name_en=f"Cloud Han{number}")
        AffiliationFactory(person=person)
        speaking(person, title_en=f"Cloud {number}")
        TopicFactory(name_en=f"Cloud {number}")
    as_if_committed()
    upkeep.up_to_date()
    with django_assert_num_queries(1 + 1 + 1 + 2):  # the version, topics, debates, people and their affiliations
        assert len(suggest("cloud", language="en", limit=50).found) == 3 * rows


def test_a_damaged_index_is_built_anew(suggested, monkeypatch):
    TopicFactory(name_en="Energy")
    assert suggested("ener") == ["Energy"]
    broken = iter([True])
    healthy = suggest.__globals__["candidates"]

    def once_damaged(*asked):
        if next(broken, False):
            raise Damaged("cut short")
        return healthy(*asked)

    monkeypatch.setitem(suggest.__globals__, "candidates", once_damaged)
    assert suggested("ener") == ["Energy"]

    def damaged(*_asked):
        raise Damaged("cut short")

    monkeypatch.setitem(suggest.__globals__, "candidates", damaged)
    with pytest.raises(SearchUnavailable):
        suggested("ener")
