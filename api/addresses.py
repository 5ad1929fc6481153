"""Whole addresses of records, for programs and for readers."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.urls import reverse
from django.utils import translation


def resource_url(*steps: str) -> str:
    """Of a list, of one record in it, or without steps of the overview."""
    path = "".join(f"{step}/" for step in steps)
    return f"{settings.PUBLIC_URL}{_path_before('api:root')}{path}"


def page_url(kind: str, identifier: str) -> str:
    """Of the page on which a reader finds the record, in English; `kind` is the page's route."""
    return f"{settings.PUBLIC_URL}{_path_before(f'pages:{kind}', 'record')}{identifier}/"


@cache
def _path_before(route: str, *arguments: str) -> str:
    """A page of the API holds hundreds of addresses: looking each of them up would take longer than all the rest."""
    with translation.override(settings.LANGUAGE_CODE):
        path = reverse(route, args=arguments)
    return path.removesuffix("record/") if arguments else path
