"""Whole addresses of records, for programs and for readers."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.core.signals import setting_changed
from django.dispatch import receiver
from django.urls import reverse
from django.utils import translation

REMEMBERED = 3600  # seconds that a program goes on being led elsewhere: a merge can be undone


def led_to(address: str) -> dict[str, str]:
    """The headers of an answer that leads on from a former address."""
    return {"Location": address, "Cache-Control": f"max-age={REMEMBERED}"}


def resource_url(*steps: str) -> str:
    """Of a list, of one record in it, or without steps of the overview."""
    before = _before("api:root")
    match steps:
        case (kind, identifier):
            return f"{before}{kind}/{identifier}/"
    return before + "".join(f"{step}/" for step in steps)


def page_url(kind: str, identifier: str) -> str:
    """Of the page on which a reader finds the record, in English; `kind` is the page's route."""
    return _before(f"pages:{kind}", "record") + identifier + "/"


@cache
def _before(route: str, *arguments: str) -> str:
    """A page of the API holds hundreds of addresses: looking each of them up would take longer than all the rest."""
    with translation.override(settings.LANGUAGE_CODE):
        path = reverse(route, args=arguments)
    return settings.PUBLIC_URL + (path.removesuffix("record/") if arguments else path)


@receiver(setting_changed)
def _forget(setting: str, **_others: object) -> None:
    if setting in {"PUBLIC_URL", "ROOT_URLCONF"}:
        _before.cache_clear()
