"""Speakers and organizations side by side."""

from __future__ import annotations

import re

import pytest

from comparing import comparison
from pages import compare
from search.errors import SearchUnavailable
from tests.factories import (
    AppearanceFactory,
    CapacityFactory,
    EvidenceFactory,
    OrganizationFactory,
    PersonFactory,
    PositionFactory,
    PropositionFactory,
)
from tests.pages.reading import links, words

pytestmark = pytest.mark.django_db
QUERIES_OF_TWO_PEOPLE = 12


def state(person, on, stance="supports", **options):
    return PositionFactory(appearance=AppearanceFactory(person=person), on=on, stance=stance, **options)


def rows(response):
    found = re.findall(r'<section class="compare-row">\s*<h3>(.*?)</h3>', response.content.decode(), re.DOTALL)
    return [" ".join(re.sub("<[^>]+>", " ", row).split()) for row in found]


@pytest.fixture
def people():
    return PersonFactory(name_en="Han Mina"), PersonFactory(name_en="Oh Dal")


BOTH = "/compare/?speaker=han-mina&speaker=oh-dal"


def test_what_both_took_a_position_on_comes_first_and_says_on_which_sides_they_are(client, people):
    han, oh = people
    alone, agreed, disputed, half = (
        PropositionFactory(wording=text) for text in ("Alone", "Agreed", "Disputed", "Half")
    )
    state(han, alone)
    for proposition, stance in ((agreed, "supports"), (disputed, "opposes"), (half, "neutral")):
        state(han, proposition)
        state(oh, proposition, stance)

    page = client.get(BOTH)

    assert rows(page) == ["Agreed same side", "Disputed different sides", "Half", "Alone"]
    assert "On 3 of them two or more took a position; these come first." in words(page)


def test_two_people_are_told_on_how_many_shared_propositions_they_are_on_one_side(client, people):
    han, oh = people
    for stances in (("supports", "supports"), ("supports", "opposes"), ("opposes", "neutral")):
        proposition = PropositionFactory()
        for person, stance in zip((han, oh), stances, strict=True):
            state(person, proposition, stance)

    page = words(client.get(BOTH))

    assert "Han Mina · Oh Dal: agree on 1 of 2 propositions on which both took a side" in page


def test_somebody_who_took_both_sides_is_on_neither_side_of_another(client, people):
    han, oh = people
    proposition = PropositionFactory(wording="Tax robots")
    for person, stance in ((han, "supports"), (han, "opposes"), (oh, "supports")):
        state(person, proposition, stance)

    assert rows(client.get(BOTH)) == ["Tax robots"]


def test_two_organizations_do_not_agree_by_the_words_of_one_person(client, people):
    position = state(people[0], PropositionFactory(wording="Tax robots"))
    for name in ("Robot League", "Robot Party"):
        CapacityFactory(appearance=position.appearance, organization=OrganizationFactory(name_en=name))

    page = client.get("/compare/?organization=robot-league&organization=robot-party&basis=identified")

    assert rows(page) == ["Tax robots"]


def test_each_stands_with_capacity_and_evidence_and_what_is_missing_is_said(client, people):
    han, oh = people
    proposition = PropositionFactory(wording="Tax robots")
    position = state(han, proposition, summary_en="Wants a tax")
    CapacityFactory(appearance=position.appearance, organization_name_en="Robot League", role_en="Head")
    EvidenceFactory(position=position, locator="¶ 7")
    state(PersonFactory(name_en="Bae Un"), proposition)
    state(oh, PropositionFactory())

    page = words(client.get(BOTH + "&speaker=bae-un"))

    assert "Han Mina + supports recommendation Wants a tax identified as: Head, Robot League" in page
    assert "¶ 7" in page
    assert "Oh Dal No position is recorded in the sources coded." in page
    assert "Summaries are the editors’ paraphrase, not the speakers’ words." in page


