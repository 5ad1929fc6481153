"""A record as it is cited, before it is written in any style or format."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from debate.models import Event, Source
from pages import known_dates, titles
from pages.citing.derived import Derived
from pages.reader import reader_language
from pages.templatetags.site import public_address, site_name
from positions.models import Position, Proposition, Topic
from speakers.models import Organization, Person
from speakers.partial_dates import in_words

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
KINDS: dict[type[Any], str] = {
    Event: "debate",
    Person: "speaker",
    Organization: "organization",
    Topic: "topic",
    Proposition: "proposition",
    Position: "position",
    Source: "source",
}


@dataclass(frozen=True, slots=True)
class Occasion:
    """The debate that is cited, or that something cited was said in; `date` is EDTF, `place` empty if not given."""

    title: str
    date: str
    place: str


@dataclass(frozen=True, slots=True)
class Citation:
    """`year` is that of the debate or the source, None where it is not known or the record is of neither. Which state
    of the page is cited is told by `version`, that of the record, and the day of access. `circumstances` are in
    which capacity, where and when it was said, in words, as far as they are given.
    """

    key: str
    title: str
    medium: str
    circumstances: str
    author: str
    container: str
    year: int | None
    address: str
    version: int
    accessed: date
    language: str
    title_language: str
    occasion: Occasion | None = None

    @property
    def description(self) -> str:
        return ", ".join(filter(None, (self.medium, self.circumstances)))

    @property
    def version_in_words(self) -> str:
        return _("Version %(number)d of the record") % {"number": self.version}


def cited(record: Any, version: int, accessed: date) -> Citation:
    """A record or what is derived from some. It is the editors' reading, so they are its author; a speaker is named in
    the title. No query.
    """
    occasion = _occasion(record)
    dated = record.date if isinstance(record, Source) else occasion.date if occasion else ""
    kind = record.kind if isinstance(record, Derived) else KINDS[type(record)]
    return Citation(
        key=f"{kind}-{getattr(record, 'slug', '') or record.public_id}-v{version}",
        title=_on_one_line(titles.title(record)),
        medium=capfirst(_medium(record)),
        circumstances=_circumstances(record, occasion),
        author=editors(),
        container=site_name(),
        year=known_dates.year(dated),
        address=public_address(record.get_absolute_url()),
        version=version,
        accessed=accessed,
        language=reader_language(),
        title_language=titles.language(record),
        occasion=occasion,
    )


def editors() -> str:
    return _("Editors of %(site)s") % {"site": site_name()}


def _occasion(record: Any) -> Occasion | None:
    event = record.event if isinstance(record, Position | Derived) else record
    if not isinstance(event, Event):
        return None
    place = titles.narrow_to_wide(event.venue_name, event.venue_locality)
    return Occasion(_on_one_line(str(event.title)), event.date, _on_one_line(place))


def _medium(record: Any) -> str:
    match record:
        case Event():
            return _("Record of a debate: %(kind)s") % {"kind": record.get_kind_display()}
        case Derived():
            return record.medium
        case Position():
            return _("Position as read by the editors")
        case Person():
            return _("Positions of a speaker")
        case Organization():
            return _("Positions stated for and around an organization")
        case Topic():
            return _("Topic with its propositions")
        case Proposition():
            return _("Proposition worded by the editors")
    return _("Source of the record: %(kind)s") % {"kind": record.get_kind_display()}


def _circumstances(record: Any, occasion: Occasion | None) -> str:
    if not occasion:
        return ""
    when_and_where = ", ".join(filter(None, (in_words(occasion.date), occasion.place)))
    if not isinstance(record, Position):
        return when_and_where
    stated_at = _("stated at “%(debate)s”") % {"debate": occasion.title}
    return "; ".join((_on_one_line(titles.stated_as(record)), ", ".join(filter(None, (stated_at, when_and_where)))))


def _on_one_line(text: str) -> str:
    """Formats of one line a field would take what follows a line break for another field."""
    return " ".join(_CONTROL.sub(" ", text).split())
