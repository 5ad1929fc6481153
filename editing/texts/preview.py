"""What a text would be, and what would become of all that was read in the one before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from debate.locators import LocatorError, parse
from debate.models import Source
from debate.paragraphs import paragraphs
from debate.texts import Cleaned, Removed
from editing.texts.marks import OpenMark, marks_in, open_mark
from positions.marks import Fate, fates
from positions.models import Evidence
from review.publicity import is_published

PARAGRAPHS_SHOWN, OPEN_SHOWN, PLACES_SHOWN = 400, 60, 100


@dataclass(frozen=True, slots=True)
class Renamed:
    """A mark that is where it was, under another number."""

    evidence: Evidence
    locator: str


@dataclass(frozen=True, slots=True)
class Preview:
    """The counts are of all, the lists of as many as are shown."""

    text: str
    characters: int
    paragraph_count: int
    paragraphs: tuple[tuple[int, str], ...]
    removed: tuple[str, ...]
    warnings: tuple[str, ...]
    exact: int
    moved: int
    not_found: int
    is_first_text: bool
    renamed: tuple[Renamed, ...]
    open: tuple[OpenMark, ...]
    needs_reason: bool

    @property
    def marks(self) -> int:
        return self.exact + self.moved + self.not_found

    @property
    def more_paragraphs(self) -> int:
        return self.paragraph_count - len(self.paragraphs)

    @property
    def more_open(self) -> int:
        return self.moved + self.not_found - len(self.open)


def preview(source: Source, new: Cleaned) -> Preview:
    """Three queries, whatever was read in it."""
    several = list(marks_in(source))
    became = fates(several, new.text, source.text) if new.text else []
    words = [fate for fate in became if fate.found]
    states = [fate.found.state for fate in words if fate.found]
    numbered = paragraphs(new.text)
    places = [*(fate.values["locator"] for fate in became), *source.appearances.values_list("locator", flat=True)]
    left = [fate for fate in words if fate.values["state"] != Evidence.State.EXACT]
    return Preview(
        text=new.text,
        characters=len(new.text),
        paragraph_count=len(numbered),
        paragraphs=tuple((one.number, one.of(new.text)) for one in numbered[:PARAGRAPHS_SHOWN]),
        removed=tuple(_removed(new.removed)),
        warnings=tuple(_warnings(source, new.text, len(numbered), places)),
        exact=states.count("exact"),
        moved=states.count("moved"),
        not_found=states.count("not_found"),
        is_first_text=not source.text,
        renamed=tuple(_renamed(became))[:PLACES_SHOWN],
        open=tuple(open_mark(fate) for fate in sorted(left, key=_moved_first)[:OPEN_SHOWN]),
        needs_reason=is_published(source) or any(is_published(evidence) for evidence in several),
    )


def _moved_first(fate: Fate) -> tuple[bool, int]:
    return not (fate.found and fate.found.candidates), fate.evidence.pk


def _renamed(became: Iterable[Fate]) -> Iterator[Renamed]:
    for fate in became:
        is_sure = fate.found is None or fate.found.exact
        if is_sure and fate.evidence.locator and fate.values["locator"] != fate.evidence.locator:
            yield Renamed(fate.evidence, fate.values["locator"])


def _removed(counts: Mapping[Removed, int]) -> Iterator[str]:
    told = {
        Removed.MARKUP: ngettext(
            "%(number)d tag of links, pictures or letterforms",
            "%(number)d tags of links, pictures or letterforms",
            counts.get(Removed.MARKUP, 0),
        ),
        Removed.CONTROLS: ngettext(
            "%(number)d control character", "%(number)d control characters", counts.get(Removed.CONTROLS, 0)
        ),
        Removed.INVISIBLE: ngettext(
            "%(number)d character that nobody sees",
            "%(number)d characters that nobody sees",
            counts.get(Removed.INVISIBLE, 0),
        ),
        Removed.SPACES: ngettext(
            "spaces tidied at %(number)d place", "spaces tidied at %(number)d places", counts.get(Removed.SPACES, 0)
        ),
    }
    for kind, words in told.items():
        if number := counts.get(kind):
            yield words % {"number": number}


def _warnings(source: Source, text: str, count: int, places: Iterable[str]) -> Iterator[str]:
    if not text:
        if source.text:
            yield _("The text would be taken out. The marks in it stay as they are, with no text to show them in.")
        return
    if source.paragraph_count and source.paragraph_count != count:
        told = _("The source is recorded with %(before)d paragraphs, this text has %(now)d.")
        yield told % {"before": source.paragraph_count, "now": count}
    if beyond := sum(_is_beyond(place, count) for place in places):
        yield ngettext(
            "%(number)d place that was noted lies beyond the last paragraph.",
            "%(number)d places that were noted lie beyond the last paragraph.",
            beyond,
        ) % {"number": beyond}


def _is_beyond(place: str, count: int) -> bool:
    try:
        locator = parse(place)
    except LocatorError:
        return False
    return locator.unit == "paragraph" and locator.last > count