def test_an_organization_has_what_was_stated_on_its_behalf_and_on_request_what_people_identified_with_it_said(client):
    league = OrganizationFactory(name_en="Robot League")
    for basis, summary in (("on_behalf_of", "Stated for it"), ("identified_as", "Stated beside it")):
        appearance = AppearanceFactory()
        CapacityFactory(appearance=appearance, organization=league, basis=basis)
        PositionFactory(appearance=appearance, summary_en=summary)

    behalf = words(client.get("/compare/?organization=robot-league"))
    identified = words(client.get("/compare/?organization=robot-league&basis=identified"))

    assert "Stated for it" in behalf and "Stated beside it" not in behalf
    assert "Stated for it" in identified and "Stated beside it" in identified


def test_long_cells_are_cut_and_lead_to_all(client, people, monkeypatch):
    monkeypatch.setattr(comparison, "SHOWN", 1)
    proposition = PropositionFactory(slug="tax")
    for _time in range(3):
        state(people[0], proposition)

    page = client.get("/compare/?speaker=han-mina")

    assert "2 positions more" in words(page)
    assert "/positions/?speaker=han-mina&proposition=tax" in links(page)


def test_long_comparisons_have_pages(client, people, monkeypatch):
    monkeypatch.setattr(compare, "ROWS", 2)
    for _proposition in range(3):
        state(people[0], PropositionFactory())

    first, second = (client.get(f"/compare/?speaker=han-mina&page={number}") for number in (1, 2))

    assert (len(rows(first)), len(rows(second))) == (2, 1)
    assert not set(rows(first)) & set(rows(second))
    assert client.get("/compare/?speaker=han-mina&page=3").status_code == 404


def test_whoever_is_looked_for_by_name_can_be_added_and_taken_away(client, people):
    state(people[0], PropositionFactory())
    state(people[1], PropositionFactory())

    page = client.get("/compare/?speaker=oh-dal&find=mina")

    assert "Add Han Mina" in words(page)
    assert "?speaker=oh-dal&speaker=han-mina" in links(page)
    assert "?speaker=oh-dal" in links(client.get(BOTH))
    assert "Nobody of this name is in the record." in words(client.get("/compare/?find=xyzzy"))


def test_without_its_index_the_page_says_that_names_cannot_be_looked_up(client, monkeypatch):
    def fail(*_arguments, **_options):
        raise SearchUnavailable

    monkeypatch.setattr(compare, "suggest", fail)

    page = client.get("/compare/?find=mina")

    assert page.status_code == 200
    assert "Names can’t be looked up at the moment" in words(page)


def test_before_anybody_is_chosen_it_offers_two_of_the_newest_debate(client, people):
    proposition = PropositionFactory()
    first = state(people[0], proposition)
    PositionFactory(appearance=AppearanceFactory(session=first.appearance.session, person=people[1]), on=proposition)

    assert "For example: Han Mina · Oh Dal" in words(client.get("/compare/"))


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("?speaker=nobody", "'nobody' is not in the record."),
        ("?organization=%27%22%3E", " is not in the record."),
        ("?" + "&".join(f"speaker=p-{number}" for number in range(7)), "At most 6 can be compared."),
        ("?basis=no", "“basis=no” is not understood. There are: behalf, identified."),
    ],
)
def test_what_cannot_be_compared_is_said(client, query, message):
    response = client.get("/compare/" + query)

    assert response.status_code == 400
    assert message in words(response)


def test_drafts_and_hidden_people_are_not_compared(client, people):
    state(people[0], PropositionFactory(wording="Hidden"), status="draft")
    state(people[0], PropositionFactory(wording="Shown"))

    assert rows(client.get("/compare/?speaker=han-mina")) == ["Shown"]
    assert client.get("/compare/?speaker=oh-dal").status_code == 400


@pytest.mark.parametrize("count", [1, 14])
def test_a_comparison_of_any_length_takes_the_same_queries(client, people, count, django_assert_num_queries):
    for _proposition in range(count):
        proposition = PropositionFactory()
        for person in people:
            EvidenceFactory(position=state(person, proposition))

    with django_assert_num_queries(QUERIES_OF_TWO_PEOPLE):
        client.get(BOTH)
