"""What leads from the forms of the admin to review."""

from __future__ import annotations

from django import template
from django.db.models import Model
from django.urls import reverse

from editing.reviewing.kinds import kind_of

register = template.Library()


@register.simple_tag
def state_address(record: Model) -> str:
    """Where the record is sent to review, published and withdrawn; empty for what has no state of its own."""
    kind = kind_of(record)
    return reverse("editing:review-record", args=[kind, record.pk]) if kind else ""
