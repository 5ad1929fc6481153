"""The debate that ships with the product, in the words in which a reader finds it."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.words]

DEBATE = "/debates/deepsec-and-koreas-path-in-ai/"
SEARCHES = [
    ("DeepSeek", "DeepSec"),
    ("18,000+GPUs", "18,000 GPUs"),
    ("%ED%94%8C%EB%9E%AB%ED%8F%BC", "platform"),
]


def test_the_debate_is_in_the_list(site):
    page = site.words("/debates/")

    assert "China's DeepSec raid and the path Korea should take amidst the competition for AI hegemony" in page
    assert "12th; month and year not given" in page
    assert "Held by Startup Alliance, Unicorn Farm, Platform Law and Policy Society" in page
    assert "31 positions" in page


def test_its_page_shows_its_figures(site):
    page = site.words(DEBATE)

    for figure in ("Participants 12", "Sessions 5", "Positions 31", "Propositions 20"):
        assert figure in page
    assert "Positions 31 + supports 27 ○ takes no side 2 − opposes 2 Arranged by topic by speaker" in page


def test_its_page_says_that_it_was_coded_from_one_article_and_not_verified(site):
    page = site.words(DEBATE)

    assert "How this record was made Everything recorded here was coded by editors from one article." in page
    assert "not been verified against the video" in page
    assert "Summaries are the editors’ paraphrase, not the speakers’ words." in page


def test_its_page_shows_who_spoke_for_whom_and_what_is_doubtful(site):
    page = site.words(DEBATE)

    assert "Lee Ki-dae opening speaker on behalf of: Director, Startup Alliance" in page
    assert (
        "Kang Hoon-sik opening speaker identified as: Member of the National Assembly, Democratic Party of Korea; "
        "Co-chair, Unicorn Farm"
    ) in page
    assert "identified as: Director, Korea Internet & Security Agency doubtful Doubtful capacity: The capacity" in page


def test_its_sources_say_what_is_not_given(site):
    sources = site.words(DEBATE).split("Sources and materials")[2]

    assert "Title as printed not given Author not given Publisher not given Date not given Language English" in sources
    assert sources.count("not given: this source cannot be looked up") == 3


def test_a_position_stands_under_its_topic_and_proposition(site):
    group = site.words(DEBATE).split("Platform policy and regulation 5")[1].split("Personal data protection 1")[0]

    assert "Platform firms should come under stricter regulation − opposes concern" in group
    assert group.index("AI strategy and platform strategy") < group.index("Platform firms should come")


def test_in_korean_the_date_is_in_korean_and_the_text_is_said_to_be_the_editors(site):
    page = site.words(f"/ko{DEBATE}")

    assert "12일 (월과 연도는 알 수 없음)" in page
    assert "한국어 글은 모두 편집자가 번역한 것입니다" in page
    assert page.count("편집자 번역") == 0
    assert "강훈식 개회사 발언자 소개된 직함: 더불어민주당 국회의원; 유니콘팜 공동대표" in page
    assert "Lee Ki-dae 영어 개회사 발언자 기관을 대표해 발언: 스타트업얼라이언스 센터장" in page
    assert "국회의원회관 제2세미나실" in page


def test_a_speaker_has_positions_with_the_doubtful_capacity(site):
    page = site.words("/speakers/cho-young-ki/")

    assert "Positions 2" in page
    assert page.count("identified as: Director, Korea Internet & Security Agency doubtful") == 3
    assert "period not given" in page


def test_a_speaker_is_shown_with_the_names_in_all_forms(site):
    page = site.words("/speakers/kang-hoon-sik/")

    assert "Kang Hoon-sik English name in the record 강훈식 Korean added by the editors" in page


def test_what_an_organization_stated_is_apart_from_what_people_identified_with_it_said(site):
    page = site.words("/organizations/startup-alliance/")
    on_behalf, identified = page.split("By people identified with it 4")

    assert "Stated on its behalf 1" in on_behalf
    assert "Lee Ki-dae on behalf of: Director, Startup Alliance" in on_behalf
    assert "Jeong Ju-yeon identified as: Specialist" in identified
    assert "these are not its positions" in identified


def test_an_organization_shows_what_it_is_part_of_and_which_debates_it_held(site):
    page = site.words("/organizations/unicorn-farm/")

    assert "Part of National Assembly" in page
    assert "Host China's DeepSec raid" in page
    assert "Has as parts Unicorn Farm" in site.words("/organizations/national-assembly/")


def test_a_proposition_without_opposition_is_no_consensus(site):
    page = site.words("/propositions/korea-can-still-compete-in-ai/")

    assert "+ supports 2" in page
    assert "○ takes no side 1" in page
    assert "Nobody recorded is against this proposition. That is no consensus" in page


def test_a_proposition_that_is_opposed_does_not_say_so(site):
    page = site.words("/propositions/stricter-regulation-of-platform-firms/")

    assert "− opposes 2" in page
    assert "Nobody recorded is against" not in page


def test_a_position_shows_its_evidence_and_that_its_summary_is_a_paraphrase(site):
    page = site.words("/positions/nxfes4c3/")

    assert "The editors’ paraphrase, not the speaker’s words There is hope despite talk of falling behind" in page
    assert "Session Welcome and opening remarks Role in the session Opening speaker" in page
    assert "Evidence Where the position was read. ¶ 2 A news article in English that reports on the debate" in page
    assert "it cannot be looked up" in page


def test_a_source_shows_what_is_not_known_of_it_and_what_was_coded_from_it(site):
    page = site.words("/sources/ff937jne/")

    assert "Author not given" in page
    assert "Paragraphs 15" in page
    assert "May be quoted here Nothing" in page
    assert "Coded from this source 31" in page


def test_home_shows_the_figures_of_the_record(site):
    page = site.words("/")

    assert "Debates 1 Speakers 12 Propositions 20 Positions 31" in page


@pytest.mark.parametrize(("asked", "found"), SEARCHES)
def test_search_finds_what_it_should(site, asked, found):
    page = site.words(f"/search/?q={asked}")

    assert found in page
    assert "Nothing was found" not in page


def test_search_that_finds_nothing_offers_help(site):
    page = site.words("/search/?q=xyzzy")

    assert "Nothing was found Try fewer or more general words" in page
    assert "that is no sign that it was not said" in page
