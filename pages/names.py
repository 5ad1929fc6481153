"""Every form in which somebody's name is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from speakers.bilingual import LANGUAGES
from speakers.models import Organization, Person


@dataclass(frozen=True, slots=True)
class NameForm:
    text: str
    language: str
    kind: str
    period: str = ""


def name_forms(record: Person | Organization) -> list[NameForm]:
    """The names of the record in each language and its other names; reads what `for_detail` fetched."""
    others = [NameForm(name.text, name.language, name.get_kind_display(), name.period) for name in record.names.all()]
    known = {(form.text, form.language) for form in others}
    return [form for form in _own(record) if (form.text, form.language) not in known] + others


def _own(record: Person | Organization) -> Iterator[NameForm]:
    for language in LANGUAGES:
        if text := getattr(record, f"name_{language}"):
            editorial = language != record.source_language
            yield NameForm(text, language, _("added by the editors") if editorial else _("name in the record"))
