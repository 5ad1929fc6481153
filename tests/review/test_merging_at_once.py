"""Two editors merge, or part, the same two at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from review.merging import merge
from review.models import Merge
from review.refusals import Refusal
from review.undoing import undo
from speakers.models import Person
from tests.factories import AffiliationFactory, AppearanceFactory, PersonFactory
from tests.review.people import author_as

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="on SQLite one writes after the other"),
]
SECONDS = 20


def _at_once(*acts):
    """What each of them said."""
    together = Barrier(len(acts), timeout=SECONDS)

    def act(one):
        try:
            together.wait()
            one()
        except Refusal as refusal:
            return type(refusal).__name__
        else:
            return "done"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as editors:
        return sorted(found.result(SECONDS) for found in [editors.submit(act, one) for one in acts])


def test_of_two_who_merge_them_either_way_round_one_does():
    one, other, reviewer = PersonFactory(), PersonFactory(), author_as("reviewer")
    for person in (one, other):
        AffiliationFactory(person=person)
        AppearanceFactory(person=person)
    told = _at_once(lambda: merge(one, other, reviewer, reason="x"), lambda: merge(other, one, reviewer, reason="x"))
    assert told == ["Gone", "done"]
    left = Person.objects.get()
    assert (left.appearances.count(), left.affiliations.count(), left.is_public) == (2, 2, True)


def test_of_two_who_undo_it_one_does():
    one, other, reviewer = PersonFactory(), PersonFactory(), author_as("reviewer")
    AppearanceFactory(person=other)
    done = merge(one, other, reviewer, reason="x")
    assert _at_once(lambda: undo(done, reviewer, "x"), lambda: undo(done, reviewer, "y")) == ["Decided", "done"]
    assert (Person.objects.count(), Merge.objects.get().undone_at is not None) == (2, True)
