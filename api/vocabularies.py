"""What the codes in the records are called, in each language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, TypedDict

from django.db.models import Choices
from django.utils import translation
from rest_framework.request import Request
from rest_framework.response import Response

from api.views import PublicView
from debate.models import (
    AppearanceRole,
    Basis,
    EventKind,
    EventRelation,
    EventSource,
    NoteSubject,
    OrganizationRole,
    Quoting,
    SessionKind,
    SourceKind,
)
from exchange.statements.row import OrganizationRule
from positions.models import Evidence, PositionKind, PositionLink, Remark, Stance
from speakers.bilingual import LANGUAGES
from speakers.models import NameKind, OrganizationKind

# By where a code stands: the list, or the kind of thing in a record, and the member.
VOCABULARIES: Mapping[str, type[Choices]] = {
    "positions.stance": Stance,
    "positions.kind": PositionKind,
    "appearances.role": AppearanceRole,
    "capacities.basis": Basis,
    "debates.kind": EventKind,
    "debates.organizations.role": OrganizationRole,
    "debates.sources.role": EventSource.Role,
    "debates.notes.about": NoteSubject,
    "debates.related.kind": EventRelation.Kind,
    "sessions.kind": SessionKind,
    "sources.kind": SourceKind,
    "sources.quoting": Quoting,
    "organizations.kind": OrganizationKind,
    "names.kind": NameKind,
    "evidence.quote_state": Evidence.State,
    "links.kind": PositionLink.Kind,
    "remarks.kind": Remark.Kind,
    "statements.organization_rule": OrganizationRule,
}


class CodeLabel(TypedDict):
    """What a code is called."""

    en: str
    ko: str


class Code(TypedDict):
    """A value that a member of a record can have."""

    code: Annotated[str, "As it is in records, tables and parameters.", {"examples": ["opposes"]}]
    label: CodeLabel


class Vocabulary(TypedDict):
    """All the codes that a member can have."""

    member: Annotated[
        str, "Where they stand: the list or the kind of thing, and its member.", {"examples": ["positions.stance"]}
    ]
    codes: Annotated[list[Code], "In the order in which pages show them."]


class VocabulariesView(PublicView):
    """Says what the codes in records and tables are called, in English and Korean."""

    shape = list[Vocabulary]

    def get(self, request: Request) -> Response:
        return Response(list(vocabularies()))


def vocabularies() -> Iterator[Vocabulary]:
    for member, choices in VOCABULARIES.items():
        labels = {language: dict(zip(choices.values, _in(language, choices), strict=True)) for language in LANGUAGES}
        codes: list[Code] = [
            {"code": code, "label": {"en": labels["en"][code], "ko": labels["ko"][code]}} for code in choices.values
        ]
        yield {"member": member, "codes": codes}


def _in(language: str, choices: type[Choices]) -> list[str]:
    with translation.override(language):
        return [str(label) for label in choices.labels]
