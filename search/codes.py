"""What the codes of a position may be called in a question: as they are stored, and in the words of each language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext, override

from debate.models import AppearanceRole
from positions.models import PositionKind, Stance
from search.analysis import fold
from speakers.bilingual import LANGUAGES

_CHOICES: dict[str, type[TextChoices]] = {"stance": Stance, "kind": PositionKind, "role": AppearanceRole}


@cache
def called() -> Mapping[str, Mapping[str, str]]:
    """By field, folded words to the code."""
    found: dict[str, dict[str, str]] = {}
    for name, choices in _CHOICES.items():
        found[name] = {code: code for code in choices.values}
        for language in LANGUAGES:
            with override(language):
                found[name] |= {fold(str(label)): code for code, label in choices.choices}
    return found


def label(name: str, value: str) -> str:
    """Of a code in the reader's language; any other value says itself, and none that it is not given."""
    if name in _CHOICES:
        return str(_CHOICES[name](value).label)
    if name == "language":
        return gettext(str(dict(settings.LANGUAGES)[value]))
    return value or gettext("not given")
