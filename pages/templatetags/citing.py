"""What stands at the foot of a record: how it is cited, followed and put right."""

from __future__ import annotations

from typing import Any

from django import template
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from debate.models import Event
from pages import reporting
from pages.citing import styles
from pages.citing.citation import cited
from pages.citing.derived import Derived
from pages.citing.formats import FORMATS, Format
from pages.templatetags.site import public_address
from positions.models import Proposition, Topic
from record import version
from speakers.models import Organization, Person

register = template.Library()

FOLLOWED: dict[type[Model], str] = {
    Event: "debate",
    Person: "speaker",
    Organization: "organization",
    Topic: "topic",
    Proposition: "proposition",
}


@register.simple_tag
def record_version() -> int:
    """One query."""
    return version.current()


@register.simple_tag
def citation_formats() -> tuple[Format, ...]:
    return FORMATS


@register.simple_tag
def citation(record: Model | Derived, number: int) -> SafeString:
    return styles.apa(cited(record, number, timezone.localdate()))


@register.simple_tag
def derived_file(derived: Derived, name: str) -> str:
    return derived.file(name)


@register.simple_tag
def report_address(record: Any, number: int) -> str:
    return reporting.report_address(public_address(record.get_absolute_url()), number)


@register.simple_tag
def feed_of(record: Any) -> str:
    """The path of the feed of the positions that belong to the record; empty where none is made of it."""
    if parameter := FOLLOWED.get(type(record)):
        return f"{reverse('pages:positions-feed')}?{urlencode({parameter: record.slug})}"
    return ""
