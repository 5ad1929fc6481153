"""All that a search finds, however much it is, by primary keys."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from django.utils.translation import gettext as _

from search import upkeep
from search.filters import Filters, FiltersError, Problem, resolve
from search.find import MOST_PER_PAGE, Answer, SearchUnavailable, answer
from search.hits import DEEPEST
from search.index import Damaged, Snapshot


def found(filters: Filters) -> Iterator[int]:
    """The positions that `find` finds, in its order, of one state of the index; holds MOST_PER_PAGE of them at a time.

    Nothing where nothing has what was asked for: what may have been meant instead is for people to choose. The first
    page is searched for at once. Raises SearchUnavailable, and FiltersError for unknown names and more than DEEPEST.
    """
    snapshot, keys = upkeep.up_to_date(), resolve(filters)
    try:
        first = answer(snapshot, filters, keys, size=MOST_PER_PAGE)
    except Damaged as error:
        upkeep.discard_damaged()
        raise SearchUnavailable(_("Search is not available: its index can't be read.")) from error
    if first.total > DEEPEST:
        raise FiltersError([Problem("q", _("It finds more than %(count)d.") % {"count": DEEPEST})])
    return iter(()) if first.instead else chain(_keys(first), _others(snapshot, filters, keys, first.pages))


def _others(snapshot: Snapshot, filters: Filters, keys: dict[str, list[int]], pages: int) -> Iterator[int]:
    for page in range(2, pages + 1):
        yield from _keys(answer(snapshot, filters, keys, page=page, size=MOST_PER_PAGE))


def _keys(page: Answer) -> Iterator[int]:
    return (hit.key for hit in page.positions)
