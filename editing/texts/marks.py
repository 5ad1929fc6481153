"""The marks in a text that a person has to decide on, with the places that may be meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from debate.models import Source
from positions.anchoring import NotInText, Numbered
from positions.marks import Fate, confirmed, fates, given_up
from positions.models import Evidence
from positions.reanchoring import Candidate
from review.changing import change
from review.refusals import Refusal
from review.roles import Author
from review.words import Piece, marked

_PLACE = re.compile(r"(?P<start>[0-9]{1,9})-(?P<end>[0-9]{1,9})")
NOT_FOUND = "not_found"


class NoChoice(Refusal):
    """What was sent names no place in the text as it is now."""

    def __init__(self) -> None:
        super().__init__(_("A place that was chosen is no longer in the text. Look at the places there are now."))


@dataclass(frozen=True, slots=True)
class Place:
    """A candidate as it is shown; `value` is what the form sends, `pieces` what changed in the words."""

    value: str
    locator: str
    before: str
    behind: str
    pieces: tuple[Piece, ...]
    has_same_words: bool
    likeness: int  # in hundredths


@dataclass(frozen=True, slots=True)
class OpenMark:
    evidence: Evidence
    locator: str  # the place that is written there, with no word of whether it is right
    places: tuple[Place, ...]


def open_mark(fate: Fate) -> OpenMark:
    found = fate.found
    places = tuple(_place(fate.evidence, one) for one in found.candidates) if found else ()
    return OpenMark(fate.evidence, fate.values["locator"], places)


def _place(evidence: Evidence, candidate: Candidate) -> Place:
    anchor = candidate.anchor
    return Place(
        value=f"{anchor.start}-{anchor.end}",
        locator=anchor.locator,
        before=anchor.prefix,
        behind=anchor.suffix,
        pieces=marked(evidence.quote, anchor.quote),
        has_same_words=candidate.has_same_words,
        likeness=round(candidate.score * 100),
    )


def marks_in(source: Source) -> QuerySet[Evidence]:
    """With whose words they are; one query, and the texts of sources are not fetched."""
    speaker = ("position__appearance__person", "position__appearance__organization")
    return Evidence.objects.filter(source=source).select_related("position__wording", *speaker).order_by("pk")


def still_open(source: Source) -> QuerySet[Evidence]:
    """Those that may be elsewhere before those that are not found."""
    states = [Evidence.State.MOVED, Evidence.State.NOT_FOUND]
    return marks_in(source).filter(state__in=states).order_by("state", "pk")


def with_places(several: Iterable[Evidence], text: str) -> list[OpenMark]:
    """As they can be found in the text by what was coded of them."""
    return [open_mark(fate) for fate in fates(several, text, "") if fate.found]


def decided(
    source: Source, choices: Mapping[str, str], by: Author, reason: str, seen: Mapping[str, int | None]
) -> tuple[int, int]:
    """Writes what was chosen for each, by public id; how many were written, and how many wait. Raises a Refusal."""
    numbered = Numbered(source.text)
    written = waiting = 0
    for evidence in marks_in(source).filter(public_id__in=choices):
        values = _values(evidence, choices[evidence.public_id], numbered)
        base = seen.get(evidence.public_id)
        outcome = change(evidence, values, by, base_revision=base, reason=reason)
        waiting += outcome.waiting is not None
        written += outcome.waiting is None
    return written, waiting


def _values(evidence: Evidence, choice: str, numbered: Numbered) -> dict[str, Any]:
    if choice == NOT_FOUND:
        return given_up(evidence, numbered.text)
    place = _PLACE.fullmatch(choice)
    if place is None:
        raise NoChoice
    try:
        anchor = numbered.anchor(int(place["start"]), int(place["end"]))
    except NotInText:
        raise NoChoice from None
    return confirmed(evidence, anchor, numbered.text)


def choices_in(sent: Mapping[str, str]) -> dict[str, str]:
    """By the public id of the evidence; what is left for later is not among them."""
    return {name.removeprefix("mark-"): value for name, value in sent.items() if name.startswith("mark-") and value}


def revisions_in(sent: Mapping[str, str]) -> dict[str, int | None]:
    """Those that were seen, by the public id of the evidence."""
    return {
        name.removeprefix("revision-"): int(value)
        for name, value in sent.items()
        if name.startswith("revision-") and value.isascii() and value.isdigit() and len(value) < 10
    }
