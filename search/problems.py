"""Says what of a question could not be read as it was meant, to the person who wrote it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from search.language import DEEPEST, MOST_PARTS, Problem, ProblemKind

_SHOWN = 60  # letters of what was written
_SENTENCES: dict[ProblemKind, str | Promise] = {
    ProblemKind.UNBALANCED_QUOTE: _("The quotation mark %(text)s has no counterpart, so it was left out."),
    ProblemKind.UNBALANCED_PARENTHESIS: _("The parenthesis %(text)s has no counterpart, so it was left out."),
    ProblemKind.OPERATOR_WITHOUT_WORDS: _("“%(text)s” has no word to go with, so it was left out."),
    ProblemKind.UNKNOWN_FIELD: _(
        "There is no field “%(text)s”, so it was read as words. There are: speaker, organization, topic, debate,"
        " stance, kind, role, before, after."
    ),
    ProblemKind.UNKNOWN_VALUE: _(
        "“%(text)s” names no value that there is, so it was read as words. Write for example: stance:supports,"
        " kind:concern, role:moderator."
    ),
    ProblemKind.UNREADABLE_DATE: _(
        "“%(text)s” has no date that can be read, so it was read as words. Write a year, a month or a day:"
        " after:2025, after:2025-02, before:2025-02-12."
    ),
    ProblemKind.TOO_DEEP: _("Parentheses within parentheses are read %(deepest)d deep; the others were left out."),
    ProblemKind.TOO_MANY: _(
        "The first %(most)d parts of the question were read, and the rest from “%(text)s” on left out."
    ),
}


def explained(problem: Problem) -> str:
    text = Truncator(problem.text).chars(_SHOWN)
    return str(_SENTENCES[problem.kind]) % {"text": text, "deepest": DEEPEST, "most": MOST_PARTS}
