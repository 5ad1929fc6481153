"""Who takes the same stands as whom, in the whole record or in one debate: the page and its files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comparing.networks.asked_for import asked_for, public
from comparing.networks.choices import NAMES, Choices, read
from comparing.networks.network import Network
from debate.models import Event
from exchange import networks
from pages.addresses import shows
from pages.asking import Asked, asked
from pages.citing.derived import Derived
from pages.network.choices import ChoicesForm
from pages.network.shown import shown
from pages.paging import page_of_all
from pages.problems import NotThere
from pages.views.citing import as_file
from record import version
from search.filters import FiltersError, undated_left_out

ROWS = 50


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the network. Where there are complaints there is no network."""

    ask: Asked
    form: ChoicesForm
    choices: Choices
    network: Network | None = None
    undated: int = 0

    def derived(self, event: Event | None) -> Derived:
        query = self.ask.but({}) if self.ask.given else ""
        return Derived("agreement" if self.choices.is_of_ties else "stands", event, query)


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


@require_safe
def agreement_citation(request: HttpRequest, file: str) -> HttpResponse:
    return _citation(request, file, None)


@require_safe
@shows(Event.objects.at_address, route="pages:debate-agreement-citation")
def debate_agreement_citation(request: HttpRequest, event: Event, file: str) -> HttpResponse:
    return _citation(request, file, event)


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
        "network": shown(question.network),
        "derived": question.derived(event),
        "undated": question.undated,
        "page": page,
        "files": [
            (form.name, _address_of_file(ending, event, question.ask)) for ending, form in networks.FORMS.items()
        ],
    }
    return render(request, "pages/agreement.html", context)


def _file(request: HttpRequest, form: str, event: Event | None) -> HttpResponse:
    if form not in networks.FORMS:
        raise NotThere(_("There is no such file. There are: %(forms)s.") % {"forms": ", ".join(networks.FORMS)})
    number = version.current()
    question = _question(request, event)
    if question.network is None:
        return _complaints(question)
    filters = replace(question.ask.filters, debate=(event.slug,)) if event else question.ask.filters
    about = networks.about(question.network, filters, request.get_full_path(), undated=question.undated, version=number)
    chosen = networks.FORMS[form]
    response = HttpResponse(chosen.write(question.network, about), content_type=chosen.media_type)
    name = networks.file_name(question.choices, form, event.slug if event else "")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _citation(request: HttpRequest, file: str, event: Event | None) -> HttpResponse:
    question = _question(request, event)
    return _complaints(question) if question.network is None else as_file(question.derived(event), file)


def _complaints(question: Question) -> HttpResponse:
    """In plain text, where a file was asked for."""
    complaints = [f"{complaint.label}: {complaint.message}" for complaint in question.ask.complaints]
    return HttpResponse("\n".join(complaints), status=400, content_type="text/plain; charset=utf-8")


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
    chosen, problems = read(dict(ask.given.lists()))
    ask = replace(ask, complaints=(*ask.complaints, *form.complaints(ask, problems)))
    if ask.complaints:
        return Question(ask, form, chosen)
    try:
        found = asked_for(event, ask.filters, chosen)
        return Question(ask, form, chosen, found, undated_left_out(ask.filters, public(event.pk if event else None)))
    except FiltersError as error:
        return Question(ask.refused(error.problems), form, chosen)
