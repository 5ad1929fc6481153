"""The page of one speaker: how the positions are arranged, which differ, and with whom they are shared."""

from __future__ import annotations

import pytest

from comparing import contrast, sharing
from positions.models import Wording
from speakers.models import Person
from tests.factories import (
    AffiliationFactory,
    AppearanceFactory,
    CapacityFactory,
    EventFactory,
    EvidenceFactory,
    PersonFactory,
    PositionFactory,
    PropositionFactory,
    PropositionTopicFactory,
    SessionFactory,
    TopicFactory,
)
from tests.pages.reading import links, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def han() -> Person:
    return PersonFactory(name_en="Han Jiwon", slug="han")


def stated(person: Person, on, stance="supports", date="2025-02-12", **more):
    appearance = AppearanceFactory(person=person, session__event=EventFactory(date=date))
    return PositionFactory(appearance=appearance, on=on, stance=stance, **more)


def page_of(client, query=""):
    return words(client.get(f"/speakers/han/{query}"))


def differing(client):
    return page_of(client).split("recorded with more than one stance.")[1].split("Arranged")[0]


# --- arrangement ----------------------------------------------------------------------------------


def test_positions_are_by_topic_unless_asked_for_otherwise(client, han):
    proposition = PropositionFactory(wording="Robots should be taxed")
    PropositionTopicFactory(proposition=proposition, topic=TopicFactory(name_en="Robots"))
    stated(han, proposition, date="2024-05-01", summary_en="Tax them")

    response = client.get("/speakers/han/")

    assert "Robots 1 Robots should be taxed + supports recommendation Tax them" in words(response)
    assert '<a href="?by=topic#positions" rel="nofollow" aria-current="true">by topic</a>' in response.text
    assert '<a href="?by=time#positions" rel="nofollow">in time</a>' in response.text


def test_in_time_each_year_has_its_heading_and_unknown_dates_come_last(client, han):
    stated(han, PropositionFactory(), date="", summary_en="Undated words")
    stated(han, PropositionFactory(), date="2023-05-01", summary_en="Older words")
    stated(han, PropositionFactory(), date="2024-05-01", summary_en="Newer words")

    page = page_of(client, "?by=time").split("Arranged")[1]

    heads = [page.index(words) for words in ("2024 +", "Newer words", "2023 +", "Older words", "Year not known +")]
    assert heads == sorted(heads)
    assert "Undated words" in page.split("Year not known")[1]
    assert "date not known" in page.split("Undated words")[1]
    assert "May 1, 2024" in page


def test_by_debate_the_debate_is_the_heading(client, han):
    event = EventFactory(title_en="Hearing on robots", date="2024-05")
    PositionFactory(appearance__person=han, appearance__session__event=event, summary_en="Tax them")

    assert "Hearing on robots May 2024 + supports" in page_of(client, "?by=debate")


@pytest.mark.parametrize("way", ["size", "Topic", "%00"])
def test_a_way_that_there_is_not_is_answered_with_those_there_are(client, han, way):
    stated(han, PropositionFactory())

    response = client.get(f"/speakers/han/?by={way}")

    assert response.status_code == 400
    assert "is not understood. There are: topic, time, debate." in words(response)


# --- what differs ---------------------------------------------------------------------------------


def test_positions_that_differ_stand_side_by_side_in_time_with_capacity_and_evidence(client, han):
    tax = PropositionFactory(wording="Robots should be taxed", slug="tax")
    new = stated(han, tax, "opposes", "2025-03-01", summary_en="Free them now")
    old = stated(han, tax, "supports", "2019-03-01", summary_en="Tax them first")
    CapacityFactory(appearance=old.appearance, role_en="Minister", is_doubtful=True, note_en="Perhaps deputy.")
    EvidenceFactory(position=old, locator="¶ 7")
    EvidenceFactory(position=new, locator="¶ 9")

    response = client.get("/speakers/han/")

    section = words(response).split("Different positions on one proposition 1")[1].split("Positions 2")[0]
    assert "Robots should be taxed The oldest first, the newest last." in section
    assert section.index("March 1, 2019") < section.index("Tax them first") < section.index("March 1, 2025")
    assert "identified as: Minister" in section and "Doubtful capacity: Perhaps deputy." in section
    assert "¶ 7" in section and "¶ 9" in section
    assert "/positions/?speaker=han&proposition=tax" in links(response)


