"""One page of a long list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pages.problems import NotThere
from record import figures

PAGE_SIZE = 25
_LONGEST_NUMBER = 9


def page_of(
    records: QuerySet[Any], parameters: QueryDict, size: int = PAGE_SIZE, *, shown: QuerySet[Any] | None = None
) -> Page[Any]:
    """The page that `parameters` ask for; raises NotThere beyond the last and for what is no number.

    Asks which records are on the page and then for these alone, however many columns and joins they come with: by
    itself a database reads all that stand before a page whole, to pass them over. Costs two queries, one or two for
    the count (see `figures.figure`), and those of the records' prefetches.

    `shown` gives rows with these keys, in the same order, where the records' own conditions cost much to ask twice.
    """
    number = page_number(parameters)
    paginator: Paginator[Any] = Paginator(range(figures.count(records)), size)
    if number > paginator.num_pages:
        raise beyond_the_end(number, paginator.num_pages)
    places: Any = paginator.page(number).object_list
    keys = list(records.values_list("pk", flat=True)[places.start : places.stop])
    # With a condition still, since what has just been withdrawn is not to be shown.
    return Page((records if shown is None else shown).filter(pk__in=keys), number, paginator)


def page_of_all(records: Sequence[Any], parameters: QueryDict, size: int = PAGE_SIZE) -> Page[Any]:
    """The same of records that are all at hand."""
    number = page_number(parameters)
    paginator: Paginator[Any] = Paginator(records, size)
    if number > paginator.num_pages:
        raise beyond_the_end(number, paginator.num_pages)
    return paginator.page(number)


def page_number(parameters: QueryDict) -> int:
    text = parameters.get("page", "1")
    if not (text.isascii() and text.isdigit()) or not text.strip("0"):
        message = _("“%(value)s” is no page number. Pages are counted from 1: page=2 is the second.")
        raise NotThere(message % {"value": text[:40]})
    if len(text) > _LONGEST_NUMBER:
        raise NotThere(_("There is no page with so high a number."))
    return int(text)


def beyond_the_end(number: int, last: int) -> NotThere:
    message = ngettext(
        "There is no page %(number)d: this list has %(last)d page.",
        "There is no page %(number)d: this list has %(last)d pages.",
        last,
    )
    return NotThere(message % {"number": number, "last": last})
