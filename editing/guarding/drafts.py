"""Tells the browser which drafts of forms are saved: see static/drafts.js."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponseBase

DONE = "drafts_done"
_MOST = 20  # saved before the next page that keeps drafts is opened


def saved(request: HttpRequest, response: HttpResponseBase) -> None:
    """The draft that went with the form is thrown away by the next page that keeps drafts."""
    draft = request.POST.get("_draft", "")
    if re.fullmatch(r"[a-z0-9]{1,40}", draft):
        before = [one for one in request.COOKIES.get(DONE, "").split(".") if re.fullmatch(r"[a-z0-9]{1,40}", one)]
        text = ".".join([*before, draft][-_MOST:])
        response.set_cookie(DONE, text, max_age=24 * 3600, samesite="Lax", secure=request.is_secure())
