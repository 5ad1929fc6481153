"""A table is brought in, in three steps: sent, its columns told apart, looked at and confirmed."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET

from editing.importing import examples, uploads
from editing.importing.forms import ConfirmForm, UploadForm
from editing.importing.limits import Limited, is_too_large
from editing.importing.plan import MOST_WRITTEN, Plan
from editing.importing.planning import may_import, planned
from editing.importing.shown import shown_plan
from editing.importing.uploads import NoUpload, Upload
from editing.importing.writing import Moved, Refused, Written, carry_out
from editing.screens import author, screen, shown
from exchange import csv_text
from exchange.tables.kinds import KINDS, TableKind, header_name, mapping_problems
from exchange.tables.reading import too_large
from exchange.tables.table import MAX_BYTES, Unreadable
from review.auditing import note
from review.models import Act
from review.refusals import Clash

_SAMPLES = 3
_LONGEST_SAMPLE = 60


@csrf_exempt  # `_start` is not: what is sent has to be counted before anything reads it
def start(request: HttpRequest) -> HttpResponse:
    request.upload_handlers.insert(0, Limited(request, MAX_BYTES))
    return _start(request)


@screen()
def _start(request: HttpRequest) -> HttpResponse:
    """Which kind of table, and the file."""
    kinds = [key for key in KINDS if may_import(key, author(request))]
    if not kinds:
        raise PermissionDenied
    wanted = {"kind": request.GET.get("kind")}
    form = UploadForm(request.POST or None, request.FILES or None, kinds=kinds, initial=wanted)
    if request.method == "POST":
        if is_too_large(request):
            form.errors["file"] = form.error_class([too_large()])
        elif form.is_valid():
            try:
                upload = _kept(request, form.cleaned_data)
            except Unreadable as error:
                form.add_error("file", str(error))
            else:
                return redirect("editing:import-columns", upload.token)
    status = 400 if form.errors else 200
    context = {"form": form, "kinds": [KINDS[key] for key in kinds], "trail": []}
    return shown(request, "editing/import.html", _("Import a table"), context, status)


def _kept(request: HttpRequest, sent: dict[str, Any]) -> Upload:
    return uploads.keep(author(request).user, KINDS[sent["kind"]], sent["file"].name, sent["file"].read())


def _of_an_upload(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """With the upload that the address names, which has to be one's own, and of a kind that one may change."""

    @screen()
    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        by = author(request)
        try:
            upload = uploads.opened(by.user, token)
        except NoUpload:
            messages.error(request, _("This table is no longer here: it is kept for a day. Send it once more."))
            return redirect("editing:import")
        if not may_import(upload.kind.key, by):
            raise PermissionDenied
        return view(request, upload)

    return opened


@_of_an_upload
def columns(request: HttpRequest, upload: Upload) -> HttpResponse:
    """Which column of the file is which."""
    problems: list[str] = []
    if request.method == "POST" and "sheet" in request.POST:
        return _other_sheet(request, upload)
    if request.method == "POST":
        upload.chosen = _chosen(request, upload)
        problems = mapping_problems(upload.kind, upload.table.header, upload.chosen)
        if not problems:
            upload.is_mapped = True
            upload.save()
            uploads.remember(upload.kind, upload.table.header, upload.chosen)
            return redirect("editing:import-preview", upload.token)
    context = {
        "upload": upload,
        "columns": _columns(upload),
        "problems": problems,
        "trail": [(reverse("editing:import"), _("Import a table"))],
    }
    return shown(request, "editing/import_columns.html", _("Columns"), context, 400 if problems else 200)


def _other_sheet(request: HttpRequest, upload: Upload) -> HttpResponse:
    try:
        upload.read_sheet(request.POST["sheet"])
    except Unreadable as error:
        messages.error(request, str(error))
    return redirect("editing:import-columns", upload.token)


def _chosen(request: HttpRequest, upload: Upload) -> list[str]:
    known = {column.key for column in upload.kind.columns}
    sent = [request.POST.get(f"column-{place}", "") for place in range(len(upload.table.header))]
    return [key if key in known else "" for key in sent]


def _columns(upload: Upload) -> list[dict[str, Any]]:
    """Each of the file with a few of its values."""
    table = upload.table
    found = []
    for place, key in enumerate(upload.chosen):
        values = dict.fromkeys(row.cells[place] for row in table.rows[:200] if row.cells[place])
        samples = [value[:_LONGEST_SAMPLE] for value in list(values)[:_SAMPLES]]
        found.append({"place": place, "name": header_name(table.header, place), "chosen": key, "samples": samples})
    return found


