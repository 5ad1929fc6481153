"""The fields of the screen. There is one for each text, in the language of the source: no other is asked for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from debate.locators import validate_locator
from debate.models import (
    AppearanceRole,
    Basis,
    EventKind,
    OrganizationRole,
    Quoting,
    SessionKind,
    SourceKind,
    validate_languages,
)
from editing.entering import words
from editing.entering.pasting import MOST_ROWS
from speakers.fields import validate_edtf
from speakers.models import WEB_ADDRESS

ROWS_AT_FIRST, ROWS_MORE = 8, 10
NEW, ANOTHER, LABEL = "new", "another", "label"
AN_ORGANIZATION = "organization:"
_CHOICE = RegexValidator(r"^(new|another|label|[0-9]{1,18}|organization:(new|[0-9]{1,18}))?$")

EDTF_FORMS = _("2025-02-12; 2025-02 or 2025 where no more is known; XXXX-XX-12 (X: not known); 2025-02-12/2025-02-13")


def _text(label: Any, longest: int, *, required: bool = False, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, required=required, **options)


def _several_lines(label: Any, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs={"rows": 3}), **options)


def _date(label: Any) -> forms.CharField:
    return _text(label, 32, validators=[validate_edtf], help_text=EDTF_FORMS)


def _choice() -> forms.CharField:
    return forms.CharField(required=False, max_length=40, validators=[_CHOICE])


class EventForm(forms.Form):
    language = forms.ChoiceField(
        label=_("language of the source"),
        choices=settings.LANGUAGES,
        help_text=_(
            "All texts on this page are in it. The other language can be added later, in the form of the debate."
        ),
    )
    title = _text(_("title"), 300, required=True)
    subtitle = _text(_("subtitle"), 300)
    kind = forms.ChoiceField(label=_("kind"), choices=EventKind)
    date = _date(_("date"))
    venue_name = _text(_("venue"), 200)
    venue_room = _text(_("room"), 200)
    venue_locality = _text(_("town"), 200)
    venue_country = _text(
        _("country"),
        2,
        help_text=_("ISO 3166, as in KR"),
        validators=[RegexValidator(r"^[A-Z]{2}$", _("Two capital letters, as in KR."))],
    )
    languages = _text(_("languages spoken"), 60, help_text=_("Codes with commas between them: ko, en"))
    summary = _several_lines(
        _("summary"),
        help_text=_("In your own words, two or three sentences: what was it about?"),
    )

    def clean_venue_country(self) -> str:
        return str(self.cleaned_data["venue_country"]).upper()

    def clean_languages(self) -> list[str]:
        codes = [code.strip().lower() for code in self.cleaned_data["languages"].split(",") if code.strip()]
        validate_languages(codes)
        return codes


class SourceForm(forms.Form):
    known = _text(
        _("source in the record"),
        500,
        help_text=_("Words of its title, its publisher or its address. Empty: describe a new one."),
    )
    chosen = _choice()
    kind = forms.ChoiceField(label=_("kind"), choices=SourceKind)
    title = _text(_("title as printed"), 500)
    publisher = _text(_("publisher"), 200)
    author = _text(_("author"), 300)
    url = _text(_("address"), 1000, validators=[WEB_ADDRESS])
    archived_url = _text(_("archived at"), 1000, validators=[WEB_ADDRESS])
    language = _text(_("language"), 12, help_text=_("Empty: the language chosen above."))
    date = _date(_("date"))
    accessed = forms.DateField(
        label=_("accessed on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    licence = _text(_("licence"), 100)
    quoting = forms.ChoiceField(
        label=_("may be quoted in public"),
        choices=Quoting,
        help_text=_("What the licence or the law lets us show. Where you are not sure: nothing."),
    )
    note = _several_lines(_("note"))

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if not values.get("known") and not values.get("title") and "title" not in self.errors:
            self.add_error("title", _("Name the source: one in the record, or the title of a new one as printed."))
        return values


class HostForm(forms.Form):
    organization = _text(_("organization"), 200)
    affiliated = _choice()
    role = forms.ChoiceField(label=_("role"), choices=OrganizationRole)

    @property
    def is_empty(self) -> bool:
        return not said(self, "organization")


class SessionForm(forms.Form):
    title = _text(_("title"), 300)
    kind = forms.ChoiceField(label=_("kind"), choices=[("", "—"), *SessionKind.choices], required=False)

    @property
    def is_empty(self) -> bool:
        return not said(self, "title") and not said(self, "kind")

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("title") and not self.cleaned_data.get("kind"):
            self.add_error("kind", _("What kind of session is it?"))
        return self.cleaned_data


class RowForm(forms.Form):
    """One line of who appeared."""

    name = _text(_("name"), 200)
    person = _choice()
    organization = _text(_("organization"), 200)
    affiliated = _choice()
    role = _text(pgettext_lazy("of somebody in an organization", "role"), 200)
    unit = _text(_("unit"), 200)
    session = _text(_("session"), 300)
    role_there = _text(_("role there"), 100)
    basis = _text(_("basis"), 100)
    name_as_printed = _text(_("name as printed"), 200)
    organization_as_printed = _text(_("organization as printed"), 200)
    locator = _text(_("place in the source"), 100, validators=[validate_locator])
    doubtful = forms.BooleanField(label=_("doubtful"), required=False)
    note = _text(_("note"), 1000)

    @property
    def is_empty(self) -> bool:
        """Nothing was written: a tick or a choice without a word is none."""
        return not any(said(self, name) for name in self.fields if name not in {"person", "affiliated", "doubtful"})

    def clean_role_there(self) -> str:
        return _code(AppearanceRole, self.cleaned_data["role_there"])

    def clean_basis(self) -> str:
        return _code(Basis, self.cleaned_data["basis"])


def _code(choices: Any, text: str) -> str:
    code = words.code_of(choices, text)
    if text and not code:
        known = ", ".join(str(label) for label in choices.labels)
        raise ValidationError(_("Not known: “%(text)s”. Write one of: %(known)s.") % {"text": text, "known": known})
    return code


def said(form: forms.BaseForm, name: str) -> str:
    """What was written into the field, as it was written."""
    return str(form[name].value() or "").strip()


class Rows(BaseFormSet):
    """Rows, of which the empty ones count for nothing."""

    @property
    def filled(self) -> list[Any]:
        return [form for form in self.forms if not form.is_empty]


def _rows(form: type[forms.Form], extra: int, most: int) -> Any:
    return formset_factory(form, formset=Rows, extra=extra, max_num=most, absolute_max=most + ROWS_MORE)


HostRows = _rows(HostForm, 3, 40)
SessionRows = _rows(SessionForm, 3, 60)
AppearanceRows = _rows(RowForm, ROWS_AT_FIRST, MOST_ROWS)
