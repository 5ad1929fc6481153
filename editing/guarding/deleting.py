"""Deleting in the admin: refused with a list of what refers to the record; of several, all are deleted or none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import ForeignKey, Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from editing.guarding.forms import WHY
from editing.guarding.opened import SEEN
from editing.guarding.waiting import address_of
from editing.screens import author, revision_sent
from review import bin
from review.changing import written_whole
from review.deleting import MOST_TOLD, delete
from review.models import Revision
from review.publicity import is_published
from review.refusals import InUse, ReasonMissing, Refusal
from review.roles import Author
from review.versions import Names

MOST_AT_ONCE = 200
_ANY_REASON = "."  # for a rehearsal, of which nothing stays


class DeletingForm(forms.Form):
    why = forms.CharField(
        label=gettext_lazy("Why"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2, "cols": 60})
    )


@dataclass(frozen=True, slots=True)
class Referrer:
    """What keeps a record from being deleted, with where it can be changed."""

    kind: str
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a record can't be deleted."""

    record: Model
    message: str
    referrers: tuple[Referrer, ...] = ()
    is_cut: bool = False


def delete_one(of: Any, request: HttpRequest, record: Any) -> HttpResponse:
    """Asks for a confirmation, and for a reason if the record is public."""
    if not of.has_delete_permission(request, record):
        raise PermissionDenied
    form = DeletingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        base, key = revision_sent(request.POST.get(SEEN, "")), record.pk
        try:
            with written_whole():
                of.log_deletions(request, of.model._base_manager.filter(pk=key))
                delete(record, author(request), base_revision=base, reason=form.cleaned_data[WHY])
        except InUse:
            pass  # the page lists what is in the way
        except ReasonMissing as refusal:
            form.add_error(WHY, str(refusal))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            response: HttpResponse = of.response_delete(request, str(record), key)
            return response
    present = of.get_object(request, str(record.pk)) or record
    return _asked(of, request, "admin/delete_record.html", form, [present], {"revision": present.revision})


@admin.action(description=gettext_lazy("Delete the chosen"), permissions=["delete"])
def delete_selected(of: Any, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
    """All that were chosen, or none."""
    if queryset.count() > MOST_AT_ONCE:
        told = _("At most %(most)d can be deleted at once: choose fewer.")
        of.message_user(request, told % {"most": MOST_AT_ONCE}, messages.ERROR)
        return None
    records = list(queryset.order_by("pk"))
    form = DeletingForm(request.POST if request.POST.get("post") else None)
    if form.is_valid():
        try:
            with written_whole():
                of.log_deletions(request, of.model._base_manager.filter(pk__in=[record.pk for record in records]))
                for record in records:
                    delete(record, author(request), reason=form.cleaned_data[WHY])
        except ReasonMissing as refusal:
            form.add_error(WHY, str(refusal))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            told = ngettext("%(count)d record was deleted.", "%(count)d records were deleted.", len(records))
            of.message_user(request, told % {"count": len(records)}, messages.SUCCESS)
            return None
    return _asked(of, request, "admin/delete_records.html", form, records, {})


def _asked(
    of: Any, request: HttpRequest, template: str, form: DeletingForm, records: Sequence[Any], context: dict[str, Any]
) -> HttpResponse:
    obstacles = _obstacles(records, author(request))
    frame = {
        **of.admin_site.each_context(request),
        "title": _("Can’t be deleted") if obstacles else _("Delete"),
        "opts": of.opts,
        "module_name": capfirst(of.opts.verbose_name_plural),
        "records": records,
        "object": records[0],
        "form": form,
        "obstacles": obstacles,
        "is_public": any(is_published(record) for record in records),
        "change_url": reverse(f"admin:{of.opts.app_label}_{of.opts.model_name}_change", args=[records[0].pk]),
        "list_url": reverse(f"admin:{of.opts.app_label}_{of.opts.model_name}_changelist"),
        "is_popup": IS_POPUP_VAR in request.GET or IS_POPUP_VAR in request.POST,
        "checkbox": helpers.ACTION_CHECKBOX_NAME,
        "media": of.media,
        "days": bin.KEPT.days,
    }
    return TemplateResponse(request, template, {**frame, **context})


def _obstacles(records: Iterable[Any], by: Author) -> list[Obstacle]:
    """Found by trying, of which nothing stays: then the page says just what the deletion itself would."""
    found: list[tuple[Any, Refusal]] = []
    for record in records:
        try:
            with transaction.atomic():
                delete(record, by, reason=_ANY_REASON)
                transaction.set_rollback(True)
        except Refusal as refusal:
            found.append((record, refusal))
    referrers = [one for _record, refusal in found if isinstance(refusal, InUse) for one in refusal.referrers]
    names = Names((type(one), one.pk) for one in referrers)
    return [_obstacle(record, refusal, names) for record, refusal in found]


def _obstacle(record: Any, refusal: Refusal, names: Names) -> Obstacle:
    if not isinstance(refusal, InUse):
        return Obstacle(record, str(refusal))
    told = tuple(Referrer(str(one._meta.verbose_name), names.name(one), _address_of(one)) for one in refusal.referrers)
    return Obstacle(record, str(refusal), told, is_cut=len(told) >= MOST_TOLD)


def _address_of(record: Any) -> str:
    """Of its own form; of a row that has none, of the form of what it belongs to."""
    if isinstance(record, Revision):
        return address_of(record)
    if admin.site.is_registered(type(record)):
        meta, key = record._meta, record.pk
    else:
        holder = next(column for column in record._meta.concrete_fields if isinstance(column, ForeignKey))
        meta, key = holder.related_model._meta, getattr(record, holder.attname)
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[key])
