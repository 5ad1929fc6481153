"""Lists narrowed by plain links: what was chosen, and the address of every other choice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, TextChoices
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from pages.problems import NotThere

_LONGEST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Choice:
    """`query` is what follows the path of the list."""

    label: str
    query: str
    is_chosen: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Narrowing:
    """One way to narrow a list; the first choice is not to. Of many only the first `shown` are seen at once."""

    label: str
    choices: tuple[Choice, ...]
    shown: int | None = None

    @property
    def first(self) -> tuple[Choice, ...]:
        return self.choices[: self.shown]

    @property
    def further(self) -> tuple[Choice, ...]:
        return self.choices[self.shown :] if self.shown else ()

    @property
    def is_further_chosen(self) -> bool:
        return any(choice.is_chosen for choice in self.further)

    @property
    def is_useful(self) -> bool:
        return len(self.choices) > 2 or not self.choices[0].is_chosen

    @property
    def chosen(self) -> Choice | None:
        return next((choice for choice in self.choices[1:] if choice.is_chosen), None)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The value of each parameter of a list, empty where none is given; their order is that of the addresses."""

    values: Mapping[str, str]

    def __bool__(self) -> bool:
        return any(self.values.values())

    def __getitem__(self, name: str) -> str:
        return self.values[name]

    def query(self, **changed: str) -> str:
        given = {name: value for name, value in {**self.values, **changed}.items() if value}
        return f"?{urlencode(given)}" if given else ""

    def by(
        self, name: str, label: str, options: Iterable[tuple[str, str, int | None]], shown: int | None = None
    ) -> Narrowing:
        """From the value, label and count of each option; those of no record are left out unless chosen."""
        chosen = self.values[name]
        choices = [
            Choice(capfirst(text), self.query(**{name: value}), value == chosen, count)
            for value, text, count in options
            if count != 0 or value == chosen
        ]
        return Narrowing(label, (Choice(_("All"), self.query(**{name: ""}), not chosen), *choices), shown)


def narrowed_by(parameters: QueryDict, **checks: Callable[[str], str]) -> Narrowed:
    """Each check takes what a parameter says and gives it back, or raises ValueError, of which NotThere is made."""
    try:
        return Narrowed({name: check(parameters.get(name, "")) for name, check in checks.items()})
    except ValueError as error:
        raise NotThere(str(error)) from None


def one_of(name: str, values: Sequence[str]) -> Callable[[str], str]:
    def check(value: str) -> str:
        if not value or value in values:
            return value
        message = _("“%(name)s=%(value)s” is no choice of this list. There are: %(values)s.")
        raise ValueError(message % {"name": name, "value": value[:_LONGEST_SHOWN], "values": ", ".join(values)})

    return check


def of_kind(kind: str) -> Q:
    return Q(kind=kind) if kind else Q()


def counted_kinds(records: QuerySet[Any], kinds: type[TextChoices]) -> list[tuple[str, str, int]]:
    """One query."""
    counts = dict(records.order_by().values_list("kind").annotate(Count("pk")))
    return [(kind.value, str(kind.label), counts.get(kind.value, 0)) for kind in kinds]
