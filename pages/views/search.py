from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pages import rewording
from pages.asking import Asked, asked
from pages.beside import NAMED, beside, called, names
from pages.facets import LABELS, facets, people
from pages.paging import PAGE_SIZE, beyond_the_end, page_number
from positions.models import Position
from search import codes, unanswered
from search.filters import CHOICES, NAMES, Filters, FiltersError
from search.find import Answer, SearchUnavailable, find, hydrated
from search.hits import NEWEST, OLDEST, RELEVANCE
from search.language import Clause, Phrase, Reading, read, written
from search.marking import Sought, sought
from search.problems import explained
from speakers.models import Affiliation, Organization, Person

MOST_PROBLEMS = 5
MOST_WAYS = 6  # ways out of a search that finds nothing, each of which costs a search


@dataclass(frozen=True, slots=True)
class Way:
    """Another search: what it is called, its query, and how much it finds or whether it is the present one."""

    label: str
    query: str
    count: int = 0
    is_current: bool = False


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
    unanswered.note(ask.filters, answer)
    return render(request, "pages/search.html", {"ask": ask, "answer": answer, **_shown(ask, answer)})


def _answer(request: HttpRequest, filters: Filters) -> Answer:
    number = page_number(request.GET)
    answer = find(filters, page=number, size=PAGE_SIZE)
    if number > answer.pages:
        raise beyond_the_end(number, answer.pages)
    return answer


def _shown(ask: Asked, answer: Answer) -> dict[str, Any]:
    asked_for = read(ask.filters.q, codes.called())
    reading = read(answer.instead, codes.called()) if answer.instead else asked_for
    found = hydrated(answer)
    meant = called(rewording.plain_words(reading), found.others)
    wanted = _sought(reading, meant)
    met = [record for record in found.others.get("person", ()) if isinstance(record, Person)]
    affiliations = Affiliation.objects.public().of_today([person.pk for person in (*met, *people(found.facets))])
    others = list(beside(answer, found, affiliations))
    order = _order(ask.filters, wanted)
    dated, undated = _by_date(found.positions) if order != RELEVANCE else (found.positions, [])
    return {
        "dated": dated,
        "undated": undated,
        "left_out": answer.left_out,
        "sought": wanted if wanted != Sought() else None,
        "facets": list(facets(found.facets, ask, affiliations)),
        "named": [group for group in others if meant and group.kind in NAMED],
        "beside": [group for group in others if not meant or group.kind not in NAMED],
        "orders": list(_orders(ask, order, wanted)),
        "with_all": _with_all(ask, answer, reading),
        "problems": list(_problems(asked_for)),
        "read_as": written(asked_for),
        "exactly": ask.but({"q": [rewording.to_the_letter(asked_for)]}),
        "meant": ask.but({"q": [answer.meant]}),
        "ways": [] if answer.total else list(_ways(ask, asked_for)),
    }


def _sought(reading: Reading, meant: list[Person | Organization]) -> Sought:
    """Also the names of people who were asked for in another spelling."""
    known = [name for record in meant if isinstance(record, Person) for name in names(record)]
    return sought(Reading((*reading.clauses, *(Clause(Phrase(name)) for name in known))))


def _order(filters: Filters, wanted: Sought) -> str:
    order = filters.sort or RELEVANCE
    return NEWEST if order == RELEVANCE and wanted == Sought() else order


def _orders(ask: Asked, order: str, wanted: Sought) -> Iterator[Way]:
    labels = {RELEVANCE: _("best match"), NEWEST: _("newest"), OLDEST: _("oldest")}
    default = NEWEST if wanted == Sought() else RELEVANCE
    for name, label in labels.items():
        if name != RELEVANCE or default == RELEVANCE:
            yield Way(label, ask.but({"sort": [] if name == default else [name]}), is_current=name == order)


def _by_date(positions: list[Position]) -> tuple[list[Position], list[Position]]:
    undated = [position for position in positions if position.date_earliest is None and position.date_latest is None]
    return [position for position in positions if position not in undated], undated


def _with_all(ask: Asked, answer: Answer, reading: Reading) -> Way | None:
    """Narrows to what has all words, where that is less."""
    if answer.with_all == answer.total:
        return None
    return Way("", ask.but({"q": [rewording.all_required(reading)]}), answer.with_all)


def _problems(reading: Reading) -> Iterator[str]:
    """The first of them, each once."""
    sentences = (explained(problem) for problem in sorted(reading.problems, key=lambda problem: problem.at))
    yield from list(dict.fromkeys(sentences))[:MOST_PROBLEMS]


def _ways(ask: Asked, reading: Reading) -> Iterator[Way]:
    """Out of a search that found nothing: with fewer conditions, where that finds something."""
    fewer = list(_fewer_filters(ask))[:MOST_WAYS]
    bare = [(_("Without any filter"), Filters(q=ask.filters.q), ask.only_words)] if len(fewer) > 1 else []
    for label, filters, query in (*_any_words(ask, reading), *fewer, *bare):
        if count := find(filters, size=1).total:
            yield Way(label, query, count)


type _Candidate = tuple[str, Filters, str]


def _any_words(ask: Asked, reading: Reading) -> Iterator[_Candidate]:
    if loosened := rewording.none_required(reading):
        yield _("any of the words"), replace(ask.filters, q=loosened), ask.but({"q": [loosened]})


def _fewer_filters(ask: Asked) -> Iterator[_Candidate]:
    filters = ask.filters
    for name in (*NAMES, *CHOICES):
        if getattr(filters, name):
            without: Any = {name: ()}
            label = _("without “%(filter)s”") % {"filter": LABELS.get(name, _("Proposition"))}
            yield label, replace(filters, **without), ask.but({name: []})
    if filters.after or filters.before:
        whenever = replace(filters, after=None, before=None, undated=False)
        yield _("at any time"), whenever, ask.but({"from": [], "to": [], "undated": []})
