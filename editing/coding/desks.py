"""Where the coding screen has its marks from, and where what is coded there goes: into the record, or into a round."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from django.db.models import Exists, OuterRef

from debate.models import Source
from editing.coding.forms import PlaceForm, StatementForm
from editing.coding.marks import Mark
from editing.coding.offering import SpeakerOffer, speakers
from editing.coding.readings import RoundDesk
from editing.coding.record import RecordDesk
from positions.models import CodingRound, RoundCoder
from review.roles import Author


class Desk(Protocol):
    """What one coder sees and does at the screen of one source. `key` is the id of a mark.

    What changes a mark answers what the coder is to be told beside that it is done, "" for nothing. All raise Http404
    for a mark that is not on this desk, `Refused`, and what is in `review.refusals`.
    """

    @property
    def source(self) -> Source: ...
    @property
    def by(self) -> Author: ...
    @property
    def own_round(self) -> CodingRound | None: ...
    @property
    def others_round(self) -> CodingRound | None: ...
    @property
    def rights(self) -> Mapping[str, bool]: ...
    def marks(self) -> list[Mark]: ...
    def mark(self, key: str) -> Mark | None: ...
    def coded(self) -> Iterable[tuple[int | None, int | None]]: ...
    def add(self, form: StatementForm) -> Mark | None: ...
    def edit(self, key: str, form: StatementForm) -> str: ...
    def add_passage(self, key: str, form: PlaceForm) -> str: ...
    def remove_passage(self, key: str, passage: str, form: PlaceForm) -> str: ...
    def remove(self, key: str, form: PlaceForm) -> None: ...
    def send(self, keys: set[str] | None) -> str: ...


def desk_of(source: Source, by: Author) -> Desk:
    """That of the open round for its coders; for anybody else the record. One query."""
    own = RoundCoder.objects.filter(round=OuterRef("pk"), coder=by.user)
    going_on = CodingRound.objects.filter(source=source, state=CodingRound.State.OPEN).annotate(is_own=Exists(own))
    found = going_on.first()
    if found is None:
        return RecordDesk(source, by, None)
    is_own: bool = found.is_own  # type: ignore[attr-defined]  # annotated above
    return RoundDesk(source, by, found) if is_own else RecordDesk(source, by, found)


def offered_speakers(desk: Desk) -> list[SpeakerOffer]:
    """A reading says who speaks, not in which of their capacities."""
    offered = speakers(desk.source)
    return [speaker.without_capacities for speaker in offered] if desk.own_round else offered
