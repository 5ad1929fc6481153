"""What every screen of the editors shares: who may open it, who acts, and the admin's frame around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse

from review.roles import Author

type View = Callable[..., HttpResponse]


def screen(*permissions: str) -> Callable[[View], View]:
    """For whoever may enter the admin and has all of the permissions. Others are led to the login, or told that they
    may not; nothing of it is kept by a browser.
    """

    def opened_by(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
            if not request.user.has_perms(permissions):
                raise PermissionDenied
            drop_what_no_database_keeps(request)
            return view(request, *args, **options)

        whole: View = admin.site.admin_view(guarded)
        return whole

    return opened_by


def drop_what_no_database_keeps(request: HttpRequest) -> None:
    """NUL is no character of a text: it is read as if it were not there, wherever it was typed or pasted."""
    request.GET, request.POST = _without_nul(request.GET), _without_nul(request.POST)  # type: ignore[assignment]


def _without_nul(sent: QueryDict) -> QueryDict:
    if not any("\0" in value for _name, values in sent.lists() for value in values):
        return sent
    kept = sent.copy()
    for name, values in sent.lists():
        kept.setlist(name, [value.replace("\0", "") for value in values])
    return kept


def key_sent(text: str) -> int | None:
    """As an address or a form names a record; None for what no key can be."""
    return int(text) if text.isdecimal() and len(text) < 19 else None


def revision_sent(text: str) -> int:
    """The one that a form was opened from; 0, which no record has, for what is none."""
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def author(request: HttpRequest) -> Author:
    assert isinstance(request.user, User)  # a screen is opened by nobody else
    return Author(request.user)


def shown(
    request: HttpRequest, template: str, title: str, context: Mapping[str, Any], status: int = 200
) -> HttpResponse:
    """The template, which extends `editing/base.html`, in the frame of the admin."""
    frame = admin.site.each_context(request)
    return TemplateResponse(request, template, {**frame, "title": title, **context}, status=status)
