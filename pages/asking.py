"""What a reader asks for in an address or a form, as far as it can be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.validators import slug_re
from django.db.models import Model
from django.http import QueryDict

from pages.filters_form import FiltersForm
from positions.models import Proposition
from search.filters import MAX_VALUES, NAMES, PARAMETERS, Filters, FiltersError, Problem, parse


@dataclass(frozen=True, slots=True)
class Chosen:
    """A record that the list is narrowed to, and the query without it."""

    parameter: str
    record: Model
    without: str


@dataclass(frozen=True, slots=True)
class Complaint:
    """A problem, the name of its parameter in words and the field to mend it in, if the form has one."""

    label: str
    message: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    filters: Filters
    form: FiltersForm
    chosen: tuple[Chosen, ...]
    complaints: tuple[Complaint, ...] = ()

    @property
    def only_words(self) -> QueryDict:
        words = QueryDict(mutable=True)
        words.setlist("q", [self.filters.q] if self.filters.q else [])
        return words

    def refused(self, problems: Iterable[Problem]) -> Asked:
        return Asked(self.filters, self.form, self.chosen, tuple(map(self._complaint, problems)))

    def _complaint(self, problem: Problem) -> Complaint:
        if problem.parameter not in self.form.fields:
            return Complaint(problem.parameter, problem.message)
        field = self.form[problem.parameter]
        return Complaint(str(field.label), problem.message, field.auto_id if isinstance(field.auto_id, str) else "")


def asked(parameters: QueryDict, *, ranked: bool = False) -> Asked:
    """Costs a query for the topics and one for each kind of name asked for."""
    form = FiltersForm(parameters, ranked=ranked)
    try:
        filters = parse(dict(parameters.lists()), also=["page", *filter(_is_of_a_campaign, parameters)])
    except FiltersError as error:
        return Asked(Filters(), form, tuple(_chosen(parameters, form))).refused(error.problems)
    return Asked(filters, form, tuple(_chosen(parameters, form)))


def _is_of_a_campaign(parameter: str) -> bool:
    """Hung on by newsletters and networks; the reader who follows such a link did not ask for it."""
    return parameter.startswith("utm_") or parameter in {"fbclid", "gclid"}


def _chosen(parameters: QueryDict, form: FiltersForm) -> Iterator[Chosen]:
    """The records asked for by name, but for those that the form has a box for."""
    for name, model in NAMES.items():
        boxes = form.boxes(name)
        slugs = [slug for slug in parameters.getlist(name) if slug not in boxes and slug_re.match(slug)][:MAX_VALUES]
        if slugs:
            records: Any = model._default_manager
            shown = records.select_related("current_wording") if model is Proposition else records
            for record in shown.public().filter(slug__in=slugs):
                yield Chosen(name, record, _without(parameters, name, record.slug))


def _without(parameters: QueryDict, name: str, value: str) -> str:
    left = QueryDict(mutable=True)
    for parameter in PARAMETERS:
        kept = [one for one in parameters.getlist(parameter) if one and (parameter, one) != (name, value)]
        left.setlist(parameter, kept)
    return left.urlencode()
