from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from positions.models import Position
from review.changing import change
from review.models import Revision
from review.versions import PARTS, What, all_compared, compared, plain, proposed
from review.words import Kind
from speakers.models import Person
from tests.factories import (
    AffiliationFactory,
    EvidenceFactory,
    OrganizationFactory,
    PersonFactory,
    PositionFactory,
    PropositionFactory,
    SourceFactory,
)
from tests.review.people import author_as

pytestmark = pytest.mark.django_db


def told(differences):
    return {one.column: (one.label, one.before, one.after) for one in differences}


def test_columns_are_told_in_words():
    position = PositionFactory(stance="supports", summary_en="Asks for more.", summary_ko="")
    wording = PropositionFactory(wording="Data must stay in Korea").current_wording
    values = {"stance": "opposes", "wording": wording.pk, "summary_en": "Asks for less.", "summary_ko": "덜 하자."}
    assert told(compared(Position, position, values)) == {
        "wording": ("wording", str(position.wording), "Data must stay in Korea"),
        "stance": ("stance", "supports", "opposes"),
        "summary_en": ("summary (the editors' paraphrase) (English)", "Asks for more.", "Asks for less."),
        "summary_ko": ("summary (the editors' paraphrase) (Korean)", "", "덜 하자."),
    }


def test_a_bilingual_column_says_its_language_and_a_text_what_changed_in_it():
    longer = "Asks for {} money for everybody who works in research."
    position = PositionFactory(summary_en=longer.format("more"))
    (one,) = compared(Position, position, {"summary_en": longer.format("less")})
    assert one.language == "en"
    assert [(piece.text, piece.kind) for piece in one.pieces] == [
        ("Asks for ", Kind.SAME), ("more", Kind.GONE), ("less", Kind.NEW), (longer[11:], Kind.SAME),
    ]  # fmt: skip


def test_a_row_of_history_is_compared_with_the_record_as_it_is():
    position = PositionFactory(summary_en="First")
    change(position, {"summary_en": "Second"}, author_as("reviewer"), reason="Misread.")
    position.refresh_from_db()
    first = position.history.last()
    assert told(compared(Position, first, position)) == {
        "summary_en": ("summary (the editors' paraphrase) (English)", "First", "Second")
    }
    assert compared(Position, position, position) == []


def test_rows_of_parts_that_came_went_and_changed():
    position = PositionFactory()
    kept, changed, removed = (EvidenceFactory(position=position, locator=f"¶ {n}") for n in (1, 2, 3))
    source = SourceFactory(title="The minutes")
    rows = [{"pk": kept.pk}, {"pk": changed.pk, "locator": "¶ 9"}, {"source": source.pk, "locator": "p. 4"}]
    (one,) = compared(Position, position, {"evidence": rows})
    assert (one.label, one.column) == ("evidence", "evidence")
    assert [(row.what, row.name, told(row.differences)) for row in one.rows] == [
        (What.CHANGED, f"{changed.source} · ¶ 9", {"locator": ("place", "¶ 2", "¶ 9")}),
        (
            What.ADDED,
            "The minutes · p. 4",
            {"source": ("source", "", "The minutes"), "locator": ("place", "", "p. 4")},
        ),
        (
            What.REMOVED,
            f"{removed.source} · ¶ 3",
            {"source": ("source", str(removed.source), ""), "locator": ("place", "¶ 3", "")},
        ),
    ]


def test_a_new_record_and_a_deleted_one_are_all_that_they_hold():
    person = PersonFactory(name_en="Han", slug="han")
    assert set(told(compared(Person, None, {"name_en": "Han"}))) == {"name_en"}
    assert told(compared(Person, person, None))["name_en"] == ("name (English)", "Han", "")


def test_what_a_key_pointed_to_may_be_gone():
    affiliation = AffiliationFactory()
    (one,) = compared(type(affiliation), affiliation, {"organization": 999_999})
    assert (one.before, one.after) == (str(affiliation.organization), "no longer there (no. 999999)")


def test_words_are_of_the_readers_language():
    with override("ko"):
        (one,) = compared(Position, PositionFactory(stance="supports"), {"stance": "opposes"})
    assert (one.label, one.before, one.after) == ("찬반", "찬성", "반대")


def test_every_part_is_a_relation_of_its_record():
    for model, names in PARTS.items():
        for name in names:
            assert model._meta.get_field(name).one_to_many


@pytest.mark.parametrize("size", [1, 40])
def test_many_are_compared_in_the_same_queries_as_one(size, django_assert_num_queries):
    pairs = [(Position, PositionFactory(), {"wording": PropositionFactory().current_wording.pk}) for _n in range(size)]
    with django_assert_num_queries(1):
        told_of_all = all_compared(pairs)
    assert [one.column for differences in told_of_all for one in differences] == ["wording"] * size


def waiting(record, values, by):
    outcome = change(record, values, by, base_revision=record.revision, reason="Seen in the minutes.")
    assert outcome.waiting is not None
    return outcome.waiting


@pytest.mark.parametrize("size", [1, 20])
def test_what_waits_is_told_in_the_same_queries_at_any_size(size, django_assert_num_queries):
    by, organization = author_as("contributor"), OrganizationFactory()
    for _n in range(size):
        evidence = EvidenceFactory(locator="¶ 1")
        rows = [{"pk": evidence.pk, "locator": "¶ 2"}]
        waiting(evidence.position, {"evidence": rows, "summary_en": "Better"}, by)
        waiting(evidence.position.appearance, {"organization": organization.pk, "person": None}, by)
    revisions = list(Revision.objects.select_related("content_type").order_by("pk"))
    proposed(revisions[:1])  # content types are read once a process
    with django_assert_num_queries(6):  # positions, evidence, appearances; sources, people and organizations
        told_of_all = proposed(revisions)
    assert [one.column for one in told_of_all[0]] == ["summary_en", "evidence"]
    assert told(told_of_all[1])["organization"] == ("organization", "", str(organization))
    assert len(told_of_all) == 2 * size


def test_they_are_shown_with_what_changed_marked():
    evidence = EvidenceFactory(locator="¶ 1")
    values = {"summary_en": "<b>Asks</b> for nothing", "evidence": [{"pk": evidence.pk, "locator": "¶ 2"}]}
    differences = compared(Position, evidence.position, values)
    page = render_to_string("editing/_differences.html", {"differences": differences})
    assert "&lt;b&gt;" in page and "<b>" not in page
    assert "<del>¶ 1</del> → <ins>¶ 2</ins>" in page
    assert "Nothing differs." in render_to_string("editing/_differences.html", {"differences": []})


def test_plain_values_are_what_an_editor_could_write():
    position = EvidenceFactory().position
    values = plain(position, ["evidence"])
    assert values["summary_en"] == position.summary_en
    assert "public_id" not in values and "is_public" not in values
    assert [row["locator"] for row in values["evidence"]] == ["¶ 1"]
