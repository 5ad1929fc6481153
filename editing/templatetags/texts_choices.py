from __future__ import annotations

from collections.abc import Mapping

from django import template

register = template.Library()


@register.simple_tag
def chosen(choices: Mapping[str, str], public_id: str) -> str:
    """What was sent for a mark before the page is shown once more."""
    return choices.get(public_id, "")
