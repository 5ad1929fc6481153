from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from debate.models import Source
from pages.addresses import shows
from pages.paging import page_of
from positions.models import Evidence, Position


@require_safe
def source_list(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/source_list.html", {"page": page_of(Source.objects.public().for_list(), request.GET)})


@require_safe
@shows(lambda public_id: Source.objects.for_detail().defer("text").get(public_id=public_id))
def source(request: HttpRequest, source: Source) -> HttpResponse:
    read_from_it = Evidence.objects.filter(source=source).values("position")
    positions = Position.objects.public().filter(pk__in=read_from_it).for_list().in_time_order()
    return render(request, "pages/source.html", {"source": source, "page": page_of(positions, request.GET)})
