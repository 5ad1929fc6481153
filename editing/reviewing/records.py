"""One record on its way: what changed in it since it was public, what it rests on, and the steps that lie before it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from debate.models import Event
from debate.publishing import HasStatus, Status
from editing.reviewing.evidence import readings
from editing.reviewing.kinds import admin_address, model_of, named
from editing.screens import author, revision_sent, screen, shown
from positions.models import Position
from review.earlier import last_published
from review.models import Revision
from review.readiness import hindrances_of
from review.refusals import MovedOn, Refusal
from review.steps import Step, steps, take
from review.versions import PARTS, FieldDifference, compared, plain

MOST_TOLD = 20
_SAID: dict[Step, Any] = {
    Step.SEND_TO_REVIEW: gettext_lazy("It is in review."),
    Step.TAKE_BACK: gettext_lazy("It is a draft again."),
    Step.PUBLISH: gettext_lazy("It is published."),
    Step.SEND_BACK: gettext_lazy("It was sent back, and is a draft again."),
    Step.WITHDRAW: gettext_lazy("It is withdrawn. Its address says when and why."),
    Step.PUBLISH_AGAIN: gettext_lazy("It is published again."),
}


@require_safe
@screen()
def one_record(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    return _shown(request, _seen_by(request, kind, number), kind)


@require_POST
@screen()
def step(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """Takes the record a step on, from the state that was seen."""
    record = _seen_by(request, kind, number)
    reason, seen = request.POST.get("reason", "").strip(), revision_sent(request.POST.get("revision", ""))
    try:
        chosen = _step_called(request.POST.get("step", ""), record)
        take(chosen, record, author(request), base_revision=seen, reason=reason)
    except MovedOn:
        mistake = _("It was changed by somebody else meanwhile. Look at it once more as it is now.")
        return _shown(request, _seen_by(request, kind, number), kind, mistake, reason, 409)
    except Refusal as refusal:
        return _shown(request, _seen_by(request, kind, number), kind, str(refusal), reason, 409)
    messages.success(request, _SAID[chosen])
    return redirect("editing:review-record", kind, number)


def _step_called(name: str, record: HasStatus) -> Step:
    try:
        chosen = Step(name)
    except ValueError:
        raise Refusal(_("Choose a step.")) from None
    if isinstance(record, Event) and chosen in _ON_ITS_OWN_SCREEN:
        raise Refusal(_("A debate is published on a screen of its own, which first lists what is incomplete."))
    return chosen


def _seen_by(request: HttpRequest, kind: str, number: int) -> Any:
    model = model_of(kind)
    if not author(request).may("view", model):
        raise PermissionDenied
    return get_object_or_404(named(model), pk=number)


def _shown(
    request: HttpRequest, record: Any, kind: str, mistake: str = "", reason: str = "", status: int = 200
) -> HttpResponse:
    by = author(request)
    published, differences = _differences(record)
    is_position = isinstance(record, Position)
    context = {
        "record": record,
        "kind": kind,
        "kind_name": record._meta.verbose_name,
        "published": published,
        "differences": differences,
        "readings": readings(record) if isinstance(record, Position) else [],
        "position": record if is_position else None,
        "hindrances": hindrances_of(record) if is_position and record.status != Status.PUBLISHED else [],
        "steps": _steps(record, steps(record, by)),
        "changes": _changes_of(record),
        "may_see_all": by.may_publish,
        "past": _past(record),
        "form_address": admin_address(record),
        "public_address": record.get_absolute_url() if getattr(record, "is_public", False) else "",
        "mistake": mistake,
        "reason": reason,
        "trail": [(reverse("editing:review"), _("Review"))] if by.may_publish else [_my_work()],
    }
    return shown(request, "editing/review_record.html", str(record), context, status)


def _my_work() -> tuple[str, str]:
    return reverse("editing:review-mine"), _("My work")


def _differences(record: Any) -> tuple[Any, list[FieldDifference]]:
    """The last published row of its history, and what was changed since; all of it where it never was public."""
    relations = PARTS.get(type(record), ())
    now, published = plain(record, relations), last_published(record)
    row, before = published or (None, None)
    return row, [one for one in compared(type(record), before, now) if one.column not in _STATE]


_STATE = {"status", "withdrawn_at", "withdrawn_because"}
_ON_ITS_OWN_SCREEN = {Step.PUBLISH, Step.PUBLISH_AGAIN}


def _steps(record: HasStatus, offered: list[Step]) -> list[dict[str, Any]]:
    """A debate is published on a screen of its own, which first lists what is incomplete."""
    publishing = reverse("editing:publish", args=[record.slug]) if isinstance(record, Event) else ""
    return [
        {"value": one.value, "label": one.label, "address": publishing if one in _ON_ITS_OWN_SCREEN else ""}
        for one in offered
    ]


def _changes_of(record: HasStatus) -> QuerySet[Revision]:
    kind = ContentType.objects.get_for_model(record)
    found = Revision.objects.filter(content_type=kind, object_id=record.pk).exclude(values={})
    return found.select_related("author", "decided_by", "content_type").order_by("-pk")[:MOST_TOLD]


def _past(record: Any) -> list[Any]:
    history = type(record).history.filter(id=record.pk).select_related("history_user")
    return list(history.order_by("-history_id")[:MOST_TOLD])
