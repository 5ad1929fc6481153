"""Debates, their programme, who appeared in which capacity, and sources as JSON."""

from __future__ import annotations

from datetime import date, time
from typing import Annotated, Literal, TypedDict

from api.addresses import page_url, resource_url
from api.shapes.elsewhere import Citations, citations
from api.shapes.speakers import OrganizationReference, SpeakerReference, organization_reference, speaker_reference
from api.shapes.texts import URI, Bilingual, PartialDate, Record, Reference, bilingual, partial_date, remembered
from debate import models as debate_models

CODE = {"examples": ["ko"]}


class DebateReference(Reference):
    """A debate."""

    title: Bilingual | None
    date: PartialDate | None


class SessionReference(Reference):
    """A part of a debate's programme."""

    kind: Annotated[str, debate_models.SessionKind]
    title: Bilingual | None


class SourceReference(Reference):
    """A source."""

    kind: Annotated[str, debate_models.SourceKind]
    title: Annotated[str | None, "As printed."]
    description: Annotated[Bilingual | None, "In the editors' words."]


class Venue(TypedDict):
    """Where a debate was held; null is what the source does not give."""

    name: Bilingual | None
    room: Bilingual | None
    locality: Bilingual | None
    country: Annotated[str | None, "ISO 3166.", {"examples": ["KR"]}]


class DebateOrganization(TypedDict):
    """An organization's part in a debate."""

    organization: OrganizationReference
    role: Annotated[str, debate_models.OrganizationRole]


class DebateSource(TypedDict):
    """What a source is to a debate."""

    source: SourceReference
    role: Annotated[str, debate_models.EventSource.Role]


class DebateNote(TypedDict):
    """What the editors have to say about the record of a debate."""

    about: Annotated[str, debate_models.NoteSubject]
    text: Bilingual | None


class RelatedDebate(TypedDict):
    """Another debate that this one belongs with."""

    kind: Annotated[str, debate_models.EventRelation.Kind]
    direction: Annotated[Literal["from", "to"], "from: this debate follows or answers the other; to: the other way."]
    debate: DebateReference


class Capacity(TypedDict):
    """What somebody spoke as at one appearance, as printed there; whatever they become later, it stays."""

    id: str
    organization: OrganizationReference | None
    organization_name: Annotated[Bilingual | None, "As printed at that appearance."]
    role: Annotated[Bilingual | None, "As printed at that appearance."]
    unit: Annotated[Bilingual | None, "As printed at that appearance."]
    basis: Annotated[str, debate_models.Basis, "Somebody identified with an organization does not speak for it."]
    doubtful: Annotated[bool, "The editors doubt what is printed; the note says why."]
    note: Bilingual | None


class Speaking(TypedDict):
    """Who appeared; one of the first three is not null."""

    speaker: Annotated[SpeakerReference | None, "The person."]
    speaking_organization: Annotated[OrganizationReference | None, "The organization that spoke for itself."]
    label: Annotated[str | None, "What is printed for somebody whom the source leaves unnamed."]
    name_as_printed: str | None
    role: Annotated[str, debate_models.AppearanceRole]


class Appearance(Record, Speaking):
    """Somebody taking part in a session, in the capacities printed there."""

    debate: DebateReference
    session: SessionReference
    order: int
    absent: Annotated[bool, "Announced, but did not come."]
    capacities: list[Capacity]
    source: SourceReference | None
    locator: Annotated[str | None, "The place in the source.", {"examples": ["¶ 12"]}]


class Session(Record):
    """A part of a debate's programme."""

    debate: DebateReference
    order: int
    kind: Annotated[str, debate_models.SessionKind]
    title: Bilingual | None
    starts_at: time | None
    ends_at: time | None


class SessionDetail(Session):
    """A part of a debate's programme with all who appeared in it."""

    appearances: list[Appearance]


class Debate(Record):
    """A debate, hearing, plenary, interview, press conference or publication."""

    title: Bilingual | None
    subtitle: Bilingual | None
    kind: Annotated[str, debate_models.EventKind]
    date: PartialDate | None
    venue: Venue | None
    languages: Annotated[list[str], "Spoken there."]
    summary: Annotated[Bilingual | None, "In the editors' words."]
    organizations: list[DebateOrganization]


class DebateDetail(Debate):
    """A debate with its programme, sources and notes."""

    sessions: list[SessionDetail]
    sources: list[DebateSource]
    notes: list[DebateNote]
    related: list[RelatedDebate]
    matrix_url: Annotated[str, "Who stands where.", URI]
    agreement_url: Annotated[str, "Who agrees with whom.", URI]
    citations: Citations


class Source(Record):
    """What a record is read from; null is what the source at hand does not give."""

    kind: Annotated[str, debate_models.SourceKind]
    title: Annotated[str | None, "As printed."]
    description: Annotated[Bilingual | None, "In the editors' words."]
    publisher: str | None
    author: str | None
    address: Annotated[str | None, "Where it is on the web.", URI]
    archived_address: Annotated[str | None, "Where it is archived.", URI]
    language: Annotated[str | None, "Its language.", CODE]
    date: PartialDate | None
    accessed: date | None
    licence: str | None
    paragraph_count: int | None
    text_sha256: Annotated[str | None, "Of the text the record was coded from, in UTF-8."]
    text_public: Annotated[bool, "Whether the text may be shown: the detail has it."]
    quoting: Annotated[str, debate_models.Quoting, "How much of it may be quoted in public."]
    note: Bilingual | None


class SourceDetail(Source):
    """A source with the debates it is of, and its text where that is public."""

    text: Annotated[str | None, "Null unless it may be shown."]
    translation_of: SourceReference | None
    debates: list[DebateReference]
    citations: Citations


