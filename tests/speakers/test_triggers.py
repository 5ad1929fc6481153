from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection

from debate.models import Event
from speakers import checks, derived, triggers
from tests.factories import PositionFactory

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
