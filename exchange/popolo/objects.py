"""Each record as the Popolo object that it is. Properties of which nothing is known are left out."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import Any

from django.conf import settings

from debate.models import Appearance, Capacity, Event, OrganizationRole
from exchange.popolo.dates import ends
from speakers.bilingual import LANGUAGES
from speakers.models import Affiliation, Name, NameKind, Organization, Person

type Popolo = dict[str, Any]
_IN = {"en": "in English", "ko": "in Korean"}
_NOTES: Mapping[str, str] = {
    NameKind.AS_PRINTED: "as printed",
    NameKind.OFFICIAL: "official",
    NameKind.FORMER: "former",
    NameKind.ROMANISED: "romanised",
    NameKind.EDITORIAL: "added by the editors",
}


def person(record: Person) -> Popolo:
    sort_name = record.sort_name
    return _known({
        **_somebody(record),
        "sort_name": str(sort_name),
        "biography": str(record.note),
        "debate_record": _texts(record, "name", "sort_name", "note"),
    })  # fmt: skip


def organization(record: Organization) -> Popolo:
    return _known({
        **_somebody(record),
        "classification": record.kind,
        "parent_id": record.parent.slug if record.parent else None,
        "description": str(record.note),
        "debate_record": _texts(record, "name", "note"),
    })  # fmt: skip


def of_affiliation(record: Affiliation) -> Popolo:
    start, end = ends(record.period)
    return _known({
        "id": record.public_id,
        "person_id": record.person.slug,
        "organization_id": record.organization.slug,
        "role": str(record.role),
        "label": _label(record.role, record.unit, record.organization.name),
        "start_date": start,
        "end_date": end,
        "sources": [_page(record.person)],
        **_times(record),
        "debate_record": {"kind": "affiliation", "period": record.period, **_texts(record, "role", "unit")},
    })  # fmt: skip


def of_capacity(record: Capacity) -> Popolo:
    """Of a person at an appearance in a public debate: what they spoke as there and then, as printed."""
    appearance = record.appearance
    event = appearance.session.event
    own = _own_organization(record)
    return _known({
        "id": record.public_id,
        "person_id": appearance.person.slug if appearance.person else None,
        **own,
        "role": str(record.role),
        "label": _label(*record.parts),
        "sources": [_page(event)],
        **_times(record),
        "debate_record": _known({
            "kind": "capacity",
            "event_id": event.slug,
            "appearance_id": appearance.public_id,
            "basis": record.basis,
            "doubtful": record.is_doubtful,
            "affiliation_id": _public_affiliation(record),
            **_texts(record, "organization_name", "role", "unit"),
        }),
    })  # fmt: skip


def event(record: Event) -> Popolo:
    """Reads `attending`, the appearances of those present, and the hosts and sources that were fetched."""
    start, end = ends(record.date)
    hosts = [use.organization.slug for use in record.event_organizations.all() if use.role == OrganizationRole.HOST]
    sources = [use.source for use in record.event_sources.all()]
    venue = (record.venue_room, record.venue_name, record.venue_locality)
    return _known({
        "id": record.slug,
        "name": str(record.title),
        "description": str(record.summary),
        "classification": record.kind,
        "start_date": start,
        "end_date": end,
        "location": ", ".join(str(part) for part in venue if part),
        "organization_id": hosts[0] if hosts else None,
        "attendees": _attendees(one for part in record.sessions.all() for one in part.attending),  # type: ignore[attr-defined]
        "sources": [
            _page(record),
            *({"url": source.url or source.archived_url, "note": source.kind} for source in sources
              if source.can_be_looked_up),
        ],
        **_times(record),
        "debate_record": _known({
            "date": record.date,
            "organizations": [
                {"organization_id": use.organization.slug, "role": use.role}
                for use in record.event_organizations.all()
            ],
            **_texts(record, "title", "summary"),
        }),
    })  # fmt: skip


def _somebody(record: Person | Organization) -> Popolo:
    names: Any = record.names
    identifiers: Any = record.identifiers
    links: Any = record.links
    chosen = record.name
    return {
        "id": record.slug,
        "name": str(chosen),
        "other_names": [
            *_in_other_languages(record, {name.text for name in names.all()}),
            *map(_other_name, names.all()),
        ],
        "identifiers": [{"scheme": one.scheme, "identifier": one.value} for one in identifiers.all()],
        "links": [_known({"url": link.url, "note": str(link.label)}) for link in links.all()],
        "sources": [_page(record)],
        **_times(record),
    }


def _in_other_languages(record: Person | Organization, told: Container[str]) -> Iterable[Popolo]:
    chosen = record.name
    for language in LANGUAGES:
        text = getattr(record, f"name_{language}")
        if text and language != chosen.language and text not in told:
            yield {"name": text, "note": _IN[language]}


def _other_name(name: Name) -> Popolo:
    start, end = ends(name.period)
    return _known({"name": name.text, "note": _NOTES[name.kind], "start_date": start, "end_date": end})


def _own_organization(record: Capacity) -> Popolo:
    if record.organization:
        return {"organization_id": record.organization.slug}
    return {"organization": {"name": str(record.organization_name)}} if record.organization_name else {}


def _public_affiliation(record: Capacity) -> str | None:
    held = record.affiliation
    return held.public_id if held and held.person.is_public and held.organization.is_public else None


def _attendees(appearances: Iterable[Appearance]) -> list[Popolo]:
    """Each person once, in the order of the programme."""
    people = {one.person.slug: str(one.person.name) for one in appearances if one.person}
    return [{"id": slug, "name": name} for slug, name in people.items()]


def _page(record: Any) -> Popolo:
    return {"url": f"{settings.PUBLIC_URL}{record.get_absolute_url()}", "note": settings.SITE_NAME}


def _times(record: Any) -> Popolo:
    return {"created_at": record.created_at, "updated_at": record.updated_at}


def _label(*parts: object) -> str:
    return ", ".join(str(part) for part in parts if part)


def _texts(record: Any, *names: str) -> Popolo:
    """In both languages, for Popolo has one text each."""
    texts = {f"{name}_{language}": getattr(record, f"{name}_{language}") for name in names for language in LANGUAGES}
    return {**{name: text for name, text in texts.items() if text}, "source_language": record.source_language}


def _known(properties: Mapping[str, Any]) -> Popolo:
    return {name: value for name, value in properties.items() if value not in (None, "", [])}
