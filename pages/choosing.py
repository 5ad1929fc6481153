"""One of a few ways to show a page, chosen by a parameter of its address."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import QueryDict
from django.utils.translation import gettext as _

from pages.problems import NotUnderstood

_SHOWN = 60  # characters of what was given


def chosen(parameters: QueryDict, name: str, choices: Sequence[str]) -> str:
    """The choice given, the first where none is; raises NotUnderstood."""
    value = parameters.get(name, "").replace("\0", "").strip()
    if value and value not in choices:
        raise not_understood(name, value, choices)
    return value or choices[0]


def not_understood(name: str, value: str, choices: Sequence[str]) -> NotUnderstood:
    message = _("“%(name)s=%(value)s” is not understood. There are: %(choices)s.")
    return NotUnderstood(message % {"name": name, "value": value[:_SHOWN], "choices": ", ".join(filter(None, choices))})
