"""All public pages, in parts: each has the records of one kind whose primary keys lie in one range.

A range is found by key, however deep it lies, and keeps its records when others come or go.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.sitemaps.views import SitemapIndexItem
from django.db.models import F, Max, QuerySet
from django.urls import reverse
from django.utils.translation import override

from debate.models import Event, Source
from pages.templatetags.site import public_address
from positions.models import Position, Proposition, Topic
from record.figures import figure
from speakers.models import Organization, Person

KEYS = 500  # in a part, which makes a page of a thousand addresses: one in each language
PAGES = "pages"
_STATIC = (
    "home", "debates", "speakers", "organizations", "topics", "propositions", "positions", "sources",
    "agreement", "compare", "search-help", "about", "about-coding", "about-data", "about-licence",
    "about-accessibility",
)  # fmt: skip
_LARGEST_KEY = 2**63 - 1
_NAME = "0name0"  # stands for that of a record in an address


@dataclass(frozen=True, slots=True)
class Kind:
    """`column` is what stands in the addresses, of the route that is called `route`."""

    model: type[Any]
    route: str
    column: str = "slug"

    @property
    def public(self) -> QuerySet[Any]:
        records: QuerySet[Any] = self.model._default_manager.public()
        return records


KINDS = {
    "debates": Kind(Event, "debate"),
    "speakers": Kind(Person, "speaker"),
    "organizations": Kind(Organization, "organization"),
    "topics": Kind(Topic, "topic"),
    "propositions": Kind(Proposition, "proposition"),
    "positions": Kind(Position, "position", "public_id"),
    "sources": Kind(Source, "source", "public_id"),
}


def parts() -> Iterator[SitemapIndexItem]:
    """Those that have anything, with the time of the last change in each; two queries a kind."""
    yield SitemapIndexItem(_address(PAGES, 0))
    for name, kind in KINDS.items():
        for number, changed in figure(kind.public, _changes):
            yield SitemapIndexItem(_address(name, number), changed)


def _changes(public: QuerySet[Any]) -> list[tuple[int, Any]]:
    numbered = public.order_by().annotate(part=F("pk") / KEYS)
    return list(numbered.values_list("part").annotate(Max("updated_at")).order_by("part"))


def urls(kind: str, number: int) -> list[dict[str, Any]]:
    """Each page in each language with its alternates, for Django's template; empty beyond the last. One query."""
    if kind == PAGES:
        return list(_static_pages()) if number == 0 else []
    if kind not in KINDS or (number + 1) * KEYS > _LARGEST_KEY:
        return []
    return list(_records(KINDS[kind], number))


def _static_pages() -> Iterator[dict[str, Any]]:
    for name in _STATIC:
        yield from _in_each_language({code: _reversed(name, code) for code, _label in settings.LANGUAGES})


def _records(kind: Kind, number: int) -> Iterator[dict[str, Any]]:
    within = kind.public.filter(pk__gte=number * KEYS, pk__lt=(number + 1) * KEYS)
    # The address of one is that of any other, but for its name: to work each out would take most of the time.
    patterns = {code: _reversed(kind.route, code, _NAME) for code, _label in settings.LANGUAGES}
    for name, changed in within.order_by("pk").values_list(kind.column, "updated_at"):
        paths = {code: pattern.replace(_NAME, name) for code, pattern in patterns.items()}
        yield from _in_each_language(paths, changed)


def _in_each_language(addresses: dict[str, str], changed: datetime | None = None) -> Iterator[dict[str, Any]]:
    alternates = [{"lang_code": code, "location": address} for code, address in addresses.items()]
    alternates.append({"lang_code": "x-default", "location": addresses[settings.LANGUAGE_CODE]})
    for address in addresses.values():
        yield {"location": address, "lastmod": changed, "alternates": alternates}


def _reversed(route: str, language: str, *names: str) -> str:
    with override(language):
        return public_address(reverse(f"pages:{route}", args=names))


def _address(kind: str, number: int) -> str:
    return public_address(reverse("sitemap-part", args=[kind, number]))
