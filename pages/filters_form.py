"""The form that writes the filters into an address; `search.filters` alone reads them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from debate.models import AppearanceRole
from positions.models import PositionKind, Stance, Topic
from search.facets import SHOWN
from search.filters import INCLUDE, MAX_QUERY_LENGTH

TOPICS = 100
_DAY = {"size": 10, "aria-describedby": "days-hint"}
_IN_TIME = [("", _("newest first")), ("oldest", _("oldest first"))]


class Boxes(forms.MultipleChoiceField):
    widget = forms.CheckboxSelectMultiple


class FiltersForm(forms.Form):
    """Shows what was asked for as it was written, also where it can't be read."""

    q = forms.CharField(label=_("Words"), max_length=MAX_QUERY_LENGTH, widget=forms.TextInput(attrs={"type": "search"}))
    stance = Boxes(label=_("Stance"), choices=Stance.choices)
    kind = Boxes(label=_("Kind"), choices=PositionKind.choices)
    topic = Boxes(label=_("Topic"))
    role = Boxes(label=_("Role of the speaker"), choices=AppearanceRole.choices)
    language = Boxes(label=_("Language of the source"), choices=settings.LANGUAGES)
    sort = forms.ChoiceField(label=_("Order"), choices=_IN_TIME)

    def __init__(self, parameters: QueryDict, *, ranked: bool) -> None:
        """Of what is `ranked` the page has links with counts instead of boxes, but for topics where there are many."""
        super().__init__(initial=self._as_written(parameters), use_required_attribute=False)
        self.is_ranked = ranked
        for name, label in (("from", _("From")), ("to", _("To"))):
            self.fields[name] = forms.CharField(label=label, widget=forms.TextInput(_DAY))
        topics = Topic.objects.public().for_list()[:TOPICS]
        self._choices("topic", [(topic.slug, str(topic)) for topic in topics])

    def _choices(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @property
    def groups_of_boxes(self) -> list[forms.BoundField]:
        return [field for field in self if isinstance(field.field, Boxes) and field.field.choices]

    @property
    def has_many_topics(self) -> bool:
        """More than stand in a facet."""
        return len(self.boxes("topic")) > SHOWN

    @property
    def days(self) -> list[forms.BoundField]:
        return [self["from"], self["to"]]

    @property
    def includes_undated(self) -> bool:
        return self.initial.get("undated") == INCLUDE

    @property
    def in_force(self) -> list[str]:
        """What is ticked and written, in words, but for the question itself."""
        ticked = [str(label) for field in self.groups_of_boxes for label in _ticked(field)]
        return ticked + [f"{day.label} {day.value()}" for day in self.days if day.value()]

    def boxes(self, name: str) -> set[str]:
        """What can be ticked in the field; nothing where there is no such field."""
        return {value for value, _label in getattr(self.fields.get(name), "choices", ())}

    def place_of(self, name: str) -> str:
        """The id of where the page shows the field; empty where it does not."""
        is_shown = self.is_ranked if name == "q" else not self.is_ranked or name in {"from", "to"}
        return str(self[name].auto_id) if is_shown else ""

    def _as_written(self, parameters: QueryDict) -> dict[str, Any]:
        many = {name for name, field in self.base_fields.items() if isinstance(field, Boxes)}
        return {name: values if name in many else values[-1] for name, values in parameters.lists() if values}


def _ticked(boxes: forms.BoundField) -> list[Any]:
    choices: Any = boxes.field
    return [label for value, label in choices.choices if value in (boxes.value() or ())]
