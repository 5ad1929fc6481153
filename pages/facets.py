"""Facets as a reader meets them: each value with its count and the address that adds it or takes it away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pages.asking import Asked
from search.facets import FACETS, SHOWN
from search.fields import YEAR
from search.filters import INCLUDE, MAX_VALUES, Filters
from search.find import Choice
from speakers.models import Affiliation, Person

LABELS = {
    "stance": _("Stance"),
    "kind": _("Kind"),
    "topic": _("Topic"),
    "organization": _("Organization"),
    "speaker": _("Speaker"),
    "debate": _("Debate"),
    "year": _("Year"),
    "role": _("Role of the speaker"),
    "language": _("Language of the source"),
}
_FIELDS = {
    "topic": pgettext_lazy("field of a question", "topic"),
    "organization": pgettext_lazy("field of a question", "organization"),
    "speaker": pgettext_lazy("field of a question", "speaker"),
    "debate": pgettext_lazy("field of a question", "debate"),
}


@dataclass(frozen=True, slots=True)
class Value:
    """`query` asks for the same with this value, or without it if it is chosen; empty where that can't be asked for.
    `affiliation` tells people of one name apart.
    """

    choice: Choice
    query: str
    is_chosen: bool
    affiliation: Affiliation | None = None

    @property
    def is_record(self) -> bool:
        return not isinstance(self.choice.meaning, str)


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    values: tuple[Value, ...]

    @property
    def label(self) -> str:
        return str(LABELS[self.name])

    @property
    def field(self) -> str:
        """The field of the query language by which values are found that are not shown; empty where all are."""
        return str(_FIELDS[self.name]) if self.name in _FIELDS and len(self.values) >= SHOWN else ""


def facets(
    choices: Mapping[str, Sequence[Choice]], ask: Asked, affiliations: Mapping[int, Affiliation]
) -> Iterator[Facet]:
    """Those that have any value; `affiliations` are those of people by primary key."""
    for name in FACETS:
        if found := choices.get(name):
            namesakes = _namesakes(found)
            told = [(choice, _told_by(choice, namesakes, affiliations)) for choice in found]
            yield Facet(name, tuple(_value(name, choice, ask, affiliation) for choice, affiliation in told))


def people(choices: Mapping[str, Sequence[Choice]]) -> Iterator[Person]:
    for choice in choices.get("speaker", ()):
        if isinstance(choice.meaning, Person):
            yield choice.meaning


def _namesakes(choices: Iterable[Choice]) -> set[str]:
    return {name for name, times in Counter(str(choice.meaning) for choice in choices).items() if times > 1}


def _told_by(choice: Choice, namesakes: set[str], affiliations: Mapping[int, Affiliation]) -> Affiliation | None:
    if isinstance(choice.meaning, Person) and str(choice.meaning) in namesakes:
        return affiliations.get(choice.meaning.pk)
    return None


def _value(name: str, choice: Choice, ask: Asked, affiliation: Affiliation | None) -> Value:
    if name == YEAR:
        is_chosen, changes = _year(choice.value, ask.filters)
    else:
        is_chosen, changes = _other(name, choice.value, ask)
    return Value(choice, ask.but(changes) if changes else "", is_chosen, affiliation)


def _other(name: str, value: str, ask: Asked) -> tuple[bool, dict[str, list[str]]]:
    given = ask.given.getlist(name)
    if value in given:
        return True, {name: [one for one in given if one != value]}
    return False, {name: [*given, value]} if len(given) < MAX_VALUES else {}


def _year(value: str, filters: Filters) -> tuple[bool, dict[str, list[str]]]:
    """A year takes the place of other days; what has no date can be taken in beside days, but not asked for alone."""
    if not value:
        if not (filters.after or filters.before):
            return False, {}
        return filters.undated, {"undated": [] if filters.undated else [INCLUDE]}
    year = int(value)
    if (filters.after, filters.before) == (date(year, 1, 1), date(year, 12, 31)):
        return True, {"from": [], "to": [], "undated": []}
    return False, {"from": [value], "to": [value], "undated": []}
