"""The history of a record in the admin: its versions, any two of them compared, an old one restored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editing.guarding.forms import WHY
from editing.guarding.opened import SEEN
from editing.guarding.waiting import address_of
from editing.screens import author, revision_sent
from review import history
from review.changing import change, written_whole
from review.publicity import is_published
from review.refusals import ReasonMissing, Refusal
from review.versions import compared

NOW = "now"


class RestoringForm(forms.Form):
    why = forms.CharField(
        label=gettext_lazy("Why"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2, "cols": 60})
    )


@dataclass(frozen=True, slots=True)
class Histories:
    """Those of the records of one admin class."""

    admin: Any

    def page(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Twenty versions, the newest first."""
        key = self._key(request, object_id)
        before = _moment(request.GET.get("before", "")) if request.GET.get("before") else None
        shown = history.past(self.admin.model, key, before)
        if not shown.versions and before is None:
            raise Http404
        context = {
            "past": shown,
            "is_newest": before is None,
            "older": shown.versions[-1].number if shown.is_cut else None,
        }
        return self._shown(request, "admin/object_history_record.html", key, _("History"), context)

    def compare(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Two versions, or one with what is there now."""
        key = self._key(request, object_id)
        first, second = sorted(_moment(request.GET.get(name, NOW)) for name in ("from", "to"))
        states = [history.state_at(self.admin.model, key, when) for when in (first, second)]
        if states == [None, None]:
            raise Http404
        context = {
            "first": first,
            "second": None if second >= timezone.now() else second,
            "differences": compared(self.admin.model, *states),
            "was_there": states[0] is not None,
            "number": history.number(first),
        }
        return self._shown(request, "admin/object_history_compare.html", key, _("Two versions compared"), context)

    def restore(self, request: HttpRequest, object_id: str, number: int) -> HttpResponse:
        """Shows what would change, and asks why."""
        key = self._key(request, object_id)
        record: Any = self.admin.get_object(request, str(key))
        if record is None or not self.admin.has_change_permission(request, record):
            raise PermissionDenied
        then = history.state_at(self.admin.model, key, _moment(str(number)))
        if then is None:
            raise Http404
        values = history.restored(record, then)
        form = RestoringForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                return self._restored(request, record, values, form.cleaned_data[WHY])
            except ReasonMissing as refusal:
                form.add_error(WHY, str(refusal))
            except Refusal as refusal:
                form.add_error(None, str(refusal))
        record = self.admin.get_object(request, str(key)) or record
        context = {
            "form": form,
            "differences": compared(self.admin.model, record, values),
            "revision": record.revision,
            "when": _moment(str(number)),
            "is_public": is_published(record),
        }
        return self._shown(request, "admin/object_history_restore.html", key, _("Restore an old version"), context)

    def _restored(self, request: HttpRequest, record: Any, values: Any, why: str) -> HttpResponse:
        base = revision_sent(request.POST.get(SEEN, ""))
        with written_whole():
            outcome = change(record, values, author(request), base_revision=base, reason=why)
        if outcome.waiting is not None:
            link = format_html('<a href="{}">{}</a>', address_of(outcome.waiting), _("see the change"))
            told = _("To restore it waits for somebody who may publish: {change}")
            messages.warning(request, format_html(told, change=link))
        else:
            messages.success(request, _("It is again as it was then."))
        return HttpResponseRedirect(self._address("change", record.pk))

    def _key(self, request: HttpRequest, object_id: str) -> int:
        """Of a record that is there or was."""
        if not self.admin.has_view_or_change_permission(request):
            raise PermissionDenied
        text = unquote(object_id)
        if not text.isdecimal() or len(text) > 18 or not self.admin.may_see_past(request, int(text)):
            raise Http404
        return int(text)

    def _address(self, page: str, *arguments: Any) -> str:
        return reverse(f"admin:{self.admin.opts.app_label}_{self.admin.opts.model_name}_{page}", args=arguments)

    def _shown(self, request: HttpRequest, template: str, key: int, title: str, context: Any) -> HttpResponse:
        record = self.admin.get_object(request, str(key))
        request.current_app = self.admin.admin_site.name
        frame = {
            **self.admin.admin_site.each_context(request),
            "title": title,
            "opts": self.admin.opts,
            "module_name": capfirst(self.admin.opts.verbose_name_plural),
            "object": record,
            "key": key,
            "history_url": self._address("history", key),
            "compare_url": self._address("compare", key),
            "change_url": self._address("change", key) if record is not None else "",
            "may_restore": record is not None and self.admin.has_change_permission(request, record),
        }
        return TemplateResponse(request, template, {**frame, **context})


def _moment(text: str) -> datetime:
    if text == NOW:
        return timezone.now()
    if not text.isdecimal():
        raise Http404(_("There is no such version."))
    try:
        return history.moment(int(text))
    except (OverflowError, ValueError):
        raise Http404(_("There is no such version.")) from None
