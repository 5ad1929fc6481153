"""Quotations that stand in a source's text and are not coded yet, offered one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from debate.models import Source
from editing.coding.offering import SpeakerOffer, speakers
from editing.quotations import Offer, offers

MOST = 200


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`speaker` is whom the text seems to name, and `appearances` those of the source's debates who can be meant, the
    likeliest first.
    """

    start: int
    end: int
    speaker: str
    appearances: tuple[str, ...]
    confidence: float


def suggestions(source: Source, coded: Iterable[tuple[int | None, int | None]]) -> list[Suggestion]:
    """The first MOST in the order of the text that lie beside the places which are coded; three queries."""
    called = _called(speakers(source))
    found = _not_coded(offers(source.text, source.language, called), _placed(coded))
    return [_suggestion(offer, called) for offer, _number in zip(found, range(MOST), strict=False)]


def _called(several: Iterable[SpeakerOffer]) -> dict[str, list[str]]:
    called = defaultdict(list)
    for speaker in several:
        for name in speaker.names:
            called[name].append(speaker.id)
    return called


def _placed(places: Iterable[tuple[int | None, int | None]]) -> list[tuple[int, int]]:
    return [(start, end) for start, end in places if start is not None and end is not None]


def _not_coded(found: Iterable[Offer], coded: list[tuple[int, int]]) -> Iterator[Offer]:
    """Those that no coded passage touches."""
    for offer in found:
        if not any(start < offer.end and offer.start < end for start, end in coded):
            yield offer


def _suggestion(offer: Offer, called: dict[str, list[str]]) -> Suggestion:
    meant = dict.fromkeys(appearance for name in offer.may_be for appearance in called[name])
    return Suggestion(offer.start, offer.end, offer.speaker, tuple(meant), offer.confidence)
