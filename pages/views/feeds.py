"""What is new in the record, for programs that look after readers: the same filters as on the pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from debate.models import Event
from pages.asking import asked, is_of_a_campaign
from pages.feeds import Listing, RecordFeed
from positions.models import Position, PositionQuerySet
from record import version
from search.filters import Filters, FiltersError, Problem, matching, parse
from search.find import SearchUnavailable, find
from search.hits import NEWEST

ENTRIES = 50
LOOKED_THROUGH = 1_000  # of what a search finds: those are put in the order of a feed


@require_safe
def positions(request: HttpRequest) -> HttpResponse:
    """Narrowed by the filters; words are for the search."""
    if request.GET.get("q"):
        return HttpResponseRedirect(f"{reverse('pages:search-feed')}?{request.GET.urlencode()}")
    return _answer(request, lambda filters: _positions(request, filters))


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    return _answer(request, lambda filters: _found(request, filters))


@require_safe
def debates(request: HttpRequest) -> HttpResponse:
    return _answer(request, _debates)


def _answer(request: HttpRequest, listed: Callable[[Filters], Listing]) -> HttpResponse:
    """304 where the reader has it as the record is now; in plain text what is wrong with the parameters."""
    try:
        filters = parse(dict(request.GET.lists()), also=["page", *filter(is_of_a_campaign, request.GET)])
        etag = f'W/"{version.stamp()}"'.replace(" ", "-")
        if same := get_conditional_response(request, etag=etag):
            same["ETag"] = etag
            return same
        listing = listed(filters)
    except FiltersError as error:
        return _in_plain_text((f"{problem.parameter}: {problem.message}" for problem in error.problems), status=400)
    except SearchUnavailable as error:
        return _in_plain_text([str(error)], status=503)
    response = RecordFeed()(request, listing=listing)
    if not listing.is_behind:
        response["ETag"] = etag
    return response


def _positions(request: HttpRequest, filters: Filters) -> Listing:
    found = matching(Position.objects.public(), filters)
    return _listing(request, "positions", _("Positions"), filters, found)


def _found(request: HttpRequest, filters: Filters) -> Listing:
    """Of a search that finds more than are looked through, those said last. What nothing has is not taken for a slip:
    somebody waits for it.
    """
    answer = find(replace(filters, sort=NEWEST), size=LOOKED_THROUGH)
    hits = () if answer.instead else answer.positions
    found = Position.objects.public().filter(pk__in=[hit.key for hit in hits])
    heading = _("Search: %(words)s") % {"words": filters.q} if filters.q else _("Search")
    return replace(_listing(request, "search", heading, filters, found), is_behind=answer.is_behind)


def _debates(filters: Filters) -> Listing:
    if filters != Filters():
        message = _("The feed of debates takes no filters. That of positions does: %(path)s")
        path = reverse("pages:positions-feed")
        raise FiltersError(Problem(name, message % {"path": path}) for name in filters.as_parameters())
    newest = Event.objects.public().latest_change_first()[:ENTRIES]
    return Listing(_("Debates"), reverse("pages:debates"), reverse("pages:debates-feed"), list(newest))


def _listing(request: HttpRequest, name: str, heading: str, filters: Filters, found: PositionQuerySet) -> Listing:
    query = f"?{query}" if (query := replace(filters, sort="").as_query()) else ""
    narrowed = ", ".join(str(one.meaning) for one in asked(request.GET, ranked=True).chosen)
    return Listing(
        f"{heading} ({narrowed})" if narrowed else heading,
        reverse(f"pages:{name}") + query,
        reverse(f"pages:{name}-feed") + query,
        _newest(found),
    )


def _newest(found: PositionQuerySet) -> list[Position]:
    """First which they are, and only of those all that an entry says: of many, whole rows would be slow to sort."""
    keys = list(found.latest_change_first().values_list("pk", flat=True)[:ENTRIES])
    return list(Position.objects.public().filter(pk__in=keys).for_list().latest_change_first())


def _in_plain_text(lines: Iterable[str], *, status: int) -> HttpResponse:
    return HttpResponse("".join(f"{line}\n" for line in lines), content_type="text/plain; charset=utf-8", status=status)
