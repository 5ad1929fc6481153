from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pages.asking import asked
from pages.paging import PAGE_SIZE, beyond_the_end, page_number
from pages.views.positions import undated_left_out
from search.filters import Filters, FiltersError
from search.find import Answer, Hydrated, SearchUnavailable, find, hydrated


@dataclass(frozen=True, slots=True)
class Beside:
    """The best of the people, organizations or others that a search finds beside the positions."""

    kind: str
    total: int
    records: list[Model]

    @property
    def label(self) -> str:
        return str(self.records[0]._meta.verbose_name_plural)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    ask = asked(request.GET, ranked=True)
    try:
        answer = None if ask.complaints or ask.filters == Filters() else _answer(request, ask.filters)
    except FiltersError as error:
        ask, answer = ask.refused(error.problems), None
    except SearchUnavailable:
        return render(request, "503.html", status=503)
    if answer is None:
        return render(request, "pages/search.html", {"ask": ask}, status=400 if ask.complaints else 200)
    found = hydrated(answer)
    context = {
        "ask": ask,
        "answer": answer,
        "positions": found.positions,
        "beside": list(_beside(answer, found)),
        "undated": 0 if ask.filters.q else undated_left_out(ask.filters),
    }
    return render(request, "pages/search.html", context)


def _answer(request: HttpRequest, filters: Filters) -> Answer:
    number = page_number(request.GET)
    answer = find(filters, page=number, size=PAGE_SIZE)
    if number > answer.pages:
        raise beyond_the_end(number, answer.pages)
    return answer


def _beside(answer: Answer, found: Hydrated) -> Iterator[Beside]:
    for kind, records in found.others.items():
        if records:
            yield Beside(kind, answer.others[kind].total, records)
