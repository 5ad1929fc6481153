"""How much of a stance matrix stands on a page."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Page
from django.http import QueryDict

from comparing.matrix import Arrangement, Matrix, part_of, sorted_matrix
from debate.models import Event
from pages.paging import page_of_all
from pages.reader import reader_language
from positions.models import PositionQuerySet


@dataclass(frozen=True, slots=True)
class Extent:
    """How many propositions are on a page of a matrix, and of how many speakers."""

    rows: int
    columns: int


AT_A_GLANCE = Extent(rows=20, columns=16)
WHOLE = Extent(rows=30, columns=30)


def page_of_matrix(
    event: Event, positions: PositionQuerySet, extent: Extent, arrangement: Arrangement, parameters: QueryDict
) -> tuple[Matrix, Page[int]]:
    """Of those of the event's `positions`; eleven queries at any size. Raises NotThere beyond the last page."""
    whole = sorted_matrix(event, positions, arrangement, reader_language())
    page = page_of_all(whole.propositions, parameters, extent.rows)
    return part_of(whole, list(page), extent.columns), page
