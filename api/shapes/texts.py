"""Texts, dates and addresses as every resource gives them.

A shape is what the function beside it returns: the JSON, and the schema that describes it. What is annotated is a
description, and further JSON Schema where the type says too little.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache, wraps
from typing import Annotated, Any, TypedDict

from django.conf import settings
from django.utils import translation

from speakers import partial_dates
from speakers.bilingual import LANGUAGES, HasLanguage

URI = {"format": "uri"}
_REPEATED = 2_048  # rows of one kind that are remembered
_LANGUAGE = {"enum": list(LANGUAGES)}


def remembered[Told](tell: Callable[[Any], Told]) -> Callable[[Any], Told]:
    """Tells once of rows that are equal in all they hold, as the debate is on most pages of positions; and each time of
    a model, which may have changed since. What is told is never changed by those who get it.
    """
    told = lru_cache(maxsize=_REPEATED)(tell)

    @wraps(tell)
    def telling(record: Any) -> Told:
        return told(record) if isinstance(record, tuple) else tell(record)

    return telling


class Bilingual(TypedDict):
    """A text in both languages. What is in another than the source's language was put into it by the editors."""

    en: str | None
    ko: str | None
    source_language: Annotated[str, "The language of the source the record is read from.", _LANGUAGE]


class InOneLanguage(TypedDict):
    """A text where one language was asked for."""

    text: str
    language: Annotated[str, "Which it is in: another than was asked for where there is none.", _LANGUAGE]
    source_language: Annotated[str, "The language of the source the record is read from.", _LANGUAGE]


class PartialDate(TypedDict):
    """A date of which parts may be unknown."""

    edtf: Annotated[
        str, "As recorded, in EDTF; X stands for an unknown digit.", {"examples": ["XXXX-XX-12", "2024-05/.."]}
    ]
    earliest: Annotated[date | None, "The first day it can be; null where its year or that end is unknown."]
    latest: Annotated[date | None, "The last day it can be; null where its year or that end is unknown or open."]
    text: Annotated[str, "In English words.", {"examples": ["12th; month and year not given"]}]


class Reference(TypedDict):
    """Another record."""

    id: Annotated[str, "Lasting identity: a slug for what has a name, a short opaque id for all else."]
    url: Annotated[str, "The record in this API.", URI]
    html_url: Annotated[str, "The page where readers find it.", URI]


class Record(Reference):
    updated_at: Annotated[datetime, "When the record last changed."]


def bilingual(record: HasLanguage, name: str) -> Bilingual | None:
    """None where the text is in neither language."""
    english, korean = getattr(record, f"{name}_en"), getattr(record, f"{name}_ko")
    if not english and not korean:
        return None
    return {"en": english or None, "ko": korean or None, "source_language": record.source_language}


@lru_cache(maxsize=4096)
def partial_date(edtf: str) -> PartialDate | None:
    if not edtf:
        return None
    parsed = partial_dates.parse(edtf)
    with translation.override(settings.LANGUAGE_CODE):
        return {"edtf": edtf, "earliest": parsed.earliest, "latest": parsed.latest, "text": parsed.in_words()}
