"""The page that shows what an address of the API says: its path is another, its parameters are the same."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import translation

type Parameters = Mapping[str, list[str]]


def page_address(route: str, *arguments: str) -> str:
    """In English; `route` is the page's."""
    return f"{settings.PUBLIC_URL}{_path(route, arguments)}"


def query_of(*parameters: Parameters) -> str:
    """What follows a path; empty where nothing is asked for."""
    given = [(name, value) for each in parameters for name, values in each.items() for value in values]
    return f"?{urlencode(given)}" if given else ""


@lru_cache(maxsize=1024)
def _path(route: str, arguments: tuple[str, ...]) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return reverse(f"pages:{route}", args=arguments)
