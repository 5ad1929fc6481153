"""From the address of a record to the record, where it may be shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from debate.publishing import HasStatus, Status
from pages.problems import NotThere
from positions.models import Position
from speakers.identity import HasSlug

REMEMBERED = 3600  # seconds that a browser goes on being led elsewhere: a merge can be undone
type View = Callable[..., HttpResponse]


def shows(find: Callable[[str], Any], *, route: str = "") -> Callable[[View], View]:
    """Calls the view with the public record that `find` gets for the address, and what else the address holds.

    Without one it answers itself: 301 at a former address, 410 for what was withdrawn, 404 for all else. `route` is
    named for what shows the record elsewhere than on its own page or in a file that lies there.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def at_address(request: HttpRequest, address: str, **more: str) -> HttpResponse:
            record: Any = _found(find, address)
            if withdrawn := withdrawal(record):
                context = {"withdrawn": withdrawn, "kind": withdrawn._meta.verbose_name}
                return render(request, "410.html", context, status=410)
            if not record.is_public:
                raise _not_in_the_record(address)
            own = _own_address(record, route, more)
            if own != request.path:
                query = request.META.get("QUERY_STRING", "")
                moved = HttpResponsePermanentRedirect(f"{own}?{query}" if query else own)
                patch_cache_control(moved, max_age=REMEMBERED)
                return moved
            return view(request, record, **more)

        return at_address

    return decorate


def withdrawal(record: Any) -> HasStatus | None:
    """The record itself, or what a published position stands on, if it was withdrawn."""
    reasons: tuple[Any, ...] = (record,)
    if isinstance(record, Position) and record.status == Status.PUBLISHED:
        reasons = (record.event, record.proposition)
    return next((reason for reason in reasons if getattr(reason, "status", "") == Status.WITHDRAWN), None)


def _own_address(record: Any, route: str, more: dict[str, str]) -> str:
    if not route:
        return str(record.get_absolute_url()) + "".join(more.values())
    name = record.slug if isinstance(record, HasSlug) else record.public_id
    return reverse(route, kwargs={"address": name, **more})


def _found(find: Callable[[str], Any], address: str) -> Any:
    try:
        return find(address)
    except ObjectDoesNotExist:
        raise _not_in_the_record(address) from None


def _not_in_the_record(address: str) -> NotThere:
    return NotThere(_("There is nothing at “%(address)s” in the record.") % {"address": address})
