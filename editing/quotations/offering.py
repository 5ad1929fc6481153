"""Quotations that a text may hold, offered to whoever codes it: never saved by themselves. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from editing.quotations import english, korean
from editing.quotations.attributing import Attributed, Attribution
from editing.quotations.reading import Reading

_HANGUL = re.compile(r"[가-힣]")
_SEEN_FOR_LANGUAGE = 2_000


@dataclass(frozen=True, slots=True)
class Offer:
    """The words from start to end, in characters, without their marks.

    `speaker` is whoever seems to say them, as the text calls them ("" where it doesn't tell), `may_be` those of the
    names one gave that this can be, the likeliest first; `cue` are the words that tell of saying ("" for none). The
    confidence is an order from 0 to 1 and no measured chance.
    """

    start: int
    end: int
    speaker: str
    may_be: tuple[str, ...]
    cue: str
    confidence: float
    is_direct: bool = True


def offers(text: str, language: str, names: Iterable[str]) -> list[Offer]:
    """In the order of the text. A `language` other than Korean is read as English; without one the letters decide."""
    reading = Reading(text, names)
    is_korean = _is_korean(text, language)
    direct = list(_direct(reading, is_korean=is_korean))
    indirect = [_offer(*one, is_direct=False) for one in korean.indirect(reading)] if is_korean else []
    return sorted([*direct, *_apart_from(direct, indirect)], key=lambda offer: (offer.start, offer.end))


def _apart_from(direct: Sequence[Offer], indirect: Iterable[Offer]) -> Iterator[Offer]:
    """Those that hold nothing of what is offered in its marks."""
    starts = [one.start for one in direct]
    for offer in indirect:
        if bisect_left(starts, offer.start) == bisect_left(starts, offer.end):
            yield offer


def _direct(reading: Reading, *, is_korean: bool) -> Iterator[Offer]:
    previous: Attributed | None = None
    tell = korean.attributed if is_korean else english.attributed
    for quotation in reading.quotations:
        if attribution := tell(reading, quotation, previous):
            previous = Attributed(quotation, attribution)
            yield _offer(quotation.start, _without_comma(reading.text, quotation.end), attribution, is_direct=True)


def _offer(start: int, end: int, of: Attribution, *, is_direct: bool) -> Offer:
    return Offer(start, end, of.speaker, of.may_be, of.cue, round(of.confidence, 2), is_direct)


def _without_comma(text: str, end: int) -> int:
    """English puts the comma of its own sentence into the marks."""
    return end - 1 if text[end - 1] == "," else end


def _is_korean(text: str, language: str) -> bool:
    if language:
        return language.lower().split("-")[0] == "ko"
    seen = text[:_SEEN_FOR_LANGUAGE]
    return len(_HANGUL.findall(seen)) * 5 > len(seen)
