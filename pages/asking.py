"""What a reader asks for in an address or a form, as far as it can be read; and addresses that ask for a bit else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.validators import slug_re
from django.db.models import Model
from django.http import QueryDict
from django.utils.translation import gettext as _

from pages.filters_form import FiltersForm
from positions.models import Proposition
from search.codes import label
from search.filters import CHOICES, INCLUDE, MAX_VALUES, NAMES, PARAMETERS, Filters, FiltersError, Problem, parse

DAYS = ("from", "to", "undated")


@dataclass(frozen=True, slots=True)
class Chosen:
    """One value that a list is narrowed to, the record or the words that say it, and the query without it."""

    parameter: str
    value: str
    meaning: Model | str
    without: str

    @property
    def is_record(self) -> bool:
        return isinstance(self.meaning, Model)


@dataclass(frozen=True, slots=True)
class Complaint:
    """A problem, its parameter in words, the query without that, and the field to mend it in, if there is one."""

    label: str
    message: str
    without: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """`given` has the parameters as they were written, without those that say nothing or are none."""

    filters: Filters
    form: FiltersForm
    given: QueryDict
    chosen: tuple[Chosen, ...]
    complaints: tuple[Complaint, ...] = ()

    @property
    def only_words(self) -> str:
        return query(QueryDict(), {"q": [self.filters.q]})

    @property
    def with_undated(self) -> str:
        return self.but({"undated": [INCLUDE]})

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What a form for other words keeps."""
        return self._but("q")

    @property
    def hidden_but_days(self) -> list[tuple[str, str]]:
        """What the form keeps that has fields for days, and for topics where there are many."""
        return self._but(*DAYS, *(["topic"] if self.form.has_many_topics else []))

    def but(self, changes: Mapping[str, Sequence[str]]) -> str:
        return query(self.given, changes)

    def refused(self, problems: Iterable[Problem]) -> Asked:
        return replace(self, complaints=tuple(map(self._complaint, problems)))

    def _but(self, *names: str) -> list[tuple[str, str]]:
        boxes = self.form.boxes("topic")
        return [
            (name, value)
            for name, values in self.given.lists()
            for value in values
            if name not in names or (name == "topic" and value not in boxes)
        ]

    def _complaint(self, problem: Problem) -> Complaint:
        without = self.but({problem.parameter: []})
        if problem.parameter not in self.form.fields:
            return Complaint(problem.parameter, problem.message, without)
        field = self.form[problem.parameter]
        return Complaint(str(field.label), problem.message, without, self.form.place_of(problem.parameter))


def asked(parameters: QueryDict, *, ranked: bool = False, also: Collection[str] = ()) -> Asked:
    """Costs a query for the topics and one for each kind of name asked for.

    `ranked` is a search, where each value in force is among those chosen; elsewhere only what the form has no box for.
    `also` are the names of parameters that the page reads itself, kept in its addresses.
    """
    form = FiltersForm(parameters, ranked=ranked)
    given = _given(parameters, also)
    chosen = tuple(_names(given, form)) + (tuple(_others(given)) if ranked else ())
    try:
        filters = parse(dict(parameters.lists()), also=["page", *also, *filter(is_of_a_campaign, parameters)])
    except FiltersError as error:
        return Asked(Filters(), form, given, chosen).refused(error.problems)
    return Asked(filters, form, given, chosen)


def query(given: QueryDict, changes: Mapping[str, Sequence[str]]) -> str:
    """The query part of an address that asks for what is `given` but for `changes`, from the first page on."""
    left = QueryDict(mutable=True)
    for name in dict.fromkeys((*PARAMETERS, *given)):
        left.setlist(name, list(dict.fromkeys(changes.get(name, given.getlist(name)))))
    return f"?{left.urlencode()}"


def _given(parameters: QueryDict, also: Collection[str]) -> QueryDict:
    given = QueryDict(mutable=True)
    for name in (*PARAMETERS, *also):
        if values := [value for value in map(str.strip, parameters.getlist(name)) if value]:
            given.setlist(name, values)
    return given


def is_of_a_campaign(parameter: str) -> bool:
    """Hung on by newsletters and networks; the reader who follows such a link did not ask for it."""
    return parameter.startswith("utm_") or parameter in {"fbclid", "gclid"}


def _names(given: QueryDict, form: FiltersForm) -> Iterator[Chosen]:
    """The records asked for by name, but for those that the form has a box for."""
    for name, model in NAMES.items():
        boxes = () if form.is_ranked else form.boxes(name)
        slugs = [slug for slug in given.getlist(name) if slug not in boxes and slug_re.match(slug)][:MAX_VALUES]
        if slugs:
            records: Any = model._default_manager
            shown = records.select_related("current_wording") if model is Proposition else records
            for record in shown.public().filter(slug__in=slugs):
                yield Chosen(name, record.slug, record, _without(given, name, record.slug))


def _others(given: QueryDict) -> Iterator[Chosen]:
    for name, codes in CHOICES.items():
        for value in dict.fromkeys(given.getlist(name)):
            if value in codes:
                yield Chosen(name, value, label(name, value), _without(given, name, value))
    for name, words in (("from", _("from %(day)s")), ("to", _("to %(day)s"))):
        if day := given.get(name):
            yield Chosen(name, day, words % {"day": day}, _without(given, name, day))
    if given.get("undated") == INCLUDE:
        yield Chosen("undated", INCLUDE, _("also of unknown date"), _without(given, "undated", INCLUDE))


def _without(given: QueryDict, name: str, value: str) -> str:
    return query(given, {name: [one for one in given.getlist(name) if one != value]})
