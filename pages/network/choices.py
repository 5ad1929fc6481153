"""The form in which a reader chooses how a network is counted and shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from enum import StrEnum
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from comparing.networks.choices import LEAST, NAMES, VALUES, Choices, Show
from pages.asking import Asked, Complaint
from positions.agreement import Conditional, Duplicates, Measure, Neutral, Normalisation, Share
from positions.statements import ActorKind
from search.filters import Problem

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
_WORDS: dict[str, dict[StrEnum, Any]] = {
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
        initial = {name: given.get(name, "" if name == LEAST else standard[name]) for name in NAMES}
        super().__init__(initial=initial, use_required_attribute=False)
        for name, values in VALUES.items():
            choices = [(value.value, _WORDS[name][value]) for value in values]
            self.fields[name] = forms.ChoiceField(label=_LABELS[name], choices=choices)
        number = forms.TextInput({"size": 6, "inputmode": "decimal"})
        self.fields[LEAST] = forms.CharField(label=_LABELS[LEAST], widget=number)

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

    def complaints(self, ask: Asked, problems: Iterable[Problem]) -> list[Complaint]:
        return [
            Complaint(
                str(self[problem.parameter].label),
                problem.message,
                ask.but({problem.parameter: []}),
                str(self[problem.parameter].auto_id),
            )
            for problem in problems
        ]


def in_words(name: str, value: StrEnum) -> str:
    return str(_WORDS[name][value])
