"""What becomes of the evidence read in a source when its text is another, and what a person decides of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from positions.anchoring import Anchor
from positions.models import Evidence
from positions.reanchoring import Found, Mark, Reanchoring

State = Evidence.State


@dataclass(frozen=True, slots=True)
class Fate:
    """`found` is None for evidence without words; `values` are those of its columns then."""

    evidence: Evidence
    found: Found | None
    values: Mapping[str, Any]


def mark_of(evidence: Evidence) -> Mark:
    """What is still to be confirmed has no place to start from."""
    is_placed = evidence.state == State.EXACT
    return Mark(
        evidence.quote,
        evidence.prefix,
        evidence.suffix,
        evidence.start if is_placed else None,
        evidence.end if is_placed else None,
    )


def fates(several: Iterable[Evidence], new: str, old: str) -> list[Fate]:
    """In a text that is new, after one that was `old`, "" where there was none. The words stay as they were coded."""
    reanchoring = Reanchoring(new, old)
    return [_fate(evidence, reanchoring) for evidence in several]


def _fate(evidence: Evidence, reanchoring: Reanchoring) -> Fate:
    if not evidence.quote:
        locator = reanchoring.renumbered(evidence.locator)
        return Fate(evidence, None, {"locator": evidence.locator if locator is None else locator})
    found = reanchoring.found(mark_of(evidence))
    place = found.place
    values: dict[str, Any] = {
        "state": found.state,
        "start": place.start if place else None,
        "end": place.end if place else None,
        "locator": reanchoring.locator(evidence.locator, place),
    }
    if found.exact:
        values |= {"prefix": found.exact.prefix, "suffix": found.exact.suffix}
    return Fate(evidence, found, values)


def confirmed(evidence: Evidence, anchor: Anchor, text: str) -> dict[str, Any]:
    """The words of the evidence are those at the place, as somebody has seen."""
    return {
        "quote": anchor.quote,
        "prefix": anchor.prefix,
        "suffix": anchor.suffix,
        "start": anchor.start,
        "end": anchor.end,
        "state": State.EXACT,
        "locator": Reanchoring(text).locator(evidence.locator, anchor),
    }


def given_up(evidence: Evidence, text: str) -> dict[str, Any]:
    """None of the places was meant."""
    locator = Reanchoring(text).locator(evidence.locator, None)
    return {"state": State.NOT_FOUND, "start": None, "end": None, "locator": locator}
