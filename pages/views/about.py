from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from debate.models import Basis
from positions.models import Evidence, PositionKind
from positions.tally import STANCES


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/about.html")


@require_safe
def coding(request: HttpRequest) -> HttpResponse:
    # Given by its mapping of names, since a template would call the class.
    bases, states = dict(Basis.__members__), dict(Evidence.State.__members__)
    context = {"stances": STANCES, "kinds": list(PositionKind), "bases": bases, "states": states}
    return render(request, "pages/about_coding.html", context)


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/about_data.html")


@require_safe
def licence(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/about_licence.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/about_accessibility.html")
