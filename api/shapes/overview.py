"""What tells of the API and the record as a whole, and what a search finds beside positions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Literal, TypedDict

from django.conf import settings
from django.db.models import Model

from api.addresses import resource_url
from api.shapes.debate import (
    DebateReference,
    SessionReference,
    SourceReference,
    debate_reference,
    session_reference,
    source_reference,
)
from api.shapes.positions import PropositionReference, TopicReference, proposition_reference, topic_reference
from api.shapes.speakers import OrganizationReference, SpeakerReference, organization_reference, speaker_reference
from api.shapes.texts import URI, Reference
from debate.models import Event, Session, Source
from positions.models import Proposition, Topic
from search import suggest
from speakers.models import Organization, Person

type Found = (
    SpeakerReference
    | OrganizationReference
    | DebateReference
    | SessionReference
    | TopicReference
    | PropositionReference
    | SourceReference
)


_SUGGESTED = {
    "person": "speakers", "organization": "organizations", "topic": "topics", "proposition": "propositions",
    "event": "debates",
}  # fmt: skip


class Licence(TypedDict):
    """What may be done with the data."""

    name: str
    spdx: str
    url: Annotated[str, "The licence's text.", URI]


class ResourceLink(TypedDict):
    """A list of this API."""

    name: str
    url: Annotated[str, "Where it is.", URI]
    description: str


class Overview(TypedDict):
    """What there is in this API."""

    name: str
    resources: list[ResourceLink]
    schema: Annotated[str, "The OpenAPI description.", URI]
    documentation: Annotated[str, "The description, to read and to try out.", URI]
    licence: Licence


class RecordVersion(TypedDict):
    """Which state the record is in: the number rises with every change of what is public."""

    version: int
    counts: Annotated[dict[str, int], "How many there are of each resource."]
    licence: Licence
    summaries_are_paraphrases: Annotated[Literal[True], "Summaries are the editors' paraphrase, not the words spoken."]


class FoundGroup(TypedDict):
    """What a search found of one kind: the best of them."""

    resource: Annotated[str, "The list they are in.", {"examples": ["speakers"]}]
    count: Annotated[int, "How many were found."]
    results: list[Found]


class Suggestion(Reference):
    """A record that may be meant by what is typed."""

    kind: Annotated[str, {"enum": list(_SUGGESTED)}]
    label: Annotated[str, "What it is called in the language asked for, or else in its own."]
    detail: Annotated[str, "What tells it from others: who somebody is where, when a debate was. May be empty."]
    is_correction: Annotated[bool, "Nothing begins as was typed, and this is what was likely meant."]


LICENCE: Licence = {
    "name": "Creative Commons Attribution 4.0 International",
    "spdx": "CC-BY-4.0",
    "url": "https://creativecommons.org/licenses/by/4.0/",
}


_FOUND: dict[type[Model], tuple[str, Callable[[Any], Found]]] = {
    Person: ("speakers", speaker_reference),
    Organization: ("organizations", organization_reference),
    Event: ("debates", debate_reference),
    Session: ("sessions", lambda record: session_reference(record, record.event)),
    Topic: ("topics", topic_reference),
    Proposition: ("propositions", lambda record: proposition_reference(record, record.current_wording)),
    Source: ("sources", source_reference),
}


def suggestions(answer: suggest.Suggestions) -> list[Suggestion]:
    return [
        {
            "id": one.slug,
            "url": resource_url(_SUGGESTED[one.kind], one.slug),
            "html_url": f"{settings.PUBLIC_URL}{one.address}",
            "kind": one.kind,
            "label": one.label,
            "detail": one.detail,
            "is_correction": answer.are_corrected,
        }
        for one in answer.found
    ]


def found_group(count: int, records: Sequence[Model]) -> FoundGroup:
    """`records` are of one kind, and at least one."""
    resource, reference = _FOUND[type(records[0])]
    return {"resource": resource, "count": count, "results": [reference(record) for record in records]}
