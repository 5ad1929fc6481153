"""Who is compared on a page, and who can be added to them or taken away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Page
from django.http import QueryDict

from comparing.comparison import BASES, Compared, Comparison, Row, compare, named, rows
from pages.choosing import chosen
from pages.paging import page_of_all
from pages.problems import NotUnderstood
from pages.reader import reader_language
from search.filters import FiltersError
from search.suggest import Suggestion, suggest

ROWS = 8
OFFERED = 10
_PARAMETER = {"person": "speaker", "organization": "organization"}  # by the kind of a suggestion


@dataclass(frozen=True, slots=True)
class Offer:
    """Somebody who can be added, and the query of the page with them."""

    suggestion: Suggestion
    query: str


def asked_for(parameters: QueryDict) -> Comparison:
    """Raises NotUnderstood for names that are not in the record, for too many, and for a basis that is none."""
    basis = chosen(parameters, "basis", BASES)
    try:
        return compare(named(dict(parameters.lists())), basis)
    except FiltersError as error:
        raise NotUnderstood(error.problems[0].message) from None


def page_of(comparison: Comparison, parameters: QueryDict) -> tuple[Page[int], list[Row]]:
    """Raises NotThere beyond the last page."""
    page = page_of_all(comparison.propositions, parameters, ROWS)
    return page, list(rows(comparison, list(page), reader_language()))


def without_each(compared: Iterable[Compared], parameters: QueryDict) -> list[tuple[Compared, str]]:
    """Each with the query of the page without them."""
    return [(one, _without(parameters, one.parameter, one.record.slug)) for one in compared]


def offers(text: str, parameters: QueryDict) -> list[Offer]:
    """People and organizations of that name; raises SearchUnavailable."""
    found = suggest(text, language=reader_language(), limit=50).found
    return [
        Offer(suggestion, _with(parameters, _PARAMETER[suggestion.kind], suggestion.slug))
        for suggestion in found
        if suggestion.kind in _PARAMETER
    ][:OFFERED]


def _with(parameters: QueryDict, name: str, slug: str) -> str:
    return _query(parameters, name, [*parameters.getlist(name), slug])


def _without(parameters: QueryDict, name: str, slug: str) -> str:
    return _query(parameters, name, [one for one in parameters.getlist(name) if one != slug])


def _query(parameters: QueryDict, name: str, values: list[str]) -> str:
    """That of the page with other values of one parameter, from the first page on and without what was looked for."""
    changed = parameters.copy()
    changed.setlist(name, list(dict.fromkeys(values)))
    for left in ("find", "page"):
        changed.pop(left, None)
    return f"?{changed.urlencode()}"
