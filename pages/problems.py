"""What goes wrong with an address, with what to tell the reader."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import Http404


class NotThere(Http404):
    """There is no such page; the message, unlike that of other exceptions, is for the reader."""


class NotUnderstood(BadRequest):
    """A parameter can't be read; the message says which, and what would be right."""
