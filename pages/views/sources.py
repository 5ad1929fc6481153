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
    public = Position.objects.public().in_time_order()
    read_from_it = public.filter(pk__in=Evidence.objects.filter(source=source, is_public=True).values("position"))
    page = page_of(read_from_it, request.GET, shown=public.for_list())
    return render(request, "pages/source.html", {"source": source, "page": page})
