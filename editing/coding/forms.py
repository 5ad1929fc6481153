"""What a coder says about a passage, checked field by field."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from debate.locators import validate_locator
from debate.models import AppearanceRole, Capacity, Session, Source, refuse_beyond_the_end
from editing.coding.answers import Mistake, Refused, mistaken
from editing.coding.offering import appearances_of
from positions.anchoring import Anchor, NotInText, anchor
from positions.models import Certainty, PositionKind, Proposition, Stance, Topic
from speakers.bilingual import LANGUAGES, columns
from speakers.models import Person

LONGEST_QUOTE = 5_000  # characters; who quotes more, quotes no passage
_LONGEST_TEXT = 5_000
_FARTHEST = 2**31 - 1
_PLACE = ("start", "end", "locator")
_NO_WORDS: Mapping[str, Any] = {
    **dict.fromkeys(("quote", "quote_language", "prefix", "suffix", "state"), ""),
    "start": None,
    "end": None,
}


class PlaceForm(forms.Form):
    """Where in the source: words of its text, counted in code points, or a place by its locator alone."""

    start = forms.IntegerField(min_value=0, max_value=_FARTHEST, required=False)
    end = forms.IntegerField(min_value=0, max_value=_FARTHEST, required=False)
    quote = forms.CharField(required=False, strip=False, max_length=LONGEST_QUOTE + 100)
    text_hash = forms.CharField(required=False, max_length=64)
    locator = forms.CharField(required=False, max_length=100, validators=[validate_locator])
    revision = forms.IntegerField(min_value=1, max_value=_FARTHEST, required=False)
    reason = forms.CharField(required=False, max_length=500)

    def __init__(self, source: Source, data: Mapping[str, Any]) -> None:
        super().__init__(dict(data))
        self.source = source

    @property
    def names_a_place(self) -> bool:
        return any(self.cleaned_data.get(name) not in (None, "") for name in _PLACE)

    def place(self) -> dict[str, Any]:
        """The columns of a piece of evidence; raises Refused where the words are not those of the text."""
        if self.cleaned_data["start"] is not None:
            return self._anchored()
        return {"source": self.source.pk, "locator": self.cleaned_data["locator"], **_NO_WORDS}

    def _anchored(self) -> dict[str, Any]:
        values = self.cleaned_data
        if values["text_hash"] != self.source.text_hash:
            raise Refused(HTTPStatus.CONFLICT, _("The text of the source was changed. Reload the page."), reload=True)
        found = self._anchor(values["start"], values["end"] or 0)
        if self.source.text[values["start"] : values["end"]].strip() != values["quote"].strip():
            raise mistaken("place", _("These words are not at this place. Reload the page and choose them again."))
        return {
            "source": self.source.pk,
            "locator": found.locator,
            "quote": found.quote,
            "quote_language": self.source.language,
            "prefix": found.prefix,
            "suffix": found.suffix,
            "start": found.start,
            "end": found.end,
            "state": "exact",
        }

    def _anchor(self, start: int, end: int) -> Anchor:
        try:
            found = anchor(self.source.text, start, end)
        except NotInText as error:
            raise mistaken("place", _("Choose some words of the text.")) from error
        if len(found.quote) > LONGEST_QUOTE:
            message = _("Choose a shorter passage: at most %(count)d characters.")
            raise mistaken("place", message % {"count": LONGEST_QUOTE})
        return found

    def clean(self) -> dict[str, Any]:
        refuse_beyond_the_end(self.source, self.cleaned_data.get("locator", ""))
        return self.cleaned_data


class StatementForm(PlaceForm):
    """Who takes which stance on what."""

    proposition = forms.ModelChoiceField(Proposition.objects.all(), to_field_name="slug", required=False)
    topics = forms.ModelMultipleChoiceField(Topic.objects.all(), to_field_name="slug", required=False)
    person = forms.ModelChoiceField(Person.objects.all(), to_field_name="slug", required=False)
    role = forms.ChoiceField(choices=AppearanceRole.choices, required=False)
    stance = forms.ChoiceField(choices=Stance.choices)
    kind = forms.ChoiceField(choices=PositionKind.choices)
    certainty = forms.ChoiceField(choices=Certainty.choices, required=False)  # in a round, as the note
    note = forms.CharField(required=False, max_length=_LONGEST_TEXT)
    passage = forms.CharField(required=False, max_length=20)
    id = forms.RegexField(r"[a-z][a-z0-9]{7}", required=False)  # of a new one, so that asking again makes no second

    def __init__(self, source: Source, data: Mapping[str, Any]) -> None:
        super().__init__(source, data)
        appearances = appearances_of(source)
        sessions = Session.objects.filter(event__in=source.events.all())
        capacities = Capacity.objects.filter(appearance__in=appearances)
        self.fields["appearance"] = _one_of(appearances)
        self.fields["session"] = _one_of(sessions)
        self.fields["capacities"] = forms.ModelMultipleChoiceField(
            capacities, to_field_name="public_id", required=False
        )
        for name in columns("wording"):
            self.fields[name] = forms.CharField(required=False, max_length=500)
        for name in (*columns("condition"), *columns("summary")):
            self.fields[name] = forms.CharField(required=False, max_length=_LONGEST_TEXT)

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        self._check_speaker(values)
        self._require("proposition", _("Choose a proposition, or word a new one."), "proposition", *columns("wording"))
        self._require("summary", _("Say in your own words what was said."), *columns("summary"))
        if values.get("stance") == Stance.CONDITIONAL:
            self._require("condition", _("Say on which condition."), *columns("condition"))
        return values

    def _check_speaker(self, values: dict[str, Any]) -> None:
        self._require("appearance", _("Choose a speaker."), "appearance", "person")
        if values.get("person") and not values.get("appearance"):
            self._require("session", _("Say in which session they spoke."), "session")
            self._require("role", _("Say in which role they spoke."), "role")

    def _require(self, field: str, message: str, *names: str) -> None:
        """One of them is filled; one that is wrong is told of already."""
        if not any(self.cleaned_data.get(name) or name in self.errors for name in names):
            self.add_error(field if field in self.fields else f"{field}_{self._first_language}", message)

    @property
    def _first_language(self) -> str:
        return language_of(self.source)

    def by_language(self, name: str, column: str = "") -> dict[str, str]:
        return {f"{column or name}_{language}": self.cleaned_data[f"{name}_{language}"] for language in LANGUAGES}


def _one_of(records: Any) -> forms.ModelChoiceField[Any]:
    return forms.ModelChoiceField(records, to_field_name="public_id", required=False)


def language_of(source: Source) -> str:
    """The content language that the source is in; of one in another, that of its own record."""
    written = source.language.partition("-")[0].lower()
    return written if written in LANGUAGES else source.source_language


def checked[F: PlaceForm](form: F) -> F:
    """Raises Refused with what is wrong, by field."""
    if not form.is_valid():
        mistakes = [Mistake(field, str(message)) for field, several in form.errors.items() for message in several]
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, _("Something is missing or wrong."), mistakes)
    return form
