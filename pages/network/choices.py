"""How a network is counted and shown, as far as the parameters of an address can be read."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pages.asking import Asked, Complaint
from positions.agreement import Conditional, Duplicates, Measure, Neutral, Normalisation, Rules, Share
from positions.statements import ActorKind


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

    def without_what_is_irrelevant(self) -> Choices:
        return Choices(**self.as_settings())


NAMES = tuple(part.name for part in fields(Choices))
_LEAST = "least"
_LABELS: dict[str, Any] = {
    "show": gettext_lazy("Show"),
    "actors": gettext_lazy("Who"),
    "measure": gettext_lazy("Lines stand for"),
    "normalisation": gettext_lazy("Ties are divided by"),
    "share": gettext_lazy("Stands are divided by"),
    "duplicates": gettext_lazy("The same stand taken again"),
    "conditional": gettext_lazy("Support on a condition"),
    "neutral": gettext_lazy("Taking no side"),
    "least": gettext_lazy("Least weight shown"),
}
_VALUES: dict[str, dict[StrEnum, Any]] = {
    "show": {
        Show.TIES: gettext_lazy("who agrees with whom"),
        Show.STANDS: gettext_lazy("who stands where on each proposition"),
    },
    "actors": {
        ActorKind.PEOPLE: gettext_lazy("people"),
        ActorKind.ON_BEHALF: gettext_lazy("organizations, as spoken for"),
        ActorKind.IDENTIFIED: gettext_lazy("organizations, also identified"),
    },
    "measure": {
        Measure.SUBTRACT: gettext_lazy("agreement less disagreement"),
        Measure.CONGRUENCE: gettext_lazy("agreement"),
        Measure.CONFLICT: gettext_lazy("disagreement"),
        Measure.IGNORE: gettext_lazy("a stand on the same, either way"),
    },
    "normalisation": {
        Normalisation.NONE: gettext_lazy("nothing: plain counts"),
        Normalisation.AVERAGE: gettext_lazy("the average activity of the two"),
        Normalisation.JACCARD: gettext_lazy("all stands of the two (Jaccard)"),
        Normalisation.COSINE: gettext_lazy("the product of their activities (cosine)"),
    },
    "share": {
        Share.NONE: gettext_lazy("nothing: plain counts"),
        Share.ACTIVITY: gettext_lazy("the actor’s positions (activity)"),
        Share.PROMINENCE: gettext_lazy("the proposition’s positions (prominence)"),
    },
    "duplicates": {
        Duplicates.ONCE: gettext_lazy("counts once"),
        Duplicates.DEBATE: gettext_lazy("counts once in each debate"),
        Duplicates.ALL: gettext_lazy("counts each time"),
    },
    "conditional": {
        Conditional.LEFT_OUT: gettext_lazy("is left out"),
        Conditional.SUPPORT: gettext_lazy("counts as support"),
        Conditional.OWN: gettext_lazy("is a stance of its own"),
    },
    "neutral": {
        Neutral.LEFT_OUT: gettext_lazy("is left out"),
        Neutral.OWN: gettext_lazy("is a stance of its own"),
    },
}
_FIRST = ("show", "actors", "measure")


class ChoicesForm(forms.Form):
    """Shows what was asked for as it was written, also where it can't be read."""

    def __init__(self, given: QueryDict) -> None:
        standard = {part.name: part.default for part in fields(Choices)}
        initial = {name: given.get(name, "" if name == _LEAST else standard[name]) for name in NAMES}
        super().__init__(initial=initial, use_required_attribute=False)
        for name, values in _VALUES.items():
            choices = [(value.value, label) for value, label in values.items()]
            self.fields[name] = forms.ChoiceField(label=_LABELS[name], choices=choices)
        number = forms.TextInput({"size": 6, "inputmode": "decimal"})
        self.fields[_LEAST] = forms.CharField(label=_LABELS[_LEAST], widget=number)

    @property
    def first(self) -> list[forms.BoundField]:
        return [self[name] for name in _FIRST]

    @property
    def others(self) -> list[forms.BoundField]:
        return [self[name] for name in NAMES if name not in _FIRST]

    @property
    def in_force(self) -> list[str]:
        """What differs from the usual among the others, in words."""
        standard = Choices()
        return [
            f"{field.label}: {dict(getattr(field.field, 'choices', ())).get(field.value(), field.value())}"
            for field in self.others
            if field.value() and field.value() != getattr(standard, field.name)
        ]


def in_words(name: str, value: StrEnum) -> str:
    return str(_VALUES[name][value])


def choices(ask: Asked, form: ChoicesForm) -> tuple[Choices, list[Complaint]]:
    """What is asked for, as far as it can be read, and what can't be."""
    chosen, complaints = Choices(), []
    for name, values in ((name, ask.given.getlist(name)) for name in NAMES):
        try:
            if values:
                chosen = replace(chosen, **{name: _read(name, values)})
        except ValueError as error:
            complaints.append(
                Complaint(str(form[name].label), str(error), ask.but({name: []}), str(form[name].auto_id))
            )
    return chosen, complaints


def _read(name: str, values: list[str]) -> Any:
    """Raises ValueError saying what would be right."""
    if len(values) > 1:
        raise ValueError(_("Give it once."))
    if name == _LEAST:
        return _number(values[0])
    for value in _VALUES[name]:
        if value == values[0]:
            return value
    message = _("%(value)r is none of: %(choices)s.")
    raise ValueError(message % {"value": values[0][:40], "choices": ", ".join(_VALUES[name])})


def _number(text: str) -> float:
    """As people write it, with a point or a comma."""
    whole, _point, part = text.replace(",", ".").partition(".")
    digits = whole + part
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 9:
        message = _("%(value)r is no weight. Write a number from 0 on, for example 2 or 0.25.")
        raise ValueError(message % {"value": text[:40]})
    return float(f"{whole or 0}.{part or 0}")
