from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from positions.models import Position
from speakers import derived, triggers
from tests.factories import PositionFactory

pytestmark = pytest.mark.django_db


def said_by(**options):
    said = StringIO()
    call_command("check_record", stdout=said, **options)
    return said.getvalue()


def spoil(position):
    """As if something had written past the triggers: they are taken off and put back behind the record's back."""
    triggers.remove(connection)
    Position._base_manager.filter(pk=position.pk).update(is_public=False)


def test_a_right_record_is_said_to_be_right():
    PositionFactory()
    said = said_by()
    assert "positions_position: right\n" in said
    assert "wrong" not in said


def test_missing_triggers_and_wrong_rows_are_counted():
    position = PositionFactory()
    spoil(position)
    with pytest.raises(CommandError, match=r"1 rows? (is|are) wrong and \d+ triggers missing"):
        said_by()


def test_repairing_puts_the_triggers_back_and_the_rows_right():
    position = PositionFactory()
    spoil(position)
    said = said_by(repair=True)
    assert "positions_position: 1 wrong\n" in said
    assert said.endswith("repaired\n")
    position.refresh_from_db()
    assert position.is_public
    assert triggers.missing(connection) == []
    assert set(derived.wrong_rows(connection).values()) == {0}
    assert said_by(repair=True).endswith("nothing to repair\n")


def test_wrong_rows_alone_are_repaired_too():
    position = PositionFactory()
    spoil(position)
    with connection.cursor() as cursor:
        for trigger in triggers.wanted(connection).values():
            for statement in trigger.sql(connection.vendor):
                cursor.execute(statement)
    with pytest.raises(CommandError, match="1 row is wrong and 0 triggers missing"):
        said_by()
    said_by(repair=True)
    position.refresh_from_db()
    assert position.is_public
