"""A round is opened, its coders finish, and it is closed: then everybody sees what everybody read."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from debate.models import Source
from editing.rounds.refusals import NotOpen
from positions.models import Coding, CodingRound, CodingUnit, RoundCoder
from positions.rounds import units_of
from review.changing import change, locked, written_whole
from review.refusals import Invalid, Mistake, NotAllowed, ReasonMissing
from review.roles import Author

FEWEST_CODERS, MOST_CODERS = 2, 6


def open_round(source: Source, coders: Collection[User], by: Author, task: str = "") -> CodingRound:
    refuse_who_may_not_settle(by)
    if not FEWEST_CODERS <= len({coder.pk for coder in coders}) <= MOST_CODERS:
        message = _("Choose from %(fewest)d to %(most)d coders.") % {"fewest": FEWEST_CODERS, "most": MOST_CODERS}
        raise Invalid([Mistake(("round_coders",), message)])
    with written_whole():
        highest = CodingRound.objects.filter(source=source).aggregate(number=Max("number"))["number"] or 0
        values = {
            "source": source.pk,
            "number": highest + 1,
            "task": task,
            "opened_by": by.user.pk,
            "round_coders": [{"coder": coder.pk} for coder in coders],
        }
        opened = change(CodingRound(), values, by).record
    assert opened is not None  # nothing of a round waits for anybody
    return opened


def set_finished(coding_round: CodingRound, by: Author, *, finished: bool) -> None:
    """A coder says to have read all of it, or takes that back while the round is open."""
    with written_whole():
        own = own_part(locked(CodingRound, coding_round.pk), by)
        if bool(own.finished_at) != finished:
            change(own, {"finished_at": timezone.now() if finished else None}, by)


def own_part(coding_round: CodingRound, by: Author) -> RoundCoder:
    if not coding_round.is_open:
        raise NotOpen
    own = RoundCoder.objects.filter(round=coding_round, coder=by.user).first()
    if own is None:
        raise NotAllowed(_("You are not one of the coders of this round."))
    return own


def close_round(coding_round: CodingRound, by: Author, reason: str = "") -> CodingRound:
    """Puts together the readings that are about the same. The reason is needed where a coder has not finished."""
    refuse_who_may_not_settle(by)
    with written_whole():
        present = locked(CodingRound, coding_round.pk)
        if not present.is_open:
            raise NotOpen
        if not reason.strip() and RoundCoder.objects.filter(round=present, finished_at=None).exists():
            raise ReasonMissing(_("Not all coders have finished. Say why the round is closed all the same."))
        has_units = _make_units(present, by)
        now = timezone.now()
        values: dict[str, Any] = {"state": CodingRound.State.COMPARED, "compared_by": by.user.pk, "compared_at": now}
        if not has_units:
            values |= {"state": CodingRound.State.SETTLED, "settled_at": now}
        closed = change(present, values, by, reason=reason).record
    assert closed is not None
    return closed


def _make_units(coding_round: CodingRound, by: Author) -> bool:
    units = units_of(coding_round)
    made = CodingUnit.objects.bulk_create(
        _signed(CodingUnit(round=coding_round, number=number), by) for number, _keys in enumerate(units, start=1)
    )
    unit_of = {key: unit for unit, keys in zip(made, units, strict=True) for key in keys}
    codings = list(Coding.objects.filter(pk__in=unit_of))
    for coding in codings:
        coding.unit = unit_of[coding.pk]
    Coding.objects.bulk_update(codings, ["unit"], batch_size=200)
    return bool(made)


def _signed(unit: CodingUnit, by: Author) -> CodingUnit:
    unit._history_user = by.user  # type: ignore[attr-defined]
    return unit


def refuse_who_may_not_settle(by: Author) -> None:
    if not by.may_send_to_review:
        raise NotAllowed(_("Only editors open, close and settle coding rounds."))