def test_between_two_alike_the_latest_that_differs_is_shown_too(client, han):
    tax = PropositionFactory()
    for year, stance in ((2019, "supports"), (2021, "opposes"), (2022, "opposes"), (2024, "supports")):
        stated(han, tax, stance, f"{year}-01-01", summary_en=f"Words of {year}")

    section = differing(client)

    shown = [year for year in (2019, 2021, 2022, 2024) if f"Words of {year}" in section]
    assert shown == [2019, 2022, 2024]


@pytest.mark.parametrize(("one", "other"), [("2019", ""), ("2019", "2019-06-01"), ("", ""), ("2019-05/..", "2024")])
def test_where_the_order_is_not_known_the_page_says_so(client, han, one, other):
    tax = PropositionFactory()
    stated(han, tax, "supports", one)
    stated(han, tax, "opposes", other)

    section = differing(client)

    assert "In which order they were stated is not known." in section
    assert "The oldest first" not in section


def test_within_a_debate_the_order_of_sessions_is_known(client, han):
    event, tax = EventFactory(date=""), PropositionFactory()
    for order, stance in ((2, "supports"), (1, "opposes")):
        session = SessionFactory(event=event, order=order)
        PositionFactory(appearance__session=session, appearance__person=han, on=tax, stance=stance)

    section = differing(client)

    assert "The oldest first" in section
    assert section.index("− opposes") < section.index("+ supports")


def test_a_position_on_an_earlier_wording_says_which(client, han):
    tax = PropositionFactory(wording="Robots should be taxed")
    stated(han, tax, "supports", "2019")
    Wording.objects.create(proposition=tax, text_en="Robots should be taxed lightly")
    tax.refresh_from_db()
    stated(han, tax, "opposes", "2024")

    assert page_of(client).count("Coded on an earlier wording: Robots should be taxed ") == 1


def test_drafts_differ_from_nothing(client, han):
    tax = PropositionFactory()
    stated(han, tax, "supports")
    stated(han, tax, "opposes", status="draft")

    assert "Different positions on one proposition" not in page_of(client)


def test_the_newest_propositions_with_differing_positions_are_shown(client, han, monkeypatch):
    monkeypatch.setattr(contrast, "SHOWN", 1)
    for year in (2019, 2024):
        proposition = PropositionFactory(wording=f"Wording of {year}")
        stated(han, proposition, "supports", f"{year}-01-01")
        stated(han, proposition, "opposes", f"{year}-02-01")

    section = page_of(client).split("Different positions on one proposition 2")[1].split("Positions 4")[0]

    assert "Wording of 2024" in section and "Wording of 2019" not in section
    assert "The newest 1 of 2 such propositions are shown." in section


# --- with others ----------------------------------------------------------------------------------


def both_on(han, other, *stances):
    """Han supports each of so many propositions, on which the other took these stances."""
    for stance in stances:
        proposition = PropositionFactory()
        stated(han, proposition, summary_en="Own words")
        stated(other, proposition, stance, condition_en="If so" if stance == "conditional" else "")


def test_agreement_is_told_with_each_person_who_shares_enough(client, han):
    kim = PersonFactory(name_en="Kim Minsu", slug="kim")
    both_on(han, kim, "supports", "supports", "opposes")

    response = client.get("/speakers/han/")

    section = words(response).split("Agreement and disagreement with others Counted")[1]
    assert "Kim Minsu agrees on 2 of 3 shared propositions, disagrees on 1" in section
    assert "Han Jiwon + supports Kim Minsu − opposes" in section
    assert {"/speakers/kim/", "/compare/?speaker=han&speaker=kim"} <= set(links(response))


def test_under_the_minimum_people_are_only_counted(client, han):
    both_on(han, PersonFactory(name_en="Kim Minsu"), "supports")
    both_on(han, PersonFactory(name_en="Lee Sora"), "opposes")

    section = page_of(client).split("Agreement and disagreement with others Counted")[1]

    assert "Kim Minsu" not in section and "Lee Sora" not in section
    assert "Nobody shares that many with this speaker. 2 people share fewer and are not shown." in section


