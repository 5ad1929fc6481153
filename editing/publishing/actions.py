"""What the lists of the admin do with many records at once, each after a page that says what would happen.

A stance is never given in bulk: it would code evidence that nobody has read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from debate.models import Event
from editing.publishing.bulk import Bulk, assign, assigning, publish, publishing, send, sending
from editing.screens import author
from positions.models import Position, Proposition, PropositionTopic, Topic
from review.refusals import Refusal

type Answer = HttpResponse | None


class StepActions(admin.ModelAdmin):
    """Goes before an admin class of what goes through review."""

    actions = ["send_chosen_to_review"]

    @admin.action(description=_("Send the chosen to review"), permissions=["send_to_review"])
    def send_chosen_to_review(self, request: HttpRequest, queryset: QuerySet[Any]) -> Answer:
        return _confirmed(self, request, lambda: sending(queryset), send, gettext("Send to review"))

    def has_send_to_review_permission(self, request: HttpRequest) -> bool:
        by = author(request)
        return by.may_send_to_review and by.may("change", self.model)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        by = author(request)
        return by.may_publish and by.may("change", self.model)


class PublishActions(StepActions):
    actions = ["publish_chosen", "send_chosen_to_review"]

    @admin.action(description=_("Publish the chosen"), permissions=["publish"])
    def publish_chosen(self, request: HttpRequest, queryset: QuerySet[Any]) -> Answer:
        return _confirmed(self, request, lambda: publishing(queryset), publish, gettext("Publish"))


class TopicForm(forms.Form):
    topic = forms.ModelChoiceField(
        Topic.objects.all(),
        label=_("Topic"),
        widget=AutocompleteSelect(PropositionTopic._meta.get_field("topic"), admin.site),
    )


class PropositionActions(PublishActions):
    actions = ["publish_chosen", "send_chosen_to_review", "assign_topic"]

    @admin.action(description=_("Assign a topic to the chosen"), permissions=["change"])
    def assign_topic(self, request: HttpRequest, queryset: QuerySet[Any]) -> Answer:
        """Which topic first, then what would happen."""
        form = TopicForm(request.POST if "topic" in request.POST else None)
        title, by = gettext("Assign a topic"), author(request)
        if not form.is_valid():
            return _shown(self, request, title, {"form": form, "selected": list(queryset.values_list("pk", flat=True))})
        topic: Topic = form.cleaned_data["topic"]

        def do(bulk: Bulk, _by: Any, reason: str) -> None:
            waiting = assign(bulk, topic, by, reason)
            if waiting:
                told = ngettext("%(count)d change waits for review.", "%(count)d changes wait for review.", waiting)
                messages.warning(request, told % {"count": waiting})

        named = f"{title}: {topic}"
        return _confirmed(self, request, lambda: assigning(queryset, topic, by), do, named, {"topic": topic})


def _confirmed(
    registered: admin.ModelAdmin[Any],
    request: HttpRequest,
    look: Callable[[], Bulk],
    do: Callable[[Bulk, Any, str], Any],
    title: str,
    context: Mapping[str, Any] | None = None,
) -> Answer:
    """Shows what would happen, and on confirmation does that and nothing else."""
    mistake = ""
    try:
        bulk = look()
        if "confirmed" in request.POST:
            bulk.refuse_others(request.POST.getlist("key"))
            do(bulk, author(request), request.POST.get("reason", ""))
            told = ngettext("%(title)s: %(count)d record.", "%(title)s: %(count)d records.", len(bulk.ready))
            messages.success(request, told % {"title": title, "count": len(bulk.ready)})
            return None
    except Refusal as refusal:
        mistake = str(refusal)
        if "confirmed" not in request.POST:
            messages.error(request, mistake)
            return None
        bulk = look()
    selected = [one.record.pk for one in bulk.chosen]
    shown = {"bulk": bulk, "selected": selected, "mistake": mistake, "reason": request.POST.get("reason", "")}
    return _shown(registered, request, title, {**shown, **(context or {})})


def _shown(
    registered: admin.ModelAdmin[Any], request: HttpRequest, title: str, context: Mapping[str, Any]
) -> HttpResponse:
    frame = registered.admin_site.each_context(request)
    changelist = f"admin:{registered.opts.app_label}_{registered.opts.model_name}_changelist"
    whole = {
        **frame,
        "title": title,
        "opts": registered.opts,
        "action": request.POST.get("action", ""),
        "action_checkbox_name": ACTION_CHECKBOX_NAME,
        "trail": [(reverse(changelist), capfirst(registered.opts.verbose_name_plural))],
        **context,
    }
    return TemplateResponse(request, "editing/publish_many.html", whole)


_ACTIONS: Mapping[type[Model], type[StepActions]] = {
    Event: StepActions,
    Topic: PublishActions,
    Proposition: PropositionActions,
    Position: PublishActions,
}


def offer_actions(site: admin.AdminSite) -> None:
    """Registers the admin classes of what goes through review once more, with the actions before them."""
    for model, actions in _ACTIONS.items():
        kind = type(site.get_model_admin(model))
        if not issubclass(kind, StepActions):
            site.unregister(model)
            together = {"actions": [*(kind.actions or ()), *actions.actions]}
            site.register(model, type(kind.__name__, (actions, kind), together))
