from __future__ import annotations

import pytest

from positions.models import Position
from record import changes, version
from record.models import Change, State, Version
from record.version import BEFORE_ANY
from tests.factories import PersonFactory, PositionFactory
from tests.record.commits import as_if_committed

pytestmark = pytest.mark.django_db


def _stamp() -> version.Stamp:
    as_if_committed()
    return version.stamp()


def _later_position() -> Position:
    as_if_committed()
    return PositionFactory()


def test_the_number_is_one_cheap_read(django_assert_num_queries):
    before = _stamp().number
    PositionFactory()
    as_if_committed()
    with django_assert_num_queries(1):
        assert version.current() > before


def test_nothing_has_changed_since_now(django_assert_num_queries):
    PositionFactory()
    now = _stamp()
    with django_assert_num_queries(1):
        found = changes.since(now)
    assert (found.everything, found.keys, found.until) == (False, {}, now)


@pytest.mark.parametrize("count", [1, 20])
def test_reading_changes_costs_the_same_queries_at_any_size(count, django_assert_num_queries):
    PositionFactory()
    before = _stamp()
    positions = PositionFactory.create_batch(count)
    as_if_committed()
    with django_assert_num_queries(3):
        found = changes.since(before, at_most=1_000)
    assert found.keys["position"] == {position.pk for position in positions}


def test_more_changes_than_asked_for_are_everything():
    before = _stamp()
    PositionFactory.create_batch(3)
    as_if_committed()
    assert changes.since(before, at_most=4).everything


def test_a_number_of_another_record_is_not_taken_for_ours():
    PositionFactory()
    now = _stamp()
    PositionFactory()
    as_if_committed()
    assert not changes.since(now).everything
    assert changes.since(version.Stamp(now.number, "0" * 32)).everything
    assert changes.since(BEFORE_ANY).everything


def test_a_record_whose_counter_was_lost_starts_a_new_one():
    PositionFactory()
    before = _stamp()
    for model in (State, Version, Change):
        model.objects.all().delete()
    assert version.stamp() == BEFORE_ANY
    PositionFactory()
    as_if_committed()
    assert version.current() > 0
    assert changes.since(before).everything


def test_the_log_is_kept_short_and_what_is_older_has_to_be_built_anew():
    PositionFactory()
    old = _stamp()
    for _time in range(5):
        _later_position()
    recent = _stamp()
    PositionFactory()
    latest = _stamp().number
    changes.forget(kept_versions=latest - recent.number + 1)
    assert changes.since(old).everything
    assert not changes.since(recent).everything
    assert not Change.objects.filter(version__number__lte=old.number).exists()


def test_a_person_nobody_shows_changes_nothing():
    before = _stamp()
    PersonFactory()
    assert _stamp() == before
