"""What may be meant by what is being typed: asked at each key, so it does little."""

from __future__ import annotations

from django.conf import settings
from django.http import QueryDict
from rest_framework.request import Request
from rest_framework.response import Response

from api.parameters import STRING, Gathering, Parameter, refuse_unknown
from api.problems import shortened
from api.shapes.overview import Suggestion, suggestions
from api.views import PublicView
from search.filters import MAX_QUERY_LENGTH, FiltersError, Problem
from search.suggest import MOST, suggest
from speakers.bilingual import LANGUAGES

USUAL = 10
FRESH = 30  # seconds for which an answer may be given again
PARAMETERS = (
    Parameter(
        "q",
        "What has been typed so far: the beginning of a name in any spelling, or of its words in any order.",
        {**STRING, "maxLength": MAX_QUERY_LENGTH, "examples": ["gang hu"]},
    ),
    Parameter(
        "lang",
        "The language of labels and pages.",
        {**STRING, "enum": list(LANGUAGES), "default": settings.LANGUAGE_CODE},
    ),
    Parameter(
        "limit", "How many at most.", {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}
    ),
)  # fmt: skip


class SuggestView(PublicView):
    """Completes what is being typed: people, organizations, topics, propositions and debates, the likeliest first.

    Names are found in any spelling: "gang hu" leads to Kang Hoon-sik, and so does "강후".
    """

    shape = list[Suggestion]
    problems = ("search-unavailable",)

    def takes(self) -> tuple[Parameter, ...]:
        return PARAMETERS

    def get(self, request: Request) -> Response:
        q, language, limit = _asked_for(request.query_params)
        found = suggestions(suggest(q, language=language, limit=limit))
        return Response(found, headers={"Cache-Control": f"public, max-age={FRESH}"})


def _asked_for(query: QueryDict) -> tuple[str, str, int]:
    """Raises FiltersError for all that is wrong."""
    gathering = Gathering()
    with gathering:
        refuse_unknown(query, PARAMETERS)
    with gathering:
        q = _text(query)
    with gathering:
        language = _language(query)
    with gathering:
        limit = _limit(query)
    gathering.tell()
    return q, language, limit


def _text(query: QueryDict) -> str:
    text = _once(query, "q")
    if len(text) > MAX_QUERY_LENGTH:
        raise FiltersError([Problem("q", f"At most {MAX_QUERY_LENGTH} characters.")])
    return text


def _language(query: QueryDict) -> str:
    language = _once(query, "lang") or settings.LANGUAGE_CODE
    if language not in LANGUAGES:
        raise FiltersError([Problem("lang", f"{shortened(language)!r} is none of: {', '.join(LANGUAGES)}.")])
    return language


def _limit(query: QueryDict) -> int:
    text = _once(query, "limit") or str(USUAL)
    if text.isascii() and text.isdigit() and len(text) <= len(str(MOST)) and 1 <= int(text) <= MOST:
        return int(text)
    raise FiltersError([Problem("limit", f"{shortened(text)!r} is no whole number from 1 to {MOST}.")])


def _once(query: QueryDict, name: str) -> str:
    given = [value.strip() for value in query.getlist(name) if value.strip()]
    if len(given) > 1:
        raise FiltersError([Problem(name, "Give it once.")])
    return given[0] if given else ""
