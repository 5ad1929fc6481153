"""The list of rounds; one is opened, looked at, and closed."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from debate.models import Source
from editing.rounds.comparing import AGREEMENT_COLUMNS, READINGS_COLUMNS, agreement_rows, compared, reading_rows
from editing.rounds.comparing import side_by_side as _side_by_side
from editing.rounds.forms import RoundForm, ShownForm, tell
from editing.rounds.opening import close_round, open_round
from editing.screens import author, screen, shown
from exchange import csv_text
from positions.models import CodingRound
from review.refusals import Refusal
from review.roles import SEND_TO_REVIEW

ROUNDS_PER_PAGE, UNITS_PER_PAGE = 25, 20
SEES, SETTLES = "positions.view_codinground", SEND_TO_REVIEW


class StateForm(forms.Form):
    state = forms.ChoiceField(
        required=False,
        label=pgettext_lazy("coding round", "State"),
        choices=[("", gettext_lazy("all")), *CodingRound.State.choices],
    )
    mine = forms.BooleanField(required=False, label=gettext_lazy("only those in which I code"))


@screen(SEES)
@require_safe
def round_list(request: HttpRequest) -> HttpResponse:
    form = StateForm(request.GET)
    rounds = CodingRound.objects.for_list()
    is_read = form.is_valid()
    if is_read and form.cleaned_data["state"]:
        rounds = rounds.filter(state=form.cleaned_data["state"])
    if is_read and form.cleaned_data["mine"]:
        rounds = rounds.with_coder(request.user)
    counted = rounds.annotate(all_units=Count("units"), waiting_units=Count("units", filter=Q(units__outcome="")))
    page = Paginator(counted, ROUNDS_PER_PAGE).get_page(request.GET.get("page"))
    context = {"trail": [], "page": page, "form": form, "may_settle": author(request).may_send_to_review}
    return shown(request, "editing/round_list.html", _("Coding rounds"), context, 200 if is_read else 400)


@screen(SEES, SETTLES)
@require_http_methods(["GET", "HEAD", "POST"])
def round_new(request: HttpRequest) -> HttpResponse:
    """`?source=` chooses the source by its public id."""
    source = Source.objects.defer("text").filter(public_id=request.GET.get("source", "")).first()
    form = RoundForm(request.POST or None, initial={"source": source})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            opened = open_round(given["source"], given["coders"], author(request), given["task"])
        except Refusal as refusal:
            tell(form, refusal)
        else:
            return redirect("editing:round", opened.public_id)
    status = 400 if form.errors else 200
    return shown(request, "editing/round_new.html", _("Open a coding round"), {"trail": trail(), "form": form}, status)


@screen(SEES)
@require_safe
def round_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    coding_round = the_round(public_id)
    if coding_round.is_open:
        return _going_on(request, coding_round)
    return _compared(request, coding_round)


def _going_on(request: HttpRequest, coding_round: CodingRound, error: str = "") -> HttpResponse:
    parts = coding_round.round_coders.all()
    context = {
        "trail": trail(),
        "round": coding_round,
        "parts": parts,
        "own": next((part for part in parts if part.coder_id == request.user.pk), None),
        "all_finished": all(part.finished_at for part in parts),
        "may_settle": author(request).may_send_to_review,
        "error": error,
    }
    return shown(request, "editing/round_open.html", str(coding_round), context, 400 if error else 200)


def _compared(request: HttpRequest, coding_round: CodingRound) -> HttpResponse:
    comparison = compared(coding_round)
    form = ShownForm(dict(comparison.wordings), request.GET)
    is_read = form.is_valid()
    chosen = (form.cleaned_data["show"], form.cleaned_data["proposition"]) if is_read else ("", "")
    page = Paginator(comparison.shown(*chosen), UNITS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "trail": trail(),
        "round": coding_round,
        "comparison": comparison,
        "form": form,
        "page": page,
        "units": _side_by_side(list(page), comparison.coders),
        "may_settle": author(request).may_send_to_review and not coding_round.is_settled,
    }
    return shown(request, "editing/round_compare.html", str(coding_round), context, 200 if is_read else 400)


@screen(SEES, SETTLES)
@require_POST
def round_close(request: HttpRequest, public_id: str) -> HttpResponse:
    coding_round = the_round(public_id)
    try:
        close_round(coding_round, author(request), request.POST.get("reason", ""))
    except Refusal as refusal:
        if coding_round.is_open:
            return _going_on(request, coding_round, error=str(refusal))
        messages.error(request, str(refusal))
    return redirect("editing:round", public_id)


@screen(SEES)
@require_safe
def agreement_csv(request: HttpRequest, public_id: str) -> HttpResponse:
    comparison = compared(_closed(public_id))
    return _download(f"agreement-{public_id}.csv", csv_text.written(AGREEMENT_COLUMNS, agreement_rows(comparison)))


@screen(SEES)
@require_safe
def readings_csv(request: HttpRequest, public_id: str) -> HttpResponse:
    rows = reading_rows(_closed(public_id))
    return _download(f"readings-{public_id}.csv", csv_text.written(READINGS_COLUMNS, rows))


def _download(name: str, pieces: object) -> HttpResponse:
    response = HttpResponse(pieces, content_type=csv_text.MEDIA_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _closed(public_id: str) -> CodingRound:
    """While a round is open nobody gets to see what others read in it."""
    coding_round = the_round(public_id)
    if coding_round.is_open:
        raise Http404
    return coding_round


def the_round(public_id: str) -> CodingRound:
    found = CodingRound.objects.for_list().filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def trail(coding_round: CodingRound | None = None) -> list[tuple[str, str]]:
    above = [(reverse("editing:round-list"), _("Coding rounds"))]
    return above if coding_round is None else [*above, (coding_round.get_absolute_url(), str(coding_round))]
