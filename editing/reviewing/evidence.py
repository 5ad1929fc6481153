"""The evidence of a position as a reviewer reads it: the words in their source, with what stands around them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import F, Value
from django.db.models.functions import Greatest, Substr

from positions.models import Evidence, Position

AROUND = 400  # characters on each side


@dataclass(frozen=True, slots=True)
class Reading:
    """Where there is no text of the source, `before` and `after` are the words kept with the quote."""

    evidence: Evidence
    before: str
    quote: str
    after: str
    is_in_text: bool

    @property
    def is_doubtful(self) -> bool:
        return self.evidence.state in (Evidence.State.MOVED, Evidence.State.NOT_FOUND)


def readings(position: Position) -> list[Reading]:
    """One query, that reads the passages and not the whole texts."""
    first = Greatest(F("start") - AROUND, Value(0))
    passage = Substr("source__text", first + 1, F("end") - first + AROUND)
    found = Evidence.objects.filter(position=position).select_related("source").defer("source__text")
    return list(_readings(found.annotate(passage=passage).order_by("pk")))


def _readings(found: object) -> Iterator[Reading]:
    for evidence in found:  # type: ignore[attr-defined]
        start, end = evidence.start, evidence.end
        if start is None or not evidence.passage:
            yield Reading(evidence, evidence.prefix, evidence.quote, evidence.suffix, is_in_text=False)
            continue
        offset = min(start, AROUND)
        passage, length = evidence.passage, end - start
        parts = passage[:offset], passage[offset : offset + length], passage[offset + length :]
        yield Reading(evidence, *parts, is_in_text=True)
