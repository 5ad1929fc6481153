"""The records as JSON-LD: the same members, told in terms that others know where there are such."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api import anatomy
from api.addresses import resource_url
from speakers.bilingual import LANGUAGES

type JSON = Any

# By list; what has no name elsewhere has one of this vocabulary.
TYPES: Mapping[str, str] = {
    "debates": "schema:Event",
    "sessions": "Session",
    "appearances": "Appearance",
    "sources": "schema:CreativeWork",
    "speakers": "schema:Person",
    "organizations": "schema:Organization",
    "affiliations": "schema:OrganizationRole",
    "topics": "skos:Concept",
    "propositions": "Proposition",
    "positions": "schema:Claim",
    "evidence": "oa:SpecificResource",
    "remarks": "schema:Comment",
    "links": "PositionLink",
}
_IN_LANGUAGES = {
    "name": "schema:name",
    "title": "schema:name",
    "sort_name": "sort_name",
    "subtitle": "schema:alternativeHeadline",
    "summary": "schema:abstract",
    "description": "schema:description",
    "text": "schema:text",
    "note": "note",
    "label": "schema:name",
    "condition": "condition",
    "statement": "statement",
    "organization_name": "organization_name",
    "role": "role",
    "unit": "unit",
    "room": "room",
    "locality": "schema:addressLocality",
}
_SELECTORS = ("TextQuoteSelector", "TextPositionSelector", "FragmentSelector")
_ADDRESSES = {
    "html_url": "schema:mainEntityOfPage",
    "address": "schema:url",
    "archived_address": "schema:archivedAt",
    "url": "@id",
}


def context() -> JSON:
    """What the members mean: the answer at the address that JSON-LD answers name as their context."""
    return {
        "@context": {
            "@version": 1.1,
            "@vocab": f"{resource_url('context')}#",
            "schema": "https://schema.org/",
            "skos": "http://www.w3.org/2004/02/skos/core#",
            "oa": "http://www.w3.org/ns/oa#",
            "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
            "dcterms": "http://purl.org/dc/terms/",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
            "id": "schema:identifier",
            "type": "@type",
            **{name: {"@id": term, "@type": "@id"} for name, term in _ADDRESSES.items() if term != "@id"},
            "url": "@id",
            **{name: {"@id": term, "@container": "@language"} for name, term in _IN_LANGUAGES.items()},
            "updated_at": {"@id": "schema:dateModified", "@type": "xsd:dateTime"},
            "earliest": {"@type": "xsd:date"},
            "latest": {"@type": "xsd:date"},
            "accessed": {"@type": "xsd:date"},
            "licence": "schema:license",
            "publisher": "schema:publisher",
            "author": "schema:author",
            "selectors": "oa:hasSelector",
            **{name: f"oa:{name}" for name in _SELECTORS},
            "exact": "oa:exact",
            "value": "rdf:value",
            "conformsTo": {"@id": "dcterms:conformsTo", "@type": "@id"},
            "quote": "oa:exact",
            "prefix": "oa:prefix",
            "suffix": "oa:suffix",
            "start": "oa:start",
            "end": "oa:end",
            "parent": "schema:isPartOf",
            "results": {"@id": "schema:itemListElement", "@container": "@list"},
            "count": "schema:numberOfItems",
        }
    }


def page(answer: Mapping[str, JSON], shape: Any, resource: str, address: str) -> JSON:
    """One page of a list; `address` is its own."""
    told = {name: value for name, value in answer.items() if name != "results"}
    results = [_told(record, shape, TYPES[resource]) for record in answer["results"]]
    return {"@context": resource_url("context"), "@id": address, "@type": "schema:ItemList", **told, "results": results}


def record(value: Mapping[str, JSON], shape: Any, resource: str) -> JSON:
    return {"@context": resource_url("context"), **_told(value, shape, TYPES[resource])}


def _told(value: JSON, shape: Any, kind: str = "") -> JSON:
    match value:
        case list():
            return [_told(one, shape) for one in value]
        case {"en": _, "ko": _, "source_language": _}:
            return {language: value[language] for language in LANGUAGES if value[language]}
        case {"edtf": _, "text": _}:
            return {name: member for name, member in value.items() if name != "text"}
        case dict():
            members: Mapping[str, Any] = anatomy.parts(shape) if shape else {}
            within = {name: _told(one, members[name].shape if name in members else None) for name, one in value.items()}
            kind = kind or TYPES.get(anatomy.RESOURCE_OF.get(shape, ""), "")
            return {"@type": kind, **within} if kind else within
    return value
