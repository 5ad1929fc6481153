"""Programs that write: a client with a token, and of each resource what it may send."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.test import Client

from debate.publishing import Status
from review import tokens
from review.models import Scope
from tests.api.examples import Example, make_example
from tests.review.people import person_as

PROBLEM = "application/problem+json"


@dataclass
class Program:
    """Acts for a person with a token."""

    client: Client
    owner: Any
    text: str

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(path, headers=self._headers(headers))

    def send(self, method: str, path: str, document: Any = None, **headers: str) -> Any:
        body = b"" if document is None else document if isinstance(document, bytes) else json.dumps(document).encode()
        content_type = headers.pop("content_type", "application/json")
        return self.client.generic(method, path, body, content_type=content_type, headers=self._headers(headers))

    def post(self, path: str, document: Any, **headers: str) -> Any:
        return self.send("POST", path, document, **headers)

    def patch(self, path: str, document: Any, *, etag: str | None = None, **headers: str) -> Any:
        return self.send("PATCH", path, document, if_match=etag or self.get(path)["ETag"], **headers)

    def delete(self, path: str, *, etag: str | None = None) -> Any:
        return self.send("DELETE", path, if_match=etag or self.get(path.partition("?")[0])["ETag"])

    def _headers(self, more: dict[str, str]) -> dict[str, str]:
        named = {name.replace("_", "-"): value for name, value in more.items()}
        return {"authorization": f"Bearer {self.text}", **named}


def program_of(role: str, scope: str = Scope.PUBLISH) -> Program:
    owner = person_as(role)
    _token, text = tokens.issue(owner, "A program", scope)
    return Program(Client(raise_request_exception=True), owner, text)


def drafts() -> Example:
    """One of everything, and nothing of it public."""
    example = make_example(Status.DRAFT)
    for position in (example.position, example.link.to_position):
        position.status = Status.DRAFT
        position.save()
    return example


def bodies(example: Example) -> dict[str, dict[str, Any]]:
    """Of each resource a document that makes a new record beside the example."""
    position = {"position": example.position.public_id}
    return {
        "debates": {"title": {"en": "A hearing", "ko": "청문회"}, "kind": "hearing", "date": "2026-03"},
        "sessions": {"debate": example.debate.slug, "order": 7, "kind": "closing"},
        "appearances": {"session": example.session.public_id, "label": "A citizen", "role": "questioner"},
        "sources": {"kind": "article", "title": "An article", "address": "https://news.example/1"},
        "speakers": {"name": {"en": "Kim Min", "ko": "김민"}},
        "organizations": {"name": {"en": "A ministry"}, "kind": "ministry", "parent": example.organization.slug},
        "affiliations": {"speaker": example.speaker.slug, "organization": example.organization.slug},
        "topics": {"name": {"en": "Data"}, "parent": {"id": example.topic.slug}},
        "propositions": {"text": {"en": "Data should be taxed"}, "topics": [example.topic.slug]},
        "positions": {
            "appearance": example.appearance.public_id,
            "proposition": example.proposition.slug,
            "stance": "opposes",
            "kind": "concern",
            "summary": {"en": "Warns of costs"},
        },
        "evidence": {**position, "source": example.source.public_id, "locator": "¶ 4"},
        "remarks": {**position, "kind": "correction", "date": "2026-03-01", "text": {"en": "A slip."}},
        "links": {
            "kind": "disputes",
            "from_position": example.position.public_id,
            "to_position": example.link.to_position.public_id,
        },
    }


CHANGES: dict[str, dict[str, Any]] = {
    "debates": {"subtitle": {"en": "Another"}},
    "sessions": {"order": 31},
    "appearances": {"name_as_printed": "Hahn"},
    "sources": {"publisher": "The press"},
    "speakers": {"note": {"en": "Another."}},
    "organizations": {"kind": "agency"},
    "affiliations": {"unit": {"en": "Legal"}},
    "topics": {"order": 12},
    "propositions": {"text": {"ko": "데이터"}},
    "positions": {"stance": "neutral"},
    "evidence": {"locator": "¶ 8"},
    "remarks": {"date": "2026-04-01"},
    "links": {"kind": "answers"},
}
