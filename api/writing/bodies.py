"""Of each resource, which field of its JSON is which column."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, get_type_hints

from django.db.models import Model

from api.shapes import debate as debates
from api.shapes import positions, speakers
from api.writing.document import Fault, Faulty, Pointer
from api.writing.fields import (
    Column,
    Field,
    Group,
    IdColumn,
    JSONSchema,
    Reading,
    References,
    Rows,
    Texts,
    Values,
    object_schema,
    read_object,
    refuse_missing,
)
from api.writing.wordings import CodedWording, CurrentWording, NewWording
from debate.models import Appearance, Event, Session, Source
from debate.publishing import HasStatus
from positions.models import Evidence, Position, PositionLink, Proposition, Remark, Topic
from review.refusals import Path
from speakers.identity import HasSlug
from speakers.models import Affiliation, Organization, Person

REASON = "reason"
LONGEST_REASON = 1_000
# How what may be hidden is shown to who may see it.
_REFERENCES: Mapping[Any, Callable[[Any], Any]] = {
    Source: debates.source_reference,
    Topic: positions.topic_reference,
}
_STATUS = "Only those who may publish can publish and withdraw; editors send to review."


class Body:
    """What is written of one kind of record."""

    def __init__(self, model: type[Model], shown_as: Any, fields: Mapping[str, Field]) -> None:
        own: dict[str, Field] = {}
        if issubclass(model, HasSlug):
            own["slug"] = Column("slug", "The id; made from the name if left out. The former one leads on.")
        if issubclass(model, HasStatus):
            own["status"] = Column("status", _STATUS)
            own["withdrawn_because"] = Column(
                "withdrawn_because", "A line, shown at the address of what was withdrawn."
            )
        self.model, self.fields = model, {**fields, **own}
        self.only_read = frozenset(get_type_hints(shown_as)) - self.fields.keys()
        for one in self.fields.values():
            one.bind(model)

    def read(self, document: Mapping[str, Any], record: Model | None) -> Values:
        """The values for a record that is there, or for a new one; raises Faulty for all that can't be taken."""
        reading = Reading(record)
        known = {name: value for name, value in document.items() if name in self.fields}
        for name in document.keys() - known.keys():
            reading.wrong((name,), self._not_taken(name))
        values = read_object(self.fields, known, (), reading)
        if record is None:
            refuse_missing(self.fields, document, (), reading)
        reading.tell()
        return values

    def _not_taken(self, name: str) -> str:
        if name in self.only_read:
            return "It follows from other fields, or is kept by the record: leave it out."
        return f"There is no such field. There are: {', '.join(self.fields)}, {REASON}."

    def pointer(self, path: Path, document: Mapping[str, Any]) -> Pointer:
        """Where in the document a column is written, or the row of a relation and its column; () where nowhere."""
        if not path:
            return ()
        if len(path) == 1 and path[0] in self._places:
            return self._places[str(path[0])][0]
        of_rows = [name for name, one in self.fields.items() if getattr(one, "relation", None) == path[0]]
        name = next((name for name in of_rows if name in document), of_rows[0] if of_rows else None)
        return self._pointer_to_row(name, path) if name else ()

    def _pointer_to_row(self, name: str, path: Path) -> Pointer:
        rows = self.fields[name]
        if not isinstance(rows, Rows):
            return (name,)
        inner = {column: at for member, of in rows.fields.items() for column, at, _kind in of.places((member,))}
        return (name, *path[1:2], *(inner.get(str(path[2]), ()) if len(path) > 2 else ()))

    def unpublished(self, record: Any) -> dict[str, Any]:
        """What the record refers to that is not public, which is left out of what everybody reads."""
        referred = {
            name: getattr(record, one.name)
            for name, one in self.fields.items()
            if isinstance(one, Column) and one.column.related_model in _REFERENCES
        }
        return {
            name: _REFERENCES[type(other)](other)
            for name, other in referred.items()
            if other is not None and not other.is_public
        }

    def refuse_emptying_unseen(self, document: Mapping[str, Any], record: Any, shown: Mapping[str, Any]) -> None:
        """A text that is withheld is read as null: who sends back what they read must not empty it."""
        faults = [
            Fault((name,), 'It holds a text that is withheld here. Leave it out, or write "" to empty it.')
            for name, value in document.items()
            if value is None and name in shown and shown[name] is None and self._holds_text(name, record)
        ]
        if faults:
            raise Faulty(faults)

    def _holds_text(self, name: str, record: Any) -> bool:
        one = self.fields.get(name)
        return isinstance(one, Column) and isinstance(held := getattr(record, one.name), str) and held != ""

    def has(self, column: str) -> bool:
        return column in self._places

    def show(self, column: str, value: Any) -> Any:
        """A value of a column as the document has it; one query for a reference."""
        return self._places[column][1].show(value) if column in self._places else value

    @property
    def _places(self) -> dict[str, tuple[Pointer, Column]]:
        return dict(self._all_places())

    def rows(self, relation: str, values: list[Values], record: Model | None) -> tuple[Pointer, Any]:
        """Where rows of a relation are written, and the field that they are written in."""
        fields: Any = self.fields.items()
        return next(
            ((name,), one)
            for name, one in fields
            if getattr(one, "relation", None) == relation and one.concerns(values, record)
        )

    def _all_places(self) -> Iterator[tuple[str, tuple[Pointer, Column]]]:
        for name, one in self.fields.items():
            if not hasattr(one, "relation"):
                for column, at, kind in one.places((name,)):
                    yield column, (at, kind)

    def schema(self, *, is_new: bool) -> JSONSchema:
        schema = object_schema(self.fields, is_new=is_new)
        why = "Why; needed where something published changes. The history keeps it."
        reason = {"type": "string", "maxLength": LONGEST_REASON, "description": why}
        return {**schema, "properties": {**schema["properties"], REASON: reason}}


