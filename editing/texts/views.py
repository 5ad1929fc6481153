"""The text of a source: given, looked at, saved; and the marks in it that are still open."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from debate.models import Source
from debate.paragraphs import paragraphs
from debate.texts import LONGEST, cleaned_html
from editing.importing.limits import Limited, is_too_large
from editing.screens import author, screen, shown
from editing.texts.forms import TextForm
from editing.texts.incoming import MAX_BYTES
from editing.texts.marks import choices_in, decided, revisions_in, still_open, with_places
from editing.texts.preview import preview
from review.changing import Outcome, change, written_whole
from review.publicity import is_published
from review.refusals import MovedOn, ReasonMissing, Refusal
from review.words import marked

CHANGE = "debate.change_source"
MARKS_SHOWN = 20


@csrf_exempt  # `_text` is not: what is sent has to be counted before anything reads it
def text(request: HttpRequest, public_id: str) -> HttpResponse:
    request.upload_handlers.insert(0, Limited(request, MAX_BYTES))
    return _text(request, public_id)


@screen(CHANGE)
def _text(request: HttpRequest, public_id: str) -> HttpResponse:
    """Given first, then looked at, then saved; what was given is sent along with each step."""
    source = get_object_or_404(Source, public_id=public_id)
    if request.method != "POST":
        return _form_shown(request, source, TextForm.of(source))
    form = TextForm(request.POST, request.FILES)
    is_valid = form.is_valid()
    if is_too_large(request):
        form.add_error("file", _("The file is larger than %(most)d MB.") % {"most": MAX_BYTES // 1024**2})
        is_valid = False
    if not is_valid or request.POST.get("step") == "change":
        return _form_shown(request, source, form)
    if request.POST.get("step") == "save":
        return _saved(request, source, form)
    return _preview_shown(request, source, form)


def _form_shown(request: HttpRequest, source: Source, form: TextForm, **more: Any) -> HttpResponse:
    context = {"source": source, "form": form, "trail": _trail(source), "longest": f"{LONGEST:,}", **more}
    status = 409 if more else 400 if form.errors else 200
    return shown(request, "editing/text.html", _("Text of the source"), context, status)


def _preview_shown(request: HttpRequest, source: Source, form: TextForm) -> HttpResponse:
    context = {
        "source": source,
        "form": form,
        "preview": preview(source, form.cleaned),
        "choices": choices_in(request.POST),
        "trail": [*_trail(source), (reverse("editing:text", args=[source.public_id]), _("Text of the source"))],
    }
    return shown(request, "editing/text_preview.html", _("What it would be"), context, 400 if form.errors else 200)


def _saved(request: HttpRequest, source: Source, form: TextForm) -> HttpResponse:
    said, by = form.cleaned_data, author(request)
    values = {
        "text": form.cleaned.text,
        "paragraph_count": len(paragraphs(form.cleaned.text)) or source.paragraph_count,
    }
    try:
        with written_whole():
            outcome = change(source, values, by, base_revision=said["revision"], reason=said["reason"])
            if outcome.waiting is None and outcome.record is not None:
                decided(outcome.record, choices_in(request.POST), by, said["reason"], {})
    except MovedOn as moved:
        return _moved_on(request, moved, form)
    except Refusal as refusal:
        form.add_error("reason" if isinstance(refusal, ReasonMissing) else None, str(refusal))
        return _preview_shown(request, get_object_or_404(Source, pk=source.pk), form)
    return _after_saving(request, source, outcome)


def _moved_on(request: HttpRequest, moved: MovedOn, form: TextForm) -> HttpResponse:
    """What was written is shown once more, beside what differs in the text that is there now."""
    now = get_object_or_404(Source, pk=moved.record.pk)
    again = TextForm(initial={**form.cleaned_data, "text": form.cleaned.text, "file": None, "revision": now.revision})
    return _form_shown(request, now, again, moved=str(moved), pieces=marked(now.text, form.cleaned.text))


def _after_saving(request: HttpRequest, source: Source, outcome: Outcome[Source]) -> HttpResponse:
    if outcome.waiting is not None:
        told = _("The text waits until somebody who may publish accepts it. Its marks are found again then.")
        messages.info(request, told)
        return redirect("editing:text", public_id=source.public_id)
    if still_open(source).exists():
        messages.success(request, _("The text is saved. Some of its marks are to be confirmed."))
        return redirect("editing:text-marks", public_id=source.public_id)
    messages.success(request, _("The text is saved. Positions are coded from it here."))
    may_code = request.user.has_perm("positions.view_position")
    return redirect("editing:coding" if may_code else "editing:text", public_id=source.public_id)


@screen("debate.view_source", "positions.change_evidence")
def marks(request: HttpRequest, public_id: str) -> HttpResponse:
    """Those still to be confirmed, each with the places that may be meant."""
    source = get_object_or_404(Source, public_id=public_id)
    wrong = ""
    if request.method == "POST":
        try:
            return _decided(request, source)
        except Refusal as refusal:
            wrong = str(refusal)
    page = Paginator(still_open(source), MARKS_SHOWN).get_page(request.GET.get("page"))
    context = {
        "source": source,
        "page": page,
        "marks": with_places(page, source.text),
        "wrong": wrong,
        "reason": request.POST.get("reason", ""),
        "choices": choices_in(request.POST),
        "needs_reason": any(is_published(evidence) for evidence in page),
        "trail": _trail(source),
    }
    return shown(request, "editing/text_marks.html", _("Marks to confirm"), context, 409 if wrong else 200)


def _decided(request: HttpRequest, source: Source) -> HttpResponse:
    sent = request.POST
    with written_whole():
        reason, seen = sent.get("reason", "")[:1000], revisions_in(sent)
        written, waiting = decided(source, choices_in(sent), author(request), reason, seen)
    if written:
        told = ngettext("%(number)d mark is settled.", "%(number)d marks are settled.", written)
        messages.success(request, told % {"number": written})
    if waiting:
        told = ngettext(
            "%(number)d mark waits until somebody who may publish accepts it.",
            "%(number)d marks wait until somebody who may publish accepts them.",
            waiting,
        )
        messages.info(request, told % {"number": waiting})
    return redirect("editing:text-marks", public_id=source.public_id)


@require_POST
@screen(CHANGE)
def pasted(request: HttpRequest) -> JsonResponse:
    """The paragraphs of what a browser holds as HTML; for the script beside the form."""
    return JsonResponse({"text": cleaned_html(request.POST.get("html", "")).text})


def _trail(source: Source) -> list[tuple[str, str]]:
    return [
        (reverse("admin:debate_source_changelist"), _("Sources")),
        (reverse("admin:debate_source_change", args=[source.pk]), str(source)),
    ]
