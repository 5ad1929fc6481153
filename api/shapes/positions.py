"""Topics, propositions, positions and their evidence as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache
from typing import Annotated, Literal, NotRequired, TypedDict

from api.addresses import page_url, resource_url
from api.shapes.debate import (
    CODE,
    Capacity,
    DebateReference,
    SessionReference,
    SourceReference,
    Speaking,
    capacity,
    debate_reference,
    session_reference,
    source_reference,
    speaking,
)
from api.shapes.elsewhere import Citations, citations
from api.shapes.speakers import SpeakerReference, speaker_reference
from api.shapes.texts import URI, Bilingual, PartialDate, Record, Reference, bilingual, partial_date, remembered
from debate import locators
from positions import models as positions_models

_MEDIA_FRAGMENTS = "http://www.w3.org/TR/media-frags/"
Paraphrase = Annotated[Literal[True], "Always true: a summary is the editors' paraphrase, never the speaker's words."]


class TopicReference(Reference):
    """A topic."""

    name: Bilingual | None


class PropositionReference(Reference):
    """A proposition; beside a position, in the wording that the position was coded on."""

    wording: Annotated[int | None, "The number of the wording."]
    text: Bilingual | None


class PositionReference(Reference):
    """A position."""

    stance: Annotated[str, positions_models.Stance]
    summary: Annotated[Bilingual | None, "The editors' paraphrase."]
    summary_is_paraphrase: Paraphrase


class Topic(Record):
    """What propositions are about."""

    name: Bilingual | None
    description: Bilingual | None
    parent: TopicReference | None
    order: int


class Wording(TypedDict):
    """What a proposition said in words at a time; positions stay with the number they were coded on."""

    number: int
    text: Bilingual | None
    updated_at: datetime


class Proposition(Record):
    """A sentence that one can be for or against."""

    wording: Annotated[int | None, "The number of the wording it has now."]
    text: Bilingual | None
    topics: list[TopicReference]


class PropositionDetail(Proposition):
    """A proposition with the wording it has now and those that its positions were coded on."""

    wordings: list[Wording]
    citations: Citations


class Selector(TypedDict):
    """Says where in a source, as the W3C Web Annotation Data Model does; the members depend on the type."""

    type: Literal["TextQuoteSelector", "TextPositionSelector", "FragmentSelector"]
    exact: NotRequired[str]
    prefix: NotRequired[str]
    suffix: NotRequired[str]
    start: NotRequired[int]
    end: NotRequired[int]
    value: NotRequired[Annotated[str, "Seconds from the beginning of a recording.", {"examples": ["t=750,785"]}]]
    conformsTo: NotRequired[Annotated[str, "What the value is written by.", URI]]


class PlaceInSource(Record):
    """Where a position was read: the place in a source and, where its terms allow, the words."""

    source: SourceReference
    locator: Annotated[str | None, "The place in the source.", {"examples": ["¶ 12"]}]
    quote: Annotated[str | None, "The exact words; null where there are none or the source's terms withhold them."]
    quote_withheld: Annotated[bool, "The words are recorded, but the source's terms do not let them be shown."]
    quote_language: Annotated[str | None, "Language of the quote.", CODE]
    quote_state: Annotated[str | None, positions_models.Evidence.State, "Whether the words are still in the text."]
    prefix: Annotated[str | None, "The words before the quote."]
    suffix: Annotated[str | None, "The words after the quote."]
    start: Annotated[int | None, "Where the quote starts in the source's text, in characters."]
    end: Annotated[int | None, "Where it ends, that character not included."]
    selectors: Annotated[list[Selector], "The same for programs that read Web Annotations."]


class Evidence(PlaceInSource):
    """Where a position was read, with the position."""

    position: PositionReference


class Position(Record, Speaking):
    """What somebody stated on a proposition, as the editors read it."""

    debate: DebateReference
    session: SessionReference
    appearance: Annotated[str, "The id of the appearance it was stated at."]
    capacities: Annotated[list[Capacity], "What they spoke as."]
    capacities_of: Annotated[
        Literal["position", "appearance"],
        "position: the source tells in which of them it was stated; appearance: they are all that were printed there.",
    ]
    proposition: PropositionReference
    topics: list[TopicReference]
    stance: Annotated[str, positions_models.Stance]
    condition: Annotated[Bilingual | None, "On what a conditional stance hangs."]
    kind: Annotated[str, positions_models.PositionKind]
    summary: Annotated[Bilingual | None, "The editors' paraphrase."]
    summary_is_paraphrase: Paraphrase
    language: Annotated[str, "Of the source it was read from.", {"enum": ["en", "ko"]}]
    date: Annotated[PartialDate | None, "Of the debate."]
    evidence: list[PlaceInSource]


class PositionLink(TypedDict):
    """How a position stands to another."""

    id: str
    url: str
    kind: Annotated[str, positions_models.PositionLink.Kind]
    direction: Annotated[Literal["from", "to"], "from: this position answers the other; to: the other way."]
    position: PositionReference


class PositionDetail(Position):
    """A position with its links to others and the remarks on it."""

    links: list[PositionLink]
    remarks: list[RemarkText]
    history_url: Annotated[str, "What was changed on it in public.", URI]
    citations: Citations


class RemarkText(Record):
    """A dated public note."""

    kind: Annotated[str, positions_models.Remark.Kind]
    date: date
    text: Bilingual | None
    statement: Annotated[Bilingual | None, "What the speaker says about the reading."]


class Remark(RemarkText):
    """A dated public note on a position, a speaker or a debate; one of the three is not null."""

    position: PositionReference | None
    speaker: SpeakerReference | None
    debate: DebateReference | None


class Link(Record):
    """Says that a position agrees with, disputes, answers or elaborates another."""

    kind: Annotated[str, positions_models.PositionLink.Kind]
    from_position: PositionReference
    to_position: PositionReference


@remembered
def topic_reference(topic: positions_models.Topic) -> TopicReference:
    return {
        "id": topic.slug,
        "url": resource_url("topics", topic.slug),
        "html_url": page_url("topic", topic.slug),
        "name": bilingual(topic, "name"),
    }


def topic(record: positions_models.Topic) -> Topic:
    parent = record.parent
    return {
        **topic_reference(record),
        "updated_at": record.updated_at,
        "description": bilingual(record, "description"),
        "parent": topic_reference(parent) if parent and parent.is_public else None,
        "order": record.order,
    }


def proposition_reference(
    proposition: positions_models.Proposition, wording: positions_models.Wording | None
) -> PropositionReference:
    return {
        "id": proposition.slug,
        "url": resource_url("propositions", proposition.slug),
        "html_url": page_url("proposition", proposition.slug),
        "wording": wording.number if wording else None,
        "text": bilingual(wording, "text") if wording else None,
    }


def proposition(record: positions_models.Proposition) -> Proposition:
    """Reads the topics that `for_list` fetched."""
    topics: list[positions_models.Topic] = record.public_topics  # type: ignore[attr-defined]
    return {
        **proposition_reference(record, record.current_wording),
        "updated_at": record.updated_at,
        "topics": [topic_reference(topic) for topic in topics],
    }


def proposition_detail(record: positions_models.Proposition) -> PropositionDetail:
    wordings: list[Wording] = [
        {"number": wording.number, "text": bilingual(wording, "text"), "updated_at": wording.updated_at}
        for wording in record.wordings.all()
    ]
    return {**proposition(record), "wordings": wordings, "citations": citations("proposition", record.slug)}


def position_reference(position: positions_models.Position) -> PositionReference:
    return {
        "id": position.public_id,
        "url": resource_url("positions", position.public_id),
        "html_url": page_url("position", position.public_id),
        "stance": position.stance,
        "summary": bilingual(position, "summary"),
        "summary_is_paraphrase": True,
    }


def position(record: positions_models.Position) -> Position:
    """Reads what `for_list` fetched."""
    event, proposition = record.event, record.proposition
    assert event is not None and proposition is not None  # the database keeps both
    return {
        **position_reference(record),
        "updated_at": record.updated_at,
        **speaking(record.appearance),
        "debate": debate_reference(event),
        "session": session_reference(record.appearance.session, event),
        "appearance": record.appearance.public_id,
        "capacities": [capacity(one) for one in record.stated_as],
        "capacities_of": "position" if record.names_capacities else "appearance",
        "proposition": proposition_reference(proposition, record.wording),
        "topics": [topic_reference(topic) for topic in record.public_topics],
        "condition": bilingual(record, "condition"),
        "kind": record.kind,
        "language": record.source_language,
        "date": partial_date(event.date),
        "evidence": [place_in_source(place, record) for place in record.evidence.all()],
    }


def position_detail(record: positions_models.Position) -> PositionDetail:
    page = page_url("position", record.public_id)
    return {
        **position_alone(record),
        "links": _links(record),
        "remarks": [remark_text(remark, page) for remark in record.remarks.all()],
    }


def position_alone(record: positions_models.Position) -> PositionDetail:
    """The same of one that has neither links nor remarks; reads what `for_list` fetched."""
    return {
        **position(record),
        "links": [],
        "remarks": [],
        "history_url": resource_url("positions", record.public_id, "history"),
        "citations": citations("position", record.public_id),
    }


def place_in_source(place: positions_models.Evidence, position: positions_models.Position) -> PlaceInSource:
    shown = place.is_quotable
    return {
        "id": place.public_id,
        "url": resource_url("evidence", place.public_id),
        "html_url": page_url("position", position.public_id),
        "updated_at": place.updated_at,
        "source": source_reference(place.source),
        "locator": place.locator or None,
        "quote": place.quote if shown else None,
        "quote_withheld": bool(place.quote) and not shown,
        "quote_language": place.quote_language or None,
        "quote_state": place.state or None,
        "prefix": (place.prefix or None) if shown else None,
        "suffix": (place.suffix or None) if shown else None,
        "start": place.start,
        "end": place.end,
        "selectors": list(_selectors(place)),
    }


def _selectors(place: positions_models.Evidence) -> Iterator[Selector]:
    if place.is_quotable:
        quote: Selector = {"type": "TextQuoteSelector", "exact": place.quote}
        if place.prefix:
            quote["prefix"] = place.prefix
        if place.suffix:
            quote["suffix"] = place.suffix
        yield quote
    if place.start is not None and place.end is not None:
        yield {"type": "TextPositionSelector", "start": place.start, "end": place.end}
    for first, last in _seconds(place.locator):
        seconds = f"t={first},{last}" if last > first else f"t={first}"
        yield {"type": "FragmentSelector", "value": seconds, "conformsTo": _MEDIA_FRAGMENTS}


@lru_cache(maxsize=4096)
def _seconds(locator: str) -> tuple[tuple[int, int], ...]:
    """Of a place in a recording; none of one that is counted otherwise."""
    try:
        read = locators.parse(locator)
    except locators.LocatorError:
        return ()
    return read.spans if read.unit == "second" else ()


def evidence(record: positions_models.Evidence) -> Evidence:
    return {**place_in_source(record, record.position), "position": position_reference(record.position)}


def link(record: positions_models.PositionLink) -> Link:
    return {
        "id": record.public_id,
        "url": resource_url("links", record.public_id),
        "html_url": page_url("position", record.from_position.public_id),
        "updated_at": record.updated_at,
        "kind": record.kind,
        "from_position": position_reference(record.from_position),
        "to_position": position_reference(record.to_position),
    }


def remark_text(record: positions_models.Remark, page: str) -> RemarkText:
    return {
        "id": record.public_id,
        "url": resource_url("remarks", record.public_id),
        "html_url": page,
        "updated_at": record.updated_at,
        "kind": record.kind,
        "date": record.date,
        "text": bilingual(record, "text"),
        "statement": bilingual(record, "statement"),
    }


def remark(record: positions_models.Remark) -> Remark:
    position = position_reference(record.position) if record.position else None
    speaker = speaker_reference(record.person) if record.person else None
    debate = debate_reference(record.event) if record.event else None
    page = next(subject["html_url"] for subject in (position, speaker, debate) if subject)
    return {**remark_text(record, page), "position": position, "speaker": speaker, "debate": debate}


def _links(record: positions_models.Position) -> list[PositionLink]:
    ends: list[tuple[positions_models.PositionLink, Literal["from", "to"], positions_models.Position]] = [
        *((link, "from", link.to_position) for link in record.links_from.all()),
        *((link, "to", link.from_position) for link in record.links_to.all()),
    ]
    return [
        {
            "id": link.public_id,
            "url": resource_url("links", link.public_id),
            "kind": link.kind,
            "direction": direction,
            "position": position_reference(other),
        }
        for link, direction, other in ends
    ]
