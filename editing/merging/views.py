"""Who may be in the record twice, two of them side by side, what was merged and the way back."""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from editing.merging import sides
from editing.merging.records import page_of
from editing.screens import author, key_sent, revision_sent, screen, shown
from review import duplicates, likeness, pairs
from review.merging import choosable, merge, plan
from review.models import Grade, Likeness, Merge, Mergeable, NotTheSame
from review.publicity import is_published
from review.references import reference_called
from review.refusals import Gone, InConflict, InTheWay, MovedOn, Refusal
from review.undoing import undo
from speakers.models import Organization, Person

type Record = Person | Organization

A_PAGE = 20
PATIENCE = 0.3  # seconds that a list waits for the search to go on
AT_ONCE = 100
VIEW = ("speakers.view_person", "speakers.view_organization", "review.view_merge")
# The lists that are offered, by the value of `grade` in the address.
LISTS: dict[str, tuple[Grade, ...]] = {
    "likely": (Grade.LIKELY, Grade.POSSIBLE),
    "name": (Grade.NAME_ALONE,),
    "contradicted": (Grade.CONTRADICTED,),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """Two that may be one, as things are now; `address` is that of the two side by side."""

    kept: Record
    gone: Record
    grade: Grade
    findings: tuple[likeness.Finding, ...]
    address: str


@screen(*VIEW)
@require_safe
def likenesses(request: HttpRequest) -> HttpResponse:
    kind, chosen, name = _kind(request), _list(request), request.GET.get("q", "").strip()
    more = _looked_through(kind)
    people = duplicates.found_by_name(kind, name) if name else []
    found = duplicates.offered(kind, LISTS[chosen])
    if name:
        keys = [person.pk for person in people]
        found = found.filter(Q(first__in=keys) | Q(second__in=keys))
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    counts = duplicates.counts(kind)
    context = {
        "kind": kind,
        "kinds": [(one, one.model._meta.verbose_name_plural) for one in Mergeable],
        "chosen": chosen,
        "lists": [(code, sum(counts.get(grade, 0) for grade in grades)) for code, grades in LISTS.items()],
        "q": name,
        "found": people,
        "page": page,
        "offers": _offers(kind, page),
        "is_behind": more,
        "most_namesakes": duplicates.MOST_NAMESAKES,
        "most_found": duplicates.MOST_FOUND,
    }
    return shown(request, "editing/merge_likenesses.html", _("Who may be in the record twice"), context)


@screen(*VIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: HttpRequest) -> HttpResponse:
    kind = _kind(request)
    both = _both(request, kind)
    if both is None:
        messages.error(request, _("Choose two different records that are there: one of them may have been merged."))
        return HttpResponseRedirect(_list_address(kind))
    refused: Refusal | None = None
    if request.method == "POST":
        try:
            return _act(request, kind, *both)
        except Refusal as refusal:
            refused = refusal
            both = _both(request, kind) or both
    return _side_by_side(request, kind, *both, refused)


@screen(*VIEW)
@require_safe
def merges(request: HttpRequest) -> HttpResponse:
    done = Merge.objects.select_related("by", "undone_by").defer("done").order_by("-at", "-pk")
    page = Paginator(done, A_PAGE).get_page(request.GET.get("page"))
    return shown(request, "editing/merge_done.html", _("What was merged"), {"page": page, "trail": _trail()})


@screen(*VIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def merged(request: HttpRequest, key: int) -> HttpResponse:
    done = get_object_or_404(Merge.objects.select_related("by", "undone_by"), pk=key)
    reason, refused = request.POST.get("reason", ""), None
    if request.method == "POST":
        try:
            gone = undo(done, author(request), reason, partly="partly" in request.POST)
        except Refusal as refusal:
            refused = refusal
            done.refresh_from_db()
        else:
            messages.success(request, _("“%(name)s” is a record of its own again.") % {"name": gone})
            return HttpResponseRedirect(request.path)
    kept = Mergeable(done.kind).model._base_manager.filter(pk=done.kept).first()
    context = {
        "trail": [*_trail(), (reverse("editing:merges"), _("What was merged"))],
        "merge": done,
        "kept_address": page_of(kept) if kept else "",
        "moved": _moved(done),
        "may_undo": _may_merge(request, Mergeable(done.kind)) and (author(request).may_publish or not done.was_public),
        "reason": reason,
        "refused": refused,
        "problems": refused.problems if isinstance(refused, InTheWay) else (),
    }
    return shown(request, "editing/merge_one.html", str(done), context, 409 if refused else 200)


@screen(*VIEW, "review.view_notthesame")
@require_http_methods(["GET", "HEAD", "POST"])
def apart(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _take_back(request)
    said = NotTheSame.objects.select_related("by").order_by("-at", "-pk")
    page = Paginator(said, A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": _named_pairs(page), "trail": _trail()}
    return shown(request, "editing/merge_apart.html", _("Who is not the same"), context)


def _looked_through(kind: Mergeable) -> bool:
    """Whether there are more to look at."""
    until = time.monotonic() + PATIENCE
    while duplicates.bring_up_to_date(kind, at_most=AT_ONCE):
        if time.monotonic() > until:
            return True
    return False


def _side_by_side(
    request: HttpRequest, kind: Mergeable, kept: Record, gone: Record, refused: Refusal | None
) -> HttpResponse:
    """What was typed and chosen is there again; the revisions are those that are shown now."""
    pair = (kept.pk, gone.pk)
    findings = duplicates.compared(kind, [pair]).get(pair, ())
    grade = likeness.grade(findings)
    planned = plan(kept, gone)
    is_public = is_published(kept) or is_published(gone)
    conflicts = refused.conflicts if isinstance(refused, InConflict) else planned.conflicts
    context = {
        "trail": _trail(kind),
        "kind": kind,
        "kept": kept,
        "gone": gone,
        "kept_address": page_of(kept),
        "gone_address": page_of(gone),
        "swapped": compare_address(kind, gone.pk, kept.pk),
        "findings": findings,
        "grade": grade,
        "name_alone": grade == Grade.NAME_ALONE,
        "columns": sides.columns(kept, gone, _taken(request, kind) if request.method == "POST" else None),
        "parts": sides.parts(kept, gone),
        "collapsing": len(planned.collapsing),
        "conflicts": [(one.message, [sides.line(record) for record in one.records]) for one in conflicts],
        "apart": pairs.declared(kept, gone),
        "is_public": is_public,
        "may_merge": _may_merge(request, kind) and (author(request).may_publish or not is_public),
        "may_say": author(request).may("change", kind.model),
        "reason": request.POST.get("reason", ""),
        "refused": refused,
        "differences": _told(refused, kind) if isinstance(refused, MovedOn) else (),
    }
    return shown(request, "editing/merge_compare.html", _("Are they the same?"), context, 409 if refused else 200)


def _act(request: HttpRequest, kind: Mergeable, kept: Record, gone: Record) -> HttpResponse:
    reason = request.POST.get("reason", "")
    if request.POST.get("act") == "apart":
        pairs.declare(kept, gone, author(request), reason)
        messages.success(request, _("They are not offered as one again."))
        return HttpResponseRedirect(_list_address(kind))
    done = merge(
        kept, gone, author(request), reason=reason, taken=_taken(request, kind), seen=_seen(request, kept, gone)
    )
    messages.success(request, _("“%(gone)s” is now one with “%(kept)s”.") % {"gone": gone, "kept": kept})
    return HttpResponseRedirect(reverse("editing:merge", args=[done.pk]))


def _take_back(request: HttpRequest) -> HttpResponse:
    key = key_sent(request.POST.get("pair", ""))
    said = NotTheSame.objects.filter(pk=key).first() if key is not None else None
    try:
        if said is None:
            raise Gone
        pairs.take_back(said, author(request))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Taken back: they are offered again if they look alike."))
    return HttpResponseRedirect(request.path)


def _offers(kind: Mergeable, page: Collection[Likeness]) -> list[Offer]:
    """Graded anew: what the list is ordered by may be older."""
    found = duplicates.compared(kind, [(like.first, like.second) for like in page])
    records: Any = kind.model._base_manager.in_bulk({key for pair in found for key in pair})
    offers = []
    for (first, second), findings in found.items():
        kept, gone = sorted((records[first], records[second]), key=lambda one: (not one.is_public, one.pk))
        address = compare_address(kind, kept.pk, gone.pk)
        offers.append(Offer(kept, gone, likeness.grade(findings), findings, address))
    return offers


def compare_address(kind: Mergeable, kept: int, gone: int) -> str:
    return f"{reverse('editing:compare')}?{urlencode({'kind': kind.value, 'kept': kept, 'gone': gone})}"


def _named_pairs(page: Collection[NotTheSame]) -> list[tuple[NotTheSame, str, str, str]]:
    """With the names of both, and the address of the two side by side; two queries."""
    names: dict[tuple[str, int], str] = {}
    for kind in Mergeable:
        keys = {key for said in page if said.kind == kind for key in (said.first, said.second)}
        found: Any = kind.model._base_manager.in_bulk(keys)
        names |= {(kind.value, key): str(record) for key, record in found.items()}
    return [
        (
            said,
            names.get((said.kind, said.first), _("deleted")),
            names.get((said.kind, said.second), _("deleted")),
            compare_address(Mergeable(said.kind), said.first, said.second),
        )
        for said in page
    ]


def _moved(done: Merge) -> list[tuple[str, int]]:
    return [
        (str(reference_called(code).model._meta.verbose_name_plural), len(keys))
        for code, keys in done.done["moved"].items()
    ]


def _told(refused: MovedOn, kind: Mergeable) -> list[tuple[str, Any, Any]]:
    labels = {field.name: field.verbose_name for field in choosable(kind.model)}
    return [(labels.get(one.column, one.column), one.before, one.now) for one in refused.differences]


def _may_merge(request: HttpRequest, kind: Mergeable) -> bool:
    return author(request).may("change", kind.model) and author(request).may("delete", kind.model)


def _taken(request: HttpRequest, kind: Mergeable) -> set[str]:
    return {field.name for field in choosable(kind.model) if request.POST.get(f"take-{field.name}") == "gone"}


def _seen(request: HttpRequest, kept: Record, gone: Record) -> tuple[int, int]:
    """A form without them has seen nothing that is there."""
    first, second = (revision_sent(request.POST.get(f"{side}_revision", "")) for side in ("kept", "gone"))
    return first, second


def _kind(request: HttpRequest) -> Mergeable:
    code = request.GET.get("kind", "")
    return Mergeable(code) if code in Mergeable.values else Mergeable.PERSON


def _list(request: HttpRequest) -> str:
    code = request.GET.get("grade", "")
    return code if code in LISTS else "likely"


def _both(request: HttpRequest, kind: Mergeable) -> tuple[Record, Record] | None:
    kept, gone = (key_sent(request.GET.get(side, "")) for side in ("kept", "gone"))
    if kept is None or gone is None or kept == gone:
        return None
    records: Any = kind.model._base_manager.in_bulk([kept, gone])
    return (records[kept], records[gone]) if len(records) == 2 else None


def _list_address(kind: Mergeable) -> str:
    return f"{reverse('editing:merging')}?kind={kind.value}"


def _trail(kind: Mergeable = Mergeable.PERSON) -> list[tuple[str, str]]:
    return [(_list_address(kind), _("Who may be in the record twice"))]
