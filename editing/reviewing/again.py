"""Its author tries once more what was sent back: the same fields, to be put right, from the present state."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import ForeignKeyRawIdWidget
from django.core.exceptions import PermissionDenied
from django.db.models import Field, ForeignKey
from django.forms.models import modelform_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from editing.reviewing.kinds import admin_address
from editing.screens import author, screen, shown
from review.deciding import propose_again
from review.models import Revision
from review.refusals import Invalid, MovedOn, Refusal
from review.rows import held, relation_called
from review.versions import proposed


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("Why it should change: whoever decides reads it, and the history keeps it."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)


@require_http_methods(["GET", "HEAD", "POST"])
@screen()
def again(request: HttpRequest, number: int) -> HttpResponse:
    revision = get_object_or_404(Revision.objects.select_related("content_type", "decided_by"), pk=number)
    if revision.author_id != author(request).user.pk:
        raise PermissionDenied
    record: Any = revision.record
    if not revision.values or (record is None and revision.object_id is not None):
        return redirect("editing:review-change", revision.pk)  # which says what it is, or that it is gone
    values = _form_of(revision, record, request)
    why = ReasonForm(request.POST or None, initial=_initially(revision, record))
    if request.method == "POST" and (answer := _sent(revision, values, why, request)):
        return answer
    context = {
        "revision": revision,
        "values": values,
        "why": why,
        "rows": [one for one in proposed([revision])[0] if one.rows],
        "form_address": admin_address(record),
        "trail": [(reverse("editing:review-mine"), _("My work"))],
    }
    status = 409 if request.method == "POST" else 200
    return shown(request, "editing/review_again.html", _("Propose it again"), context, status)


def _initially(revision: Revision, record: Any) -> dict[str, Any]:
    return {"reason": revision.comment, "revision": record.revision if record is not None else 0}


def _form_of(revision: Revision, record: Any, request: HttpRequest) -> forms.ModelForm[Any]:
    """Of the columns that were to change, with what was proposed for them."""
    model: Any = revision.content_type.model_class()
    registered = admin.site.get_model_admin(model) if admin.site.is_registered(model) else None

    def field_for(column: Field[Any, Any], **options: Any) -> Any:
        if isinstance(column, ForeignKey) and column.name not in getattr(registered, "autocomplete_fields", ()):
            options["widget"] = ForeignKeyRawIdWidget(column.remote_field, admin.site)
        if registered is not None:
            found = registered.formfield_for_dbfield(column, request, **options)
            return getattr(found, "widget", None) and _bare(found)
        return column.formfield(**options)

    names = [name for name in revision.values if relation_called(model, name) is None]
    form_class = modelform_factory(model, fields=names, formfield_callback=field_for)
    initial = {name: revision.values[name] for name in names}
    form: forms.ModelForm[Any] = form_class(request.POST or None, instance=record, initial=initial, prefix="values")
    return form


def _bare(field: Any) -> Any:
    """Without the signs for making and changing what it points to."""
    field.widget = getattr(field.widget, "widget", field.widget)
    return field


def _sent(
    revision: Revision, values: forms.ModelForm[Any], why: ReasonForm, request: HttpRequest
) -> HttpResponse | None:
    """None where it was refused; the forms say why."""
    if not (values.is_valid() & why.is_valid()):
        return None
    model: Any = revision.content_type.model_class()
    columns = {name: held(model._meta.get_field(name), values.instance) for name in values.fields}
    base = why.cleaned_data["revision"] or None
    try:
        outcome = propose_again(
            revision,
            {**revision.values, **columns},
            author(request),
            base_revision=base,
            reason=why.cleaned_data["reason"],
        )
    except MovedOn:
        why.add_error(
            None, _("It was changed by somebody else meanwhile. Open this page again to see it as it is now.")
        )
    except Invalid as refusal:
        for mistake in refusal.mistakes:
            column = str(mistake.path[0]) if len(mistake.path) == 1 else ""
            form: Any = values if column in values.fields else why
            form.add_error(column if column in values.fields else None, mistake.message)
    except Refusal as refusal:
        why.add_error(None, str(refusal))
    else:
        messages.success(request, _("It waits for review.") if outcome.waiting else _("It is changed."))
        return redirect("editing:review-mine")
    return None
