"""What the start page of the admin shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from debate.models import Event
from editing.screens import author
from editing.start import recent, tiles

register = template.Library()


@register.simple_tag(takes_context=True)
def what_waits(context: Mapping[str, Any]) -> list[tiles.Group]:
    return tiles.groups(author(context["request"]))


@register.simple_tag
def nothing_entered() -> bool:
    return not Event.objects.exists()


@register.simple_tag(takes_context=True)
def ways_in(context: Mapping[str, Any]) -> list[tiles.Way]:
    return tiles.ways_in(context["request"].user)


@register.simple_tag(takes_context=True)
def recent_changes(context: Mapping[str, Any]) -> list[recent.Recent]:
    return recent.recent(author(context["request"]))
