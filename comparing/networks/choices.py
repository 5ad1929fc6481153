"""How a network is counted and shown, as far as the parameters of an address can be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from positions.agreement import Conditional, Duplicates, Measure, Neutral, Normalisation, Rules, Share
from positions.statements import ActorKind
from search.filters import Problem


class Show(StrEnum):
    TIES = "ties"
    STANDS = "stands"


@dataclass(frozen=True, slots=True)
class Choices:
    """`least` is the weight, taken without its sign, from which on ties and stands are shown."""

    show: Show = Show.TIES
    actors: ActorKind = ActorKind.PEOPLE
    measure: Measure = Measure.SUBTRACT
    normalisation: Normalisation = Normalisation.NONE
    share: Share = Share.NONE
    duplicates: Duplicates = Duplicates.ONCE
    conditional: Conditional = Conditional.LEFT_OUT
    neutral: Neutral = Neutral.LEFT_OUT
    least: float = 0

    @property
    def rules(self) -> Rules:
        return Rules(self.duplicates, self.conditional, self.neutral)

    @property
    def is_of_ties(self) -> bool:
        return self.show is Show.TIES

    @property
    def is_of_people(self) -> bool:
        return self.actors is ActorKind.PEOPLE

    def as_settings(self) -> dict[str, Any]:
        """Those that the network depends on, by parameter."""
        irrelevant = {"share"} if self.is_of_ties else {"measure", "normalisation"}
        return {part.name: getattr(self, part.name) for part in fields(self) if part.name not in irrelevant}

    def as_parameters(self) -> dict[str, list[str]]:
        """Those that differ from the usual, for an address."""
        chosen = {part.name: getattr(self, part.name) for part in fields(self)}
        standard = Choices()
        return {
            name: [f"{value:.9g}" if name == LEAST else str(value)]
            for name, value in chosen.items()
            if value != getattr(standard, name)
        }

    def without_what_is_irrelevant(self) -> Choices:
        return Choices(**self.as_settings())


NAMES = tuple(part.name for part in fields(Choices))
LEAST = "least"
# What each of the others takes, the usual one first.
VALUES: Mapping[str, tuple[StrEnum, ...]] = {
    "show": (Show.TIES, Show.STANDS),
    "actors": (ActorKind.PEOPLE, ActorKind.ON_BEHALF, ActorKind.IDENTIFIED),
    "measure": (Measure.SUBTRACT, Measure.CONGRUENCE, Measure.CONFLICT, Measure.IGNORE),
    "normalisation": (Normalisation.NONE, Normalisation.AVERAGE, Normalisation.JACCARD, Normalisation.COSINE),
    "share": (Share.NONE, Share.ACTIVITY, Share.PROMINENCE),
    "duplicates": (Duplicates.ONCE, Duplicates.DEBATE, Duplicates.ALL),
    "conditional": (Conditional.LEFT_OUT, Conditional.SUPPORT, Conditional.OWN),
    "neutral": (Neutral.LEFT_OUT, Neutral.OWN),
}


def read(parameters: Mapping[str, list[str]]) -> tuple[Choices, list[Problem]]:
    """What is asked for, as far as it can be read, and what can't be. What is empty asks for nothing."""
    chosen, problems = Choices(), []
    for name in NAMES:
        values = [value for value in map(str.strip, parameters.get(name, ())) if value]
        try:
            if values:
                chosen = replace(chosen, **{name: _read(name, values)})
        except ValueError as error:
            problems.append(Problem(name, str(error)))
    return chosen, problems


def _read(name: str, values: list[str]) -> Any:
    """Raises ValueError saying what would be right."""
    if len(values) > 1:
        raise ValueError(_("Give it once."))
    if name == LEAST:
        return _number(values[0])
    for value in VALUES[name]:
        if value == values[0]:
            return value
    message = _("%(value)r is none of: %(choices)s.")
    raise ValueError(message % {"value": values[0][:40], "choices": ", ".join(VALUES[name])})


def _number(text: str) -> float:
    """As people write it, with a point or a comma."""
    whole, _point, part = text.replace(",", ".").partition(".")
    digits = whole + part
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 9:
        message = _("%(value)r is no weight. Write a number from 0 on, for example 2 or 0.25.")
        raise ValueError(message % {"value": text[:40]})
    return float(f"{whole or 0}.{part or 0}")
