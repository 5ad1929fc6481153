"""Who takes the same stands as whom, in the whole record or in one debate: the page and its files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from debate.models import Event
from pages.addresses import shows
from pages.asking import Asked, asked
from pages.network import files
from pages.network.asked_for import asked_for, public
from pages.network.choices import NAMES, Choices, ChoicesForm, choices
from pages.network.shown import Network
from pages.paging import page_of_all
from pages.problems import NotThere
from pages.views.positions import undated_left_out
from search.filters import Filters, FiltersError, Problem

ROWS = 50


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the network. Where there are complaints there is no network."""

    ask: Asked
    form: ChoicesForm
    choices: Choices
    network: Network | None = None
    undated: int = 0


@require_safe
def agreement(request: HttpRequest) -> HttpResponse:
    return _page(request, None)


@require_safe
@shows(Event.objects.at_address, route="pages:debate-agreement")
def debate_agreement(request: HttpRequest, event: Event) -> HttpResponse:
    return _page(request, event)


@require_safe
def agreement_file(request: HttpRequest, form: str) -> HttpResponse:
    return _file(request, form, None)


@require_safe
@shows(Event.objects.at_address, route="pages:debate-agreement-file")
def debate_agreement_file(request: HttpRequest, event: Event, form: str) -> HttpResponse:
    return _file(request, form, event)


def _page(request: HttpRequest, event: Event | None) -> HttpResponse:
    question = _question(request, event)
    context: dict[str, Any] = {
        "ask": question.ask,
        "choose": question.form,
        "choices": question.choices,
        "event": event,
    }
    if question.network is None:
        return render(request, "pages/agreement.html", context, status=400)
    page = page_of_all(question.network.rows, request.GET, ROWS)
    context |= {
        "network": question.network,
        "undated": question.undated,
        "page": page,
        "files": [(form.name, _address_of_file(ending, event, question.ask)) for ending, form in files.FORMS.items()],
    }
    return render(request, "pages/agreement.html", context)


def _file(request: HttpRequest, form: str, event: Event | None) -> HttpResponse:
    if form not in files.FORMS:
        raise NotThere(_("There is no such file. There are: %(forms)s.") % {"forms": ", ".join(files.FORMS)})
    question = _question(request, event)
    if question.network is None:
        complaints = [f"{complaint.label}: {complaint.message}" for complaint in question.ask.complaints]
        return HttpResponse("\n".join(complaints), status=400, content_type="text/plain; charset=utf-8")
    filters = replace(question.ask.filters, debate=(event.slug,)) if event else question.ask.filters
    about = files.about(question.network, filters, request.get_full_path(), undated=question.undated)
    chosen = files.FORMS[form]
    response = HttpResponse(chosen.write(question.network, about), content_type=chosen.media_type)
    name = files.file_name(question.choices, form, event.slug if event else "")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _address_of_file(form: str, event: Event | None, ask: Asked) -> str:
    """Of what the page shows: with the same parameters."""
    if event is None:
        path = reverse("pages:agreement-file", args=[form])
    else:
        path = reverse("pages:debate-agreement-file", args=[event.slug, form])
    return f"{path}{ask.but({})}".removesuffix("?")


def _question(request: HttpRequest, event: Event | None) -> Question:
    ask = asked(request.GET, also=NAMES)
    form = ChoicesForm(ask.given)
    chosen, complaints = choices(ask, form)
    ask = replace(ask, complaints=(*ask.complaints, *complaints))
    if ask.complaints:
        return Question(ask, form, chosen)
    try:
        _refuse_what_is_not_for_networks(ask.filters, event)
        found = asked_for(event, ask.filters, chosen)
        return Question(ask, form, chosen, found, undated_left_out(ask.filters, public(event.pk if event else None)))
    except FiltersError as error:
        return Question(ask.refused(error.problems), form, chosen)


def _refuse_what_is_not_for_networks(filters: Filters, event: Event | None) -> None:
    """Raises FiltersError."""
    if filters.q:
        raise FiltersError([Problem("q", _("A network is narrowed by filters, not by words."))])
    if event and filters.debate:
        raise FiltersError([Problem("debate", _("This page is of one debate; its address says which."))])
