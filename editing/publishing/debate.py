"""Publishing a debate: what is incomplete, what would be public, and one confirmation."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from debate.models import Event
from debate.publishing import Status
from editing.publishing.checking import Weight, findings, stopped
from editing.publishing.plan import Plan, becoming_public, carry_out, offer, planned
from editing.reviewing.kinds import admin_address
from editing.screens import author, revision_sent, screen, shown
from positions.models import Position
from review.refusals import MovedOn, NotAllowed, Refusal

_CHOSEN = ("position", "proposition", "topic")


@require_http_methods(["GET", "HEAD", "POST"])
@screen("debate.view_event")
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Chosen first, then confirmed: the form carries which revisions were seen all the way."""
    event = get_object_or_404(Event, slug=slug)
    if request.method != "POST":
        return _choice(request, event)
    try:
        plan = _plan(request, event)
        if "confirmed" not in request.POST:
            return _confirmation(request, plan)
        return _published(request, plan)
    except MovedOn as refusal:
        message = _("“%(record)s” was changed meanwhile. Nothing was published: look at what is there now.")
        return _choice(request, event, message % {"record": refusal.record})
    except Refusal as refusal:
        return _choice(request, event, str(refusal))


def _plan(request: HttpRequest, event: Event) -> Plan:
    if not author(request).may_publish:
        raise NotAllowed(_("Only those who may publish can publish a debate."))
    if stopped(event):
        raise Refusal(_("The debate can't be published yet: see what stops it."))
    chosen = {name: request.POST.getlist(name) for name in _CHOSEN}
    plan = planned(event, chosen, revision_sent(request.POST.get("revision", "")))
    if plan.is_empty:
        raise Refusal(_("Choose what is to be published."))
    return plan


def _choice(request: HttpRequest, event: Event, mistake: str = "") -> HttpResponse:
    event.refresh_from_db()
    found = findings(event)
    kept = {key for name in _CHOSEN for key in request.POST.getlist(name)} if request.method == "POST" else None
    context = {
        "event": event,
        "findings": found,
        "is_stopped": any(finding.weight is Weight.STOPS for finding in found),
        "is_published": event.status == Status.PUBLISHED,
        "offer": offer(event),
        "kept": kept,
        "published": _of(event).filter(status=Status.PUBLISHED).count(),
        "may_publish": author(request).may_publish,
        "mistake": mistake,
        "trail": _trail(event),
    }
    title = _("Publish “%(debate)s”") % {"debate": event}
    return shown(request, "editing/publish.html", title, context, 409 if mistake else 200)


def _of(event: Event) -> QuerySet[Position]:
    found: QuerySet[Position] = Position.objects.filter(event=event)
    return found


def _confirmation(request: HttpRequest, plan: Plan, mistake: str = "", status: int = 200) -> HttpResponse:
    becoming = becoming_public(plan)
    context: dict[str, Any] = {
        "event": plan.event,
        "plan": plan,
        "becoming": [one for one in becoming if one.count],
        "is_published": plan.event.status == Status.PUBLISHED,
        "chosen": [
            ("position", plan.positions),
            ("proposition", plan.propositions),
            ("topic", plan.topics),
        ],
        "reason": request.POST.get("reason", ""),
        "mistake": mistake,
        "trail": [*_trail(plan.event), (reverse("editing:publish", args=[plan.event.slug]), _("Publish"))],
    }
    return shown(request, "editing/publish_confirm.html", _("What would be public"), context, status)


def _published(request: HttpRequest, plan: Plan) -> HttpResponse:
    reason = request.POST.get("reason", "")
    if not reason.strip():
        mistake = _("Say why it is published: the history keeps it.")
        return _confirmation(request, plan, mistake, 400)
    carry_out(plan, author(request), reason)
    messages.success(request, _("Published. Readers see it now."))
    return redirect("editing:review-record", "debate", plan.event.pk)


def _trail(event: Event) -> list[tuple[str, str]]:
    return [(reverse("admin:debate_event_changelist"), _("Debates")), (admin_address(event), str(event))]