@remembered
def debate_reference(event: debate_models.Event) -> DebateReference:
    return {
        "id": event.slug,
        "url": resource_url("debates", event.slug),
        "html_url": page_url("debate", event.slug),
        "title": bilingual(event, "title"),
        "date": partial_date(event.date),
    }


def debate(event: debate_models.Event) -> Debate:
    return {
        **debate_reference(event),
        "updated_at": event.updated_at,
        "subtitle": bilingual(event, "subtitle"),
        "kind": event.kind,
        "venue": _venue(event),
        "languages": event.languages,
        "summary": bilingual(event, "summary"),
        "organizations": [
            {"organization": organization_reference(part.organization), "role": part.role}
            for part in event.event_organizations.all()
        ],
    }


def debate_detail(event: debate_models.Event) -> DebateDetail:
    return {
        **debate(event),
        "sessions": [session_detail(part) for part in event.sessions.all()],
        "sources": [{"source": source_reference(use.source), "role": use.role} for use in event.event_sources.all()],
        "notes": [{"about": note.about, "text": bilingual(note, "text")} for note in event.notes.all()],
        "related": _related(event),
        "matrix_url": resource_url("debates", event.slug, "matrix"),
        "agreement_url": resource_url("debates", event.slug, "agreement"),
        "citations": citations("debate", event.slug),
    }


def session_reference(session: debate_models.Session, event: debate_models.Event) -> SessionReference:
    return {
        "id": session.public_id,
        "url": resource_url("sessions", session.public_id),
        "html_url": page_url("debate", event.slug),
        "kind": session.kind,
        "title": bilingual(session, "title"),
    }


def session(record: debate_models.Session) -> Session:
    return {
        **session_reference(record, record.event),
        "updated_at": record.updated_at,
        "debate": debate_reference(record.event),
        "order": record.order,
        "starts_at": record.starts_at,
        "ends_at": record.ends_at,
    }


def session_detail(record: debate_models.Session) -> SessionDetail:
    return {**session(record), "appearances": [appearance(one) for one in record.appearances.all()]}


def appearance(record: debate_models.Appearance) -> Appearance:
    event = record.session.event
    return {
        "id": record.public_id,
        "url": resource_url("appearances", record.public_id),
        "html_url": page_url("debate", event.slug),
        "updated_at": record.updated_at,
        **speaking(record),
        "debate": debate_reference(event),
        "session": session_reference(record.session, event),
        "order": record.order,
        "absent": record.is_absent,
        "capacities": [capacity(one) for one in record.capacities.all()],
        "source": source_reference(record.source) if record.source and record.source.is_public else None,
        "locator": record.locator or None,
    }


def speaking(appearance: debate_models.Appearance) -> Speaking:
    return {
        "speaker": speaker_reference(appearance.person) if appearance.person else None,
        "speaking_organization": organization_reference(appearance.organization) if appearance.organization else None,
        "label": appearance.label or None,
        "name_as_printed": appearance.name_as_printed or None,
        "role": appearance.role,
    }


def capacity(record: debate_models.Capacity) -> Capacity:
    return {
        "id": record.public_id,
        "organization": organization_reference(record.organization) if record.organization else None,
        "organization_name": bilingual(record, "organization_name"),
        "role": bilingual(record, "role"),
        "unit": bilingual(record, "unit"),
        "basis": record.basis,
        "doubtful": record.is_doubtful,
        "note": bilingual(record, "note"),
    }


@remembered
def source_reference(source: debate_models.Source) -> SourceReference:
    return {
        "id": source.public_id,
        "url": resource_url("sources", source.public_id),
        "html_url": page_url("source", source.public_id),
        "kind": source.kind,
        "title": source.title or None,
        "description": bilingual(source, "description"),
    }


def source(record: debate_models.Source) -> Source:
    return {
        **source_reference(record),
        "updated_at": record.updated_at,
        "publisher": record.publisher or None,
        "author": record.author or None,
        "address": record.url or None,
        "archived_address": record.archived_url or None,
        "language": record.language or None,
        "date": partial_date(record.date),
        "accessed": record.accessed,
        "licence": record.licence or None,
        "paragraph_count": record.paragraph_count,
        "text_sha256": record.text_hash or None,
        "text_public": record.text_public,
        "quoting": record.quoting,
        "note": bilingual(record, "note"),
    }


def source_detail(record: debate_models.Source) -> SourceDetail:
    events: list[debate_models.Event] = record.public_events  # type: ignore[attr-defined]  # fetched by for_detail
    original = record.translation_of
    return {
        **source(record),
        "text": (record.text or None) if record.text_public else None,
        "translation_of": source_reference(original) if original and original.is_public else None,
        "debates": [debate_reference(event) for event in events],
        "citations": citations("source", record.public_id),
    }


def _venue(event: debate_models.Event) -> Venue | None:
    venue: Venue = {
        "name": bilingual(event, "venue_name"),
        "room": bilingual(event, "venue_room"),
        "locality": bilingual(event, "venue_locality"),
        "country": event.venue_country or None,
    }
    return venue if any(venue.values()) else None


def _related(event: debate_models.Event) -> list[RelatedDebate]:
    """Only those that are public too."""
    ends: list[tuple[debate_models.EventRelation, Literal["from", "to"], debate_models.Event]] = [
        *((relation, "from", relation.to_event) for relation in event.relations_from.all()),
        *((relation, "to", relation.from_event) for relation in event.relations_to.all()),
    ]
    return [
        {"kind": relation.kind, "direction": direction, "debate": debate_reference(other)}
        for relation, direction, other in ends
        if other.is_public
    ]
