"""The list of sources to code, the coding screen, and what its script asks for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from debate.models import Source
from editing.coding import offering, page, progress
from editing.coding.answers import Refused, answer, answered, body
from editing.coding.desks import Desk, desk_of
from editing.coding.forms import PlaceForm, StatementForm, checked
from editing.coding.suggestions import suggestions
from editing.screens import author, screen, shown
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
    desk = desk_of(_source(public_id), author(request))
    return shown(request, "editing/coding.html", str(desk.source), page.context(desk))


@answered(*SEE)
def listed(request: HttpRequest, public_id: str) -> HttpResponse:
    desk = desk_of(_source(public_id), author(request))
    return answer({"marks": desk.marks(), "text_hash": desk.source.text_hash})


@answered(*SEE, method="POST")
def add(request: HttpRequest, public_id: str) -> HttpResponse:
    desk, said = _desk(request, public_id)
    form = checked(StatementForm(desk.source, said))
    return answer({"mark": desk.add(form)}, HTTPStatus.CREATED)


@answered(*SEE, method="POST")
def edit(request: HttpRequest, public_id: str, position_id: str) -> HttpResponse:
    desk, said = _desk(request, public_id, position_id)
    form = checked(StatementForm(desk.source, said))
    with _present_shown(desk, position_id):
        return _changed(desk, position_id, desk.edit(position_id, form))


@answered(*SEE, method="POST")
def add_passage(request: HttpRequest, public_id: str, position_id: str) -> HttpResponse:
    desk, said = _desk(request, public_id, position_id)
    form = checked(PlaceForm(desk.source, said))
    with _present_shown(desk, position_id):
        return _changed(desk, position_id, desk.add_passage(position_id, form))


@answered(*SEE, method="POST")
def remove_passage(request: HttpRequest, public_id: str, position_id: str, passage_id: str) -> HttpResponse:
    desk, said = _desk(request, public_id, position_id)
    form = checked(PlaceForm(desk.source, said))
    with _present_shown(desk, position_id):
        return _changed(desk, position_id, desk.remove_passage(position_id, passage_id, form))


@answered(*SEE, method="POST")
def remove(request: HttpRequest, public_id: str, position_id: str) -> HttpResponse:
    desk, said = _desk(request, public_id, position_id)
    form = checked(PlaceForm(desk.source, said))
    with _present_shown(desk, position_id):
        desk.remove(position_id, form)
    return answer({"removed": position_id})


@answered(*SEE, method="POST")
def send(request: HttpRequest, public_id: str) -> HttpResponse:
    """All drafts of the source, or those that are named."""
    desk, said = _desk(request, public_id)
    asked = said.get("positions")
    keys = None if asked is None else {str(one) for one in asked} if isinstance(asked, list) else set()
    return answer({"message": desk.send(keys), "marks": desk.marks()})


@answered(*SEE)
def suggested(request: HttpRequest, public_id: str) -> HttpResponse:
    desk = desk_of(_source(public_id), author(request))
    return answer(suggestions(desk.source, desk.coded()))


@answered(*SEE)
def speakers(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "")
    return answer(offering.people_like(words, get_language() or "en"))


@answered(*SEE)
def propositions(request: HttpRequest) -> HttpResponse:
    return answer(offering.propositions_like(request.GET.get("q", "")))


def _source(public_id: str) -> Source:
    return get_object_or_404(Source, public_id=public_id)


def _desk(request: HttpRequest, public_id: str, key: str = "") -> tuple[Desk, dict[str, Any]]:
    """With what the screen sends, which names the round that it showed: else a reading could become a position of the
    record, or the other way round, where a round was opened or closed meanwhile.
    """
    desk, said = desk_of(_source(public_id), author(request)), body(request)
    if (said.get("round") or "") != (desk.own_round.public_id if desk.own_round else ""):
        message = _("A coding round was opened or closed meanwhile, so nothing was saved. Reload the page.")
        raise Refused(HTTPStatus.CONFLICT, message, reload=True)
    if key and desk.mark(key) is None:
        raise Http404
    return desk, said


def _changed(desk: Desk, key: str, message: str) -> HttpResponse:
    return answer({"mark": desk.mark(key), "message": message})


@contextmanager
def _present_shown(desk: Desk, key: str) -> Iterator[None]:
    try:
        yield
    except MovedOn as moved:
        raise Refused(HTTPStatus.CONFLICT, str(moved), present=desk.mark(key)) from moved
