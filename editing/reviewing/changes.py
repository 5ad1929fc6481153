"""One waiting change: looked at, decided on, made again, taken back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from editing.reviewing.choices import choices, taken
from editing.reviewing.evidence import readings
from editing.reviewing.kinds import admin_address, kind_of
from editing.reviewing.waiting import holder_of
from editing.screens import author, revision_sent, screen, shown
from positions.models import Evidence, Position
from review import deciding
from review.models import Revision
from review.refusals import MovedOn, Refusal
from review.versions import proposed


@require_safe
@screen()
def one_change(request: HttpRequest, number: int) -> HttpResponse:
    return _shown(request, _seen_by(request, number))


@require_POST
@screen()
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Accepts, sends back or, where the record moved on, makes it again; its author takes it back or closes it."""
    revision = _seen_by(request, number)
    act, comment = request.POST.get("act", ""), request.POST.get("comment", "").strip()
    try:
        done, next_one = _done(act, revision, request, comment)
    except MovedOn:
        return _shown(
            request, revision, _("The record was changed meanwhile. Choose what still applies."), comment, 409
        )
    except Refusal as refusal:
        return _shown(request, revision, str(refusal), comment, 409)
    messages.success(request, done)
    return redirect(next_one)


def _done(act: str, revision: Revision, request: HttpRequest, comment: str) -> tuple[str, str]:
    """What is told, and the page it is told on."""
    by = author(request)
    onward = reverse("editing:review") if by.may_publish else reverse("editing:review-mine")
    match act:
        case "accept":
            deciding.accept(revision, by, comment)
            return _("Accepted: it is public now."), onward
        case "send_back":
            deciding.send_back(revision, by, comment)
            return _("Sent back to %(author)s.") % {"author": revision.author}, onward
        case "take_back":
            deciding.take_back(revision, by)
            return _("Taken back: nothing changes."), reverse("editing:review-mine")
        case "close":
            deciding.close(revision, by)
            return _("Done with."), reverse("editing:review-mine")
        case "make_again":
            again = _made_again(revision, request)
            return _("Made again from the present state."), reverse("editing:review-change", args=[again.pk])
    raise Refusal(_("Choose what to do."))


def _made_again(revision: Revision, request: HttpRequest) -> Revision:
    values = taken(revision, request.POST.getlist("take"))
    if not values:
        raise Refusal(_("Choose at least one field, or send the change back."))
    base = revision_sent(request.POST.get("revision", ""))
    return deciding.make_again(revision, values, author(request), base_revision=base)


def _seen_by(request: HttpRequest, number: int) -> Revision:
    """For its author, and for those who may publish."""
    everything = Revision.objects.select_related("content_type", "author", "decided_by", "follows__decided_by")
    revision = get_object_or_404(everything, pk=number)
    by = author(request)
    if not by.may_publish and revision.author_id != by.user.pk:
        raise PermissionDenied
    return revision


def _shown(
    request: HttpRequest, revision: Revision, mistake: str = "", comment: str = "", status: int = 200
) -> HttpResponse:
    revision = Revision.objects.select_related("content_type", "author", "decided_by", "follows__decided_by").get(
        pk=revision.pk
    )
    record: Any = revision.record
    by, waits = author(request), revision.state == Revision.State.WAITING
    moved_on = waits and record is not None and record.revision != revision.base_revision
    own = revision.author_id == by.user.pk
    position = _position_of(record if record is not None else holder_of(revision))
    context = {
        "revision": revision,
        "record": record,
        "kind_name": revision.content_type.name,
        "is_gone": record is None and revision.object_id is not None,
        "differences": proposed([revision])[0],
        "choices": choices(revision) if moved_on else [],
        "moved_on": moved_on,
        "may_decide": waits and by.may_publish,
        "may_make_again": moved_on and (own or by.may_publish),
        "may_take_back": waits and own,
        "may_try_again": own and revision.state == Revision.State.SENT_BACK and not revision.is_closed,
        "form_address": admin_address(record),
        "state_address": reverse("editing:review-record", args=[kind_of(record), record.pk]) if kind_of(record) else "",
        "position": position,
        "readings": readings(position) if position else [],
        "mistake": mistake,
        "comment": comment,
        "trail": _trail(request),
    }
    return shown(request, "editing/review_change.html", _title(revision, record), context, status)


def _title(revision: Revision, record: Any) -> str:
    if record is None:
        return _("New: %(kind)s") % {"kind": revision.content_type.name}
    return _("Change of “%(record)s”") % {"record": record}


def _position_of(record: Any) -> Position | None:
    """The one whose evidence is to be looked at beside the change."""
    if isinstance(record, Position):
        return record
    return record.position if isinstance(record, Evidence) else None


def _trail(request: HttpRequest) -> list[tuple[str, str]]:
    if author(request).may_publish:
        return [(reverse("editing:review"), _("Review"))]
    return [(reverse("editing:review-mine"), _("My work"))]
