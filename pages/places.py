"""What was read where in a source: in the order of its paragraphs, pages or time. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from debate.locators import LocatorError, parse

_LONGEST_SPAN = 1_000
_UNITS = ("paragraph", "page", "second")


@dataclass(frozen=True, slots=True)
class Read:
    """A piece of evidence: the position that was read, and the place as it is written."""

    position: int
    locator: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`count` positions were read in it; `first` is the place in the ordered list of what was read where the first of
    them was.
    """

    number: int
    count: int = 0
    first: int | None = None


@dataclass(frozen=True, slots=True)
class AtPlace[P]:
    """What was read at one place, of which the first is the `first` in the ordered list."""

    first: int
    locator: str
    positions: tuple[P, ...]


def in_order_of_place(evidence: Iterable[Read]) -> list[Read]:
    """By the place where it begins; what has no place comes last. Keeps the order of what is at one place."""
    return sorted(evidence, key=lambda read: _key(read.locator))


def together[P](read: Iterable[tuple[Read, P]], start: int) -> list[AtPlace[P]]:
    """What follows each other at one place; `start` is the place of the first in the whole list."""
    found: list[AtPlace[P]] = []
    for _key_of_place, group in groupby(enumerate(read, start), key=lambda one: _key(one[1][0].locator)):
        several = list(group)
        first, (one, _position) = several[0]
        found.append(AtPlace(first, one.locator, tuple(position for _place, (_read, position) in several)))
    return found


def paragraphs(ordered: Iterable[Read], count: int | None, shown: int) -> list[Paragraph]:
    """The first `shown` paragraphs of a source that has `count`; without a count those alone where something was read.

    `ordered` is in the order of places.
    """
    counts: dict[int, set[int]] = {}
    first: dict[int, int] = {}
    for place, read in _with_group_starts(ordered):
        for number in _numbers(read.locator):
            counts.setdefault(number, set()).add(read.position)
            first.setdefault(number, place)
    numbers = range(1, min(count, shown) + 1) if count else sorted(counts)[:shown]
    return [Paragraph(number, len(counts.get(number, ())), first.get(number)) for number in numbers]


def _with_group_starts(ordered: Iterable[Read]) -> Iterator[tuple[int, Read]]:
    start, last = 0, None
    for place, read in enumerate(ordered):
        if (key := _key(read.locator)) != last:
            start, last = place, key
        yield start, read


def _numbers(locator: str) -> Iterator[int]:
    try:
        place = parse(locator)
    except LocatorError:
        return
    if place.unit == "paragraph":
        for start, end in place.spans:
            yield from range(start, min(end, start + _LONGEST_SPAN) + 1)


def _key(locator: str) -> tuple[int, tuple[tuple[int, int], ...], str]:
    try:
        place = parse(locator)
    except LocatorError:
        return len(_UNITS), (), locator
    return _UNITS.index(place.unit), place.spans, ""
