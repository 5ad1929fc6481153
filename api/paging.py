"""Lists in pages with exact counts, and walks through a whole list."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

from api.parameters import STRING, Gathering, Parameter
from api.problems import NoSuchPage, shortened
from search.filters import FiltersError, Problem

DEFAULT_SIZE = 20
LARGEST_SIZE = 100
FIRST = "*"
_LARGEST_NUMBER = 10**9
PAGING = (
    Parameter("page", "Which page, from 1.", {"type": "integer", "minimum": 1, "default": 1}),
    Parameter(
        "page_size",
        "How many on a page.",
        {"type": "integer", "minimum": 1, "maximum": LARGEST_SIZE, "default": DEFAULT_SIZE},
    ),
)
WALKING = Parameter(
    "cursor",
    f"Walks through all of the list in a fixed order, whatever changes meanwhile: `{FIRST}` begins, and `next` of each"
    " answer goes on. Takes the place of `page` and of an order.",
    {**STRING, "examples": [FIRST]},
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


@dataclass(frozen=True, slots=True)
class Walk:
    """A part of a walk through a list: so many of those whose primary key is beyond `after`, in the order of keys."""

    after: int
    size: int

    @classmethod
    def asked_for(cls, query: QueryDict) -> Self:
        """Raises FiltersError for what no answer gave, and for what makes no sense beside a cursor."""
        gathering = Gathering()
        for name in ("page", "ordering", "sort", "q"):
            with gathering:
                if query.get(name):
                    raise FiltersError([Problem(name, "A walk by cursor has its own order: leave this out.")])
        with gathering:
            size = Page.asked_for(query).size
        with gathering:
            after = _read(query.getlist("cursor"))
        gathering.tell()
        return cls(after, size)

    def keys(self, records: QuerySet[Any]) -> list[int]:
        """One more than there are in this part, if there are more. Costs the same wherever in the list it is."""
        return list(records.filter(pk__gt=self.after).order_by("pk").values_list("pk", flat=True)[: self.size + 1])


def envelope(request: HttpRequest, page: Page, count: int, results: Iterable[Any]) -> dict[str, Any]:
    pages = page.of(count)
    return {
        "count": count,
        "next": _address(request, page=page.number + 1) if page.number < pages else None,
        "previous": _address(request, page=page.number - 1) if page.number > 1 else None,
        "page": page.number,
        "pages": pages,
        "results": list(results),
    }


def part(request: HttpRequest, walk: Walk, count: int, keys: Sequence[int], results: Iterable[Any]) -> dict[str, Any]:
    """`keys` are those that the walk gave."""
    goes_on = len(keys) > walk.size
    return {
        "count": count,
        "next": _address(request, cursor=_written(keys[walk.size - 1])) if goes_on else None,
        "previous": None,
        "page": None,
        "pages": None,
        "results": list(results),
    }


def links(request: HttpRequest, answer: dict[str, Any]) -> str:
    """The same for the header `Link` (RFC 8288)."""
    others = {"next": answer["next"], "prev": answer["previous"]}
    if answer["pages"] is not None:
        others |= {"first": _address(request, page=1), "last": _address(request, page=answer["pages"])}
    return ", ".join(f'<{address}>; rel="{name}"' for name, address in others.items() if address)


def _address(request: HttpRequest, **changed: object) -> str:
    asked = {name: changed.pop(name, values) for name, values in request.GET.lists()}
    return f"{settings.PUBLIC_URL}{request.path}?{urlencode(asked | changed, doseq=True)}"


def _written(key: int) -> str:
    return urlsafe_b64encode(key.to_bytes(8)).decode().rstrip("=")


def _read(given: Sequence[str]) -> int:
    if given == [FIRST]:
        return -1
    text = given[0] if len(given) == 1 else ""
    try:
        key = int.from_bytes(urlsafe_b64decode(f"{text}=".encode("ascii")))
    except (Error, ValueError):
        key = -1
    if len(text) != 11 or not 0 <= key < 2**63:
        raise FiltersError(
            [Problem("cursor", f"Begin with {FIRST!r}, and go on with the address in `next` of each answer.")]
        )
    return key


def _whole(name: str, value: str | list[object], at_most: int) -> int:
    """The number from 1 that is written, or `at_most` if that is less: no list is as long as some numbers."""
    text = str(value)
    if not (text.isascii() and text.isdigit()) or not text.strip("0"):
        raise FiltersError([Problem(name, f"{shortened(text)!r} is no whole number from 1 up.")])
    return int(text) if len(text) < 10 else at_most
