"""What a search finds beside positions: people, organizations, debates and the rest."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, prefetch_related_objects

from search import spelling
from search.analysis import fold
from search.find import Answer, Hydrated
from speakers.bilingual import LANGUAGES
from speakers.models import Affiliation, Organization, Person

_LETTERS = re.compile(r"[^\W_]+")
NAMED = ("person", "organization")  # those whose names are asked for


@dataclass(frozen=True, slots=True)
class Found:
    record: Model
    affiliation: Affiliation | None = None


@dataclass(frozen=True, slots=True)
class Beside:
    """The best of `total` records of one kind."""

    kind: str
    total: int
    found: tuple[Found, ...]

    @property
    def label(self) -> str:
        return str(self.found[0].record._meta.verbose_name_plural)


def beside(answer: Answer, found: Hydrated, affiliations: Mapping[int, Affiliation]) -> Iterator[Beside]:
    for kind, records in found.others.items():
        if records:
            listed = tuple(Found(record, _of_person(record, affiliations)) for record in records)
            yield Beside(kind, answer.others[kind].total, listed)


def called(question: str, others: Mapping[str, list[Model]]) -> list[Person | Organization]:
    """The people and organizations among `others` that the question is a name of: in any of its forms, in any order,
    spelled as it sounds, or in initials. Costs a query for each of the two kinds that is there.
    """
    named: list[Any] = [record for kind in NAMED for record in others.get(kind, ())]
    for kind in NAMED:
        prefetch_related_objects(others.get(kind, []), "names")
    asked = _read(question)
    return [record for record in named if asked.letters and any(map(_is_meant(asked, record), names(record)))]


def names(record: Person | Organization) -> list[str]:
    """Each once; reads what `called` fetched."""
    own = [getattr(record, f"name_{language}") for language in LANGUAGES]
    return list(dict.fromkeys(filter(None, (*own, *(name.text for name in record.names.all())))))


@dataclass(frozen=True, slots=True)
class _Asked:
    parts: tuple[str, ...]
    letters: str
    sounds: frozenset[str]


def _read(question: str) -> _Asked:
    parts = tuple(_LETTERS.findall(fold(question)))
    return _Asked(parts, "".join(parts), frozenset(spelling.asked_sounds(question.split())))


def _is_meant(asked: _Asked, record: Person | Organization) -> Callable[[str], bool]:
    def answers(name: str) -> bool:
        parts = _LETTERS.findall(fold(name))
        if asked.letters == "".join(parts) or sorted(asked.parts) == sorted(parts):
            return True
        if isinstance(record, Person):
            return not asked.sounds.isdisjoint(spelling.sounds(name))
        return asked.letters in spelling.initials(name)

    return answers


def _of_person(record: Model, affiliations: Mapping[int, Affiliation]) -> Affiliation | None:
    return affiliations.get(record.pk) if isinstance(record, Person) else None
