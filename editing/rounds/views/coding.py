"""A coder's own page of a round: the text, what they read in it, and a form for one more."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from debate.paragraphs import paragraphs
from editing.rounds.coding import codings_of, record_coding, take_back
from editing.rounds.forms import CodingForm, tell
from editing.rounds.opening import set_finished
from editing.rounds.views.rounds import the_round, trail
from editing.screens import author, screen, shown
from positions.models import Coding, CodingRound
from review.refusals import MovedOn, Refusal
from speakers.bilingual import LANGUAGES

CODES = "positions.add_coding"
READINGS_PER_PAGE = 50


@screen(CODES)
@require_http_methods(["GET", "HEAD", "POST"])
def coding(request: HttpRequest, public_id: str, key: int | None = None) -> HttpResponse:
    """`key` is that of one of the coder's own readings, to change it."""
    coding_round = _own_round(request, public_id)
    own = None if key is None else _own_reading(request, coding_round, key)
    source = coding_round.source
    form = CodingForm(source, request.POST or None, instance=own)
    if request.method == "POST" and form.is_valid():
        language = source.language if source.language in LANGUAGES else LANGUAGES[0]
        values = {**form.values, "source_language": language}
        seen = form.cleaned_data["revision"]
        try:
            record_coding(coding_round, values, author(request), coding=own, base_revision=seen)
        except MovedOn as refusal:
            tell(form, refusal)
            form.moved_on = refusal.record  # type: ignore[attr-defined]
        except Refusal as refusal:
            tell(form, refusal)
        else:
            messages.success(request, _("Your reading is kept."))
            return redirect("editing:round-coding", public_id)
    return _page(request, coding_round, form, own)


def _page(request: HttpRequest, coding_round: CodingRound, form: CodingForm, own: Coding | None) -> HttpResponse:
    assert request.user.pk is not None
    text = coding_round.source.text
    found = codings_of(request.user.pk, coding_round)
    part = next(part for part in coding_round.round_coders.all() if part.coder_id == request.user.pk)
    context = {
        "trail": trail(coding_round),
        "round": coding_round,
        "form": form,
        "own": own,
        "page": Paginator(found, READINGS_PER_PAGE).get_page(request.GET.get("page")),
        "paragraphs": [(paragraph.number, paragraph.of(text)) for paragraph in paragraphs(text)],
        "part": part,
    }
    title = _("Your readings") if own is None else _("Change your reading")
    return shown(request, "editing/round_coding.html", title, context, 400 if form.errors else 200)


@screen(CODES)
@require_POST
def coding_take_back(request: HttpRequest, public_id: str, key: int) -> HttpResponse:
    coding_round = _own_round(request, public_id)
    own = _own_reading(request, coding_round, key)
    try:
        take_back(own, author(request))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Your reading is taken back."))
    return redirect("editing:round-coding", public_id)


@screen(CODES)
@require_POST
def coding_finished(request: HttpRequest, public_id: str) -> HttpResponse:
    """`finished` is empty to go on coding."""
    coding_round = _own_round(request, public_id)
    try:
        set_finished(coding_round, author(request), finished=bool(request.POST.get("finished")))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("editing:round", public_id)


def _own_round(request: HttpRequest, public_id: str) -> CodingRound:
    """For its coders only; a closed one has no page to code on."""
    coding_round = the_round(public_id)
    is_coder = any(part.coder_id == request.user.pk for part in coding_round.round_coders.all())
    if not is_coder:
        raise Http404
    return coding_round


def _own_reading(request: HttpRequest, coding_round: CodingRound, key: int) -> Coding:
    assert request.user.pk is not None
    own = codings_of(request.user.pk, coding_round).filter(pk=key).first()
    if own is None:
        raise Http404
    return own
