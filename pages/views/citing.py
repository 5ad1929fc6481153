"""Each record as a file for programs that keep references."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from debate.models import Event, Source
from pages.addresses import shows
from pages.citing.citation import cited
from pages.citing.formats import FORMATS
from positions.models import Position, Proposition, Topic
from record import version
from speakers.models import Organization, Person

_FORMATS = {one.file: one for one in FORMATS}


class CitationFile:
    """In routes: the name of a file with a citation."""

    regex = "|".join(name.replace(".", r"\.") for name in _FORMATS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


def as_file(record: Any, file: str) -> HttpResponse:
    """Of a record, or of what is derived from some."""
    written = _FORMATS[file]
    citation = cited(record, version.current(), timezone.localdate())
    name = f"{citation.key}.{file.rpartition('.')[2]}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Robots-Tag": "noindex"}
    return HttpResponse(written.write(citation), content_type=written.content_type, headers=headers)


def _citation_of(find: Callable[[str], Any]) -> Callable[..., HttpResponse]:
    @require_safe
    @shows(find)
    def citation(request: HttpRequest, record: Any, file: str) -> HttpResponse:
        return as_file(record, file)

    return citation


VIEWS = {
    "debates": _citation_of(Event.objects.at_address),
    "speakers": _citation_of(Person.objects.at_address),
    "organizations": _citation_of(Organization.objects.at_address),
    "topics": _citation_of(Topic.objects.at_address),
    "propositions": _citation_of(Proposition.objects.select_related("current_wording").at_address),
    "positions": _citation_of(lambda public_id: Position.objects.for_list().get(public_id=public_id)),
    "sources": _citation_of(lambda public_id: Source.objects.defer("text").get(public_id=public_id)),
}
