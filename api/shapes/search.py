"""What a search answers: how the question was read, positions with what was found in them, and counts to narrow by."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated, Any, Literal, TypedDict

from django.db.models import Model
from django.utils import translation

from api.shapes.debate import CODE
from api.shapes.overview import FoundGroup
from api.shapes.positions import Position, position
from api.shapes.texts import URI
from positions import models as positions_models
from search.codes import label
from search.facets import FACETS
from search.fields import YEAR
from search.filters import MAX_VALUES, Filters
from search.find import Answer, Choice
from search.language import Problem, ProblemKind, written
from search.marking import Sought, excerpt, marked
from search.problems import explained
from speakers.bilingual import LANGUAGES

MOST_PROBLEMS = 20

type Field = Literal["summary", "condition", "proposition", "quote"]
_WHOLE = ("summary", "condition")
_FACETS = ", ".join(FACETS)


class Piece(TypedDict):
    """A part of a text: plain text, never HTML."""

    text: str
    is_match: Annotated[bool, "Whether the question found it, in whatever form it stands here."]


class Match(TypedDict):
    """A text of a position in which something of the question stands."""

    field: Annotated[
        Field,
        "Summaries and conditions stand here as a whole; of propositions and quotes the part in which most was found.",
    ]
    language: Annotated[str | None, "Its language, as far as it is given.", CODE]
    pieces: Annotated[list[Piece], "Joined, they are the text; “…” stands for what is left out of it."]


class FoundPosition(Position):
    """A position, and where in its texts the question was found."""

    matches: Annotated[list[Match], "Empty where only names, topics or the debate have what was asked for."]


class FacetLabel(TypedDict):
    """What a value is called in both languages."""

    en: str | None
    ko: str | None


class FacetValue(TypedDict):
    """A value that a search can be narrowed to."""

    value: Annotated[str | None, "An id, a code or a year; null for what has no date."]
    label: FacetLabel
    count: Annotated[int, "How many positions have it, whatever else of this facet is chosen."]
    url: Annotated[str | None, "The same search with this value added; null where it can't be added.", URI]


class QueryProblem(TypedDict):
    """A part of the question that could not be read as it was meant."""

    code: Annotated[str, {"enum": [kind.value for kind in ProblemKind]}]
    detail: Annotated[str, "What is wrong with it, and how it was read."]
    at: Annotated[int, "How many characters of `q` stand before it, spaces at the beginning not counted."]


class Asked(TypedDict):
    """How a question was read, and what was searched for it."""

    version: Annotated[int, "The version of the record that was searched: pages of one version fit together."]
    is_current: Annotated[bool, "False while a large change of the record is being taken in."]
    with_all_words: Annotated[int, "How many of the positions have all words; in order of relevance they come first."]
    undated_left_out: Annotated[int, "How many more fit but for having no date: `undated=include` finds them too."]
    read_as: Annotated[str, "The question as it was read, in the query language."]
    problems: Annotated[list[QueryProblem], f"What of it could not be read as it was meant; the first {MOST_PROBLEMS}."]
    searched_instead: Annotated[str | None, "What was searched because nothing has what was asked for."]


class SearchAnswer(Asked):
    """Positions found, page by page as in `/positions/`, and the best of everything else beside them."""

    count: Annotated[int, "How many positions were found."]
    next: Annotated[str | None, "The next page.", URI]
    previous: Annotated[str | None, "The page before.", URI]
    page: int
    pages: int
    results: list[FoundPosition]
    others: list[FoundGroup]
    facets: Annotated[dict[str, list[FacetValue]], f"By name: {_FACETS}. Of those with many values the first ten."]


def asked(answer: Answer) -> Asked:
    return {
        "version": answer.version,
        "is_current": not answer.is_behind,
        "with_all_words": answer.with_all,
        "undated_left_out": answer.left_out,
        "read_as": written(answer.reading),
        "problems": [_problem(problem) for problem in sorted(answer.reading.problems, key=_place)[:MOST_PROBLEMS]],
        "searched_instead": answer.instead or None,
    }


def found_position(record: positions_models.Position, wanted: Sought) -> FoundPosition:
    return {**position(record), "matches": list(_matches(record, wanted))}


def facets_of(
    choices: Mapping[str, Sequence[Choice]], filters: Filters, url: Callable[[Filters], str]
) -> dict[str, list[FacetValue]]:
    """`filters` are those of the search; `url` gives the address of a search."""
    return {name: [_value(name, choice, filters, url) for choice in choices.get(name, ())] for name in FACETS}


def with_value(filters: Filters, name: str, value: str) -> Filters | None:
    """`filters` that take in one more value of a facet; None where there is no saying so.

    A year takes the place of other days. What has no date can be taken in beside days, but not asked for alone.
    """
    if name != YEAR:
        values: Any = tuple(dict.fromkeys((*getattr(filters, name), value)))
        return replace(filters, **{name: values}) if len(values) <= MAX_VALUES else None
    if value:
        year = int(value)
        return replace(filters, after=date(year, 1, 1), before=date(year, 12, 31), undated=False)
    return replace(filters, undated=True) if filters.after or filters.before else None


def _place(problem: Problem) -> int:
    return problem.at


def _problem(problem: Problem) -> QueryProblem:
    return {"code": problem.kind.value, "detail": explained(problem), "at": problem.at}


def _value(name: str, choice: Choice, filters: Filters, url: Callable[[Filters], str]) -> FacetValue:
    narrowed = with_value(filters, name, choice.value)
    return {
        "value": choice.value or None,
        "label": _label(name, choice),
        "count": choice.count,
        "url": url(narrowed) if narrowed else None,
    }


def _label(name: str, choice: Choice) -> FacetLabel:
    if isinstance(choice.meaning, str):
        return {"en": _in_words(name, choice.value, "en"), "ko": _in_words(name, choice.value, "ko")}
    column = "title" if name == "debate" else "name"
    english, korean = getattr(choice.meaning, f"{column}_en"), getattr(choice.meaning, f"{column}_ko")
    return {"en": english or None, "ko": korean or None}


def _in_words(name: str, value: str, language: str) -> str:
    with translation.override(language):
        return label(name, value)


def _matches(record: positions_models.Position, wanted: Sought) -> Iterator[Match]:
    if wanted == Sought():
        return
    for field, language, text in _texts(record):
        found = marked(text, wanted) if field in _WHOLE else excerpt(text, wanted)
        pieces: list[Piece] = [{"text": piece.text, "is_match": piece.is_marked} for piece in found]
        if any(piece["is_match"] for piece in pieces):
            yield {"field": field, "language": language, "pieces": pieces}


def _texts(record: positions_models.Position) -> Iterator[tuple[Field, str | None, str]]:
    columns: tuple[tuple[Field, Model, str], ...] = (
        ("summary", record, "summary"),
        ("condition", record, "condition"),
        ("proposition", record.wording, "text"),
    )
    for field, holder, column in columns:
        for language in LANGUAGES:
            yield field, language, getattr(holder, f"{column}_{language}")
    for place in record.evidence.all():
        if place.is_quotable:
            yield "quote", place.quote_language or None, place.quote
