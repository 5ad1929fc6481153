"""Dossiers up and down: a whole debate as one file."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET

from debate.models import Event
from editing.dossiers import uploads
from editing.dossiers.loading import Moved, fingerprint_of, loaded, may_load, tried
from editing.importing.limits import Limited, is_too_large
from editing.importing.uploads import NoUpload
from editing.screens import author, screen, shown
from exchange.dossier.dump import dump
from exchange.dossier.problems import DossierError
from exchange.dossier.report import Change, Report
from exchange.dossier.style import as_yaml
from review.auditing import note
from review.models import Act
from review.refusals import Clash

_MOST_SHOWN = 200
_VIEW = "debate.view_event"


@csrf_exempt  # `_start` is not: what is sent has to be counted before anything reads it
def start(request: HttpRequest) -> HttpResponse:
    request.upload_handlers.insert(0, Limited(request, uploads.MAX_BYTES))
    return _start(request)


@screen(_VIEW)
def _start(request: HttpRequest) -> HttpResponse:
    """The file; only of somebody who may do all that it can do."""
    if request.method != "POST":
        return _shown(request)
    if not may_load(author(request)):
        raise PermissionDenied
    if is_too_large(request):
        message = _("The file is larger than %(most)d MB. Load it with load_dossier.")
        return _shown(request, message % {"most": uploads.MAX_BYTES // 1024**2})
    file = request.FILES.get("file")
    if file is None:
        return _shown(request, _("Choose a file."))
    token = uploads.keep(author(request).user, file.read())
    address = reverse("editing:dossier", args=[token])
    return redirect(f"{address}?prune=1" if "prune" in request.POST else address)


def _shown(request: HttpRequest, wrong: str = "") -> HttpResponse:
    context = {"wrong": wrong, "may_load": may_load(author(request)), "trail": []}
    return shown(request, "editing/dossiers.html", _("Dossiers"), context, 400 if wrong else 200)


@screen(_VIEW)
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """What loading it does; confirmed, it is done."""
    by = author(request)
    if not may_load(by):
        raise PermissionDenied
    try:
        path = uploads.opened(by.user, token)
    except NoUpload:
        messages.error(request, _("This dossier is no longer here: it is kept for a day. Send it once more."))
        return redirect("editing:dossiers")
    prune = "prune" in request.GET
    try:
        if request.method != "POST":
            return _previewed(request, tried(path, prune=prune), prune=prune)
        report = loaded(path, prune=prune, fingerprint=request.POST.get("fingerprint", ""))
    except DossierError as error:
        return _refused(request, error)
    except Moved as moved:
        said = _("The record changed since you looked. Nothing was written. This is what the dossier would do now.")
        return _previewed(request, moved.report, prune=prune, said=said, status=409)
    except Clash as clash:
        return _previewed(request, tried(path, prune=prune), prune=prune, said=str(clash), status=409)
    path.unlink(missing_ok=True)
    note(Act.IMPORT, about=f"{report.event}: dossier, {len(report.added)} added, {len(report.changed)} changed")
    messages.success(request, _("The dossier of “%(debate)s” was loaded.") % {"debate": report.event})
    event = Event.objects.at_address(report.event)
    return redirect("admin:debate_event_change", event.pk)


def _refused(request: HttpRequest, error: DossierError) -> HttpResponse:
    context = {
        "problems": error.problems[:_MOST_SHOWN],
        "count": len(error.problems),
        "trail": [(reverse("editing:dossiers"), _("Dossiers"))],
    }
    return shown(request, "editing/dossier.html", _("What the dossier does"), context, 400)


def _previewed(request: HttpRequest, report: Report, *, prune: bool, said: str = "", status: int = 200) -> HttpResponse:
    context = {
        "report": report,
        "added": dict(Counter(change.nouns for change in report.added)),
        "changed": _listed(report.changed),
        "missing": _listed(report.missing),
        "removed": _listed(report.removed),
        "fingerprint": fingerprint_of(report),
        "prune": prune,
        "said": said,
        "trail": [(reverse("editing:dossiers"), _("Dossiers"))],
    }
    return shown(request, "editing/dossier.html", _("What the dossier does"), context, status)


def _listed(changes: list[Change]) -> dict[str, Any]:
    return {"shown": changes[:_MOST_SHOWN], "count": len(changes), "more": max(0, len(changes) - _MOST_SHOWN)}


@require_GET
@screen(_VIEW)
def download(request: HttpRequest, slug: str) -> HttpResponse:
    """Drafts included, as editors see them."""
    event = get_object_or_404(Event, slug=slug)
    note(Act.EXPORT, about=f"{event.slug}: dossier")
    name = {"Content-Disposition": f'attachment; filename="{event.slug}.yaml"'}
    return HttpResponse(as_yaml(dump(event)), "application/yaml; charset=utf-8", headers=name)
