"""The positions coded from a source, as its coding screen marks and lists them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db.models import Prefetch, QuerySet

from debate.locators import LocatorError, parse
from debate.models import Source
from debate.moments import at_moment
from positions.models import Evidence, Position
from review.models import Revision
from speakers.bilingual import LANGUAGES

MOST = 2_000  # positions of one source that a screen can show; an hour of talk has some hundred


@dataclass(frozen=True, slots=True)
class Passage:
    """One piece of evidence in this source: a place in its text, or what the locator says."""

    id: str
    start: int | None
    end: int | None
    paragraph: int | None
    number: int  # in the order of the source, where there is no place in a text
    quote: str
    locator: str
    moment: str  # an address that plays the source at this time, where there is one
    state: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A position, or a reading of a round, with its passages in this source; `elsewhere` counts those in others."""

    id: str
    revision: int
    status: str
    coder: str
    waiting: int
    appearance: str
    speaker: str
    proposition: str
    proposition_text: str
    stance: str
    kind: str
    condition: dict[str, str]
    summary: dict[str, str]
    capacities: tuple[str, ...]
    passages: tuple[Passage, ...]
    elsewhere: int
    certainty: str = ""  # of a reading in a round, as is the note
    note: str = ""


def coded_from(source: Source, by: User | None = None) -> QuerySet[Position]:
    """The positions with evidence in the source; `by` narrows to those that one coder made."""
    found = Position.objects.filter(pk__in=Evidence.objects.filter(source=source).values("position"))
    return found if by is None else found.filter(pk__in=_made().filter(history_user=by).values("id"))


def marks(source: Source, positions: QuerySet[Position]) -> list[Mark]:
    """Of the first MOST positions; six queries at any number of them."""
    found = list(_for_marks(positions).order_by("pk")[:MOST])
    keys = [position.pk for position in found]
    coders = dict(_made().filter(id__in=keys).values_list("id", "history_user__username"))
    waiting = _waiting(keys)
    return [_mark(source, one, coders.get(one.pk) or "", waiting[one.pk]) for one in found]


def _made() -> QuerySet[Any]:
    history: Any = Position.history
    made: QuerySet[Any] = history.filter(history_type="+")
    return made


def _waiting(keys: Collection[int]) -> Counter[int | None]:
    kind = ContentType.objects.get_for_model(Position)
    revisions = Revision.objects.filter(content_type=kind, object_id__in=keys, state=Revision.State.WAITING)
    return Counter(revisions.values_list("object_id", flat=True))


def _for_marks(positions: QuerySet[Position]) -> QuerySet[Position]:
    evidence = Prefetch("evidence", queryset=Evidence.objects.order_by("pk"))
    speaker = ("appearance__person", "appearance__organization")
    return positions.select_related("wording__proposition", *speaker).prefetch_related(evidence, "capacities")


def _mark(source: Source, position: Position, coder: str, waiting: int) -> Mark:
    here: list[Evidence] = [piece for piece in position.evidence.all() if piece.source_id == source.pk]
    return Mark(
        id=position.public_id,
        revision=position.revision,
        status=position.status,
        coder=coder,
        waiting=waiting,
        appearance=position.appearance.public_id,
        speaker=str(position.appearance.speaker),
        proposition=position.wording.proposition.slug,
        proposition_text=str(position.wording.text),
        stance=position.stance,
        kind=position.kind,
        condition=by_language(position, "condition"),
        summary=by_language(position, "summary"),
        capacities=tuple(capacity.public_id for capacity in position.capacities.all()),
        passages=tuple(_passages(source, here)),
        elsewhere=len(position.evidence.all()) - len(here),
    )


def by_language(record: Any, name: str) -> dict[str, str]:
    return {language: getattr(record, f"{name}_{language}") for language in LANGUAGES}


def _passages(source: Source, evidence: Iterable[Evidence]) -> Iterator[Passage]:
    for piece in evidence:
        paragraph, number = place_named(piece.locator)
        yield Passage(
            id=piece.public_id,
            start=piece.start,
            end=piece.end,
            paragraph=paragraph,
            number=number,
            quote=piece.quote,
            locator=piece.locator,
            moment=at_moment(source.url, piece.locator),
            state=piece.state,
        )


def place_named(locator: str) -> tuple[int | None, int]:
    """The paragraph, if it says one, and the first number of whatever it counts."""
    try:
        place = parse(locator)
    except LocatorError:
        return None, 0
    first = place.spans[0][0]
    return first if place.unit == "paragraph" else None, first
