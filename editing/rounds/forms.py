"""What is filled in on the screens of a round."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from debate.models import Appearance, Source
from positions.models import Certainty, Coding, CodingRound, Position, PositionKind, Stance, Wording
from review.refusals import Invalid, ReasonMissing, Refusal
from speakers.bilingual import LANGUAGES, columns

MOST_OFFERED = 300  # at once; where more appear in the debates of a source, one is found by typing
_CODES = "positions.add_coding"


def coders() -> QuerySet[User]:
    """Whoever may enter the admin and code; one query."""
    users: Any = get_user_model().objects
    found: QuerySet[User] = users.with_perm(_CODES, backend="django.contrib.auth.backends.ModelBackend")
    return found.filter(is_staff=True).order_by("username")


class Completed(AutocompleteSelect):
    """Shown again with what was sent, be it a key or not."""

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> Any:
        keys = [key for key in value if str(key).isdecimal() and len(str(key)) < 19]
        return super().optgroups(name, keys, attrs)


class Named(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return name_of(obj)


def name_of(user: User) -> str:
    return user.get_full_name() or user.get_username()


class RoundForm(forms.Form):
    source = forms.ModelChoiceField(
        Source.objects.defer("text"),
        label=_("Source"),
        widget=Completed(CodingRound._meta.get_field("source"), admin.site),
    )
    coders = Named(
        User.objects.none(),
        label=_("Coders"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Two to six people who code it without seeing what the others make of it."),
    )
    task = forms.CharField(
        label=_("What is to be coded"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example which paragraphs or propositions. The coders see it above the text."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["coders"].queryset = coders()  # type: ignore[attr-defined]


class AppearanceChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        as_what = "; ".join(str(capacity) for capacity in obj.capacities.all())
        return " · ".join(filter(None, (str(obj.speaker), as_what, str(obj.session))))


def appearances_on(source: Source) -> QuerySet[Appearance]:
    """Whoever appears in the debates of the source."""
    found = Appearance.objects.in_debates_of(source).filter(is_absent=False)
    return found.select_related("session").with_capacities().in_order()


class CodingForm(forms.ModelForm):
    """The text of the source's language comes first, the other may stay empty."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    appearance = AppearanceChoice(Appearance.objects.none(), label=_("Speaker"), empty_label="—")
    wording = forms.ModelChoiceField(
        Wording.objects.all(),
        label=_("Proposition"),
        widget=Completed(Coding._meta.get_field("wording"), admin.site),
    )
    stance = forms.ChoiceField(label=_("Stance"), choices=Stance, widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", "—"), *PositionKind.choices])
    certainty = forms.ChoiceField(label=_("How sure are you?"), choices=Certainty, initial=Certainty.HIGH)

    class Meta:
        model = Coding
        fields = [
            "locator", "quote", "appearance", "wording", "stance", *columns("condition"), "kind", *columns("summary"),
            "certainty", "note",
        ]  # fmt: skip
        widgets = {
            name: forms.Textarea(attrs={"rows": 2})
            for name in ("quote", "note", *columns("condition"), *columns("summary"))
        }

    def __init__(self, source: Source, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._offer(appearances_on(source))
        self.fields["locator"].required = not source.text
        self.fields["locator"].help_text = _("¶ 12, ¶ 2–3, p. 7 or 00:12:30")
        if source.text:
            self.fields["quote"].help_text = _("Copied from the text. The paragraph follows from it.")
        if self.instance.pk:
            self.fields["revision"].initial = self.instance.revision
        language = source.language if source.language in LANGUAGES else LANGUAGES[0]
        self.own, self.other = (
            [self[name] for name in (*columns("condition"), *columns("summary")) if name.endswith(language) is is_own]
            for is_own in (True, False)
        )

    def _offer(self, appearances: QuerySet[Appearance]) -> None:
        field: Any = self.fields["appearance"]
        if appearances.count() > MOST_OFFERED:
            field.widget = AutocompleteSelect(Coding._meta.get_field("appearance"), admin.site)
        field.queryset = appearances

    def _post_clean(self) -> None:
        """What the model and the database say to it is told by `review`, of the whole reading."""

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not given.get("locator") and not given.get("quote"):
            self.add_error("quote", _("Copy the words from the text, or name the paragraph."))
        return given

    @property
    def values(self) -> dict[str, Any]:
        """As `record_coding` takes them."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "revision"}
        return given | {name: given[name].pk for name in ("appearance", "wording")}


class SettleForm(forms.Form):
    """Another reading than the coders', on the passage of one of them; and why it is settled so."""

    rests_on = forms.ModelChoiceField(Coding.objects.none(), label=_("Passage of"), widget=forms.RadioSelect)
    stance = forms.ChoiceField(label=_("Stance"), choices=[("", "—"), *Stance.choices])
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", "—"), *PositionKind.choices])
    reason = forms.CharField(
        label=_("Why so?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed where the coders differ, and for what none of them read or what is dropped."),
    )

    def __init__(self, readings: list[Coding], held: Iterable[Position], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.held = {str(position.pk): position for position in held}
        self.fields["into"] = forms.ChoiceField(
            label=_("Where it goes"),
            required=False,
            choices=[("", _("a draft of its own")), *((key, _described(one)) for key, one in self.held.items())],
            widget=forms.RadioSelect,
            help_text=_(
                "A position that is there already takes stance, kind and condition, and keeps its summary and evidence."
                " Where it is published, the change waits for a reviewer."
            ),
        )
        self.readings = {str(reading.pk): reading for reading in readings}
        self.fields["rests_on"] = forms.ChoiceField(
            label=_("Passage of"),
            choices=[(key, name_of(reading.coder)) for key, reading in self.readings.items()],
            widget=forms.RadioSelect,
        )
        for name in (*columns("condition"), *columns("summary")):
            label = Coding._meta.get_field(name).verbose_name  # type: ignore[union-attr]
            self.fields[name] = forms.CharField(
                label=capfirst(label), required=False, widget=forms.Textarea(attrs={"rows": 2})
            )
        self.order_fields(["into", "rests_on", "stance", *columns("condition"), "kind", *columns("summary"), "reason"])


def _described(position: Position) -> str:
    parts = (position.public_id, position.get_stance_display(), str(position.summary), position.get_status_display())
    return " · ".join(parts)


SHOWN = {
    "all": _("all units"),
    "differ": _("where they differ"),
    "alone": _("that one coder alone saw"),
    "waiting": _("not settled yet"),
}


class ShownForm(forms.Form):
    """Which units are listed."""

    show = forms.ChoiceField(label=_("Show"), choices=list(SHOWN.items()), required=False)
    proposition = forms.ChoiceField(label=_("Proposition"), required=False)

    def __init__(self, propositions: dict[int, str], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["proposition"].choices = [  # type: ignore[attr-defined]
            ("", _("all propositions")),
            *((str(key), text) for key, text in propositions.items()),
        ]


def tell(form: forms.BaseForm, refusal: Refusal) -> None:
    """Each mistake at its field, what belongs to none above the form."""
    if not isinstance(refusal, Invalid):
        at = "reason" if isinstance(refusal, ReasonMissing) and "reason" in form.fields else None
        form.add_error(at, str(refusal))
        return
    for mistake in refusal.mistakes:
        column = str(mistake.path[0]) if mistake.path else ""
        name = {"round_coders": "coders"}.get(column, column)
        form.add_error(name if name in form.fields else None, mistake.message)
