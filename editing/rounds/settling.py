"""What several coders read becomes one position, or none: unit by unit, by somebody who looks at all their readings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from debate.publishing import Status
from editing.rounds.opening import refuse_who_may_not_settle
from editing.rounds.refusals import NotToBeSettled
from positions.anchoring import CONTEXT
from positions.models import Coding, CodingRound, CodingUnit, Evidence, Position
from review.changing import change, locked, refuse_moved_on, written_whole
from review.deleting import delete
from review.refusals import Invalid, Mistake, ReasonMissing
from review.roles import Author
from speakers.bilingual import columns

READ = ("stance", "kind", *columns("condition"), *columns("summary"))
TAKEN_INTO = ("stance", "kind", *columns("condition"))
MOST_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Decision:
    """The unit rests on one of its readings, whose passage it takes, as it is or with other `values` of READ; or on
    none, and is dropped. `into` is a position that the record has already: it takes stance, kind and condition, and
    keeps its summary and evidence. `seen` is the revision of the position that is changed.
    """

    rests_on: Coding | None
    values: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""
    seen: int | None = None
    into: Position | None = None


def settle(unit: CodingUnit, decision: Decision, by: Author, *, base_revision: int | None = None) -> CodingUnit:
    """Makes or changes the draft of a position. With the last unit the round is settled, too."""
    refuse_who_may_not_settle(by)
    with written_whole():
        coding_round = _locked_round(unit)
        present = locked(CodingUnit, unit.pk)
        refuse_moved_on(present, base_revision, {})
        readings = list(present.codings.all())
        _refuse_what_is_not_said(decision, readings)
        settled = _drop(present, decision, by) if decision.rests_on is None else _adopt(present, decision, by)
        _settle_round(coding_round, by)
    return settled


def settle_agreed(coding_round: CodingRound, taken_from: int, by: Author) -> int:
    """Settles up to MOST_AT_ONCE units on whose stance and kind all coders agree, with what the coder `taken_from`
    marked and wrote; how many they were.
    """
    agreed = [unit for unit in _waiting(coding_round) if _all_agree(unit, of=len(coding_round.round_coders.all()))]
    with written_whole():
        for unit in agreed[:MOST_AT_ONCE]:
            theirs = next(coding for coding in unit.codings.all() if coding.coder_id == taken_from)
            settle(unit, Decision(theirs), by, base_revision=unit.revision)
    return min(len(agreed), MOST_AT_ONCE)


def _waiting(coding_round: CodingRound) -> list[CodingUnit]:
    return list(CodingUnit.objects.filter(round=coding_round).waiting().prefetch_related("codings").order_by("number"))


def _all_agree(unit: CodingUnit, of: int) -> bool:
    readings = unit.codings.all()
    return len(readings) == of and len({(reading.stance, reading.kind) for reading in readings}) == 1


def needs_reason(decision: Decision, readings: list[Coding]) -> bool:
    """A difference is not settled silently, nor a reading made up that no coder had, nor one left out."""
    chosen = decision.rests_on
    if chosen is None or len({(reading.stance, reading.kind) for reading in readings}) > 1:
        return True
    return any(decision.values.get(name, getattr(chosen, name)) != getattr(chosen, name) for name in ("stance", "kind"))


def _refuse_what_is_not_said(decision: Decision, readings: list[Coding]) -> None:
    if decision.rests_on is not None and decision.rests_on not in readings:
        raise Invalid([Mistake(("rests_on",), _("Choose one of the readings of this unit."))])
    if needs_reason(decision, readings) and not decision.reason.strip():
        raise ReasonMissing(_("Say why: the coders will read it, and so will whoever asks later."))


def _locked_round(unit: CodingUnit) -> CodingRound:
    """Locked for all of its units, so that of two who settle the last ones one sees that all are settled."""
    coding_round = locked(CodingRound, unit.round_id)
    if coding_round.state != CodingRound.State.COMPARED:
        raise NotToBeSettled(is_open=coding_round.is_open)
    return coding_round


def _adopt(unit: CodingUnit, decision: Decision, by: Author) -> CodingUnit:
    chosen = decision.rests_on
    assert chosen is not None
    if decision.into is not None:
        return _adopt_into(decision.into, unit, decision, by)
    made = unit.position if unit.made_position else None
    is_new = made is None
    position = made or Position()
    values = {
        "appearance": chosen.appearance_id,
        "wording": chosen.wording_id,
        "source_language": chosen.source_language,
        **{name: decision.values.get(name, getattr(chosen, name)) for name in READ},
        "evidence": _evidence(position, chosen),
    }
    if is_new:
        values["status"] = Status.DRAFT
    seen = None if is_new else decision.seen
    written = change(position, values, by, base_revision=seen, reason=decision.reason).record
    assert written is not None  # a draft waits for nobody
    outcome = {"outcome": CodingUnit.Outcome.ADOPTED, "taken_from": chosen.pk, "position": written.pk}
    return _written(unit, {**outcome, "made_position": True}, decision, by)


def _adopt_into(position: Position, unit: CodingUnit, decision: Decision, by: Author) -> CodingUnit:
    """Where it is published the change waits for a reviewer, whoever settles: no round changes the public by itself."""
    chosen = decision.rests_on
    assert chosen is not None
    if not already_in_the_record(unit, chosen).filter(pk=position.pk).exists():
        raise Invalid([Mistake(("into",), _("Choose one of the positions offered."))])
    values = {name: decision.values.get(name, getattr(chosen, name)) for name in TAKEN_INTO}
    change(position, values, replace(by, publishing=False), base_revision=decision.seen, reason=decision.reason)
    outcome = {"outcome": CodingUnit.Outcome.ADOPTED, "taken_from": chosen.pk, "position": position.pk}
    return _leaving_its_draft(unit, {**outcome, "made_position": False}, replace(decision, seen=None), by)


def already_in_the_record(unit: CodingUnit, reading: Coding) -> QuerySet[Position]:
    """Positions of the same speaker on the same proposition, read in the same source, that this unit has not made."""
    spoken = reading.appearance
    named = Q(appearance__label=spoken.label, appearance__session__event=spoken.session.event_id)
    if spoken.person_id or spoken.organization_id:
        named = Q(appearance__person=spoken.person_id, appearance__organization=spoken.organization_id)
    read_in_it = Evidence.objects.filter(source=reading.round.source_id).values("position")
    found = Position.objects.filter(named, proposition=reading.wording.proposition_id, pk__in=read_in_it)
    of_rounds = Position.objects.in_unsettled_rounds()
    return found.exclude(status=Status.WITHDRAWN).exclude(pk__in=of_rounds).order_by("pk")


def _drop(unit: CodingUnit, decision: Decision, by: Author) -> CodingUnit:
    nothing = {"outcome": CodingUnit.Outcome.DROPPED, "taken_from": None, "position": None, "made_position": False}
    return _leaving_its_draft(unit, nothing, decision, by)


def _leaving_its_draft(unit: CodingUnit, outcome: Mapping[str, Any], decision: Decision, by: Author) -> CodingUnit:
    """The draft that the unit made before goes: nothing stands on it any more."""
    made = unit.position if unit.made_position else None
    written = _written(unit, outcome, decision, by)
    if made is not None:
        delete(made, by, base_revision=decision.seen, reason=decision.reason)
    return written


def _written(unit: CodingUnit, outcome: Mapping[str, Any], decision: Decision, by: Author) -> CodingUnit:
    who = {"settled_by": by.user.pk, "settled_at": timezone.now(), "reason": decision.reason.strip()}
    written = change(unit, {**outcome, **who}, by, reason=decision.reason).record
    assert written is not None
    return written


def _settle_round(coding_round: CodingRound, by: Author) -> None:
    if not CodingUnit.objects.filter(round=coding_round).waiting().exists():
        change(coding_round, {"state": CodingRound.State.SETTLED, "settled_at": timezone.now()}, by)


def _evidence(position: Position, chosen: Coding) -> list[dict[str, Any]]:
    """The chosen passage; evidence that was added to the draft from elsewhere stays."""
    held: list[Evidence] = [] if position.pk is None else list(position.evidence.all())
    own = next((row for row in held if row.source_id == chosen.round.source_id), None)
    passage = _passage(chosen) | ({"pk": own.pk} if own else {})
    return [passage, *({"pk": row.pk} for row in held if row != own)]


def _passage(chosen: Coding) -> dict[str, Any]:
    """As evidence has it. The words are looked for where they stood; if the text changed since, in all of it."""
    source = chosen.round.source
    bare = {"source": source.pk, "locator": chosen.locator, "quote": "", "prefix": "", "suffix": "", "state": ""}
    bare |= {"start": None, "end": None, "quote_language": ""}
    if not chosen.quote:
        return bare
    state = (
        Evidence.State.NOT_FOUND if source.text else Evidence.State.EXACT
    )  # copied from it, and nowhere to look it up
    quoted = bare | {"quote": chosen.quote, "quote_language": source.language, "state": state}
    start, state = _where(source.text, chosen)
    if start is None:
        return quoted
    end = start + len(chosen.quote)
    context = {"prefix": source.text[max(0, start - CONTEXT) : start], "suffix": source.text[end : end + CONTEXT]}
    return quoted | context | {"start": start, "end": end, "state": state}


def _where(text: str, chosen: Coding) -> tuple[int | None, Evidence.State]:
    start, quote = chosen.start, chosen.quote
    if start is not None and text[start : start + len(quote)] == quote:
        return start, Evidence.State.EXACT
    once = text.find(quote) if text.count(quote) == 1 else None
    return once, Evidence.State.MOVED
