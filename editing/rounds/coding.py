"""A coder's own readings in an open round. Nobody else sees them before the round is closed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from debate.locators import LocatorError, parse
from debate.models import Appearance, Source
from debate.paragraphs import paragraphs
from editing.rounds.opening import own_part
from positions.anchoring import Anchor, NotInText, anchor
from positions.models import Coding, CodingRound
from positions.rounds import codings_of
from review.changing import change, locked, written_whole
from review.refusals import Gone, Invalid, Mistake
from review.roles import Author

__all__ = ["codings_of", "record_coding", "take_back"]


def record_coding(
    coding_round: CodingRound,
    values: Mapping[str, Any],
    by: Author,
    *,
    coding: Coding | None = None,
    base_revision: int | None = None,
) -> Coding:
    """Makes a reading of `by`'s own, or changes one that they made before.

    `values` are columns of `Coding`: `appearance` and `wording` as primary keys, `stance`, `kind`, and whatever else.
    The place is said by `start` and `end` in the text of the source, or by a `locator` with or without a `quote`, which
    is looked for in the text; the other columns of the place follow from that. Raises what is in `review.refusals`, and
    NotOpen.
    """
    with written_whole():
        present = locked(CodingRound, coding_round.pk)
        own_part(present, by)
        record = coding or Coding()
        if coding is not None and (coding.round_id, coding.coder_id) != (present.pk, by.user.pk):
            raise Gone
        _refuse_from_elsewhere(present.source, values.get("appearance"))
        whole = {**values, **_placed(present.source, values), "round": present.pk, "coder": by.user.pk}
        written = change(record, whole, by, base_revision=base_revision).record
    assert written is not None
    return written


def take_back(coding: Coding, by: Author, *, base_revision: int | None = None) -> None:
    """It counts no more, and stays in the history of the round."""
    with written_whole():
        own_part(locked(CodingRound, coding.round_id), by)
        if coding.coder_id != by.user.pk:
            raise Gone
        change(coding, {"is_taken_back": True}, by, base_revision=base_revision)


def _refuse_from_elsewhere(source: Source, appearance: Any) -> None:
    """One that is nowhere at all is told of by the column itself."""
    found = Appearance.objects.filter(pk=appearance)
    if found.exists() and not found.in_debates_of(source).exists():
        raise Invalid([Mistake(("appearance",), _("Choose a speaker of a debate that this source belongs to."))])


def _placed(source: Source, values: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that say where the passage is; nothing where `values` say nothing of that."""
    if {"start", "end", "locator", "quote"}.isdisjoint(values):
        return {}
    start, end, quote = values.get("start"), values.get("end"), str(values.get("quote") or "").strip()
    locator = str(values.get("locator") or "").strip()
    if source.text and (start is not None or quote):
        found = _marked(source.text, start, end) if start is not None else _found(source.text, quote, locator)
        place = {"start": found.start, "end": found.end, "locator": found.locator, "quote": found.quote}
        return {**place, "text_hash": source.text_hash}
    return {"start": None, "end": None, "text_hash": "", "locator": locator, "quote": quote}


def _marked(text: str, start: int, end: int | None) -> Anchor:
    try:
        return anchor(text, start, end or 0)
    except NotInText as error:
        raise Invalid([Mistake(("quote",), _("Mark words of the text."))]) from error


def _found(text: str, quote: str, locator: str) -> Anchor:
    """The quote within the paragraphs that the locator names, else in the whole text; it has to be there once."""
    starts = [start for since, until in _spans(text, locator) for start in _occurrences(text, quote, since, until)]
    if not starts:
        where = _("These words are not in the text there. Copy them from it as they stand.")
        raise Invalid([Mistake(("quote",), where)])
    if len(starts) > 1:
        several = _("These words are there more than once. Take a longer passage, or name the paragraph.")
        raise Invalid([Mistake(("quote",), several)])
    return anchor(text, starts[0], starts[0] + len(quote))


def _spans(text: str, locator: str) -> list[tuple[int, int]]:
    try:
        named = parse(locator)
    except LocatorError:
        return [(0, len(text))]  # where there is one, the column's own validator says what is wrong with it
    if named.unit != "paragraph":
        return [(0, len(text))]
    several = paragraphs(text)
    return [
        (several[first - 1].start, several[min(last, len(several)) - 1].end)
        for first, last in named.spans
        if first <= len(several)
    ]


def _occurrences(text: str, quote: str, since: int, until: int) -> list[int]:
    """At most two, of which the second tells that one does not know which is meant."""
    first = text.find(quote, since, until)
    second = text.find(quote, first + 1, until) if first >= 0 else -1
    return [start for start in (first, second) if start >= 0]