def test_conditional_and_neutral_positions_are_no_sides(client, han):
    both_on(han, PersonFactory(name_en="Kim Minsu"), "conditional", "neutral", "neutral")

    section = page_of(client).split("Agreement and disagreement with others Counted")[1]

    assert "Nobody shares that many with this speaker." in section
    assert "share fewer" not in section and "shares fewer" not in section


def test_whoever_is_on_both_sides_shares_without_agreeing(client, han):
    kim, tax = PersonFactory(name_en="Kim Minsu"), PropositionFactory()
    both_on(han, kim, "supports")
    stated(han, tax)
    stated(kim, tax, "supports")
    stated(kim, tax, "opposes")

    assert "Kim Minsu agrees on 1 of 2 shared propositions, on 1 one of the two is on both sides" in page_of(client)


def test_drafts_are_shared_with_nobody(client, han):
    kim = PersonFactory(name_en="Kim Minsu")
    both_on(han, kim, "supports")
    proposition = PropositionFactory()
    stated(han, proposition)
    stated(kim, proposition, status="draft")

    assert "Kim Minsu" not in page_of(client)


def test_who_shares_most_is_shown_and_how_many_are_not(client, han, monkeypatch):
    monkeypatch.setattr(sharing, "PEOPLE", 1)
    both_on(han, PersonFactory(name_en="Kim Minsu"), "supports", "supports")
    both_on(han, PersonFactory(name_en="Lee Sora"), "opposes", "opposes", "opposes")

    page = page_of(client)

    assert "Lee Sora agrees on 0 of 3 shared propositions" in page
    assert "Kim Minsu agrees" not in page
    assert "The 1 of 2 people with most propositions shared are shown." in page


def test_what_too_many_spoke_about_is_left_out_and_said_to_be(client, han, monkeypatch):
    monkeypatch.setattr(sharing, "CROWD", 5)
    kim, crowded = PersonFactory(name_en="Kim Minsu"), PropositionFactory()
    both_on(han, kim, "supports", "supports")
    stated(han, crowded, date="2026")
    stated(kim, crowded)
    PositionFactory.create_batch(4, on=crowded)

    page = page_of(client)

    assert "Kim Minsu agrees on 2 of 2 shared propositions" in page
    assert "Compared are 2 of the 3 propositions on which the speaker took a side" in page


def test_a_speaker_without_sides_has_no_such_section(client, han):
    stated(han, PropositionFactory(), "neutral")

    assert "Agreement and disagreement" not in page_of(client)


# --- affiliations ---------------------------------------------------------------------------------


def test_an_affiliation_shows_the_doubt_about_a_capacity_that_stands_on_it(client, han):
    event = EventFactory(title_en="Hearing on robots")
    capacity = CapacityFactory(appearance__person=han, appearance__session__event=event)
    held = AffiliationFactory(person=han, organization=capacity.organization, role_en="Director")
    capacity.affiliation, capacity.is_doubtful, capacity.note_en = held, True, "Only in the caption."
    capacity.save()

    doubt = "doubtful Hearing on robots: Only in the caption."
    assert doubt in page_of(client)
    assert doubt in words(client.get(capacity.organization.get_absolute_url()))


def test_a_doubt_from_a_debate_that_is_no_longer_public_is_not_shown(client, han):
    capacity = CapacityFactory(appearance__person=han)
    held = AffiliationFactory(person=han, organization=capacity.organization)
    CapacityFactory(
        appearance__person=han,
        appearance__session__event__status="draft",
        affiliation=held,
        is_doubtful=True,
        note_en="Secret note.",
    )

    assert "Secret note." not in page_of(client)


# --- cost -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("times", [1, 12])
def test_any_number_of_positions_and_people_costs_the_same_queries(client, han, django_assert_num_queries, times):
    for number in range(times):
        both_on(han, PersonFactory(), "supports", "opposes")
        proposition = PropositionFactory()
        PropositionTopicFactory(proposition=proposition)
        for stance in ("supports", "opposes"):
            EvidenceFactory(position=stated(han, proposition, stance, f"20{number + 10}-01-01"))
        held = AffiliationFactory(person=han)
        CapacityFactory(
            appearance__person=han,
            organization=held.organization,
            affiliation=held,
            is_doubtful=True,
            note_en="Perhaps.",
        )

    with django_assert_num_queries(34):
        client.get("/speakers/han/")
