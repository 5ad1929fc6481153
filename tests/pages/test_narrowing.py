"""Long lists are narrowed by links; what can't be chosen is refused with what can."""

from __future__ import annotations

import re

import pytest
from django.utils.translation import override

from tests.factories import AppearanceFactory, CapacityFactory, EventFactory, OrganizationFactory
from tests.pages.reading import links, words

pytestmark = pytest.mark.django_db


def listed(response):
    return re.findall(r"<h2><a [^>]+>([^<]+)</a>", response.text)


def speak(*names, language="en"):
    for name in names:
        empty = {"person__name_en": "", "person__name_ko": ""}
        AppearanceFactory(**{**empty, f"person__name_{language}": name, "person__source_language": language})


@pytest.fixture
def organizations():
    """Twenty-six, so that there are two pages of them: thirteen parties and thirteen companies, from A to Z."""
    for number in range(26):
        kind = ("party", "company")[number % 2]
        organization = OrganizationFactory(name_en=f"{chr(65 + number)} House", kind=kind)
        CapacityFactory(organization=organization)
    OrganizationFactory(name_en="Aside", kind="media")


def test_a_list_on_one_page_offers_no_choices(client):
    speak("Kim Jiwoo", "Lee Minseo", "Park Jihun")

    assert 'class="narrowing"' not in client.get("/speakers/").text


def test_speakers_are_listed_by_the_letter_that_they_are_sorted_by(client):
    speak("Ánna Kim", "anton", "Bora", "3rd speaker", "Øystein", *(f"Z{number}" for number in range(22)))

    assert listed(client.get("/speakers/?initial=a")) == ["Ánna Kim", "anton"]
    assert listed(client.get("/speakers/?initial=0-9")) == ["3rd speaker"]
    assert listed(client.get("/speakers/?initial=other")) == ["Øystein"]
    offered = [link for link in links(client.get("/speakers/")) if "initial=" in link]
    assert offered == [f"/speakers/?initial={code}" for code in ("0-9", "a", "b", "z", "other")]


def test_korean_names_are_listed_by_their_first_consonant(client):
    speak("가람", "강훈식", "까치", "나래", "힣", language="ko")
    speak("Kim Jiwoo")

    with override("ko"):
        assert listed(client.get("/ko/speakers/?initial=ㄱ")) == ["가람", "강훈식", "까치"]
        assert listed(client.get("/ko/speakers/?initial=ㅎ")) == ["힣"]
        assert "Kim Jiwoo" in words(client.get("/ko/speakers/?initial=k"))
    assert "initial=%E3%84%B4" in client.get("/ko/speakers/?initial=ㄱ").text


def test_organizations_are_narrowed_by_kind_and_initial_at_once(client, organizations):
    page = client.get("/organizations/?kind=party&initial=c")

    assert listed(page) == ["C House"]
    assert "All Political party 1" in words(page) and "Company" not in words(page)
    assert "/organizations/?kind=party&initial=e" in links(page)
    assert "/organizations/?kind=party&initial=d" not in links(page)
    assert 'href="/organizations/?kind=party&amp;initial=c" aria-current="true"' in page.text


def test_only_public_organizations_are_counted(client, organizations):
    page = words(client.get("/organizations/"))

    assert "26 organizations" in page and "All Political party 13 Company 13" in page
    assert "Media" not in page


def test_debates_are_narrowed_by_kind_and_by_the_years_they_may_be_of(client):
    dates = ["2024", "2024-12-30/2025-01-02", "2025-05", "202X", "XXXX-XX-12", "", *["2023-01-01"] * 20]
    for number, date in enumerate(dates):
        EventFactory(title_en=f"No {number}", date=date, kind="hearing" if number == 2 else "debate")

    assert "All 2025 3 2024 3 2023 21 Not given 2" in words(client.get("/debates/"))
    assert listed(client.get("/debates/?year=2025")) == ["No 3", "No 2", "No 1"]
    assert listed(client.get("/debates/?year=2025&kind=hearing")) == ["No 2"]
    assert listed(client.get("/debates/?year=unknown")) == ["No 5", "No 4"]


def test_of_many_years_the_latest_are_seen_and_the_others_at_hand(client):
    for year in range(1990, 2020):
        EventFactory(date=str(year))

    newest, rest = re.split("<details>", client.get("/debates/").text)
    assert "year=2019" in newest and "year=1999" not in newest
    assert "year=1999" in rest and "year=1990" in rest
    assert "<details open>" in client.get("/debates/?year=1995").text


def test_a_choice_that_nothing_fits_says_so_and_leads_back(client, organizations):
    page = client.get("/debates/?year=1999")

    assert "Nothing in the record fits this choice. Show all" in words(page)
    assert "1999 0" in words(page)


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("/debates/?kind=quarrel", "“kind=quarrel” is no choice of this list. There are: debate, hearing, plenary,"),
        ("/debates/?year=last", "“year=last” is no year. Write four digits, as in year=2025, or year=unknown."),
        ("/debates/?year=0000", "“year=0000” is no year."),
        ("/debates/?year=%D9%A2%D9%A0%D9%A2%D9%A5", "is no year."),
        ("/organizations/?kind=debate", "There are: party, legislature, ministry,"),
        (
            "/speakers/?initial=kim",
            "“initial=kim” is none of the initials of this list: a to z, ㄱ to ㅎ, 0-9 and other.",
        ),
        ("/speakers/?initial=%00", "is none of the initials"),
    ],
)
def test_what_can_not_be_chosen_is_not_found_and_says_what_can(client, address, message):
    response = client.get(address)

    assert response.status_code == 404
    assert message in words(response)


def test_a_narrowed_list_has_a_title_of_its_own_and_points_to_the_whole_list(client, organizations):
    response = client.get("/organizations/?initial=c&utm=mail&kind=party")

    assert 'rel="canonical" href="http://127.0.0.1:8000/organizations/"' in response.text
    assert "<title>Organizations · Political party · C · Debate Record</title>" in response.text


def test_pages_of_a_narrowed_list_keep_the_choice(client):
    speak(*(f"A{number:02}" for number in range(26)), "B")

    second = client.get("/speakers/?initial=a&page=2")

    assert listed(second) == ["A25"]
    assert "?initial=a&page=1" in links(second)
    assert 'rel="canonical" href="http://127.0.0.1:8000/speakers/"' in second.text


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(
    ("address", "count"), [("/speakers/?initial=s", 6), ("/organizations/?kind=party", 5), ("/debates/?kind=debate", 7)]
)
def test_a_narrowed_list_runs_the_same_queries_at_any_size(client, django_assert_num_queries, rows, address, count):
    for number in range(rows):
        appearance = AppearanceFactory(person__name_en=f"S {number}")
        CapacityFactory(appearance=appearance, organization__name_en=f"S {number}", organization__kind="party")
    with django_assert_num_queries(count):
        assert len(client.get(address).context["page"]) == min(rows, 25)
