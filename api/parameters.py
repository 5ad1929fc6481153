"""The parameters of an address: what they are called, what they take, and what they narrow a list to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

from django.db.models import Choices, Model, Q
from django.http import QueryDict

from api.problems import shortened
from search.filters import CHOICES, INCLUDE, MAX_QUERY_LENGTH, MAX_VALUES, PARAMETERS, SORTS, FiltersError, Problem

STRING: Mapping[str, Any] = {"type": "string"}


@dataclass(frozen=True, slots=True)
class Parameter:
    """What an address takes in its query; `schema` is JSON Schema, an array where there may be several values."""

    name: str
    description: str
    schema: Mapping[str, Any]
    required: bool = field(default=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Narrowing(Parameter):
    """Narrows a list to what fits `condition`, which raises ValueError saying which values can't be used."""

    condition: Callable[[list[str]], Q]


class Gathering:
    """Lets a request be read to its end, so that it is told all that is wrong with it at once."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: TracebackType | None) -> bool:
        if isinstance(error, FiltersError):
            self.problems += error.problems
            return True
        return False

    def tell(self) -> None:
        if self.problems:
            raise FiltersError(self.problems)


def of(name: str, model: type[Model], narrow: Callable[[list[int]], Q]) -> Narrowing:
    """Takes the ids of public records of `model`; `narrow` makes the condition from their primary keys."""
    key = "slug" if hasattr(model, "slug") else "public_id"

    def condition(given: list[str]) -> Q:
        public: Any = model._default_manager
        known = dict(public.public().filter(**{f"{key}__in": given}).values_list(key, "pk"))
        if missing := [value for value in given if value not in known]:
            raise ValueError(f"Not in the record: {', '.join(map(shortened, missing))}.")
        return narrow(list(known.values()))

    description = f"Only what has to do with the {name} of this id. Several are alternatives."
    return Narrowing(name, description, several(), condition)


def one_of(name: str, choices: type[Choices], column: str) -> Narrowing:
    values = tuple(choices.values)

    def condition(given: list[str]) -> Q:
        if unknown := [value for value in given if value not in values]:
            raise ValueError(f"{shortened(unknown[0])!r} is none of: {', '.join(values)}.")
        return Q(**{f"{column}__in": given})

    return Narrowing(name, f"Only those of this {name}. Several are alternatives.", several(values), condition)


def several(values: tuple[str, ...] = ()) -> Mapping[str, Any]:
    items = {**STRING, "enum": list(values)} if values else STRING
    return {"type": "array", "items": items, "maxItems": MAX_VALUES}


_DESCRIPTIONS: Mapping[str, str] = {
    "q": 'Words to find, in English or Korean; also "phrases", +must, -not, word*, OR, parentheses and fields.',
    "speaker": "Ids of speakers, as alternatives.",
    "organization": "Ids of organizations, as alternatives: what was stated by them, for them, or by who was identified"
    " with them there.",
    "topic": "Ids of topics, as alternatives.",
    "proposition": "Ids of propositions, as alternatives.",
    "debate": "Ids of debates, as alternatives.",
    "stance": "Stances, as alternatives.",
    "kind": "Kinds of position, as alternatives.",
    "role": "Roles at the debate, as alternatives.",
    "language": "Languages of the sources, as alternatives.",
    "from": "What may have been said on that day or later: a year, a month or a day.",
    "to": "What may have been said on that day or earlier: a year, a month or a day.",
    "undated": "Takes in what has no date, which `from` and `to` leave out.",
    "sort": "The order.",
}
_ONCE: Mapping[str, Mapping[str, Any]] = {
    "q": {**STRING, "maxLength": MAX_QUERY_LENGTH},
    "from": {**STRING, "examples": ["2025-02"]},
    "to": {**STRING, "examples": ["2025-02-12"]},
    "undated": {**STRING, "enum": [INCLUDE]},
    "sort": {**STRING, "enum": list(SORTS)},
}
# The filters of the whole site, read by `search.filters`.
FILTERS = tuple(
    Parameter(name, _DESCRIPTIONS[name], _ONCE.get(name) or several(CHOICES.get(name, ()))) for name in PARAMETERS
)


def refuse_unreadable(query: QueryDict) -> None:
    """No database keeps a NUL, and PostgreSQL fails when asked for one."""
    if found := [name for name, values in query.lists() if any("\0" in text for text in (name, *values))]:
        raise FiltersError(Problem(name.replace("\0", "�"), "There is a NUL character in it.") for name in found)


def refuse_unknown(query: QueryDict, parameters: Iterable[Parameter]) -> None:
    names = [parameter.name for parameter in parameters]
    there_are = f"There are: {', '.join(names)}." if names else "This address takes none."
    if unknown := [name for name in query if name not in names]:
        raise FiltersError(Problem(name, f"There is no such parameter. {there_are}") for name in unknown)


def narrowing(query: QueryDict, parameters: Iterable[Parameter]) -> Q:
    """Costs a query for each kind of record that is named."""
    condition, problems = Q(), []
    for parameter in parameters:
        given = [value.strip() for value in query.getlist(parameter.name) if value.strip()]
        if not given or not isinstance(parameter, Narrowing):
            continue
        try:
            condition &= _narrowed(parameter, given)
        except ValueError as error:
            problems.append(Problem(parameter.name, str(error)))
    if problems:
        raise FiltersError(problems)
    return condition


def _narrowed(parameter: Narrowing, given: list[str]) -> Q:
    if len(given) > MAX_VALUES:
        raise ValueError(f"At most {MAX_VALUES} values.")
    return parameter.condition(given)
