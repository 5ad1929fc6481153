from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.tables.kinds import KINDS


class UploadForm(forms.Form):
    kind = forms.ChoiceField(label=_("What is in it"), choices=[], widget=forms.RadioSelect)
    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV or XLSX, up to 10 MB and 5,000 rows."),
        allow_empty_file=True,  # which is told where it is read
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )

    def __init__(self, *args: Any, kinds: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(key, KINDS[key].label) for key in kinds]


class ConfirmForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"), max_length=500, help_text=_("Kept in the history of every record that changes.")
    )
    fingerprint = forms.CharField(widget=forms.HiddenInput)
