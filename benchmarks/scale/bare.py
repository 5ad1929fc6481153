"""The site with one page more, which asks the record nothing: what every page costs before it shows anything."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from config.urls import handler400, handler403, handler404, handler500
from config.urls import urlpatterns as of_the_site

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

_PAGE = "<!DOCTYPE html><html lang=en><title>{{ title }}</title><p>{{ text }}</p></html>"


def bare(request: HttpRequest) -> HttpResponse:
    page = engines["django"].from_string(_PAGE)
    return HttpResponse(page.render({"title": "Bare", "text": "Nothing of the record."}, request))


urlpatterns = [path("bare/", bare), *of_the_site]