class _PropositionBody(Body):
    def read(self, document: Mapping[str, Any], record: Model | None) -> Values:
        if "text" in document and "new_wording" in document:
            raise Faulty([Fault(("new_wording",), "Put the wording right (text) or give a new one, not both at once.")])
        values = super().read(document, record)
        if record is None and not values.get("slug"):
            worded = values["wordings"][0]
            values["slug"] = Proposition().free_slug(worded.get("text_en") or worded.get("text_ko") or "")
        return values


_ORGANIZATIONS_OF_DEBATE = Rows(
    "event_organizations", {"organization": Column("organization"), "role": Column("role")}, ("organization", "role")
)
_SOURCES_OF_DEBATE = Rows("event_sources", {"source": Column("source"), "role": Column("role")}, ("source",))
_NOTES = Rows("notes", {"about": Column("about"), "text": Texts("text")}, ("about", "text_en", "text_ko"))
_VENUE = Group(
    {
        "name": Texts("venue_name"),
        "room": Texts("venue_room"),
        "locality": Texts("venue_locality"),
        "country": Column("venue_country"),
    }
)
_CAPACITIES = Rows(
    "capacities",
    {
        "id": IdColumn(),
        "organization": Column("organization"),
        "affiliation": Column("affiliation", "The affiliation behind it; it is not shown."),
        "organization_name": Texts("organization_name", "As printed."),
        "role": Texts("role", "As printed."),
        "unit": Texts("unit", "As printed."),
        "basis": Column("basis"),
        "doubtful": Column("is_doubtful"),
        "note": Texts("note"),
    },
    ("public_id",),
)


def _names() -> dict[str, Field]:
    name: dict[str, Column | Texts] = {
        "text": Column("text"),
        "language": Column("language"),
        "kind": Column("kind"),
        "period": Column("period"),
    }
    return {
        "names": Rows("names", name, ("text", "language", "kind")),
        "identifiers": Rows("identifiers", {"scheme": Column("scheme"), "value": Column("value")}, ("scheme", "value")),
        "links": Rows("links", {"address": Column("url"), "label": Texts("label")}, ("url",)),
    }


def _place() -> dict[str, Column | Texts]:
    return {
        "source": Column("source"),
        "locator": Column("locator"),
        "quote": Column("quote", "The exact words."),
        "quote_language": Column("quote_language"),
        "quote_state": Column("state", "Whether the words are in the source's text; needed with a quote."),
        "prefix": Column("prefix"),
        "suffix": Column("suffix"),
        "start": Column("start"),
        "end": Column("end"),
    }


