"""A stance matrix as a table."""

from __future__ import annotations

import csv
import io

import pytest

from comparing.matrix import Arrangement, sorted_matrix
from exchange import matrices
from positions.models import Position
from tests.factories import AppearanceFactory, OrganizationFactory, PositionFactory
from tests.spoken import Debate

pytestmark = pytest.mark.django_db


def table(debate, **arranged):
    positions = Position.objects.public().filter(event=debate.event)
    whole = sorted_matrix(debate.event, positions, Arrangement(**arranged), "en", propositions=matrices.MOST)
    content = b"".join(matrices.as_csv(whole)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content)))


def test_a_cell_has_its_stances_in_the_order_of_stances_and_how_many_there_are():
    debate = Debate()
    for stance in ("opposes", "supports", "supports", "neutral"):
        debate.says("Ann", stance, "tax")
    debate.says("Bob", "conditional", "ban")

    tax, ban = table(debate, rows="positions")

    assert (tax["ann"], tax["bob"]) == ("supports 2 | opposes | neutral", "")
    assert (ban["ann"], ban["bob"]) == ("", "conditional")
    assert [tax[stance] for stance in ("supports", "conditional", "neutral", "opposes")] == ["2", "0", "1", "1"]


def test_columns_are_called_by_who_speaks():
    debate = Debate()
    debate.says("Ann", "supports", "tax")
    for who in ({"organization": OrganizationFactory(slug="ann")}, {"label": "A visitor"}):
        PositionFactory(appearance=AppearanceFactory(session=debate.session, person=None, **who), on=debate.on("tax"))

    (row,) = table(debate)

    assert [name for name in row if row[name] == "supports"] == ["ann", "organization:ann", "unnamed:A visitor"]


def test_what_a_spreadsheet_would_run_is_guarded():
    debate = Debate()
    proposition = debate.says("Ann", "supports", "tax").proposition
    wording = proposition.current_wording
    wording.text_en = "=HYPERLINK(1)"
    wording.save()

    assert table(debate)[0]["proposition_en"] == "'=HYPERLINK(1)"


def test_every_row_is_there_however_many_are_read_at_once(monkeypatch):
    debate = Debate()
    for number in range(5):
        debate.says("Ann", "supports", f"do-{number}")
    monkeypatch.setattr(matrices, "_BATCH", 2)

    assert [row["proposition"] for row in table(debate)] == [f"robots-do-{number}" for number in range(5)]