@_of_an_upload
def preview(request: HttpRequest, upload: Upload) -> HttpResponse:
    """What each row is going to do; confirmed, it is done."""
    if not upload.is_mapped:
        return redirect("editing:import-columns", upload.token)
    if request.method == "POST" and "confirm" in request.POST:
        return _confirmed(request, upload)
    if request.method == "POST":
        _answered(request, upload)
        return redirect("editing:import-preview", upload.token)
    return _previewed(request, upload, planned(upload, author(request)))


def _answered(request: HttpRequest, upload: Upload) -> None:
    """The keys of the questions come back beside the answers."""
    for number in range(len(request.POST)):
        key, answer = request.POST.get(f"question-{number}"), request.POST.get(f"answer-{number}")
        if key and answer:
            upload.answers[key[:1000]] = answer[:40]
    if "again" in request.POST:
        upload.answers = {}
    upload.save()


def _previewed(
    request: HttpRequest, upload: Upload, plan: Plan, form: ConfirmForm | None = None, said: str = "", status: int = 200
) -> HttpResponse:
    reason = _("Imported from %(file)s") % {"file": upload.file}
    if form is None:
        form = ConfirmForm(initial={"reason": reason, "fingerprint": plan.fingerprint})
    context = {
        "upload": upload,
        "shown": shown_plan(plan, request.GET.get("only", ""), request.GET.get("page", "")),
        "only": request.GET.get("only", ""),
        "form": form,
        "said": said,
        "most_written": MOST_WRITTEN,
        "trail": [
            (reverse("editing:import"), _("Import a table")),
            (reverse("editing:import-columns", args=[upload.token]), _("Columns")),
        ],
    }
    return shown(request, "editing/import_preview.html", _("Preview"), context, status)


def _confirmed(request: HttpRequest, upload: Upload) -> HttpResponse:
    by, form = author(request), ConfirmForm(request.POST)
    if not form.is_valid():
        return _previewed(request, upload, planned(upload, by), form, status=400)
    sent = form.cleaned_data
    try:
        written = carry_out(lambda: planned(upload, by), sent["fingerprint"], by, sent["reason"])
    except Moved as moved:
        said = _("The record changed since you looked. Nothing was written. This is what the table would do now.")
        again = ConfirmForm(initial={"reason": sent["reason"], "fingerprint": moved.plan.fingerprint})
        return _previewed(request, upload, moved.plan, again, said, 409)
    except Refused as refused:
        where = _("Row %(row)d") % {"row": refused.row} if refused.row else refused.name
        said = _("%(where)s: %(message)s Nothing was written.") % {"where": where, "message": refused}
        return _previewed(request, upload, planned(upload, by), None, said, 409)
    except Clash as clash:
        return _previewed(request, upload, planned(upload, by), None, str(clash), 409)
    upload.forget()
    note(Act.IMPORT, about=f"{upload.file}: {upload.kind.key}, {written}")
    messages.success(request, _told(upload, written))
    return redirect("editing:import")


def _told(upload: Upload, written: Written) -> str:
    parts = [
        ngettext("%(count)d added", "%(count)d added", written.added) % {"count": written.added},
        ngettext("%(count)d changed", "%(count)d changed", written.changed) % {"count": written.changed},
    ]
    if written.made:
        count = len(written.made)
        parts.append(ngettext("%(count)d made besides", "%(count)d made besides", count) % {"count": count})
    if written.waiting:
        parts.append(
            ngettext("%(count)d waits to be accepted", "%(count)d wait to be accepted", written.waiting)
            % {"count": written.waiting}
        )
    return _("“%(file)s” was brought in: %(what)s.") % {"file": upload.file, "what": ", ".join(parts)}


@_of_an_upload
def mistakes(request: HttpRequest, upload: Upload) -> HttpResponse:
    """All of them, as a table."""
    plan = planned(upload, author(request))
    header = [_("row"), _("column"), _("value"), _("what is wrong")]
    rows = ((one.row or "", one.column, one.value, one.message) for one in plan.problems)
    return _file(b"".join(csv_text.written(header, rows)), csv_text.MEDIA_TYPE, "mistakes.csv")


@_of_an_upload
def drop(request: HttpRequest, upload: Upload) -> HttpResponse:
    if request.method == "POST":
        upload.forget()
    return redirect("editing:import")


@require_GET
@screen()
def example(request: HttpRequest, kind: str, form: str) -> HttpResponse:
    if not may_import(_kind(kind).key, author(request)):
        raise PermissionDenied
    if form == "csv":
        return _file(examples.as_csv(_kind(kind)), csv_text.MEDIA_TYPE, f"{kind}.csv")
    if form == "xlsx":
        return _file(examples.as_xlsx(_kind(kind)), examples.XLSX, f"{kind}.xlsx")
    raise Http404


def _kind(key: str) -> TableKind:
    if key not in KINDS:
        raise Http404
    return KINDS[key]


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    return HttpResponse(content, media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})
