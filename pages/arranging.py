"""In which of several ways a page puts its positions together: ``?by=``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from pages.choosing import chosen

PARAMETER = "by"


@dataclass(frozen=True, slots=True)
class Way:
    code: str
    label: str
    is_current: bool

    @property
    def query(self) -> str:
        return f"?{PARAMETER}={self.code}"


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The way that was asked for, or else the first of those there are."""

    code: str
    ways: tuple[Way, ...]


def arranged(parameters: QueryDict, labels: Mapping[str, str]) -> Arrangement:
    """Raises NotUnderstood for a way that is none of `labels`."""
    code = chosen(parameters, PARAMETER, tuple(labels))
    return Arrangement(code, tuple(Way(way, label, way == code) for way, label in labels.items()))
