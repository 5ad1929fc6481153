"""Lists in pages, with exact counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from django.conf import settings
from django.http import HttpRequest, QueryDict

from api.parameters import Gathering, Parameter
from api.problems import NoSuchPage, shortened
from search.filters import FiltersError, Problem

DEFAULT_SIZE = 20
LARGEST_SIZE = 100
_LARGEST_NUMBER = 10**9
PAGING = (
    Parameter("page", "Which page, from 1.", {"type": "integer", "minimum": 1, "default": 1}),
    Parameter(
        "page_size",
        "How many on a page.",
        {"type": "integer", "minimum": 1, "maximum": LARGEST_SIZE, "default": DEFAULT_SIZE},
    ),
)


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a list is asked for; numbers count from 1."""

    number: int
    size: int

    @classmethod
    def asked_for(cls, query: QueryDict) -> Self:
        """Raises FiltersError for what is no number, or no size that is served."""
        gathering = Gathering()
        with gathering:
            number = _whole("page", query.get("page", "1"), _LARGEST_NUMBER)
        with gathering:
            size = _whole("page_size", query.get("page_size", str(DEFAULT_SIZE)), LARGEST_SIZE + 1)
            if size > LARGEST_SIZE:
                raise FiltersError([Problem("page_size", f"At most {LARGEST_SIZE} are on a page.")])
        gathering.tell()
        return cls(number, size)

    @property
    def rows(self) -> slice:
        return slice((self.number - 1) * self.size, self.number * self.size)

    def of(self, count: int) -> int:
        """How many pages there are; raises NoSuchPage where this is none of them. An empty list has one."""
        pages = max(1, -(-count // self.size))
        if self.number > pages:
            raise NoSuchPage(pages)
        return pages


def envelope(request: HttpRequest, page: Page, count: int, results: Iterable[Any]) -> dict[str, Any]:
    pages = page.of(count)
    return {
        "count": count,
        "next": _address(request, page.number + 1) if page.number < pages else None,
        "previous": _address(request, page.number - 1) if page.number > 1 else None,
        "page": page.number,
        "pages": pages,
        "results": list(results),
    }


def _address(request: HttpRequest, number: int) -> str:
    query = request.GET.copy()
    query["page"] = str(number)
    return f"{settings.PUBLIC_URL}{request.path}?{query.urlencode()}"


def _whole(name: str, value: str | list[object], at_most: int) -> int:
    """The number from 1 that is written, or `at_most` if that is less: no list is as long as some numbers."""
    text = str(value)
    if not (text.isascii() and text.isdigit()) or not text.strip("0"):
        raise FiltersError([Problem(name, f"{shortened(text)!r} is no whole number from 1 up.")])
    return int(text) if len(text) < 10 else at_most
