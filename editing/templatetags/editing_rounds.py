from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.contrib.auth.models import User

from editing.rounds.comparing import SideBySide
from positions.models import Coding

register = template.Library()


@register.filter
def beside(one: SideBySide, coders: Sequence[User]) -> list[tuple[User, Coding | None]]:
    """Each coder with what they read."""
    return list(zip(coders, one.readings, strict=True))
