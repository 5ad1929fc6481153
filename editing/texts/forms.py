from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from debate.models import Source
from debate.texts import Cleaned, Lines
from editing.texts import incoming

LINES = [
    (Lines.AS_THEY_ARE, _("Blank lines part paragraphs; without any, every line is one")),
    (Lines.PARAGRAPHS, _("Every line is a paragraph")),
    (Lines.WRAPPED, _("Blank lines part paragraphs, and lines within one are to be joined")),
]


class TextForm(forms.Form):
    """A file comes before what was pasted. `cleaned` is what the source would keep."""

    cleaned: Cleaned

    text = forms.Field(  # takes any characters; which are kept is told
        label=_("Text"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 24, "aria-describedby": "text-help"}),
    )
    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ",".join(incoming.ACCEPTED), "aria-describedby": "file-help"}),
    )
    lines = forms.ChoiceField(label=_("Lines"), choices=LINES, required=False, widget=forms.RadioSelect)
    revision = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Why it changes"), required=False, max_length=1000)

    @classmethod
    def of(cls, source: Source) -> TextForm:
        return cls(initial={"text": source.text, "lines": Lines.AS_THEY_ARE, "revision": source.revision})

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        lines = Lines(said.get("lines") or Lines.AS_THEY_ARE)
        name = "file" if said.get("file") else "text"
        try:
            if name == "file":
                self.cleaned = incoming.of_file(said["file"], lines)
            else:
                self.cleaned = incoming.of_text(said.get("text") or "", lines)
        except ValidationError as error:
            self.add_error(name, error)
        return said
