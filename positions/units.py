"""Which readings of several coders are about the same: one person, one proposition, overlapping passages. Pure.

What a unit is must not depend on what the coders made of it: stance, kind and summary are not looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from debate.locators import Unit, parse

# A time without an end is where something begins, which two people do not note to the second.
SECONDS_OF_A_MOMENT = 15

type Span = tuple[int, int]  # the end not included


@dataclass(frozen=True, slots=True)
class Place:
    """`characters` are those of the text with the hash `text`; what has none is found by its locator."""

    locator: str
    characters: Span | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    key: int
    coder: Hashable
    speaker: Hashable
    proposition: Hashable
    place: Place


def overlap(one: Place, other: Place) -> float:
    """How much of what the two cover together both cover; 0 where they have nothing in common.

    In characters where both were marked in the same text, else by paragraph, page or second.
    """
    if one.characters and other.characters and one.text == other.text:
        return _shared([one.characters], [other.characters])
    (unit, spans), (other_unit, other_spans) = _spans(one.locator), _spans(other.locator)
    return _shared(spans, other_spans) if unit == other_unit else 0.0


def matched(readings: Iterable[Reading]) -> list[tuple[Reading, ...]]:
    """Every reading in exactly one unit, of each coder at most one in it, all of them overlapping each other.

    Pairs that have most in common are put together first, ties in the order of the text.
    """
    about_the_same: dict[tuple[Hashable, Hashable], list[Reading]] = defaultdict(list)
    for reading in sorted(readings, key=lambda reading: reading.key):
        about_the_same[reading.speaker, reading.proposition].append(reading)
    units = [unit for several in about_the_same.values() for unit in _units(several)]
    return sorted(units, key=lambda unit: min(_place_in_text(reading) for reading in unit))


def _units(readings: Sequence[Reading]) -> list[tuple[Reading, ...]]:
    overlaps = _overlaps(readings)
    unit_of = {reading.key: [reading] for reading in readings}
    by_key = {reading.key: reading for reading in readings}

    def order(pair: tuple[int, int]) -> tuple[float, list[tuple[int, ...]]]:
        return -overlaps[pair], sorted(_place_in_text(by_key[key]) for key in pair)

    for one, other in sorted(overlaps, key=order):
        first, second = unit_of[one], unit_of[other]
        if first is not second and _can_be_one(first, second, overlaps):
            first.extend(second)
            unit_of.update((reading.key, first) for reading in second)
    units = {id(unit): unit for unit in unit_of.values()}.values()
    return [tuple(sorted(unit, key=lambda reading: reading.key)) for unit in units]


def _overlaps(readings: Sequence[Reading]) -> dict[tuple[int, int], float]:
    """Of pairs of keys, the lower first. What overlaps in characters does in paragraphs, too: no pair is looked at
    whose paragraphs lie apart, so that the cost grows with the readings and not with their square.
    """
    reach = sorted((_reach(reading.place), place) for place, reading in enumerate(readings))
    found: dict[tuple[int, int], float] = {}
    for number, ((unit, _start, end), place) in enumerate(reach):
        one = readings[place]
        for (other_unit, other_start, _other_end), other_place in reach[number + 1 :]:
            if other_unit != unit or other_start >= end:
                break
            other = readings[other_place]
            if one.coder != other.coder and (share := overlap(one.place, other.place)):
                found[min(one.key, other.key), max(one.key, other.key)] = share
    return found


def _reach(place: Place) -> tuple[Unit, int, int]:
    unit, spans = _spans(place.locator)
    return unit, min(start for start, _end in spans), max(end for _start, end in spans)


def _can_be_one(first: Sequence[Reading], second: Sequence[Reading], overlaps: dict[tuple[int, int], float]) -> bool:
    """Two of one coder have no overlap here."""
    return all((min(one.key, other.key), max(one.key, other.key)) in overlaps for one in first for other in second)


def _spans(locator: str) -> tuple[Unit, list[Span]]:
    parsed = parse(locator)
    spans = [(first, last + 1) for first, last in parsed.spans]
    if parsed.unit == "second":
        spans = [(first, end if end > first + 1 else first + SECONDS_OF_A_MOMENT) for first, end in spans]
    return parsed.unit, spans


def _shared(spans: Sequence[Span], others: Sequence[Span]) -> float:
    common = sum(max(0, min(end, to) - max(start, since)) for start, end in spans for since, to in others)
    return common / (_length(spans) + _length(others) - common)


def _length(spans: Sequence[Span]) -> int:
    return sum(end - start for start, end in spans)


def _place_in_text(reading: Reading) -> tuple[int, ...]:
    _unit, spans = _spans(reading.place.locator)
    return (*min(spans), *(reading.place.characters or ()), reading.key)
