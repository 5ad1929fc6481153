from __future__ import annotations

import time
from collections import Counter
from io import StringIO

import pytest
from django.core.management import call_command

from debate.models import Appearance, Capacity, Event, Session, Source
from exchange.dossier.dump import dump
from exchange.dossier.kinds import KINDS
from exchange.dossier.style import as_yaml
from positions.models import Evidence, Position, Proposition, Topic
from speakers import derived
from speakers.models import Organization, Person
from tests.exchange.conftest import BUNDLED, load_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def _loaded(bundled):
    load_text(bundled)


@pytest.mark.usefixtures("_loaded")
def test_the_bundled_debate_is_all_there_and_all_public():
    assert Person.objects.public().count() == 12
    assert Appearance.objects.public().values("person").distinct().count() == 12
    assert Organization.objects.public().count() == 15
    assert Source.objects.public().count() == 3
    assert Session.objects.public().count() == 5
    assert Appearance.objects.public().count() == 13
    assert Proposition.objects.public().count() == 20
    assert Topic.objects.public().count() == 9
    assert Counter(Position.objects.public().values_list("stance", flat=True)) == {
        "supports": 27,
        "opposes": 2,
        "neutral": 2,
    }


@pytest.mark.usefixtures("_loaded")
def test_its_date_stays_unknown():
    event = Event.objects.get()
    assert (event.date, event.date_earliest, event.date_latest) == ("XXXX-XX-12", None, None)
    assert not Position.objects.exclude(date_earliest=None, date_latest=None).exists()


@pytest.mark.usefixtures("_loaded")
def test_no_words_of_its_source_are_kept_but_every_position_has_its_paragraph():
    assert set(Evidence.objects.values_list("quote", "prefix", "suffix")) == {("", "", "")}
    assert set(Source.objects.values_list("text", "quoting")) == {("", "nothing")}
    assert not Position.objects.exclude(evidence__locator__startswith="¶ ").exists()


@pytest.mark.usefixtures("_loaded")
def test_only_two_speak_on_behalf_of_their_organization_and_one_capacity_is_doubtful():
    speaking_for = Capacity.objects.filter(basis="on_behalf_of").values_list("appearance__person__slug", flat=True)
    assert set(speaking_for) == {"lee-ki-dae", "gong-jin-ho"}
    doubtful = Capacity.objects.get(is_doubtful=True)
    assert doubtful.appearance.person.slug == "cho-young-ki"
    assert "industry association" in doubtful.note_en


@pytest.mark.usefixtures("_loaded")
def test_its_programme_is_in_order():
    kinds = Session.objects.in_order().values_list("order", "kind")
    assert list(kinds) == [(1, "opening"), (2, "presentation"), (3, "presentation"), (4, "discussion"), (5, "closing")]


@pytest.mark.usefixtures("_loaded")
def test_the_columns_that_the_database_keeps_are_right(django_db_blocker):
    from django.db import connection

    assert set(derived.wrong_rows(connection).values()) == {0}


def test_loading_it_again_changes_no_revision_and_writes_no_history(bundled):
    load_text(bundled)
    before = _revisions_and_history()
    report = load_text(bundled)
    assert list(report.lines()) == ["nothing changed: 237 records as in the file"]
    assert _revisions_and_history() == before


def _revisions_and_history():
    models = dict.fromkeys(kind.model for kind in KINDS)
    return {
        model.__name__: (sorted(model.objects.values_list("pk", "revision", "updated_at")), model.history.count())
        for model in models
    }


def test_every_row_is_in_the_history_once_with_where_it_came_from(bundled):
    load_text(bundled)
    for model in dict.fromkeys(kind.model for kind in KINDS):
        history = model.history.values_list("history_type", "history_change_reason")
        assert Counter(history) == (
            {("+", "dossier deepsec-and-koreas-path-in-ai"): model.objects.count()} if model.objects.count() else {}
        )


def test_its_dump_is_the_file_without_its_comments(bundled):
    load_text(bundled)
    assert _without_comments(as_yaml(dump(Event.objects.get()))) == _without_comments(bundled)


def _without_comments(text):
    return [line for line in text.splitlines() if not line.lstrip().startswith("#")]


def test_it_loads_in_time(bundled):
    start = time.process_time()
    load_text(bundled)
    assert time.process_time() - start < 3


def test_load_bundled_loads_it_once():
    assert _said_by("load_bundled").startswith("ai-hegemony-debate.yaml: added: 9 topics, 15 organizations")
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


def test_the_bundled_file_says_where_its_schema_is(bundled):
    first = bundled.splitlines()[0]
    assert first == "# yaml-language-server: $schema=../dossier/schema.json"
    assert (BUNDLED.parent / "../dossier/schema.json").is_file()
