"""What the admin's forms of records ask and tell beside the columns: why, and what was refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.utils.translation import gettext_lazy as _

WHY = "why"

type Errors = Mapping[str, Sequence[tuple[str | None, str]]]  # by the prefix of a form: its field, and what is wrong


class RecordedForm(forms.ModelForm):
    """Mixed into the form of a record; what is decided anew for every request is set on a class made for it."""

    refused: ClassVar[Sequence[tuple[str | None, str]]] = ()

    why = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=2000,
        widget=AdminTextareaWidget(attrs={"rows": 2, "cols": 48}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            held = getattr(self.instance, name, None)
            if isinstance(field, forms.CharField) and isinstance(held, str) and held != held.strip():
                field.strip = False  # places in a text are counted from its first character

    def _get_validation_exclusions(self) -> set[str]:
        """A slug that is left empty is made when the record is written, and checked then."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded if self.cleaned_data.get("slug", "given") else {*excluded, "slug"}

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        tell(self, self.refused)


def tell(form: Any, errors: Iterable[tuple[str | None, str]]) -> None:
    for field, message in errors:
        form.add_error(field if field in form.fields else None, message)
