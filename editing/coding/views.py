"""The list of sources to code, the coding screen, and what its script asks for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from debate.models import Source
from editing.coding import offering, page, progress, saving
from editing.coding.answers import Refused, answer, answered, body
from editing.coding.forms import PlaceForm, StatementForm, checked
from editing.coding.marks import Mark, coded_from, marks, seen_by
from editing.coding.suggestions import suggestions
from editing.screens import author, screen, shown
from positions.models import Evidence, Position
from review.changing import Outcome
from review.deleting import delete
from review.refusals import MovedOn

SEE = ("debate.view_source", "positions.view_position")
PAGE_SIZE = 50


@require_safe
@screen(*SEE)
def sources(request: HttpRequest) -> HttpResponse:
    words, debate = request.GET.get("q", "")[:200], request.GET.get("debate", "")[:120]
    found = Paginator(progress.sources_to_code(words, debate), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": found, "rows": progress.progress(found), "q": words, "debate": debate, "trail": []}
    return shown(request, "editing/coding_list.html", _("Sources to code"), context)


@require_safe
@screen(*SEE)
def coding(request: HttpRequest, public_id: str) -> HttpResponse:
    source = _source(public_id)
    return shown(request, "editing/coding.html", str(source), page.context(source, author(request)))


@answered(*SEE)
def listed(request: HttpRequest, public_id: str) -> HttpResponse:
    source = _source(public_id)
    return answer({"marks": marks(source, seen_by(_user(request), source)), "text_hash": source.text_hash})


@answered(*SEE, method="POST")
def add(request: HttpRequest, public_id: str) -> HttpResponse:
    source = _source(public_id)
    form = checked(StatementForm(source, body(request)))
    position = saving.add(source, form, author(request))
    return answer({"mark": _mark(source, position.pk)}, HTTPStatus.CREATED)


@answered(*SEE, method="POST")
def edit(request: HttpRequest, public_id: str, position_id: str) -> HttpResponse:
    source, position = _coded(request, public_id, position_id)
    form = checked(StatementForm(source, body(request)))
    with _present_shown(source, position):
        return _changed(source, saving.edit(source, position, form, author(request)), position)


@answered(*SEE, method="POST")
def add_passage(request: HttpRequest, public_id: str, position_id: str) -> HttpResponse:
    source, position = _coded(request, public_id, position_id)
    form = checked(PlaceForm(source, body(request)))
    with _present_shown(source, position):
        return _changed(source, saving.add_passage(position, form, author(request)), position)


@answered(*SEE, method="POST")
def remove_passage(request: HttpRequest, public_id: str, position_id: str, passage_id: str) -> HttpResponse:
    source, position = _coded(request, public_id, position_id)
    passage = get_object_or_404(Evidence, public_id=passage_id, position=position, source=source)
    form = checked(PlaceForm(source, body(request)))
    with _present_shown(source, position):
        return _changed(source, saving.remove_passage(position, passage, form, author(request)), position)


@answered(*SEE, method="POST")
def remove(request: HttpRequest, public_id: str, position_id: str) -> HttpResponse:
    source, position = _coded(request, public_id, position_id)
    said = checked(PlaceForm(source, body(request))).cleaned_data
    with _present_shown(source, position):
        delete(position, author(request), base_revision=said["revision"], reason=said["reason"])
    return answer({"removed": position_id})


@answered(*SEE, method="POST")
def send(request: HttpRequest, public_id: str) -> HttpResponse:
    """All drafts of the source, or those that are named."""
    source, asked = _source(public_id), body(request).get("positions")
    drafts = seen_by(_user(request), source).select_related("proposition")
    if asked is not None:
        drafts = drafts.filter(public_id__in={str(one) for one in asked} if isinstance(asked, list) else [])
    sent, propositions = saving.send_to_review(drafts, author(request))
    return answer({"message": _sent(sent, propositions), "marks": marks(source, seen_by(_user(request), source))})


@answered(*SEE)
def suggested(request: HttpRequest, public_id: str) -> HttpResponse:
    return answer(suggestions(_source(public_id)))


@answered(*SEE)
def speakers(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "")
    return answer(offering.people_like(words, get_language() or "en"))


@answered(*SEE)
def propositions(request: HttpRequest) -> HttpResponse:
    return answer(offering.propositions_like(request.GET.get("q", "")))


def _user(request: HttpRequest) -> User:
    return author(request).user


def _source(public_id: str) -> Source:
    return get_object_or_404(Source, public_id=public_id)


def _coded(request: HttpRequest, public_id: str, position_id: str) -> tuple[Source, Position]:
    """A position of this source, and of no other."""
    source = _source(public_id)
    return source, get_object_or_404(seen_by(_user(request), source), public_id=position_id)


def _mark(source: Source, key: int) -> Mark | None:
    """None where it is coded from here no longer."""
    return next(iter(marks(source, coded_from(source).filter(pk=key))), None)


def _changed(source: Source, outcome: Outcome[Position], position: Position) -> HttpResponse:
    waits = _("The position is published: your change waits until somebody accepts it.") if outcome.waiting else ""
    return answer({"mark": _mark(source, position.pk), "message": waits})


@contextmanager
def _present_shown(source: Source, position: Position) -> Iterator[None]:
    try:
        yield
    except MovedOn as moved:
        raise Refused(HTTPStatus.CONFLICT, str(moved), present=_mark(source, position.pk)) from moved


def _sent(sent: int, propositions: int) -> str:
    if not sent:
        return _("There was no draft to send.")
    said = ngettext("%(count)d position was sent to review.", "%(count)d positions were sent to review.", sent)
    told = said % {"count": sent}
    if not propositions:
        return told
    more = ngettext("So was %(count)d new proposition.", "So were %(count)d new propositions.", propositions)
    return f"{told} {more % {'count': propositions}}"
