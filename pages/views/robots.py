"""What search engines are told of the site."""

from __future__ import annotations

from django.contrib.sitemaps.views import x_robots_tag
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from pages import sitemap as site
from pages.problems import NotThere
from pages.templatetags.site import public_address
from search.filters import PARAMETERS


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Lists may be read page by page; a narrowed one has the same positions again, and there is no end of them."""
    searches = ["/search/", "/ko/search/"]
    closed = ["/admin/", "/ko/admin/", *searches, *(f"/*?*{name}=" for name in PARAMETERS)]
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in closed),
        *(f"Allow: {path}help/" for path in searches),
        "",
    ]
    lines.append(f"Sitemap: {public_address(reverse('sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
@x_robots_tag
def sitemap(request: HttpRequest) -> HttpResponse:
    return render(request, "sitemap_index.xml", {"sitemaps": site.parts()}, content_type="application/xml")


@require_safe
@x_robots_tag
def sitemap_part(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    urls = site.urls(kind, number)
    if not urls:
        raise NotThere
    return render(request, "sitemap.xml", {"urlset": urls}, content_type="application/xml")
