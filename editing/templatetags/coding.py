"""The text of a source as a browser has to get it, so that places in it are counted alike."""

from __future__ import annotations

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def as_kept(text: str) -> SafeString:
    """Carriage returns as references: a browser reads any other as a line break, and with the next as one."""
    return mark_safe(conditional_escape(text).replace("\r", "&#13;"))  # noqa: S308 # escaped before
