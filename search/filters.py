"""The one filter language of pages, API, feeds and downloads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.validators import slug_re
from django.db.models import Model, Q
from django.utils.translation import gettext as _

from debate.models import AppearanceRole, Event
from positions.models import (
    Position,
    PositionKind,
    PositionQuerySet,
    Proposition,
    PropositionTopic,
    Stance,
    Topic,
)
from record.figures import count
from speakers import partial_dates
from speakers.bilingual import LANGUAGES
from speakers.models import Organization, Person

MAX_QUERY_LENGTH = 1_000
MAX_VALUES = 50
SORTS = ("relevance", "newest", "oldest")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one parameter, for the person who wrote it."""

    parameter: str
    message: str


class FiltersError(ValueError):
    """Some parameters can't be read; `problems` has one entry for each."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{problem.parameter}: {problem.message}" for problem in self.problems))


@dataclass(frozen=True, slots=True)
class Filters:
    """What a reader asked for. Values of one field are alternatives; fields narrow each other.

    Names are slugs. `after` and `before` are the parameters ``from`` and ``to``, as first and last day; what has no
    date is within no days, unless it is to be included (``undated=include``).
    """

    q: str = ""
    speaker: tuple[str, ...] = ()
    organization: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    proposition: tuple[str, ...] = ()
    stance: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    debate: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    after: date | None = field(default=None, metadata={"parameter": "from"})
    before: date | None = field(default=None, metadata={"parameter": "to"})
    undated: bool = False
    sort: str = ""

    @property
    def is_narrowing(self) -> bool:
        """Whether anything but the words and the order was asked for."""
        return replace(self, q="", sort="") != Filters()

    def as_query(self) -> str:
        """The same filters as the query part of an address, in one order, so that equal filters have one address."""
        return urlencode([(name, value) for name, values in self.as_parameters().items() for value in values])

    def as_parameters(self) -> dict[str, list[str]]:
        parameters: dict[str, list[str]] = {}
        for part in fields(self):
            value = getattr(self, part.name)
            if value:
                values = value if isinstance(value, tuple) else (INCLUDE if value is True else value,)
                parameters[part.metadata.get("parameter", part.name)] = [str(one) for one in values]
        return parameters


CHOICES: dict[str, tuple[str, ...]] = {
    "stance": tuple(Stance.values),
    "kind": tuple(PositionKind.values),
    "role": tuple(AppearanceRole.values),
    "language": LANGUAGES,
}
NAMES: dict[str, type[Model]] = {
    "speaker": Person,
    "organization": Organization,
    "topic": Topic,
    "proposition": Proposition,
    "debate": Event,
}
INCLUDE = "include"
PARAMETERS = ("q", *NAMES, *CHOICES, "from", "to", "undated", "sort")


def parse(parameters: Mapping[str, list[str]], *, also: Iterable[str] = ()) -> Filters:
    """Raises FiltersError naming every parameter that can't be read and what it could be.

    `parameters` maps a name to all its values (``dict(request.GET.lists())``); `also` are names that belong to the
    caller, such as ``page``. Whether slugs exist is not asked here: `matching` does.
    """
    known = (*PARAMETERS, *also)
    problems = [
        Problem(name, _("There is no such parameter. There are: %(names)s.") % {"names": ", ".join(known)})
        for name in parameters
        if name not in known
    ]
    values: dict[str, Any] = {}
    for name in PARAMETERS:
        given = [value.strip() for value in parameters.get(name, ()) if value.strip()]
        if any("\x00" in value for value in given):
            problems.append(Problem(name, _("It holds a NUL character, which no text of the record can hold.")))
            continue
        if not given:
            continue
        try:
            attribute, value = _read(name, given)
        except ValueError as error:
            problems.append(Problem(name, str(error)))
        else:
            values[attribute] = value
    if "after" in values and "before" in values and values["before"] < values["after"]:
        problems.append(Problem("to", _("It is before the day in “from”.")))
    if problems:
        raise FiltersError(problems)
    return Filters(**values)


def matching(positions: PositionQuerySet, filters: Filters) -> PositionQuerySet:
    """Those of `positions` that fit all filters but the words, which the search index answers.

    Costs one query for each kind of name asked for, to resolve it; raises FiltersError for names not in the record.
    """
    return narrowed(positions, filters, resolve(filters))


def narrowed(positions: PositionQuerySet, filters: Filters, keys: Mapping[str, Iterable[int]]) -> PositionQuerySet:
    """The same where the names are resolved already."""
    conditions: dict[str, Callable[[PositionQuerySet, list[int]], PositionQuerySet]] = {
        "speaker": lambda positions, found: positions.filter(person__in=found),
        "organization": PositionQuerySet.of_organizations,
        "topic": lambda positions, found: positions.filter(
            proposition__in=PropositionTopic.objects.filter(topic__in=found).values("proposition")
        ),
        "proposition": lambda positions, found: positions.filter(proposition__in=found),
        "debate": lambda positions, found: positions.filter(event__in=found),
    }
    fitting = positions
    for name, found in keys.items():
        fitting = conditions[name](fitting, list(found))
    columns = {"stance": "stance", "kind": "kind", "role": "appearance__role", "language": "source_language"}
    for name, column in columns.items():
        if chosen := getattr(filters, name):
            fitting = fitting.filter(**{f"{column}__in": chosen})
    return fitting.filter(_within(filters.after, filters.before, undated=filters.undated))


def undated_left_out(filters: Filters, among: PositionQuerySet | None = None) -> int:
    """How many of all public positions, or of those `among`, would fit but for having no date, where days are asked
    for.
    """
    if filters.undated or not (filters.after or filters.before):
        return 0
    positions = Position.objects.public() if among is None else among
    whenever = matching(positions, replace(filters, after=None, before=None))
    return count(whenever.filter(date_earliest=None, date_latest=None))


def _within(after: date | None, before: date | None, *, undated: bool) -> Q:
    """What may have been said within those days; what has no date at all matches neither, but may be included."""
    condition = Q()
    if after:
        condition &= Q(date_latest__gte=after) | Q(date_latest=None, date_earliest__isnull=False)
    if before:
        condition &= Q(date_earliest__lte=before) | Q(date_earliest=None, date_latest__isnull=False)
    return condition | Q(date_earliest=None, date_latest=None) if condition and undated else condition


def resolve(filters: Filters) -> dict[str, list[int]]:
    """The primary keys behind the names asked for; one query for each kind of name. Raises FiltersError."""
    found: dict[str, list[int]] = {}
    problems: list[Problem] = []
    for name, model in NAMES.items():
        if slugs := getattr(filters, name):
            queryset: Any = model._default_manager
            possible = [slug for slug in slugs if slug_re.match(slug)]
            rows = dict(queryset.public().filter(slug__in=possible).values_list("slug", "pk"))
            problems += [
                Problem(name, _("%(slug)r is not in the record.") % {"slug": slug})
                for slug in slugs
                if slug not in rows
            ]
            found[name] = list(rows.values())
    if problems:
        raise FiltersError(problems)
    return found


def _read(name: str, given: list[str]) -> tuple[str, Any]:
    """The field of Filters that the parameter sets, and its value; raises ValueError saying what would be right."""
    if len(given) > MAX_VALUES:
        raise ValueError(_("At most %(count)d values.") % {"count": MAX_VALUES})
    if name in NAMES:
        return name, tuple(dict.fromkeys(given))
    if name in CHOICES:
        return name, _chosen(CHOICES[name], given)
    if len(given) > 1:
        raise ValueError(_("Give it once."))
    match name:
        case "sort":
            return name, _chosen(SORTS, given)[0]
        case "undated":
            return name, bool(_chosen((INCLUDE,), given))
        case "from":
            return "after", _day(given[0]).earliest
        case "to":
            return "before", _day(given[0]).latest
    if len(given[0]) > MAX_QUERY_LENGTH:
        raise ValueError(_("At most %(count)d characters.") % {"count": MAX_QUERY_LENGTH})
    return "q", given[0]


def _chosen(choices: tuple[str, ...], given: list[str]) -> tuple[str, ...]:
    for value in given:
        if value not in choices:
            message = _("%(value)r is none of: %(choices)s.") % {"value": value, "choices": ", ".join(choices)}
            raise ValueError(message)
    return tuple(dict.fromkeys(given))


def _day(text: str) -> partial_dates.Day:
    example = _("%(value)r is not a date. Write a year, a month or a day: 2025, 2025-02 or 2025-02-12.")
    try:
        day = partial_dates.Day.parse(text)
    except partial_dates.PartialDateError:
        raise ValueError(example % {"value": text}) from None
    if "X" in str(day):
        raise ValueError(example % {"value": text})
    return day
