"""Marks on what a question found in a text, and where else it stands if the text shown does not have it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django import template
from django.db.models import Model
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from pages.reader import reader_language
from pages.templatetags.texts import language_name
from positions.models import Position
from search.marking import Piece, Sought, excerpt
from search.marking import marked as in_pieces
from speakers.bilingual import LANGUAGES, Text

register = template.Library()


class Marked:
    """A record as it is, but for marks in all of its texts and in those of the records that it leads to."""

    def __init__(self, record: Model, wanted: Sought) -> None:
        self._record = record
        self._wanted = wanted

    def __getattr__(self, name: str) -> Any:
        return marked(getattr(self._record, name), self._wanted)

    @property
    def elsewhere(self) -> Elsewhere | None:
        return found_elsewhere(self._record, self._wanted) if isinstance(self._record, Position) else None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A text of a position in which the question was found, though the summary shown does not have it."""

    label: str
    language: str
    text: SafeString


@register.filter
def marked(value: Any, wanted: Sought | None) -> Any:
    """A text, record or list of records with marks; anything else is as it was."""
    if not wanted:
        return value
    match value:
        case Text():
            return replace(value, text=_in_html(in_pieces(value.text, wanted)))
        case Model():
            return Marked(value, wanted)
        case list():
            return [marked(one, wanted) for one in value]
    return value


def found_elsewhere(position: Position, wanted: Sought) -> Elsewhere | None:
    """An excerpt that says why the position was found, where the summary shown does not: from what is quoted, or else
    from what stands in no text shown. Reads what `for_list` fetched.
    """
    if _has_mark(str(position.summary), wanted):
        return None
    quotes = _first(_quotes(position), wanted)
    if quotes or any(_has_mark(text, wanted) for text in _shown(position)):
        return quotes
    return _first(_not_shown(position), wanted)


type _Labelled = tuple[str, str, str]  # what it is, its language, the text


def _first(texts: Iterable[_Labelled], wanted: Sought) -> Elsewhere | None:
    for label, language, text in texts:
        if found := excerpt(text, wanted):
            return Elsewhere(label, language, _in_html(found))
    return None


def _quotes(position: Position) -> Iterator[_Labelled]:
    for evidence in position.evidence.all():
        if evidence.is_quotable:
            yield _("quote"), evidence.quote_language, evidence.quote


def _shown(position: Position) -> Iterator[str]:
    appearance = position.appearance
    named = appearance.person or appearance.organization
    texts: list[Any] = [position.condition, position.wording.text, named.name if named else appearance.label]
    texts += [position.event.title] if position.event else []
    for capacity in position.stated_as:
        texts += [capacity.role, capacity.unit, capacity.organization_name]
    yield from map(str, texts)


def _not_shown(position: Position) -> Iterator[_Labelled]:
    """The other languages of what is shown, and the topics."""
    for language in LANGUAGES:
        if language != reader_language():
            for text in _bilingual(position, language):
                yield language_name(language), language, text
    for topic in position.proposition.public_topics:  # type: ignore[union-attr]  # fetched by for_list
        for language in LANGUAGES:
            yield _("topic"), language, getattr(topic, f"name_{language}")


def _bilingual(position: Position, language: str) -> Iterator[str]:
    records: list[tuple[Any, str]] = [
        (position, "summary"),
        (position, "condition"),
        (position.wording, "text"),
        (position.appearance.person or position.appearance.organization, "name"),
        *((capacity, name) for capacity in position.stated_as for name in ("organization_name", "role", "unit")),
        (position.event, "title"),
    ]
    yield from (getattr(record, f"{name}_{language}") for record, name in records if record)


def _has_mark(text: str, wanted: Sought) -> bool:
    return any(piece.is_marked for piece in in_pieces(text, wanted))


def _in_html(pieces: Iterable[Piece]) -> SafeString:
    return format_html_join("", "{}", ((_piece(piece),) for piece in pieces))


def _piece(piece: Piece) -> SafeString:
    return format_html("<mark>{}</mark>" if piece.is_marked else "{}", piece.text)
