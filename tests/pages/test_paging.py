from __future__ import annotations

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pages.paging import page_of
from pages.problems import NotThere
from positions.models import Position, Proposition
from tests.factories import AppearanceFactory, EventFactory, PositionFactory, PropositionFactory, SessionFactory

pytestmark = pytest.mark.django_db
DAYS = ["", "2025", "2025-02", "2025-02-12", "2024/..", "../2024-06", "XXXX-02-12", "2023/2025"]


def ordered(order: str):
    return getattr(Position.objects.public().for_list(), order)()


def pages(records, size: int):
    first = page_of(records, QueryDict("page=1"), size)
    yield first
    for number in range(2, first.paginator.num_pages + 1):
        yield page_of(records, QueryDict(f"page={number}"), size)


# What hypothesis makes of one example is rolled back with the test, so each goes by its own debates.
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    debates=st.lists(st.tuples(st.sampled_from(DAYS), st.integers(1, 2), st.integers(0, 2)), min_size=1, max_size=4),
    size=st.integers(1, 5),
    order=st.sampled_from(["in_time_order", "oldest_first"]),
)
def test_all_pages_together_are_the_whole_list_in_its_order(debates, size, order):
    Position.objects.all().delete()
    for day, sessions, seat in debates:
        event = EventFactory(date=day)
        for number in range(sessions):
            session = SessionFactory(event=event, order=sessions - number)
            PositionFactory.create_batch(2, appearance=AppearanceFactory(session=session, order=seat))
    whole = [position.pk for position in ordered(order)]
    assert len(whole) == 2 * sum(sessions for _day, sessions, _seat in debates)
    assert [position.pk for page in pages(ordered(order), size) for position in page] == whole


@pytest.mark.parametrize("number", [1, 4])
def test_a_page_reads_no_other_rows_whole_and_costs_the_same_anywhere(number):
    PositionFactory.create_batch(8)
    with CaptureQueriesContext(connection) as queries:
        page = page_of(Position.objects.public().for_list().in_time_order(), QueryDict(f"page={number}"), 2)
        assert len(list(page)) == 2
    assert len(queries) == 7
    _count, keys, rows, *_prefetched = [query["sql"] for query in queries]
    assert "JOIN" not in keys and "summary" not in keys
    assert "summary" in rows and "OFFSET" not in rows


def test_what_is_withdrawn_between_the_two_questions_is_not_shown():
    withdrawn, kept = PositionFactory(), PositionFactory()
    page = page_of(Position.objects.public().in_time_order(), QueryDict(""))
    withdrawn.status, withdrawn.withdrawn_because = "withdrawn", "Entered twice."
    withdrawn.clean()
    withdrawn.save()
    assert list(page) == [kept]


def test_a_list_that_is_empty_has_one_page():
    page = page_of(Proposition.objects.public().for_list("en"), QueryDict("page=1"))
    assert (list(page), page.paginator.count, page.paginator.num_pages) == ([], 0, 1)
    with pytest.raises(NotThere):
        page_of(Proposition.objects.public().for_list("en"), QueryDict("page=2"))


def test_a_page_of_propositions_keeps_the_order_of_their_wordings():
    for wording in ("Clean water", "Better roads", "All schools"):
        PropositionFactory(wording=wording)
    first, second = pages(Proposition.objects.public().for_list("en"), 2)
    assert [str(proposition) for proposition in first] == ["All schools", "Better roads"]
    assert [str(proposition) for proposition in second] == ["Clean water"]
