"""One unit is settled: the coders' readings side by side, and what becomes of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from editing.rounds.comparing import SideBySide, passage, side_by_side
from editing.rounds.forms import SettleForm, tell
from editing.rounds.settling import MOST_AT_ONCE, READ, Decision, already_in_the_record, settle, settle_agreed
from editing.rounds.views.rounds import SEES, SETTLES, the_round, trail
from editing.screens import author, screen, shown
from positions.models import Coding, CodingRound, CodingUnit
from review.refusals import Invalid, Mistake, Refusal

DROP, OTHER = "drop", "other"
MOST_HELD = 20


@screen(SEES)
@require_http_methods(["GET", "HEAD", "POST"])
def unit(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    coding_round = the_round(public_id)
    beside = _the_unit(coding_round, number)
    readings = [reading for reading in beside.readings if reading]
    held = already_in_the_record(beside.unit, readings[0])[:MOST_HELD]
    sent = request.POST if request.method == "POST" else None
    form = SettleForm(readings, held, sent, initial=_as_it_is(beside, readings))
    if request.method == "POST":
        try:
            decision = _decision(request, form)
            if decision is not None:
                settle(beside.unit, decision, author(request), base_revision=_number(request, "revision"))
                return _onward(coding_round, number)
        except Refusal as refusal:
            form.errors.clear()
            tell(form, refusal)
            beside = _the_unit(coding_round, number)
    return _page(request, coding_round, beside, form)


def _page(request: HttpRequest, coding_round: CodingRound, beside: SideBySide, form: SettleForm) -> HttpResponse:
    context = {
        "trail": trail(coding_round),
        "round": coding_round,
        "passage": passage(coding_round.source.text, [reading for reading in beside.readings if reading]),
        "coders": [part.coder for part in coding_round.round_coders.all()],
        "one": beside,
        "form": form,
        "may_settle": author(request).may_send_to_review and not coding_round.is_settled,
        "before": _neighbour(coding_round, number__lt=beside.unit.number, order="-number"),
        "after": _neighbour(coding_round, number__gt=beside.unit.number, order="number"),
    }
    failed = request.method == "POST"
    return shown(request, "editing/round_unit.html", str(beside.unit), context, 400 if failed else 200)


def _decision(request: HttpRequest, form: SettleForm) -> Decision | None:
    """What the pressed button says; None where what was filled in beside it is wrong, which the form tells."""
    chosen, reason = request.POST.get("decision", ""), request.POST.get("reason", "")
    seen = _number(request, "position_revision")
    if chosen == DROP:
        return Decision(None, reason=reason, seen=seen)
    into = form.held.get(request.POST.get("into", ""))
    if into is not None:
        seen = _number(request, f"revision_{into.pk}")
    if chosen == OTHER:
        if not form.is_valid():
            return None
        values = {name: form.cleaned_data[name] for name in READ}
        return Decision(form.readings[form.cleaned_data["rests_on"]], values, reason, seen, into)
    if chosen not in form.readings:
        raise Invalid([Mistake((), _("Choose a reading, settle on another, or drop the unit."))])
    return Decision(form.readings[chosen], reason=reason, seen=seen, into=into)


def _as_it_is(beside: SideBySide, readings: list[Coding]) -> dict[str, Any]:
    """What was settled before; else the words of the first, and stance and kind where all are of one mind."""
    unit = beside.unit
    if unit.position is not None:
        given = {name: getattr(unit.position, name) for name in READ}
        into = "" if unit.made_position else str(unit.position_id)
        return given | {"rests_on": str(unit.taken_from_id or ""), "reason": unit.reason, "into": into}
    agreed = {
        name: values.pop() if len(values := {getattr(reading, name) for reading in readings}) == 1 else ""
        for name in ("stance", "kind")
    }
    words = {name: getattr(readings[0], name) for name in READ if name not in agreed}
    return agreed | words | {"rests_on": str(readings[0].pk), "reason": unit.reason}


def _number(request: HttpRequest, name: str) -> int | None:
    given = request.POST.get(name, "")
    return int(given) if given.isdecimal() and len(given) < 10 else None


def _onward(coding_round: CodingRound, number: int) -> HttpResponse:
    """To the next unit that waits, after this one and then from the beginning."""
    waiting = CodingUnit.objects.filter(round=coding_round).waiting().order_by("number")
    following = waiting.filter(number__gt=number).first() or waiting.first()
    if following is None:
        return redirect("editing:round", coding_round.public_id)
    return redirect("editing:round-unit", coding_round.public_id, following.number)


def _neighbour(coding_round: CodingRound, *, order: str, **beyond: int) -> int | None:
    units = CodingUnit.objects.filter(round=coding_round, **beyond).order_by(order)
    return units.values_list("number", flat=True).first()


def _the_unit(coding_round: CodingRound, number: int) -> SideBySide:
    key = CodingUnit.objects.filter(round=coding_round, number=number).values_list("pk", flat=True).first()
    if key is None:
        raise Http404
    return side_by_side([key], [part.coder for part in coding_round.round_coders.all()])[0]


@screen(SEES, SETTLES)
@require_POST
def agreed(request: HttpRequest, public_id: str) -> HttpResponse:
    """Settles at once what the coders agree on, in the words of one of them."""
    coding_round = the_round(public_id)
    theirs = _number(request, "coder")
    if theirs not in {part.coder_id for part in coding_round.round_coders.all()}:
        messages.error(request, _("Choose the coder whose passages and summaries are taken."))
        return redirect("editing:round", public_id)
    try:
        settled = settle_agreed(coding_round, theirs, author(request))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        told = ngettext("%(number)d unit was settled.", "%(number)d units were settled.", settled)
        messages.success(request, told % {"number": settled})
        if settled == MOST_AT_ONCE:
            messages.info(request, _("So many are settled at once: go on where more are left."))
    return redirect("editing:round", public_id)
