from __future__ import annotations

import pytest

from tests.factories import (
    AppearanceFactory,
    CapacityFactory,
    EventFactory,
    OrganizationFactory,
    PositionFactory,
    PropositionTopicFactory,
    TopicFactory,
)
from tests.pages.reading import links, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry():
    return OrganizationFactory(name_en="Ministry of Robots", slug="ministry")


def stated(organization, basis, **more):
    capacity = CapacityFactory(organization=organization, basis=basis)
    return PositionFactory(appearance=capacity.appearance, **more)


def test_what_was_stated_for_it_and_by_its_people_is_counted_apart_by_stance_and_topic(client, ministry):
    position = stated(ministry, "on_behalf_of")
    PropositionTopicFactory(proposition=position.proposition, topic=TopicFactory(name_en="Robots", slug="robots"))
    PositionFactory(appearance__person=None, appearance__organization=ministry, stance="opposes")
    stated(ministry, "identified_as", stance="neutral")
    stated(ministry, "on_behalf_of", status="draft")

    response = client.get("/organizations/ministry/")

    behalf, identified = words(response).split("Stated on its behalf 2")[1].split("By people identified with it 1")
    assert "+ supports 1 − opposes 1 Most on Robots 1 position" in behalf
    assert "○ takes no side 1" in identified and "opposes" not in identified
    assert "/positions/?organization=ministry&topic=robots" in links(response)


def test_who_spoke_for_it_is_shown_with_the_debate(client, ministry):
    appearance = AppearanceFactory(
        person__name_en="Han Jiwon", session__event=EventFactory(title_en="Hearing on robots", date="2024-05")
    )
    CapacityFactory(
        appearance=appearance, organization=ministry, basis="on_behalf_of", is_doubtful=True, note_en="Perhaps."
    )
    AppearanceFactory(person=None, organization=ministry, session__event=EventFactory(title_en="Plenary", date="2025"))
    CapacityFactory(organization=ministry, appearance__person__name_en="Kim Minsu")
    draft = AppearanceFactory(person__name_en="Lee Draft", session__event__status="draft")
    CapacityFactory(appearance=draft, organization=ministry, basis="on_behalf_of")

    section = words(client.get("/organizations/ministry/")).split("Who spoke for it, and where 2")[1]

    assert section.index("Ministry of Robots the organization itself panellist Plenary year 2025") < section.index(
        "Han Jiwon"
    )
    assert "Han Jiwon panellist Hearing on robots May 2024 on behalf of: Member, Ministry of Robots doubtful" in section
    assert "Doubtful capacity: Perhaps." in section
    assert "Kim Minsu" not in section and "Lee Draft" not in section


def test_nobody_speaking_for_it_is_said(client, ministry):
    CapacityFactory(organization=ministry)

    assert "Nobody is recorded as speaking for it." in words(client.get("/organizations/ministry/"))
