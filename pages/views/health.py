"""For whoever watches over the service."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from search import readiness


@require_safe
@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers; asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """The site can be served: the database answers and the index can be read; otherwise a line for each reason."""
    report = readiness.report()
    lines = ["ready"] if report.ok else list(report.problems)
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain", status=200 if report.ok else 503)
