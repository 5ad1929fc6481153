from __future__ import annotations

import pytest
from django.utils.translation import override

from api.exports.columns import tables
from api.shapes.positions import Position
from api.shapes.speakers import Affiliation, Speaker
from exchange import csv_text
from exchange.statements.row import COLUMNS
from exchange.tables import cells
from exchange.tables.cells import Wrong
from exchange.tables.kinds import AFFILIATIONS, KINDS, PEOPLE, POSITIONS, entries, guess, mapping_problems
from exchange.tables.table import Row, Table
from positions.models import Stance

pytestmark = pytest.mark.once


def guessed(kind, header):
    return {key: header[place] for key, place in guess(kind, header).items()}


def test_the_flat_table_of_statements_can_be_brought_back():
    assert guessed(POSITIONS, COLUMNS) == {
        "id": "position_id", "debate": "debate_id", "speaker": "person_id", "session": "session_id", "role": "role",
        "appearance": "appearance_id", "proposition": "proposition_id", "stance": "stance",
        "condition_en": "condition_en", "condition_ko": "condition_ko", "kind": "kind",
        "summary_en": "summary_paraphrase_en", "summary_ko": "summary_paraphrase_ko", "source": "source_ids",
        "locator": "locators", "quote": "quote", "source_language": "language",
    }  # fmt: skip


@pytest.mark.parametrize(("kind", "shape"), [(PEOPLE, Speaker), (AFFILIATIONS, Affiliation), (POSITIONS, Position)])
def test_the_tables_of_the_download_can_be_brought_back(kind, shape):
    header = [column.name for column in tables(kind.key, shape)[0].columns]
    assert mapping_problems(kind, header, _chosen(kind, header)) == []


def _chosen(kind, header):
    places = {place: key for key, place in guess(kind, header).items()}
    return [places.get(place, "") for place in range(len(header))]


def test_headers_are_known_in_both_languages():
    assert guessed(POSITIONS, ["토론회", "발언자", "명제", "찬반", "종류", "요약", "조건"]) == {
        "debate": "토론회", "speaker": "발언자", "proposition": "명제", "stance": "찬반", "kind": "종류",
        "summary_ko": "요약", "condition_ko": "조건",
    }  # fmt: skip
    assert guessed(AFFILIATIONS, ["Person", "ORGANIZATION", "Role (English)", "Unit", "Period"]) == {
        "person": "Person", "organization": "ORGANIZATION", "role_en": "Role (English)", "unit_en": "Unit",
        "period": "Period",
    }  # fmt: skip


def test_a_column_is_taken_once_by_its_best_name():
    assert guess(AFFILIATIONS, ["name", "person", "person"]) == {"person": 1}


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.key)
def test_every_column_is_known_by_its_own_key_and_by_its_label(kind):
    keys = [column.key for column in kind.columns]
    assert guess(kind, keys) == {key: place for place, key in enumerate(keys)}
    for language in ("en", "ko"):
        with override(language):
            labels = [str(column.label) for column in kind.columns]
        assert len(set(labels)) == len(labels)
        assert guess(kind, labels) == {key: place for place, key in enumerate(keys)}


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.key)
def test_every_example_can_be_read(kind):
    for column in kind.columns:
        if column.example:
            column.read(column.example)


def test_two_columns_taken_as_one_and_needed_ones_left_out_are_told():
    told = mapping_problems(POSITIONS, ["a", "b", "c"], ["stance", "stance", ""])
    assert told[0] == "These columns are all taken as “stance”: a (A), b (B). Choose one of them."
    assert "No column is taken as “public id” or “kind”." in told


def test_what_can_be_read_of_a_row_is_read_and_the_rest_is_told_at_its_cell():
    table = Table(("id", "stance", "kind", "locator"), (Row(7, ("", "maybe", "concern", "somewhere")),), "")
    (entry,), problems = entries(POSITIONS, table, {"id": 0, "stance": 1, "kind": 2, "locator": 3})
    assert entry.values == {"kind": "concern"}
    assert [(one.row, one.column, one.value) for one in problems] == [
        (7, "stance (B)", "maybe"),
        (7, "locator (D)", "somewhere"),
    ]


@pytest.mark.parametrize("word", ["supports", "Supports", "SUPPORTS", "for", "찬성", "agree"])
def test_a_stance_is_known_by_its_code_and_in_words(word):
    assert POSITIONS.column("stance").read(word) == Stance.SUPPORTS


def test_an_unknown_word_is_told_with_what_there_is_and_what_is_near():
    with pytest.raises(Wrong, match=r"This is none of: supports, .*Did you mean “opposes”\?"):
        POSITIONS.column("stance").read("opposess")


@pytest.mark.parametrize(
    ("cell", "value"),
    [("2025.0", "2025"), ("2019-03 / 2024-05", "2019-03/2024-05"), ("2024-05/..", "2024-05/.."), ("20XX", "20XX")],
)
def test_a_period_is_read(cell, value):
    assert cells.period(cell) == value


def test_a_bad_date_and_an_end_before_its_start_are_two_mistakes():
    with pytest.raises(Wrong, match="This is no date"):
        cells.period("12 Feb 2025")
    with pytest.raises(Wrong, match="This is no date"):
        cells.period("2025-02-30")
    with pytest.raises(Wrong, match="The end is before the start"):
        cells.period("2025/2024")


def test_several_values_stand_in_one_cell_and_keep_their_places():
    assert cells.locators_of("¶ 1, 4 | | p. 7") == ("¶ 1, 4", "", "p. 7")
    assert cells.several(cells.other_name)("Kim Sora | former: Kim Old | 전 이름: 김옛") == (
        ("as_printed", "Kim Sora"),
        ("former", "Kim Old"),
        ("as_printed", "전 이름: 김옛"),
    )
    assert cells.identifier("Wikidata: Q42") == ("wikidata", "Q42")
    assert csv_text.SEPARATOR.strip() == "|"


@pytest.mark.parametrize("cell", ["javascript:alert(1)", "example.org", "ftp://example.org", "https://"])
def test_only_web_addresses_are_taken_as_links(cell):
    with pytest.raises(Wrong, match="no web address"):
        PEOPLE.column("links").read(cell)