BODIES: Mapping[str, Body] = {
    "debates": Body(
        Event,
        debates.DebateDetail,
        {
            "title": Texts("title"),
            "subtitle": Texts("subtitle"),
            "kind": Column("kind"),
            "date": Column("date"),
            "venue": _VENUE,
            "languages": Column("languages"),
            "summary": Texts("summary"),
            "organizations": _ORGANIZATIONS_OF_DEBATE,
            "sources": _SOURCES_OF_DEBATE,
            "notes": _NOTES,
        },
    ),
    "sessions": Body(
        Session,
        debates.SessionDetail,
        {
            "debate": Column("event"),
            "order": Column("order"),
            "kind": Column("kind"),
            "title": Texts("title"),
            "starts_at": Column("starts_at"),
            "ends_at": Column("ends_at"),
        },
    ),
    "appearances": Body(
        Appearance,
        debates.Appearance,
        {
            "session": Column("session"),
            "speaker": Column("person"),
            "speaking_organization": Column("organization"),
            "label": Column("label"),
            "name_as_printed": Column("name_as_printed"),
            "role": Column("role"),
            "order": Column("order"),
            "absent": Column("is_absent"),
            "source": Column("source"),
            "locator": Column("locator"),
            "capacities": _CAPACITIES,
        },
    ),
    "sources": Body(
        Source,
        debates.SourceDetail,
        {
            "kind": Column("kind"),
            "title": Column("title", "As printed."),
            "description": Texts("description"),
            "publisher": Column("publisher"),
            "author": Column("author"),
            "address": Column("url"),
            "archived_address": Column("archived_url"),
            "language": Column("language"),
            "date": Column("date"),
            "accessed": Column("accessed"),
            "licence": Column("licence"),
            "paragraph_count": Column("paragraph_count"),
            "text": Column("text"),
            "text_public": Column("text_public"),
            "quoting": Column("quoting"),
            "translation_of": Column("translation_of"),
            "note": Texts("note"),
        },
    ),
    "speakers": Body(
        Person,
        speakers.SpeakerDetail,
        {"name": Texts("name"), "sort_name": Texts("sort_name"), "note": Texts("note"), **_names()},
    ),
    "organizations": Body(
        Organization,
        speakers.OrganizationDetail,
        {
            "name": Texts("name"),
            "kind": Column("kind"),
            "parent": Column("parent"),
            "note": Texts("note"),
            **_names(),
        },
    ),
    "affiliations": Body(
        Affiliation,
        speakers.Affiliation,
        {
            "speaker": Column("person"),
            "organization": Column("organization"),
            "role": Texts("role"),
            "unit": Texts("unit"),
            "period": Column("period"),
        },
    ),
    "topics": Body(
        Topic,
        positions.Topic,
        {
            "name": Texts("name"),
            "description": Texts("description"),
            "parent": Column("parent"),
            "order": Column("order"),
        },
    ),
    "propositions": _PropositionBody(
        Proposition,
        positions.PropositionDetail,
        {
            "text": CurrentWording(),
            "new_wording": NewWording(),
            "topics": References("topic_assignments", "topic"),
        },
    ),
    "positions": Body(
        Position,
        positions.PositionDetail,
        {
            "appearance": Column("appearance"),
            "proposition": CodedWording(),
            "capacities": References("capacity_choices", "capacity"),
            "stance": Column("stance"),
            "condition": Texts("condition"),
            "kind": Column("kind"),
            "summary": Texts("summary", "The editors' paraphrase."),
            "language": Column("source_language", "Of the source it was read from."),
            "evidence": Rows(
                "evidence", _place(), (), only_new="Evidence of a position that is there has its own address."
            ),
        },
    ),
    "evidence": Body(Evidence, positions.Evidence, {"position": Column("position"), **_place()}),
    "remarks": Body(
        Remark,
        positions.Remark,
        {
            "position": Column("position"),
            "speaker": Column("person"),
            "debate": Column("event"),
            "kind": Column("kind"),
            "date": Column("date"),
            "text": Texts("text"),
            "statement": Texts("statement"),
        },
    ),
    "links": Body(
        PositionLink,
        positions.Link,
        {
            "kind": Column("kind"),
            "from_position": Column("from_position"),
            "to_position": Column("to_position"),
        },
    ),
}
