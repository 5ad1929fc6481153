"""The public changes of a position as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, TypedDict

from api.addresses import resource_url
from api.counterparts import page_address
from api.shapes.debate import SourceReference, source_reference
from api.shapes.positions import Paraphrase, PositionReference, position_reference
from api.shapes.texts import URI
from debate.models import Source
from positions.changes import What
from positions.history import History, Told, ToldMoment
from positions.models import Position

_NAMES = {What.WORDING: "wording"}
_EVIDENCE = {What.EVIDENCE_ADDED, What.EVIDENCE_CHANGED, What.EVIDENCE_REMOVED}
_PARTS = {"source_id": "source", "state": "quote_state"}


class EvidenceThen(TypedDict):
    """A piece of evidence as it was; words quoted are not told of."""

    source: Annotated[SourceReference | None, "Null where the source is no longer public."]
    locator: str | None
    quote_state: str | None
    start: int | None
    end: int | None


class Change(TypedDict):
    """One thing that changed. Members that have nothing to do with it are null or empty."""

    what: Annotated[str, {"enum": [_NAMES.get(what, what.value) for what in What]}]
    language: Annotated[str | None, "Of a summary or condition: which of its texts."]
    before: Annotated[str | int | None, "A stance, a kind, a text, or the number of a wording."]
    after: str | int | None
    evidence_before: EvidenceThen | None
    evidence_after: EvidenceThen | None
    parts: Annotated[list[str], "Of evidence that changed: what of it did.", {"examples": [["locator", "quote"]]}]


class Moment(TypedDict):
    """What was changed together."""

    at: datetime
    changes: list[Change]


class PositionHistory(TypedDict):
    """What was changed on a position while readers could see it, the newest first; never by whom."""

    position: PositionReference
    url: Annotated[str, "This history.", URI]
    html_url: Annotated[str, "Where the page of the position shows it.", URI]
    is_cut: Annotated[bool, "Whether there are older changes that are not told of."]
    summary_is_paraphrase: Paraphrase
    moments: list[Moment]


def position_history(position: Position, history: History) -> PositionHistory:
    return {
        "position": position_reference(position),
        "url": resource_url("positions", position.public_id, "history"),
        "html_url": f"{page_address('position', position.public_id)}#history",
        "is_cut": history.is_cut,
        "summary_is_paraphrase": True,
        "moments": list(map(_moment, history.moments)),
    }


def _moment(moment: ToldMoment) -> Moment:
    return {"at": moment.when, "changes": list(map(_change, moment.changes))}


def _change(told: Told) -> Change:
    change, what = told.change, told.what
    is_of_evidence = what in _EVIDENCE
    before, after = _values(told)
    return {
        "what": _NAMES.get(what, what.value),
        "language": change.language or None,
        "before": before,
        "after": after,
        "evidence_before": _evidence(change.before, told.source_before) if is_of_evidence else None,
        "evidence_after": _evidence(change.after, told.source_after) if is_of_evidence else None,
        "parts": [_PARTS.get(part, part) for part in told.parts] if what is What.EVIDENCE_CHANGED else [],
    }


def _values(told: Told) -> tuple[Any, Any]:
    if told.what in _EVIDENCE:
        return None, None
    if told.what is What.WORDING:
        before, after = told.wording_before, told.wording_after
        return before.number if before else None, after.number if after else None
    return told.change.before, told.change.after


def _evidence(held: Any, source: Source | None) -> EvidenceThen | None:
    if held is None:
        return None
    then: Mapping[str, Any] = held
    return {
        "source": source_reference(source) if source else None,
        "locator": then["locator"] or None,
        "quote_state": then["state"] or None,
        "start": then["start"],
        "end": then["end"],
    }
