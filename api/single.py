"""Parameters that take one value. All of these raise FiltersError, saying what would be right."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import QueryDict

from api.problems import shortened
from search.filters import FiltersError, Problem


def once(query: QueryDict, name: str) -> str:
    """The value, or nothing where none is given."""
    given = [value.strip() for value in query.getlist(name) if value.strip()]
    if len(given) > 1:
        raise FiltersError([Problem(name, "Give it once.")])
    return given[0] if given else ""


def chosen(query: QueryDict, name: str, choices: Sequence[str]) -> str:
    """The first of the choices where none is given."""
    value = once(query, name) or choices[0]
    if value not in choices:
        raise none_of(name, value, choices)
    return value


def none_of(name: str, value: str, choices: Sequence[str]) -> FiltersError:
    return FiltersError([Problem(name, f"{shortened(value)!r} is none of: {', '.join(choices)}.")])
