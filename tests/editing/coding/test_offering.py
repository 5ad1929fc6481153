from __future__ import annotations

import pytest
from django.urls import reverse

from debate.publishing import Status
from editing.coding.offering import people_like, propositions, propositions_like, speakers
from tests.editing.coding.scenes import hearing
from tests.factories import AffiliationFactory, PersonFactory, PositionFactory, PropositionFactory
from tests.review.people import person_as

pytestmark = pytest.mark.django_db


def test_speakers_are_those_of_the_sources_debates_in_order_with_all_that_finds_them():
    scene = hearing()
    hearing()
    found = speakers(scene.source)
    assert [one.label for one in found] == ["Yoon Seo-ra", "Bae Do-hyun", "Han Chair"]
    assert "윤서라" in found[0].words
    assert [label for _id, label in found[0].capacities] == ["Councillor, Town council", "Treasurer, Harbour club"]


def test_people_are_found_by_any_of_their_words_public_or_not():
    person = PersonFactory(name_en="Seo Min-ji", name_ko="서민지")
    AffiliationFactory(person=person, role_en="Director", organization__name_en="Rail office")
    PersonFactory(name_en="Someone Else")
    for words in ("min ji", "SEO", "서민", "서민지"):
        [found] = people_like(words, "en")
        assert (found.id, found.detail) == (person.slug, "Director, Rail office")
    assert people_like(" ", "en") == [] == people_like("%", "en")


def test_propositions_are_found_by_all_words_in_either_language_drafts_too():
    draft = PropositionFactory(wording="The ferry should run at night", status=Status.DRAFT)
    PropositionFactory(wording="The ferry should be free")
    [found] = propositions_like("NIGHT ferry")
    assert (found.id, found.label) == (draft.slug, "The ferry should run at night")
    assert found.detail == "draft"
    assert propositions_like("night train") == []


def test_those_used_in_the_debate_are_at_hand():
    scene = hearing()
    position = PositionFactory(appearance=scene.appearances[0])
    PropositionFactory()
    assert [one.id for one in propositions(scene.source)] == [position.proposition.slug]


@pytest.mark.parametrize("count", [1, 11])
def test_people_are_offered_with_the_same_queries_at_any_number(client, count, django_assert_num_queries):
    for number in range(count):
        AffiliationFactory(person__name_en=f"Seo Number{number}")
    client.force_login(person_as("editor", is_staff=True))
    address = reverse("editing:coding-speakers")
    client.get(address, {"q": "seo"})
    with django_assert_num_queries(7):
        assert len(client.get(address, {"q": "seo"}).json()) == count
