"""Text kept in each content language, one plain column a language, read with a visible fallback."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, overload

from django.conf import settings
from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import get_language

LANGUAGES: tuple[str, ...] = tuple(code for code, _name in settings.LANGUAGES)


@dataclass(frozen=True, slots=True)
class Text:
    """A text together with the language it is in and the language that was asked for."""

    text: str
    language: str
    wanted: str
    source_language: str

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)

    @property
    def is_fallback(self) -> bool:
        """Shown because there is none in the reader's language."""
        return bool(self.text) and self.language != self.wanted

    @property
    def is_editorial(self) -> bool:
        """Put into this language by the editors: the record's sources are in another."""
        return bool(self.text) and self.language != self.source_language


class HasLanguage(Protocol):
    source_language: str


class Bilingual:
    """A model attribute that makes one column for each language: ``name = Bilingual(models.CharField, max_length=200)``
    gives ``name_en`` and ``name_ko`` to forms and queries, and ``person.name`` as a :class:`Text` to read.
    """

    def __init__(
        self, field: Callable[..., models.Field[Any, Any]], verbose_name: str | Any = "", **options: Any
    ) -> None:
        self.name = ""
        self.verbose_name = verbose_name
        # Made here and not later, since Django orders the columns of a model by when they were made.
        self.fields = {language: field(**{"blank": True, "default": "", **options}) for language in LANGUAGES}

    def contribute_to_class(self, model: type[models.Model], name: str) -> None:
        self.name = name
        for language, language_name in settings.LANGUAGES:
            field = self.fields[language]
            field.verbose_name = format_lazy(
                "{text} ({language})", text=self.verbose_name or name.replace("_", " "), language=language_name
            )
            model.add_to_class(f"{name}_{language}", field)
        setattr(model, name, self)

    @overload
    def __get__(self, record: None, model: type[models.Model]) -> Bilingual: ...
    @overload
    def __get__(self, record: HasLanguage, model: type[models.Model]) -> Text: ...
    def __get__(self, record: Any, model: type[models.Model]) -> Bilingual | Text:
        return self if record is None else self.read(record, get_language() or settings.LANGUAGE_CODE)

    def read(self, record: HasLanguage, language: str) -> Text:
        """The text in `language`, else in the record's own, else in any that has one; empty when none has."""
        language = language.split("-", maxsplit=1)[0]
        for candidate in (language, record.source_language, *LANGUAGES):
            if text := getattr(record, f"{self.name}_{candidate}", ""):
                return Text(text, candidate, language, record.source_language)
        return Text("", language, language, record.source_language)


def columns(name: str) -> tuple[str, ...]:
    """The columns behind a bilingual attribute, for forms, queries and constraints."""
    return tuple(f"{name}_{language}" for language in LANGUAGES)


def any_language(name: str) -> models.Q:
    """Holds where the text is there in at least one language."""
    condition = models.Q()
    for column in columns(name):
        condition |= ~models.Q(**{column: ""})
    return condition
