"""Columns whose value follows from another column of the same row, and the EDTF text some of them follow from."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_lazy as _

from speakers import partial_dates
from speakers.bilingual import LANGUAGES, Bilingual

_EDTF_HELP = _("EDTF: 2025, 2025-02, 2025-02-12, XXXX-XX-12 (X: not known), 2024-05/.. (still), 2024-05/ (end unknown)")


def validate_edtf(text: str) -> None:
    try:
        partial_dates.parse(text)
    except partial_dates.PartialDateError as error:
        raise ValidationError(str(error), code="not_edtf") from error


class EdtfField(models.CharField):
    """A partial date as written, in the EDTF forms of `speakers.partial_dates`; empty when nothing is known."""

    default_validators = [validate_edtf]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs = {"max_length": 32, "blank": True, "default": "", "help_text": _EDTF_HELP, **kwargs}
        super().__init__(*args, **kwargs)

    def get_prep_value(self, value: Any) -> Any:
        """Refuses, also outside forms, what its bounds could not be read from."""
        text = super().get_prep_value(value)
        if isinstance(text, str) and text:
            partial_dates.parse(text)
        return text


class Following(models.Field):
    """Set from other columns whenever the row is saved, by `save()` and in bulk alike."""

    def __init__(self, *args: Any, of: str | tuple[str, ...] = (), **kwargs: Any) -> None:
        self.of = (of,) if isinstance(of, str) else tuple(of)
        super().__init__(*args, **{"editable": False, **kwargs})

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}

    def follow(self, record: models.Model) -> Any:
        raise NotImplementedError

    def pre_save(self, record: models.Model, add: bool) -> Any:
        value = self.follow(record)
        setattr(record, self.attname, value)
        return value


class EarliestDayField(Following, models.DateField):
    """The first day that the EDTF column `of` can mean; NULL where its year or that end is unknown."""

    bound = "earliest"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"null": True, "blank": True, **kwargs})

    def follow(self, record: models.Model) -> date | None:
        text = getattr(record, self.of[0])
        bound: date | None = getattr(partial_dates.parse(text), self.bound) if text else None
        return bound


class LatestDayField(EarliestDayField):
    """The last day that the EDTF column `of` can mean; NULL where its year or that end is unknown or open."""

    bound = "latest"


class SortKeyField(Following, models.CharField):
    """The first filled column of `of`, folded, in code point order on both databases."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": 200, "default": "", "blank": True, **kwargs})

    def follow(self, record: models.Model) -> str:
        texts = (str(getattr(record, column)) for column in self.of)
        return fold(next(filter(None, texts), ""))[: self.max_length or None]

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        binary = "C" if connection.vendor == "postgresql" else "BINARY"
        return {**super().db_parameters(connection), "collation": binary}


class SortKeys:
    """One sort key for each language, from the first bilingual attribute of `of` that is filled in that language,
    else in another: ``sort_key = SortKeys("sort_name", "name")`` gives ``sort_key_en`` and ``sort_key_ko``.
    """

    def __init__(self, *of: str) -> None:
        self.of = of

    def contribute_to_class(self, model: type[models.Model], name: str) -> None:
        for language in LANGUAGES:
            languages = (language, *(other for other in LANGUAGES if other != language))
            columns = tuple(f"{attribute}_{code}" for code in languages for attribute in self.of)
            model.add_to_class(f"{name}_{language}", SortKeyField(of=columns))


def fold(text: str) -> str:
    """`text` without case, accents and punctuation, for sorting; Hangul keeps its dictionary order."""
    bare = "".join(
        character for character in unicodedata.normalize("NFKD", text) if not unicodedata.combining(character)
    )
    words = re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", bare).casefold())
    return words.strip()


__all__ = ["Bilingual", "EarliestDayField", "EdtfField", "LatestDayField", "SortKeyField", "SortKeys", "fold"]
