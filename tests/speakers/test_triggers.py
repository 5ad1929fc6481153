from __future__ import annotations

import pytest
from django.core import serializers
from django.core.management import call_command
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader

from debate.models import Appearance, Capacity, EditorialNote, Event, EventOrganization, EventSource, Session, Source
from positions.models import Evidence, Position, Proposition, PropositionTopic, Topic, Wording
from record import changes, version
from search import readiness
from speakers import checks, derived, triggers
from speakers.models import Organization, Person
from tests.factories import (
    CapacityFactory,
    EventOrganizationFactory,
    EventSourceFactory,
    EvidenceFactory,
    OrganizationFactory,
    PositionFactory,
    PropositionTopicFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


def _raw(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_all_triggers_are_in_place_after_migrating():
    assert triggers.missing(connection) == []
    assert not triggers.install(connection), "nothing to do"


def test_a_missing_trigger_is_noticed_made_again_and_what_it_kept_is_repaired():
    position = PositionFactory()
    triggers.remove(connection)
    Event.objects.update(status="draft")
    assert len(triggers.missing(connection)) == len(triggers.wanted(connection))
    (warning,) = checks.triggers_are_in_place(databases=["default"])
    assert "migrate" in warning.hint
    assert derived.wrong_rows(connection)["positions_position"] == 1
    assert triggers.install(connection)
    assert triggers.missing(connection) == []
    position.refresh_from_db()
    assert not position.is_public
    assert not any(derived.wrong_rows(connection).values())


def test_a_trigger_of_an_older_version_is_replaced():
    triggers.remove(connection)
    name = next(iter(triggers.wanted(connection)))
    if connection.vendor == "sqlite":
        _raw(f"CREATE TRIGGER {name} AFTER INSERT ON speakers_person BEGIN SELECT 1; END")
    assert name in triggers.missing(connection)
    triggers.install(connection)
    assert triggers.missing(connection) == []


def test_a_wrong_row_is_found_and_repaired():
    position = PositionFactory()
    triggers.remove(connection)
    _raw(f"UPDATE positions_position SET topic_keys = ',999,' WHERE id = {position.pk}")
    assert derived.wrong_rows(connection)["positions_position"] == 1
    assert derived.repair(connection)["positions_position"] == 1
    position.refresh_from_db()
    assert position.topic_keys == ""


@pytest.mark.django_db(transaction=True)
def test_migrating_back_and_forth_keeps_the_triggers():
    call_command("migrate", "review", "zero", verbosity=0)
    assert triggers.missing(connection) == []
    call_command("migrate", verbosity=0)
    assert triggers.missing(connection) == []


@pytest.fixture
def shown():
    """A published debate with something of everything that has derived columns."""
    appearance = CapacityFactory(organization__parent=OrganizationFactory()).appearance
    position = PositionFactory(appearance=appearance)
    PropositionTopicFactory(proposition=position.proposition)
    EvidenceFactory(position=position)
    EventOrganizationFactory(event=position.event)
    EventSourceFactory(event=position.event)
    Appearance.objects.update(source=SourceFactory())
    return position


DERIVED_MODELS = [Session, Appearance, Person, Organization, Position, Evidence, Source]


@pytest.mark.parametrize("model", DERIVED_MODELS)
def test_what_the_database_keeps_can_not_be_written(model, shown):
    publics = set(model.objects.filter(is_public=True))
    assert publics
    _raw(f"UPDATE {model._meta.db_table} SET is_public = NOT is_public")
    assert set(model.objects.filter(is_public=True)) == publics
    draft = PositionFactory(appearance__session__event__status="draft", status="published")
    Position._base_manager.filter(pk=draft.pk).update(is_public=True, topic_keys=",9,", event=shown.event)
    assert not any(derived.wrong_rows(connection).values())
    made = Person(name_en="Han Nobody", slug="nobody", is_public=True)
    Person.objects.bulk_create([made])
    made.refresh_from_db()
    assert not made.is_public


def test_rows_may_come_in_any_order(shown):
    """As a dump holds them that is read in one transaction, in which keys are only checked at the end."""
    kinds: list[type[models.Model]] = [
        Person, Organization, Source, Event, EventOrganization, EventSource, Session, Appearance, Capacity, Topic,
        Proposition, PropositionTopic, Wording, Position, Evidence,
    ]  # fmt: skip
    dump = serializers.serialize("json", [row for kind in kinds for row in kind._base_manager.all()])
    for kind in reversed(kinds):
        rows = kind._base_manager.all()
        rows._raw_delete(rows.db)
    for row in reversed(list(serializers.deserialize("json", dump))):
        row.save()
    assert not any(derived.wrong_rows(connection).values())
    assert all(kind._base_manager.filter(is_public=True).exists() for kind in DERIVED_MODELS)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
@pytest.mark.django_db(transaction=True)
def test_emptying_a_table_is_no_way_around(shown):
    _raw("TRUNCATE positions_evidence, debate_eventsource")
    assert not any(derived.wrong_rows(connection).values())
    assert list(Source.objects.public()) == [Appearance.objects.get().source]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps the triggers of a table that is altered")
@pytest.mark.django_db(transaction=True)
def test_triggers_that_a_remade_table_lost_are_noticed_and_made_again(shown):
    """SQLite drops them without a word."""
    note = EditorialNote.objects.create(event=shown.event, text_en="Coded once")
    before = version.stamp()
    now = MigrationLoader(connection).project_state()
    changed = now.clone()
    longer = migrations.AlterField("editorialnote", "about", models.CharField(max_length=11))
    longer.state_forwards("debate", changed)
    for old, new in ((now, changed), (changed, now)):
        with connection.schema_editor() as editor:
            longer.database_forwards("debate", editor, old, new)
    EditorialNote._base_manager.filter(pk=note.pk).update(text_en="Changed unnoticed")
    assert version.stamp() == before
    (warning,) = checks.triggers_are_in_place(databases=["default"])
    assert warning.msg.startswith("3 database triggers are missing")
    assert any("triggers" in problem for problem in readiness.report().problems)
    call_command("migrate", verbosity=0)
    assert triggers.missing(connection) == []
    assert changes.since(before).everything
