from __future__ import annotations

import pytest
from django.core.cache import cache

from positions.models import Position, PositionQuerySet
from record.figures import count, figure
from tests.factories import PositionFactory


@pytest.fixture(autouse=True)
def _no_figures_of_other_tests():
    cache.clear()


@pytest.fixture
def committing(transactional_db):
    """Each write is a transaction of its own, as it is when the site is served."""


def public():
    return Position.objects.public()


def test_a_figure_is_worked_out_once_while_the_record_stays_as_it_is(committing, django_assert_num_queries):
    PositionFactory.create_batch(3)
    with django_assert_num_queries(2):  # the version and the count
        assert count(public()) == 3
    with django_assert_num_queries(1):  # the version
        assert count(public().order_by("pk")) == 3


def test_a_figure_is_right_after_every_change(committing):
    position = PositionFactory()
    assert count(public()) == 1
    PositionFactory()
    assert count(public()) == 2
    position.event.status = "draft"
    position.event.save()
    assert count(public()) == 1
    Position.objects.all().delete()
    assert count(public()) == 0


def test_figures_of_other_records_and_other_questions_are_told_apart(committing):
    PositionFactory(stance="opposes")
    PositionFactory.create_batch(2)
    assert count(public().filter(stance="supports")) == 2
    assert count(public().filter(stance="opposes")) == 1
    assert figure(public(), PositionQuerySet.counts) == {"positions": 3, "speakers": 3}
    assert count(public()) == 3


def test_no_records_at_all_are_none(committing, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert count(public().filter(pk__in=[])) == 0


def test_a_record_that_nobody_has_changed_yet_has_figures(committing):
    assert count(public()) == 0
    PositionFactory()
    assert count(public()) == 1


@pytest.mark.django_db
def test_within_a_transaction_its_own_changes_count(django_assert_num_queries):
    PositionFactory()
    assert count(public()) == 1
    PositionFactory()
    with django_assert_num_queries(1):
        assert count(public()) == 2
