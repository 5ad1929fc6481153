"""The guard on the admin's forms of records: what is saved there goes through `review`, and nothing is overwritten.

It is put on by `guard`, since the packages that the forms belong to lie below `review` and can't know it.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import unquote
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from debate.publishing import HasStatus, Status
from editing.guarding import conflicts, deleting, drafts
from editing.guarding.conflicts import Conflict
from editing.guarding.forms import Errors, RecordedForm, tell
from editing.guarding.history import Histories
from editing.guarding.opened import BEFORE, SEEN, opened
from editing.guarding.saving import Refused, Saved, save
from editing.guarding.waiting import address_of, not_proposed, waiting_for
from editing.screens import author
from review.changing import locked, written_whole
from review.models import Revision
from review.publicity import is_published
from review.refusals import Refusal
from review.roles import PUBLISH
from speakers.admin import RecordAdmin


@dataclass(slots=True)
class Attempt:
    """What is known of one request to save a form."""

    errors: Errors = field(default_factory=dict)
    conflict: Conflict | None = None
    saved: Saved | None = None
    published: dict[Any, bool] = field(default_factory=dict)


def attempt(request: HttpRequest) -> Attempt:
    """The one of this request."""
    found: Attempt = request.__dict__.setdefault("guarding_attempt", Attempt())
    return found


class GuardedAdmin(admin.ModelAdmin):
    """Goes before an admin class of a record."""

    @property
    def change_form_template(self) -> list[str]:  # type: ignore[override]
        """One of the model's own extends the other."""
        return [f"admin/{self.opts.app_label}/{self.opts.model_name}/change_form.html", "admin/change_form_record.html"]

    # --- who may do what ---

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Of what is published, too: where somebody may not publish, their change waits."""
        allowed = bool(super().has_change_permission(request, obj))
        is_withdrawn = isinstance(obj, HasStatus) and obj.status == Status.WITHDRAWN
        return allowed and (not is_withdrawn or _may_publish(request))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = bool(super().has_delete_permission(request, obj))
        return allowed and (obj is None or _may_publish(request) or not self._is_published(request, obj))

    def _is_published(self, request: HttpRequest, record: Model) -> bool:
        """Asked once a request."""
        known = attempt(request).published
        if record.pk not in known:
            known[record.pk] = is_published(record)
        return known[record.pk]

    # --- its history ---

    def get_urls(self) -> list[Any]:
        of, histories, view = (
            f"{self.opts.app_label}_{self.opts.model_name}",
            Histories(self),
            self.admin_site.admin_view,
        )
        routes = [
            path("<path:object_id>/history/compare/", view(histories.compare), name=f"{of}_compare"),
            path("<path:object_id>/history/<int:number>/restore/", view(histories.restore), name=f"{of}_restore"),
        ]
        return [*routes, *super().get_urls()]

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        return Histories(self).page(request, object_id)

    # --- deleting ---

    def __init__(self, model: type[Model], admin_site: admin.AdminSite) -> None:
        super().__init__(model, admin_site)
        self.actions = [*(self.actions or ()), deleting.delete_selected]  # instead of the one of the site

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        record = self.get_object(request, unquote(object_id))
        if record is None:  # Django tells that it is not there
            return super().delete_view(request, object_id, extra_context)
        return deleting.delete_one(self, request, record)

    # --- the form ---

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:
        told = {"refused": attempt(request).errors.get("", ())}
        options["form"] = type(f"Recorded{self.form.__name__}", (RecordedForm, self.form), told)
        return super().get_form(request, obj, change, **options)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The reason is asked for at the foot of the page, and not among the columns."""
        return [name for name in super().get_fields(request, obj) if name not in RecordedForm.declared_fields]

    def _create_formsets(self, request: HttpRequest, obj: Any, change: bool) -> Any:
        formsets, inlines = super()._create_formsets(request, obj, change)  # type: ignore[misc]
        for form in (form for formset in formsets for form in formset.forms if form.is_bound):
            tell(form, attempt(request).errors.get(form.prefix, ()))
        return formsets, inlines

    # --- saving ---

    def changeform_view(
        self, request: HttpRequest, object_id: Any = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        """Saves all or nothing. What is refused is shown again in the form, with everything that was typed."""
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        if "_saveasnew" in request.POST and not self.save_as:
            return HttpResponseBadRequest(_("A record can’t be saved as a new one here."))
        _with_plain_line_breaks(request)
        now = attempt(request)
        try:
            with written_whole():
                now.conflict = self._conflict(request, object_id)
                if now.conflict is None:
                    response = super().changeform_view(request, object_id, form_url, extra_context)
                    if now.saved is not None:
                        drafts.saved(request, response)
                    return response
        except Refused as refused:
            now.errors = {"": [(None, _("Nothing was saved."))], **refused.errors}
        except Refusal as refusal:
            now.errors = {"": [(None, str(refusal))]}
        if now.conflict is not None:
            request.POST = now.conflict.data  # type: ignore[assignment]
            now.errors = {"": [(None, _told(now.conflict))]}
            if now.conflict.is_gone:
                object_id, form_url = None, reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_add")
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _conflict(self, request: HttpRequest, object_id: Any) -> Conflict | None:
        """Holds the record and its rows to the end of the transaction, and leaves in `request.POST` what is saved."""
        if object_id is None:
            return None
        record: Any = self.get_object(request, unquote(object_id))
        reading = copy(request)
        reading.method = "GET"
        if record is None:
            was_there = unquote(object_id).isdecimal() and self.model.history.filter(id=unquote(object_id)).exists()
            if not was_there or not self.has_add_permission(request):
                return None
            formsets, _inlines = self._create_formsets(reading, self.model(), change=False)
            return conflicts.gone(request.POST, formsets)
        if not self.has_change_permission(request, record):
            return None
        locked(self.model, record.pk)
        record = self.get_object(request, unquote(object_id))
        formsets, _inlines = self._create_formsets(reading, record, change=True)
        for formset in formsets:
            keys = [form.instance.pk for form in formset.initial_forms]
            list(
                formset.model._base_manager.select_for_update(of=("self",))
                .filter(pk__in=keys)
                .order_by("pk")
                .only("pk")
            )
        form = self.get_form(request, record, change=True)(instance=record)
        outcome = conflicts.settled(request.POST, record, form, formsets)
        if isinstance(outcome, Conflict):
            return outcome
        request.POST = outcome  # type: ignore[assignment]
        return None

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Saved with its rows, by `save_related`."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        saved = save(form, formsets, author(request))
        attempt(request).saved = saved
        if saved.record is not None:
            form.instance.__dict__.update(saved.record.__dict__)  # what is answered is about this copy

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        """The rows are in the history, with what changed in them."""
        return super().construct_change_message(request, form, [], add)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        return None if _waits(request) else super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        return None if _waits(request) else super().log_change(request, obj, message)

    # --- what is answered ---

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> HttpResponse:
        if not _waits(request):
            return super().response_add(request, obj, post_url_continue)
        if IS_POPUP_VAR in request.POST:
            context = {"waiting": _waits(request), "is_popup": True, "title": _("It waits")}
            frame = self.admin_site.each_context(request)
            return TemplateResponse(request, "editing/guarding/waits_popup.html", {**frame, **context})
        self._tell_what_waits(request)
        return self.response_post_save_add(request, obj)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        if not _waits(request):
            return super().response_change(request, obj)
        self._tell_what_waits(request)
        if "_continue" in request.POST or IS_POPUP_VAR in request.POST:
            return HttpResponseRedirect(request.get_full_path())
        return self.response_post_save_change(request, obj)

    def _tell_what_waits(self, request: HttpRequest) -> None:
        waiting = _waits(request)
        told = ngettext(
            "Your change waits for somebody who may publish. What the public sees is as it was: {change}",
            "Your {number} changes wait for somebody who may publish. What the public sees is as it was. The first:"
            " {change}",
            len(waiting),
        )
        link = format_html('<a href="{}">{}</a>', address_of(waiting[0]), _("see the change"))
        self.message_user(request, format_html(told, change=link, number=len(waiting)), messages.WARNING)

    def render_change_form(
        self,
        request: HttpRequest,
        context: Any,
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> Any:
        if obj is not None:
            context.update(self._guarding(request, context, obj))
        context.update(conflict=attempt(request).conflict, sent_draft=request.POST.get("_draft", ""))
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _guarding(self, request: HttpRequest, context: Mapping[str, Any], record: Any) -> dict[str, Any]:
        formsets = [one.formset for one in context["inline_admin_formsets"]]
        now, typed = attempt(request), request.POST
        fresh = opened(record, formsets).as_text
        is_shown_again = request.method == "POST" and now.conflict is None
        published, may_publish = self._is_published(request, record), _may_publish(request)
        return {
            "seen": typed.get(SEEN, "") if is_shown_again else fresh,
            "seen_before": now.conflict.began.as_text if now.conflict else typed.get(BEFORE, ""),
            "is_published": published,
            "has_to_wait": published and not may_publish,
            "waiting_changes": waiting_for(record, formsets),
            "not_proposed": not_proposed(record, formsets) if published and not may_publish else (),
        }


def guard(site: admin.AdminSite) -> None:
    """Registers every admin class of a record once more, with the guard before it."""
    for model in filter(site.is_registered, apps.get_models()):
        kind = type(site.get_model_admin(model))
        if issubclass(kind, RecordAdmin) and not issubclass(kind, GuardedAdmin):
            site.unregister(model)
            site.register(model, type(kind.__name__, (GuardedAdmin, kind), {}))


def _may_publish(request: HttpRequest) -> bool:
    return request.user.has_perm(PUBLISH)


def _waits(request: HttpRequest) -> list[Revision]:
    saved = attempt(request).saved
    return saved.waiting if saved else []


def _told(conflict: Conflict) -> str:
    if conflict.is_gone:
        return _("It was deleted by somebody else meanwhile. What you typed is here still: save it to add it anew.")
    if conflict.lacks_answers:
        return _("Choose, for each field that both of you changed, whose version is to stand.")
    return _("It was changed by somebody else meanwhile. Nothing was saved, and nothing overwritten.")


def _with_plain_line_breaks(request: HttpRequest) -> None:
    """Browsers send every line break as two characters, by which a text would be another, and places in it too."""
    data = request.POST.copy()
    for name, values in data.lists():
        if any("\r\n" in value for value in values):
            data.setlist(name, [value.replace("\r\n", "\n") for value in values])
    request.POST = data  # type: ignore[assignment]
