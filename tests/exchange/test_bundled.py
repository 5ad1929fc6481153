from __future__ import annotations

from collections import Counter

import pytest
from django.db import connection, transaction

from debate.models import Appearance, Capacity, Event, Session, Source
from exchange.dossier.dump import dump
from exchange.dossier.kinds import KINDS
from exchange.dossier.style import as_yaml
from positions.models import Evidence, Position, Proposition, Topic
from speakers import derived
from speakers.models import Organization, Person
from tests.exchange.conftest import BUNDLED, load_text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_loaded")]


@pytest.fixture(scope="module")
def _loaded(django_db_setup, django_db_blocker, bundled):
    """Once for all tests here, in a transaction around theirs."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_text(bundled)
        yield
        transaction.set_rollback(True)


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


def test_its_date_stays_unknown():
    event = Event.objects.get()
    assert (event.date, event.date_earliest, event.date_latest) == ("XXXX-XX-12", None, None)
    assert not Position.objects.exclude(date_earliest=None, date_latest=None).exists()


def test_no_words_of_its_source_are_kept_but_every_position_has_its_paragraph():
    assert set(Evidence.objects.values_list("quote", "prefix", "suffix")) == {("", "", "")}
    assert set(Source.objects.values_list("text", "quoting")) == {("", "nothing")}
    assert not Position.objects.exclude(evidence__locator__startswith="¶ ").exists()


def test_only_two_speak_on_behalf_of_their_organization_and_one_capacity_is_doubtful():
    speaking_for = Capacity.objects.filter(basis="on_behalf_of").values_list("appearance__person__slug", flat=True)
    assert set(speaking_for) == {"lee-ki-dae", "gong-jin-ho"}
    doubtful = Capacity.objects.get(is_doubtful=True)
    assert doubtful.appearance.person.slug == "cho-young-ki"
    assert "industry association" in doubtful.note_en


def test_its_programme_is_in_order():
    kinds = Session.objects.in_order().values_list("order", "kind")
    assert list(kinds) == [(1, "opening"), (2, "presentation"), (3, "presentation"), (4, "discussion"), (5, "closing")]


def test_the_columns_that_the_database_keeps_are_right():
    assert set(derived.wrong_rows(connection).values()) == {0}


def test_loading_it_again_changes_no_revision_and_writes_no_history(bundled):
    before = _revisions_and_history()
    report = load_text(bundled)
    assert list(report.lines()) == ["nothing changed: 238 records as in the file"]
    assert _revisions_and_history() == before


def _revisions_and_history():
    models = dict.fromkeys(kind.model for kind in KINDS)
    return {
        model.__name__: (sorted(model.objects.values_list("pk", "revision", "updated_at")), model.history.count())
        for model in models
    }


def test_every_row_is_in_the_history_once_with_where_it_came_from():
    for model in dict.fromkeys(kind.model for kind in KINDS):
        history = model.history.values_list("history_type", "history_change_reason")
        assert Counter(history) == (
            {("+", "dossier deepsec-and-koreas-path-in-ai"): model.objects.count()} if model.objects.count() else {}
        )


def test_its_dump_is_the_file_without_its_comments(bundled):
    assert _without_comments(as_yaml(dump(Event.objects.get()))) == _without_comments(bundled)


def _without_comments(text):
    return [line for line in text.splitlines() if not line.lstrip().startswith("#")]


def test_the_bundled_file_says_where_its_schema_is(bundled):
    first = bundled.splitlines()[0]
    assert first == "# yaml-language-server: $schema=../dossier/schema.json"
    assert (BUNDLED.parent / "../dossier/schema.json").is_file()
