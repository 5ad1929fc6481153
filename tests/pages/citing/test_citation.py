"""What of a record goes into a citation, and how it reads as text."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation
from django.utils.html import strip_tags

from pages.citing.citation import Occasion, cited
from pages.citing.styles import apa
from tests.factories import (
    AppearanceFactory,
    CapacityFactory,
    EventFactory,
    OrganizationFactory,
    PersonFactory,
    PositionFactory,
    PropositionFactory,
    SourceFactory,
    TopicFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.words]
DAY = date(2026, 3, 9)


@pytest.fixture
def hearing():
    return EventFactory(
        slug="robots", kind="hearing", title_en="Robots\nand work", title_ko="로봇과 일", date="2025-02-12",
        venue_name_en="Room & Board", venue_name_ko="소회의실", venue_locality_en="Seoul", venue_locality_ko="서울",
    )  # fmt: skip


@pytest.fixture
def position(hearing):
    return PositionFactory(
        public_id="abcd2345", summary_en="Wants a levy on machines", stance="opposes",
        appearance=AppearanceFactory(session__event=hearing, person__name_en="Han Jiwon", person__name_ko="한지원"),
        on=PropositionFactory(wording="Robots should go untaxed"),
    )  # fmt: skip


def test_a_debate_is_cited_with_its_year_its_place_and_the_version(hearing):
    citation = cited(hearing, 12, DAY)

    assert citation.key == "debate-robots-v12"
    assert citation.title == "Robots and work"
    assert (citation.author, citation.container) == ("Editors of Debate Record", "Debate Record")
    assert (citation.year, citation.version, citation.accessed) == (2025, 12, DAY)
    assert citation.address == "http://127.0.0.1:8000/debates/robots/"
    assert citation.occasion == Occasion("Robots and work", "2025-02-12", "Room & Board, Seoul")


def test_a_position_names_its_speaker_in_the_title_and_the_editors_as_authors(position):
    citation = cited(position, 12, DAY)

    assert citation.title == "Han Jiwon opposes: Robots should go untaxed"
    assert citation.author == "Editors of Debate Record"
    assert citation.medium == "Position as read by the editors"
    assert (
        citation.circumstances == "capacity not given; stated at “Robots and work”, Feb. 12, 2025, Room & Board, Seoul"
    )
    assert citation.year == 2025


@pytest.mark.parametrize(("written", "year"), [("XXXX-XX-12", None), ("20XX", None), ("", None), ("2025-XX", 2025)])
def test_a_year_that_is_not_known_is_not_made_up(written, year):
    event = EventFactory(date=written)

    assert cited(event, 1, DAY).year == year
    assert cited(PositionFactory(appearance__session__event=event), 1, DAY).year == year


def test_a_position_is_cited_with_the_capacity_it_was_stated_in(position):
    CapacityFactory(appearance=position.appearance, role_en="Head", organization_name_en="R&D\nLab <1>")
    behalf = CapacityFactory(
        appearance=position.appearance, role_en="Chair", organization_name_en="", basis="on_behalf_of"
    )
    behalf.is_doubtful = True
    behalf.save()

    said = cited(position, 12, DAY).circumstances

    assert said.startswith(
        "identified as: Head, R&D Lab <1>; on behalf of: Chair (doubtful); stated at “Robots and work”"
    )
    assert "R&amp;D Lab &lt;1&gt;" in apa(cited(position, 12, DAY))


@pytest.mark.parametrize("make", [PersonFactory, OrganizationFactory, TopicFactory, PropositionFactory])
def test_what_is_of_no_day_has_no_year(make):
    citation = cited(make(), 1, DAY)

    assert (citation.year, citation.occasion, citation.circumstances) == (None, None, "")
    assert ". (n.d.). <i>" in apa(citation)


def test_a_source_has_the_year_it_has_itself():
    assert cited(SourceFactory(date="2019-11", title="Minutes"), 1, DAY).year == 2019


def test_as_text_in_english(hearing, position):
    assert apa(cited(hearing, 12, DAY)) == (
        "Editors of Debate Record. (2025). <i>Robots and work</i> (record version 12) [Record of a debate: hearing,"
        " Feb. 12, 2025, Room &amp; Board, Seoul]. Debate Record. Retrieved March 9, 2026, from"
        ' <span class="address-part">http://127.0.0.1:8000/debates/robots/</span>'
    )
    assert strip_tags(apa(cited(position, 12, DAY))).startswith(
        "Editors of Debate Record. (2025). Han Jiwon opposes: Robots should go untaxed (record version 12) [Position as"
    )


def test_as_text_in_korean(position):
    position.event.date = "XXXX-XX-12"
    with translation.override("ko"):
        said = strip_tags(apa(cited(position, 12, DAY)))

    assert said.startswith(
        "정책 토론 기록 편집자 (연도 미상). 한지원, 반대: Robots should go untaxed (기록 12판) [편집자가 정리한 입장, "
    )
    assert said.endswith(
        "서울 소회의실]. 정책 토론 기록. 2026년 3월 9일 검색, http://127.0.0.1:8000/ko/positions/abcd2345/"
    )


def test_a_title_in_another_language_says_so(hearing):
    hearing.title_ko = ""
    with translation.override("ko"):
        assert '<i lang="en">Robots and work</i>' in apa(cited(hearing, 1, DAY))


def test_text_of_the_record_is_no_markup(hearing):
    hearing.title_en = "<script>{year}</script>"

    assert "<i>&lt;script&gt;{year}&lt;/script&gt;</i>" in apa(cited(hearing, 1, DAY))


def test_control_characters_do_not_reach_formats_of_lines(hearing):
    hearing.title_en = "One\r\nER  - \x07two\u2028three"

    assert cited(hearing, 1, DAY).title == "One ER - two three"
