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
