"""People, organizations and affiliations as JSON."""

from __future__ import annotations

from typing import Annotated, Any, TypedDict

from api.addresses import page_url, resource_url
from api.shapes.elsewhere import Citations, citations
from api.shapes.texts import URI, Bilingual, PartialDate, Record, Reference, bilingual, partial_date, remembered
from speakers import models as speakers_models


class SpeakerReference(Reference):
    """A person."""

    name: Bilingual | None


class OrganizationReference(Reference):
    """An organization."""

    name: Bilingual | None


class OtherName(TypedDict):
    """A name that somebody is also found by."""

    text: str
    language: str | None
    kind: Annotated[str, speakers_models.NameKind]
    period: PartialDate | None


class ExternalIdentifier(TypedDict):
    """What somebody is called in another catalogue."""

    scheme: Annotated[str, "The catalogue.", {"examples": ["wikidata"]}]
    value: str


class WebLink(TypedDict):
    """Something elsewhere on the web."""

    address: Annotated[str, "Where it is.", URI]
    label: Bilingual | None


class Affiliation(Record):
    """A person's place in an organization, for as long as it is known to have lasted."""

    speaker: SpeakerReference
    organization: OrganizationReference
    role: Bilingual | None
    unit: Bilingual | None
    period: PartialDate | None


class Speaker(Record):
    """A person who takes part in a published debate."""

    name: Bilingual | None
    sort_name: Annotated[Bilingual | None, "The name in the order to sort it by, where that is another."]


class SpeakerDetail(Speaker):
    """A person with every name, and their places in organizations."""

    names: list[OtherName]
    identifiers: list[ExternalIdentifier]
    links: list[WebLink]
    note: Bilingual | None
    affiliations: Annotated[list[Affiliation], "Newest first; those of unknown time last."]
    agreement_url: Annotated[str, "With whom the speaker agrees.", URI]
    citations: Citations


class Organization(Record):
    """An organization that a published debate shows, or that one of those is part of."""

    name: Bilingual | None
    kind: Annotated[str, speakers_models.OrganizationKind]
    parent: Annotated[OrganizationReference | None, "The organization it is part of."]


class OrganizationDetail(Organization):
    """An organization with every name, and the organizations that are part of it."""

    names: list[OtherName]
    identifiers: list[ExternalIdentifier]
    links: list[WebLink]
    note: Bilingual | None
    children: list[OrganizationReference]
    citations: Citations


@remembered
def speaker_reference(person: speakers_models.Person) -> SpeakerReference:
    return {
        "id": person.slug,
        "url": resource_url("speakers", person.slug),
        "html_url": page_url("speaker", person.slug),
        "name": bilingual(person, "name"),
    }


def speaker(person: speakers_models.Person) -> Speaker:
    return {
        **speaker_reference(person),
        "updated_at": person.updated_at,
        "sort_name": bilingual(person, "sort_name"),
    }


def speaker_detail(person: speakers_models.Person) -> SpeakerDetail:
    """Reads what `for_detail` fetched; leaves out affiliations to organizations that are not public."""
    public = [one for one in person.affiliations.all() if one.organization.is_public]
    return {
        **speaker(person),
        "names": _names(person),
        "identifiers": _identifiers(person),
        "links": _links(person),
        "note": bilingual(person, "note"),
        "affiliations": [affiliation(one) for one in public],
        "agreement_url": resource_url("speakers", person.slug, "agreement"),
        "citations": citations("speaker", person.slug),
    }


@remembered
def organization_reference(organization: speakers_models.Organization) -> OrganizationReference:
    return {
        "id": organization.slug,
        "url": resource_url("organizations", organization.slug),
        "html_url": page_url("organization", organization.slug),
        "name": bilingual(organization, "name"),
    }


def organization(record: speakers_models.Organization) -> Organization:
    return {
        **organization_reference(record),
        "updated_at": record.updated_at,
        "kind": record.kind,
        "parent": organization_reference(record.parent) if record.parent else None,
    }


def organization_detail(record: speakers_models.Organization) -> OrganizationDetail:
    children: list[speakers_models.Organization] = record.public_children  # type: ignore[attr-defined]  # fetched by for_detail
    return {
        **organization(record),
        "names": _names(record),
        "identifiers": _identifiers(record),
        "links": _links(record),
        "note": bilingual(record, "note"),
        "children": [organization_reference(child) for child in children],
        "citations": citations("organization", record.slug),
    }


def affiliation(record: speakers_models.Affiliation) -> Affiliation:
    return {
        "id": record.public_id,
        "url": resource_url("affiliations", record.public_id),
        "html_url": page_url("speaker", record.person.slug),
        "updated_at": record.updated_at,
        "speaker": speaker_reference(record.person),
        "organization": organization_reference(record.organization),
        "role": bilingual(record, "role"),
        "unit": bilingual(record, "unit"),
        "period": partial_date(record.period),
    }


def _names(record: Any) -> list[OtherName]:
    return [
        {
            "text": name.text,
            "language": name.language or None,
            "kind": name.kind,
            "period": partial_date(name.period),
        }
        for name in record.names.all()
    ]


def _identifiers(record: Any) -> list[ExternalIdentifier]:
    return [{"scheme": identifier.scheme, "value": identifier.value} for identifier in record.identifiers.all()]


def _links(record: Any) -> list[WebLink]:
    return [{"address": link.url, "label": bilingual(link, "label")} for link in record.links.all()]
