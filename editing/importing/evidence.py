"""Where the positions of a table were read: its sources, places and quotes as rows of evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from debate import locators
from debate.models import Source, refuse_beyond_the_end
from debate.paragraphs import paragraphs
from editing.importing.places import Sources
from editing.importing.plan import Difference, Planning
from exchange.tables.kinds import Entry
from positions.anchoring import anchor
from positions.models import Evidence

type Values = dict[str, Any]

_ANCHORED = ("quote", "prefix", "suffix", "start", "end")


@dataclass(slots=True)
class Reading:
    """Reads the evidence of one row; what is wrong with it goes to `planning`."""

    entry: Entry
    sources: Sources
    planning: Planning
    event: int
    is_sound: bool = True

    def rows(self) -> list[Values]:
        """The columns of each piece of evidence that the row names."""
        named, places = self.entry.get("source", ()), self.entry.get("locator", ())
        found = [self._source(text) for text in named]
        if any(places) and len(places) > len(named):
            self._wrong("locator", _("There are more places than sources. Name for each place its source."))
        if ("quote" in self.entry or "quote_state" in self.entry) and not named:
            self._wrong("quote", _("Name the source that the words are in."))
        rows: list[Values] = []
        for number, source in enumerate(found):
            locator = places[number] if number < len(places) else ""
            if source is not None and self._is_within(source, locator):
                rows.append({"source": source, "locator": locator})
        if self.is_sound and rows and "quote" in self.entry:
            rows[0] |= self._quoted(rows[0]["source"], rows[0]["locator"], self.entry.get("quote"))
        return rows

    def _wrong(self, column: str, message: str) -> None:
        self.is_sound = False
        self.planning.wrong(self.entry.wrong(column, message))

    def _source(self, text: str) -> Source | None:
        found = self.sources.called(text, self.event)
        if len(found) == 1:
            return found[0]
        if found:
            ids = ", ".join(one.public_id for one in found)
            self._wrong("source", _("Several sources are called so. Write the id of one: %(ids)s.") % {"ids": ids})
        else:
            message = _("There is no source “%(text)s”. Write its id, its web address or its whole title.")
            self._wrong("source", message % {"text": text})
        return None

    def _is_within(self, source: Source, locator: str) -> bool:
        try:
            refuse_beyond_the_end(source, locator)
        except ValidationError as error:
            self._wrong("locator", " ".join(error.messages))
            return False
        return True

    def _quoted(self, source: Source, locator: str, quote: str) -> Values:
        """Looked up in the text where there is one; else the row has to say whether it is there."""
        if not source.text:
            if "quote_state" not in self.entry:
                message = _(
                    "This source has no text here in which the words could be looked up. Say in a column “state of the"
                    " quote” whether they are there: exact, moved or not_found."
                )
                self._wrong("quote", message)
                return {}
            return {"quote": quote, "state": self.entry.get("quote_state")}
        starts = _found(source.text, quote, locator)
        if not starts:
            message = _("These words are not in the text of the source there. Copy them exactly from it.")
            self._wrong("quote", message)
            return {}
        if len(starts) > 1:
            message = ngettext(
                "These words are %(count)d time in the text. Give the paragraph.",
                "These words are %(count)d times in the text. Give the paragraph, or more words.",
                len(starts),
            )
            self._wrong("quote", message % {"count": len(starts)})
            return {}
        found = anchor(source.text, starts[0], starts[0] + len(quote))
        anchored = {name: getattr(found, name) for name in _ANCHORED}
        return {**anchored, "locator": locator or found.locator, "state": Evidence.State.EXACT.value}


def _found(text: str, quote: str, locator: str) -> list[int]:
    """Where the words begin, within the paragraphs that the place names."""
    starts = []
    spans = _spans(text, locator)
    start = text.find(quote)
    while start >= 0:
        if spans is None or any(first <= start and start + len(quote) <= last for first, last in spans):
            starts.append(start)
        start = text.find(quote, start + 1)
    return starts


def _spans(text: str, locator: str) -> list[tuple[int, int]] | None:
    if not locator or (place := locators.parse(locator)).unit != "paragraph":
        return None
    several = paragraphs(text)
    return [
        (several[first - 1].start, several[min(last, len(several)) - 1].end)
        for first, last in place.spans
        if first <= len(several)
    ]


def added(there: Sequence[Evidence], named: Sequence[Values]) -> tuple[list[Values], list[Difference]]:
    """All rows that the position is to have, none where it has them; and what that changes. Nothing is taken away."""
    rows: list[Values] = [{"pk": one.pk} for one in there]
    differences = []
    for values in named:
        source = values["source"]
        columns = {**values, "source": source.pk}
        quote = values.get("quote", "")
        if quote and any(one.source_id == source.pk and one.quote == quote for one in there):
            continue
        place = next(
            (
                number
                for number, one in enumerate(there)
                if one.source_id == source.pk and one.locator == values["locator"] and not (quote and one.quote)
            ),
            None,
        )
        if place is None:
            rows.append(columns)
            differences.append(Difference(_("evidence"), "", _told(source, values)))
        elif quote:
            rows[place] |= columns
            differences.append(Difference(_("evidence"), str(there[place]), _told(source, values)))
    return (rows if differences else []), differences


def _told(source: Source, values: Values) -> str:
    quote = f"“{values['quote']}”" if values.get("quote") else ""
    return " ".join(filter(None, (str(source), values["locator"], quote)))
