from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from debate.models import AppearanceRole
from pages.reader import reader_language
from positions.models import PositionKind, Stance
from speakers.bilingual import LANGUAGES


@dataclass(frozen=True, slots=True)
class Example:
    """A question in the reader's language, and what it finds."""

    question: str
    meaning: str

    @property
    def query(self) -> str:
        return f"?{urlencode({'q': self.question})}"


@require_safe
def search_help(request: HttpRequest) -> HttpResponse:
    context = {"words": list(_words()), "fields": list(_fields()), "values": list(_values())}
    return render(request, "pages/search_help.html", context)


def _words() -> Iterator[Example]:
    yield Example(pgettext("question", "platform regulation"), _("What has all words comes first, then what has some."))
    yield Example(pgettext("question", '"platform strategy"'), _("These words, one after the other."))
    yield Example(pgettext("question", "+platform market"), _("The word with the plus must be there."))
    yield Example(pgettext("question", "platform -regulation"), _("The word with the minus must not be there."))
    yield Example(pgettext("question", "platf*"), _("Words that begin like this."))
    yield Example(pgettext("question", "energy OR electricity"), _("Either of the words; OR in capitals."))
    yield Example(pgettext("question", "+(energy OR electricity) +costs"), _("Words in parentheses belong together."))


def _fields() -> Iterator[Example]:
    yield Example(pgettext("question", "speaker:kang"), _("Positions of speakers who have this name."))
    yield Example(
        pgettext("question", 'organization:"startup alliance"'),
        _("Positions of an organization, or of people who spoke for it or were identified with it."),
    )
    yield Example(pgettext("question", "topic:platform"), _("Positions on topics that are called so."))
    yield Example(pgettext("question", "debate:deepsec"), _("Positions from debates that are called so."))
    yield Example(pgettext("question", "platform stance:opposes"), _("Positions with this stance."))
    yield Example(pgettext("question", "kind:concern"), _("Positions of this kind."))
    yield Example(pgettext("question", "role:presenter"), _("Positions of those who had this role in the debate."))
    yield Example(
        pgettext("question", "after:2025-02"), _("What may have been said then or later: a year, a month or a day.")
    )
    yield Example(pgettext("question", "before:2025"), _("What may have been said then or earlier."))


@dataclass(frozen=True, slots=True)
class Values:
    """What a field takes."""

    field: str
    examples: tuple[Example, ...]


def _values() -> Iterator[Values]:
    several: list[tuple[str, Any]] = [
        (pgettext("field of a question", "stance"), Stance),
        (pgettext("field of a question", "kind"), PositionKind),
        (pgettext("field of a question", "role"), AppearanceRole),
    ]
    for field, choices in several:
        yield Values(field, tuple(_example(field, code, str(label)) for code, label in choices.choices))


def _example(field: str, code: str, label: str) -> Example:
    """Nothing is said of what says itself."""
    written = _written(code, label)
    says_itself = label in {written.strip('"'), code.replace("_", " ")}
    return Example(f"{field}:{written}", "" if says_itself else label)


def _written(code: str, label: str) -> str:
    """As the reader would write it: codes are English."""
    if reader_language() == LANGUAGES[0]:
        return code
    return f'"{label}"' if " " in label else label
