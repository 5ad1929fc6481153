from __future__ import annotations

from datetime import timedelta

import pytest

from debate.models import Session
from positions.models import Evidence, Position
from review import history
from review.changing import change
from review.versions import What
from speakers.models import Name, Person
from tests.factories import (
    AppearanceFactory,
    EventFactory,
    EvidenceFactory,
    PersonFactory,
    PositionFactory,
    SourceFactory,
)
from tests.review.people import author_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer():
    return author_as("reviewer")


def columns(version):
    return {one.column: (one.before, one.after) for one in version.differences}


def test_every_version_says_who_when_why_and_what(reviewer):
    position = PositionFactory(summary_en="First")
    change(position, {"summary_en": "Second"}, reviewer, reason="Misread.")
    second, first = history.past(Position, position.pk).versions
    assert (second.user, second.reason, columns(second)) == (
        reviewer.user, "Misread.", {"summary_en": ("First", "Second")},
    )  # fmt: skip
    assert (second.is_beginning, first.is_beginning) == (False, True)
    assert columns(first)["summary_en"] == ("", "First")
    assert first.when < second.when == history.moment(second.number)


def test_what_was_written_in_one_change_is_one_version_with_its_rows(reviewer):
    evidence = EvidenceFactory(locator="¶ 1")
    source = evidence.source_id
    rows = [{"pk": evidence.pk, "locator": "¶ 2"}, {"source": source, "locator": "¶ 3"}]
    change(evidence.position, {"summary_en": "Second", "evidence": rows}, reviewer, reason="Read again.")
    change(evidence.position, {"evidence": rows[:1]}, reviewer, reason="Once was enough.")
    removal, change_, *_earlier = history.past(Position, evidence.position_id).versions
    assert [one.column for one in change_.differences] == ["summary_en", "evidence"]
    assert [row.what for row in change_.differences[1].rows] == [What.CHANGED, What.ADDED]
    assert [(row.what, row.name) for row in removal.differences[0].rows] == [(What.REMOVED, f"{evidence.source} · ¶ 3")]


def test_a_part_that_changed_by_itself_is_in_the_history_of_its_record(reviewer):
    evidence = EvidenceFactory(locator="¶ 1")
    change(evidence, {"locator": "¶ 2"}, reviewer, reason="Counted again.")
    latest = history.past(Position, evidence.position_id).versions[0]
    (one,) = latest.differences
    assert (latest.reason, one.column, one.rows[0].differences[0].after) == ("Counted again.", "evidence", "¶ 2")


def test_a_part_that_moved_to_another_record_left_this_one(reviewer):
    appearance = AppearanceFactory()
    other = appearance.session
    session = AppearanceFactory().session
    change(appearance, {"session": session.pk}, reviewer, reason="It was in that one.")
    for record, what in ((other, What.REMOVED), (session, What.ADDED)):
        latest = history.past(Session, record.pk).versions[0]
        assert [row.what for row in latest.differences[0].rows] == [what]


def test_two_edits_one_after_the_other_are_two_versions(reviewer):
    person = PersonFactory()
    for note in ("One", "Two", "Three"):
        change(person, {"note_en": note}, reviewer)
    assert [columns(one).get("note_en") for one in history.past(Person, person.pk).versions[:3]] == [
        ("Two", "Three"), ("One", "Two"), ("", "One"),
    ]  # fmt: skip


def test_a_deleted_record_still_has_a_past(reviewer):
    person = PersonFactory()
    key = person.pk
    Name.objects.create(person=person, text="Han")
    person.delete()
    latest = history.past(Person, key).versions[0]
    assert latest.is_deletion and history.state_at(Person, key, latest.when) is None


@pytest.mark.parametrize("rows", [1, 60])
def test_a_page_costs_the_same_for_one_and_for_many_versions(reviewer, rows, django_assert_max_num_queries):
    evidence = EvidenceFactory()
    for number in range(rows):
        with_evidence = [{"pk": evidence.pk, "locator": f"¶ {number + 2}", "source": SourceFactory().pk}]
        values = {"summary_en": f"Version {number}", "evidence": with_evidence}
        change(evidence.position, values, reviewer, reason="Again.")
    # Of the record two, of its evidence two, of the other three parts one each, and one for each kind that is named.
    with django_assert_max_num_queries(10):
        page = history.past(Position, evidence.position_id)
    assert (len(page.versions), page.is_cut) == ((2, False) if rows == 1 else (history.A_PAGE, True))


def test_pages_follow_each_other_without_a_gap(reviewer):
    person = PersonFactory()
    for number in range(50):
        change(person, {"note_en": f"Note {number}"}, reviewer)
    seen, page = [], history.past(Person, person.pk)
    seen += page.versions
    while page.is_cut:
        page = history.past(Person, person.pk, page.versions[-1].when)
        seen += page.versions
    assert [columns(one)["note_en"][1] for one in seen[:-1]] == [f"Note {number}" for number in reversed(range(50))]
    assert seen[-1].is_beginning and len({one.number for one in seen}) == 51


def test_what_it_held_at_a_moment_is_told_with_its_rows(reviewer):
    evidence = EvidenceFactory(locator="¶ 1", position__summary_en="First")
    position = evidence.position
    change(position, {"summary_en": "Second", "evidence": []}, reviewer, reason="Misread.")
    now, *_between, first = history.past(Position, position.pk).versions
    then = history.state_at(Position, position.pk, first.when)
    assert (then["summary_en"], [row["locator"] for row in then["evidence"]]) == ("First", ["¶ 1"])
    assert history.state_at(Position, position.pk, now.when)["evidence"] == []
    assert history.state_at(Position, position.pk, first.when - timedelta(seconds=1)) is None


def test_restored_a_record_is_what_it_was_with_the_rows_that_were_lost(reviewer):
    kept, lost = EvidenceFactory(locator="¶ 1", position__summary_en="First"), None
    position = kept.position
    lost = EvidenceFactory(position=position, locator="¶ 2")
    then = history.past(Position, position.pk).versions[0].when
    rows = [{"pk": kept.pk, "locator": "¶ 9"}, {"source": kept.source_id, "locator": "¶ 8"}]
    change(position, {"summary_en": "Second", "evidence": rows}, reviewer, reason="Misread.")
    values = history.restored(Position.objects.get(), history.state_at(Position, position.pk, then))
    change(position, values, reviewer, reason="It was right.")
    assert Position.objects.get().summary_en == "First"
    assert {one.public_id: one.locator for one in Evidence.objects.all()} == {
        kept.public_id: "¶ 1", lost.public_id: "¶ 2",
    }  # fmt: skip


def test_restoring_neither_publishes_nor_moves_nor_takes_people_out_of_a_programme(reviewer):
    event = EventFactory(status="draft", title_en="First", slug="first")
    then = history.past(type(event), event.pk).versions[0].when
    change(event, {"status": "published", "slug": "second", "title_en": "Second"}, reviewer)
    appearance = AppearanceFactory(session__event=event)
    event.refresh_from_db()
    change(event, history.restored(event, history.state_at(type(event), event.pk, then)), reviewer, reason="Better so.")
    event.refresh_from_db()
    assert (event.title_en, event.slug, event.status) == ("First", "second", "published")
    assert event.sessions.get() == appearance.session
