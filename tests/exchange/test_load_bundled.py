from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from debate.models import Event
from positions.models import Position

pytestmark = pytest.mark.django_db


def test_load_bundled_loads_it_once():
    assert _said_by("load_bundled") == "ai-hegemony-debate.yaml: loaded, 238 records\n"
    assert Event.objects.get().is_public


def test_load_bundled_leaves_alone_what_editors_changed():
    _said_by("load_bundled")
    position = Position.objects.get(public_id="nxfes4c3")
    position.summary_en = "Edited in the admin."
    position.save()
    assert _said_by("load_bundled") == "ai-hegemony-debate.yaml: in the database already, left as it is there\n"
    position.refresh_from_db()
    assert position.summary_en == "Edited in the admin."


@pytest.mark.parametrize("what", ["renamed", "deleted"])
def test_load_bundled_does_not_bring_back_what_editors_took_away(what):
    _said_by("load_bundled")
    event = Event.objects.get()
    if what == "renamed":
        event.slug = "ai-hegemony"
        event.save()
    else:
        Position.objects.all().delete()
        event.delete()
    assert "not loaded again" in _said_by("load_bundled")
    assert [event.slug for event in Event.objects.all()] == (["ai-hegemony"] if what == "renamed" else [])


def test_load_bundled_takes_one_query_a_file_when_nothing_is_new(django_assert_num_queries):
    _said_by("load_bundled")
    with django_assert_num_queries(1):
        _said_by("load_bundled")


def _said_by(command, *arguments):
    said = StringIO()
    call_command(command, *arguments, stdout=said)
    return said.getvalue()
