"""Every way of writing is noticed, on both databases."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction

from debate.models import Appearance, EditorialNote, Event, EventRelation, Session
from positions.models import Coding, CodingUnit, Position, PositionLink, PropositionTopic, Remark, Wording
from record import changes, version
from record.models import BESIDE
from record.triggers import NOTES
from speakers import triggers
from speakers.models import Identifier, Link, Name, Organization, Person
from tests.factories import (
    NOW,
    AffiliationFactory,
    AppearanceFactory,
    CapacityFactory,
    CodingFactory,
    CodingUnitFactory,
    EditorFactory,
    EventFactory,
    EventOrganizationFactory,
    EvidenceFactory,
    OrganizationFactory,
    PositionFactory,
    PropositionFactory,
    PropositionTopicFactory,
    RoundCoderFactory,
    SessionFactory,
    SourceFactory,
    TopicFactory,
)
from tests.record.commits import as_if_committed

pytestmark = pytest.mark.django_db
committing = pytest.mark.django_db(transaction=True)


def _raw(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_saving_a_public_position_is_noted(noted):
    position = PositionFactory()
    with noted() as keys:
        position.summary_en = "Wants it differently"
        position.save()
    assert keys == {"position": {position.pk}}


def test_updating_many_rows_at_once_notes_each(noted):
    positions = PositionFactory.create_batch(3)
    with noted() as keys:
        Position.objects.update(summary_en="The same for all")
    assert keys == {"position": {position.pk for position in positions}}


def test_raw_sql_is_noted(noted):
    position = PositionFactory()
    with noted() as keys:
        _raw("UPDATE positions_position SET summary_en = 'By hand'")
    assert keys == {"position": {position.pk}}


def test_creating_in_bulk_notes_what_is_public(noted):
    appearance, proposition = AppearanceFactory(), PropositionFactory()
    common = {
        "appearance": appearance, "wording": proposition.current_wording, "stance": "supports", "kind": "concern",
    }  # fmt: skip
    with noted() as keys:
        made = Position.objects.bulk_create(
            [Position(summary_en=f"Concern {number}", status=status, **common) for number, status in
             enumerate(["published", "draft", "published"])]
        )  # fmt: skip
    assert keys == {"position": {made[0].pk, made[2].pk}}


def test_deleting_notes_what_is_gone_and_what_its_rows_led_to(noted):
    evidence = EvidenceFactory()
    position, source = evidence.position, evidence.source
    key = position.pk
    with noted() as keys:
        position.delete()
    assert keys == {"position": {key}, "source": {source.pk}, "~source": {source.pk}}


def test_publishing_and_unpublishing_an_event_notes_all_that_it_shows(noted):
    event = EventFactory(status="draft")
    session = SessionFactory(event=event)
    appearance = AppearanceFactory(session=session)
    capacity = CapacityFactory(appearance=appearance)
    position = PositionFactory(appearance=appearance)
    expected = {
        "event": {event.pk},
        "~event": {event.pk},
        "session": {session.pk},
        "~session": {session.pk},
        "appearance": {appearance.pk},
        "person": {appearance.person_id},
        "~person": {appearance.person_id},
        "organization": {capacity.organization_id},
        "position": {position.pk},
    }
    for status in ("published", "draft"):
        with noted() as keys:
            Event.objects.update(status=status)
        assert keys == expected, status


def test_what_is_not_public_before_nor_after_leaves_the_number_alone(noted):
    with noted() as keys:
        event = EventFactory(status="draft")
        CapacityFactory(appearance=AppearanceFactory(session=SessionFactory(event=event)))
        PositionFactory(status="in_review")  # its event and proposition are public and noted
        organization = OrganizationFactory()
        Name.objects.create(organization=organization, text="Nobody shows it")
        Organization.objects.update(note_en="Still not shown")
        Person.objects.filter(is_public=False).update(note_en="Nor is this")
        SourceFactory()
        TopicFactory(status="draft")
    assert "organization" not in keys and "source" not in keys and "topic" not in keys and "position" not in keys
    with noted() as keys:
        event.title_en = "Another draft"
        event.save()
        Session.objects.filter(event=event).update(title_en="Still a draft")
        Person.objects.filter(is_public=False).update(note_en="Still not shown")
    assert keys == {}


STATEMENTS_OF_NO_ROWS = [
    "UPDATE positions_position SET summary_en = 'Nobody' WHERE id < 0",
    "DELETE FROM positions_position WHERE id < 0",
    "INSERT INTO speakers_name (person_id, text, language, kind, period, revision, created_at, updated_at)"
    " SELECT person_id, text, language, kind, period, revision, created_at, updated_at FROM speakers_name WHERE id < 0",
    "UPDATE debate_event SET status = 'draft' WHERE id < 0",
]


@pytest.mark.parametrize("statement", STATEMENTS_OF_NO_ROWS)
def test_a_statement_that_reaches_no_row_changes_nothing(statement, noted):
    PositionFactory()
    with noted() as keys:
        _raw(statement)
    assert keys == {}


def test_merging_two_people_notes_both_and_all_that_moves(noted):
    kept, merged = AppearanceFactory().person, AppearanceFactory().person
    position = PositionFactory(appearance=merged.appearances.get())
    moved = position.appearance
    key = merged.pk
    with noted() as keys:
        Appearance.objects.filter(person=merged).update(person=kept)
        Name.objects.create(person=kept, text=merged.name_en)
        merged.delete()
    assert keys == {
        "person": {kept.pk, key},
        "~person": {kept.pk, key},
        "appearance": {moved.pk},
        "~session": {moved.session_id},
        "~event": {position.event_id},
        "position": {position.pk},
    }


READ = ("round", "coder", "appearance", "wording", "locator")


def test_the_coders_readings_are_not_public(noted):
    position = PositionFactory()
    coding, _unit = CodingFactory(appearance=position.appearance, wording=position.wording), CodingUnitFactory()
    with noted() as keys:
        RoundCoderFactory(round=coding.round, coder=coding.coder)
        Coding.objects.create(**{name: getattr(coding, name) for name in READ}, stance="opposes", kind="concern")
        CodingUnit.objects.update(outcome="adopted", position=position, settled_by=EditorFactory(), settled_at=NOW)
    assert keys == {}


@pytest.fixture
def shown():
    """A public person and organization, a published debate, and everything between them."""
    appearance = AppearanceFactory()
    capacity = CapacityFactory(appearance=appearance)
    position = PositionFactory(appearance=appearance)
    return {
        "person": appearance.person,
        "organization": capacity.organization,
        "event": appearance.session.event,
        "session": appearance.session,
        "appearance": appearance,
        "capacity": capacity,
        "position": position,
        "proposition": position.proposition,
    }


LINKS = {
    "a name of a person": (lambda shown: Name.objects.create(person=shown["person"], text="Gang"), ["person"]),
    "a name of an organization": (
        lambda shown: Name.objects.create(organization=shown["organization"], text="MSIT"), ["organization"],
    ),
    "an identifier": (
        lambda shown: Identifier.objects.create(person=shown["person"], scheme="wikidata", value="Q1"), ["person"],
    ),
    "a link": (
        lambda shown: Link.objects.create(organization=shown["organization"], url="https://example.org"),
        ["organization"],
    ),
    "an affiliation": (
        lambda shown: AffiliationFactory(person=shown["person"], organization=shown["organization"]),
        ["~person", "~organization"],
    ),
    "an organization of an event": (
        lambda shown: EventOrganizationFactory(event=shown["event"], organization=shown["organization"]),
        ["event", "~organization"],
    ),
    "a note": (lambda shown: EditorialNote.objects.create(event=shown["event"], text_en="Coded once"), ["~event"]),
    "a capacity": (
        lambda shown: CapacityFactory(appearance=shown["appearance"], organization=shown["organization"]),
        ["appearance", "~organization"],
    ),
    "a wording": (
        lambda shown: Wording.objects.create(proposition=shown["proposition"], text_en="Worded again"), ["proposition"],
    ),
    "a capacity of a position": (
        lambda shown: shown["position"].capacity_choices.create(capacity=shown["capacity"]), ["position"],
    ),
    "a remark on a speaker": (
        lambda shown: Remark.objects.create(
            person=shown["person"], kind="correction", date="2025-03-01", text_en="Was misread"
        ),
        ["~person"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", LINKS)
def test_a_row_that_hangs_on_others_notes_them_when_it_comes_changes_and_goes(what, shown, noted):
    make, kinds = LINKS[what]
    expected = {kind: {shown[kind.removeprefix(BESIDE)].pk} for kind in kinds}
    with noted() as keys:
        row = make(shown)
    assert keys == expected
    with noted() as keys:
        row.save()
    assert keys == expected
    with noted() as keys:
        row.delete()
    assert keys == expected


def test_moving_a_row_notes_both_whom_it_left_and_whom_it_came_to(noted):
    first, second = PositionFactory().person, PositionFactory().person
    name = Name.objects.create(person=first, text="Gang")
    with noted() as keys:
        Name.objects.filter(pk=name.pk).update(person=second)
    assert keys == {"person": {first.pk, second.pk}}


def test_another_topic_notes_both_topics_and_the_proposition(noted):
    assignment = PropositionTopicFactory()
    former, new = assignment.topic, TopicFactory()
    with noted() as keys:
        PropositionTopic.objects.update(topic=new)
    assert keys == {"~topic": {former.pk, new.pk}, "proposition": {assignment.proposition_id}}


def test_links_between_public_positions_and_between_debates_note_both_ends(noted):
    one, other = PositionFactory(), PositionFactory()
    with noted() as keys:
        PositionLink.objects.create(from_position=one, to_position=other, kind="disputes")
    assert keys == {"~position": {one.pk, other.pk}}
    with noted() as keys:
        EventRelation.objects.create(from_event=one.event, to_event=other.event)
    assert keys == {"~event": {one.event_id, other.event_id}}
    draft = PositionFactory(status="draft")
    with noted() as keys:
        PositionLink.objects.create(from_position=one, to_position=draft, kind="disputes")
    assert keys == {}


def test_deleting_a_session_with_its_appearances_notes_the_event_and_the_people(noted):
    appearance = AppearanceFactory()
    session, person = appearance.session, appearance.person
    event, key = session.event, session.pk
    with noted() as keys:
        session.delete()
    assert keys["~event"] == {event.pk} and keys["person"] == {person.pk} and keys["session"] == {key}


@committing
def test_what_is_rolled_back_was_never_noted(noted):
    position = PositionFactory()
    with noted() as keys, pytest.raises(RuntimeError), transaction.atomic():
        Position.objects.update(summary_en="Undone")
        raise RuntimeError
    assert keys == {}
    with noted() as keys, transaction.atomic():
        with pytest.raises(RuntimeError), transaction.atomic():
            Position.objects.update(summary_en="Undone")
            raise RuntimeError
        Person.objects.update(note_en="Kept")
    assert keys == {"person": {position.person_id}}


@committing
def test_one_transaction_is_one_version_on_postgresql():
    positions = PositionFactory.create_batch(3)
    before = version.current()
    with transaction.atomic():
        for position in positions:
            position.save()
    risen = version.current() - before
    assert risen == 1 if connection.vendor == "postgresql" else risen >= 3


@committing
@pytest.mark.skipif(connection.vendor != "postgresql", reason="on SQLite one writes after the other")
def test_numbers_are_in_the_order_of_commits_and_nobody_waits():
    first, second = PositionFactory.create_batch(2)
    before = version.stamp()
    other = connections.create_connection("default")
    try:
        with transaction.atomic():
            Position.objects.filter(pk=first.pk).update(summary_en="Begun first, committed last")
            with other.cursor() as cursor:
                cursor.execute("UPDATE positions_position SET summary_en = 'Between' WHERE id = %s", [second.pk])
            between = version.stamp()
            assert changes.since(before).keys == {"position": {second.pk}}
    finally:
        other.close()
    assert changes.since(between).keys == {"position": {first.pk}}


@committing
@pytest.mark.skipif(connection.vendor != "postgresql", reason="on SQLite one writes after the other")
def test_what_a_long_import_has_to_check_at_its_end_holds_nobody_up():
    """As a million foreign keys do, which here stand still."""
    position = PositionFactory()
    _raw(
        "CREATE FUNCTION check_slowly() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN PERFORM pg_advisory_xact_lock(1); RETURN NULL; END $$;"
        " CREATE CONSTRAINT TRIGGER check_slowly AFTER INSERT ON debate_editorialnote"
        " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_slowly()"
    )

    def load() -> None:
        try:
            with transaction.atomic():
                PositionFactory(summary_en="Imported")
                EditorialNote.objects.create(event=position.event, text_en="Checked at the end")
        finally:
            connection.close()

    try:
        _raw("SELECT pg_advisory_lock(1); SET lock_timeout = '5s'")
        with ThreadPoolExecutor(1) as other:
            loaded = other.submit(load)
            _wait_until("SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted)")
            Position.objects.filter(pk=position.pk).update(summary_en="Edited")
            edited = version.current()
            assert not loaded.done()
            _raw("SELECT pg_advisory_unlock(1); RESET lock_timeout")
            loaded.result(10)
        assert version.current() == edited + 1
    finally:
        _raw("DROP TRIGGER check_slowly ON debate_editorialnote; DROP FUNCTION check_slowly()")


def _wait_until(question: str) -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute(question)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.01)
    raise AssertionError(question)


@committing
def test_checking_constraints_half_way_loses_nothing_that_follows(noted):
    position = PositionFactory()
    with noted() as keys, transaction.atomic():
        position.save()
        connection.check_constraints()
        Person.objects.update(note_en="Afterwards")
    assert keys == {"position": {position.pk}, "person": {position.person_id}}


def test_after_the_triggers_were_away_everything_may_have_changed():
    PositionFactory()
    as_if_committed()
    before = version.stamp()
    triggers.remove(connection)
    Position.objects.update(summary_en="Unnoticed")
    as_if_committed()
    assert version.stamp() == before
    triggers.install(connection)
    as_if_committed()
    assert changes.since(before).everything


@committing
def test_the_triggers_can_be_replaced_in_a_transaction_that_has_changed_the_record():
    PositionFactory()
    before = version.stamp()
    with transaction.atomic():
        PositionFactory()
        triggers.remove(connection)
        triggers.install(connection)
    assert triggers.missing(connection) == []
    assert changes.since(before).everything


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
@committing
def test_truncating_is_noticed():
    position = PositionFactory()
    EvidenceFactory(position=position)
    before = version.stamp()
    _raw("TRUNCATE positions_evidence")
    assert changes.since(before).everything


def test_every_table_of_the_public_record_is_watched():
    from django.apps import apps

    tables = {
        model._meta.db_table
        for package in ("speakers", "debate", "positions")
        for model in apps.get_app_config(package).get_models()
        if not model.__name__.startswith("Historical")
    }
    of_rounds = {f"positions_{table}" for table in ("coding", "codinground", "codingunit", "roundcoder")}
    assert tables - set(NOTES) == {"speakers_formeraddress", "speakers_touch", *of_rounds}
