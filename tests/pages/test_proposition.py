from __future__ import annotations

import pytest

from pages.views import propositions
from positions.models import Wording
from tests.factories import AppearanceFactory, PersonFactory, PositionFactory, PropositionFactory
from tests.pages.reading import links, words

pytestmark = pytest.mark.django_db


def overview(client, proposition):
    page = words(client.get(proposition.get_absolute_url()))
    return page.split("Who stands where", 2)[2].split("Whoever said nothing on it")[0]


def test_who_stands_where_is_told_by_name_before_the_positions(client):
    tax, han = PropositionFactory(slug="tax"), PersonFactory(name_en="Han Jiwon")
    newest = PositionFactory.create_batch(2, on=tax, appearance__person=han)[0]
    PositionFactory(on=tax, appearance__person=han, stance="opposes")
    PositionFactory(on=tax, appearance__person=None, appearance__label="a citizen", stance="opposes")
    PositionFactory(on=tax, appearance__person__name_en="Kim Draft", status="draft")

    told = overview(client, tax)

    assert told.strip() == (
        "+ supports 2 Han Jiwon ×2 ± supports on a condition 0 nobody recorded ○ takes no side 0 nobody recorded "
        "− opposes 2 Han Jiwon a citizen"
    )
    assert newest.get_absolute_url() in links(client.get("/propositions/tax/"))
    assert "Positions 4 Speakers 1" in words(client.get("/propositions/tax/"))


def test_names_that_do_not_fit_are_counted_and_lead_to_all(client, monkeypatch):
    monkeypatch.setattr(propositions, "PAGE_SIZE", 1)
    tax = PropositionFactory(slug="tax")
    PositionFactory.create_batch(3, on=tax)

    assert "2 older positions" in overview(client, tax)
    assert "/positions/?proposition=tax&stance=supports" in links(client.get("/propositions/tax/"))


def test_each_wording_says_how_many_positions_were_coded_on_it(client):
    tax = PropositionFactory(wording="Tax robots")
    appearance = AppearanceFactory()
    PositionFactory.create_batch(2, on=tax, appearance=appearance)
    Wording.objects.create(proposition=tax, text_en="Tax robots lightly")
    tax.refresh_from_db()
    PositionFactory(on=tax, appearance=appearance)
    PositionFactory(on=tax, appearance=appearance, status="draft")

    page = words(client.get(tax.get_absolute_url()))

    assert "Its wordings 2" in page
    assert "Tax robots lightly current 1 position coded on it Tax robots 2 positions coded on it" in page


def test_wordings_of_its_time_as_a_draft_are_not_shown(client):
    tax = PropositionFactory(wording="Secret draft", status="draft")
    coded, current = (Wording.objects.create(proposition=tax, text_en=text) for text in ("Tax robots", "Tax them now"))
    appearance = AppearanceFactory()
    for wording, status in ((coded, "published"), (tax.wordings.get(number=1), "draft")):
        PositionFactory(appearance=appearance, wording=wording, status=status)
    tax.status = "published"
    tax.save()

    response = client.get(tax.get_absolute_url())

    assert "Secret draft" not in response.text
    assert "Its wordings 2" in words(response)
    assert f"{current.text_en} current 0 positions coded on it Tax robots 1 position coded on it" in words(response)
    assert '<li value="3">' in response.text and '<li value="2">' in response.text


@pytest.mark.parametrize("wordings", [1, 12])
def test_any_number_of_wordings_costs_the_same_queries(client, django_assert_num_queries, wordings):
    tax, appearance = PropositionFactory(), AppearanceFactory()
    for number in range(wordings):
        coded = Wording.objects.create(proposition=tax, text_en=f"Wording {number}")
        PositionFactory(appearance=appearance, wording=coded)

    with django_assert_num_queries(16):
        client.get(tax.get_absolute_url())
