"""The public changes of a position, out of the edit history of it, its evidence, its debate and its proposition.

These are read of the debate and the proposition that it has now. Where it was moved there from others, it can't be told
exactly what of the time before was public: nothing of before is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db.models import F, Q, Window
from django.db.models.functions import Lag

from debate.models import Appearance, Event, Session, Source
from debate.publishing import Status
from positions.changes import About, Change, Entry, What, public_changes
from positions.models import Evidence, Position, PositionCapacity, Proposition, Wording
from speakers.bilingual import LANGUAGES, columns

ROWS = 200  # of the edit history of each, the newest
SHOWN = 20

_OF_POSITION = ("status", "stance", "kind", *columns("summary"), *columns("condition"), "wording_id", "appearance_id")
_OF_EVIDENCE = ("source_id", "locator", "quote", "state", "start", "end")


@dataclass(frozen=True, slots=True)
class Told:
    """A change with what is needed to tell it."""

    change: Change
    source_before: Source | None = None
    source_after: Source | None = None
    wording_before: Wording | None = None
    wording_after: Wording | None = None

    @property
    def what(self) -> What:
        return self.change.what

    @property
    def parts(self) -> list[str]:
        """Of a piece of evidence, what was changed."""
        before: Any = self.change.before
        after: Any = self.change.after
        return [part for part in _OF_EVIDENCE if before[part] != after[part]]


@dataclass(frozen=True, slots=True)
class ToldMoment:
    when: datetime
    changes: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class History:
    """The newest moments first; `is_cut` where older ones are left out."""

    moments: tuple[ToldMoment, ...] = ()
    is_cut: bool = False


def history(position: Position) -> History:
    """Eleven queries at most; reads ROWS rows of each history."""
    of_position = _entries(About.POSITION, Position.history.filter(id=position.pk), _OF_POSITION)
    sets = [
        of_position,
        _entries(About.EVIDENCE, Evidence.history.filter(position_id=position.pk), _OF_EVIDENCE),
        _entries(About.CAPACITY, PositionCapacity.history.filter(position_id=position.pk), ("capacity_id",)),
        _entries(About.EVENT, Event.history.filter(id=position.event_id), ("status",)),
        _entries(About.PROPOSITION, Proposition.history.filter(id=position.proposition_id), ("status",)),
    ]
    cuts = [entries[0].when for entries in sets if len(entries) == ROWS]
    gaps = [Entry(when, About.GAP, None) for when in (*cuts, *_moves_in_public(position, of_position))]
    moments = public_changes([*gaps, *(entry for entries in sets for entry in entries)], LANGUAGES)
    shown = moments[:SHOWN]
    tell = _teller([change for moment in shown for change in moment.changes])
    told = tuple(ToldMoment(moment.when, tuple(map(tell, moment.changes))) for moment in shown)
    return History(told, bool(gaps) or len(moments) > SHOWN)


def _moves_in_public(position: Position, entries: list[Entry]) -> list[datetime]:
    """When it came, or may have come, to another debate or proposition. Of a draft, which nobody saw, it does not
    matter.
    """
    published = (entry.when for entry in entries if entry.held and entry.held["status"] == Status.PUBLISHED)
    first = next(published, None)
    return [when for when in _moves(position, entries) if first and when > first]


def _moves(position: Position, entries: list[Entry]) -> Iterator[datetime]:
    """Of all that it hangs on, up to the debate and the proposition, the last; four queries."""
    rows: list[tuple[datetime, Any]] = [(entry.when, entry.held) for entry in entries if entry.held]
    wordings = {held["wording_id"] for _when, held in rows}
    propositions = dict(Wording.objects.filter(pk__in=wordings).values_list("pk", "proposition"))
    places = [(when, held["appearance_id"], propositions.get(held["wording_id"])) for when, held in rows]
    yield from (when for (_when, *before), (when, *after) in pairwise(places) if before != after)
    yield from _last_move(Appearance.history.filter(id=position.appearance_id), "session")
    yield from _last_move(Session.history.filter(id=position.appearance.session_id), "event")
    yield from _last_move(Wording.history.filter(id__in=wordings), "proposition")


def _last_move(rows: Any, to: str) -> list[datetime]:
    """When it last came to another; at the first row too where it was there before it."""
    before = Window(Lag(to), partition_by=F("id"), order_by=[F("history_date"), F("history_id")])
    moved = Q(before__isnull=False) & ~Q(before=F(to))
    begun_before = Q(before__isnull=True) & ~Q(history_type="+")
    moves = rows.annotate(before=before).filter(moved | begun_before).order_by("-history_date")
    return list(moves.values_list("history_date", flat=True)[:1])


def _entries(about: About, rows: Any, held: tuple[str, ...]) -> list[Entry]:
    """The newest, in their order; never who made the change and why, which is the editors' own."""
    newest = rows.order_by("-history_date", "-history_id").values("id", "history_date", "history_type", *held)[:ROWS]
    return [
        Entry(
            row["history_date"],
            about,
            None if row["history_type"] == "-" else {name: row[name] for name in held},
            row["id"],
            is_edit=row["history_type"] == "~",
        )
        for row in reversed(newest)
    ]


def _teller(changes: list[Change]) -> Any:
    sources = Source.objects.public().defer("text").in_bulk(set(_held(changes, _EVIDENCE, "source_id")))
    worded = [change for change in changes if change.what is What.WORDING]
    wordings = Wording.objects.in_bulk({key for change in worded for key in (change.before, change.after)})

    def tell(change: Change) -> Told:
        if change.what is What.WORDING:
            return Told(change, wording_before=_of(wordings, change.before), wording_after=_of(wordings, change.after))
        if change.what in _EVIDENCE:
            return Told(change, _source(sources, change.before), _source(sources, change.after))
        return Told(change)

    return tell


_EVIDENCE = {What.EVIDENCE_ADDED, What.EVIDENCE_CHANGED, What.EVIDENCE_REMOVED}


def _held(changes: list[Change], whats: set[What], name: str) -> Iterator[int]:
    for change in changes:
        if change.what in whats:
            held: tuple[Any, Any] = (change.before, change.after)
            yield from (one[name] for one in held if one)


def _source(sources: Mapping[int, Source], held: Any) -> Source | None:
    return sources.get(held["source_id"]) if held else None


def _of(wordings: Mapping[int, Wording], key: Any) -> Wording | None:
    return wordings.get(key)
