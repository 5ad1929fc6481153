"""What every screen of the editors shares: who may open it, who acts, and the admin's frame around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
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
            return view(request, *args, **options)

        whole: View = admin.site.admin_view(guarded)
        return whole

    return opened_by


def author(request: HttpRequest) -> Author:
    assert isinstance(request.user, User)  # a screen is opened by nobody else
    return Author(request.user)


def shown(
    request: HttpRequest, template: str, title: str, context: Mapping[str, Any], status: int = 200
) -> HttpResponse:
    """The template, which extends `editing/base.html`, in the frame of the admin."""
    frame = admin.site.each_context(request)
    return TemplateResponse(request, template, {**frame, "title": title, **context}, status=status)
