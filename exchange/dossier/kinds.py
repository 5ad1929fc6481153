"""What a dossier holds, kind by kind: the model of each, its keys, and what tells one from another.

Reading, checking, loading and dumping all go by these tables; what a key may hold is said in schema.json.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Model

from debate.models import (
    Appearance,
    Capacity,
    EditorialNote,
    Event,
    EventOrganization,
    EventRelation,
    EventSource,
    Session,
    Source,
)
from debate.publishing import Status
from exchange.dossier.fields import (
    ColumnField,
    Columns,
    Field,
    GroupField,
    InheritedField,
    PointerField,
    WordingField,
    fields,
)
from positions.models import (
    Evidence,
    Position,
    PositionCapacity,
    PositionLink,
    Proposition,
    PropositionTopic,
    Remark,
    Topic,
    Wording,
)
from speakers.models import Affiliation, Identifier, Link, Name, Organization, Person


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """Records of `model` under `key`, of the dossier or of what they are part of."""

    model: type[Model]
    key: str
    fields: tuple[Field, ...]
    identity: tuple[str, ...] = ()  # keys that tell one from another of the same owner; none: it has a slug or an id
    owner: str = ""  # the foreign key to what it is part of
    of_event: str = ""  # the lookup that leads to the event, for what belongs to that event alone
    used_by: tuple[str, ...] = ()  # the lookups that lead to the events that use it, for what many may share
    single: bool = False  # one mapping instead of a list
    item: str = ""  # the key that a bare text in the list stands for
    repeatable: bool = False  # nothing has to tell two of the same owner apart
    ordered: bool = False  # its place in the list is its `order`
    parts: tuple[Kind, ...] = ()

    @property
    def name_column(self) -> str:
        """The column it is known to the world by; empty where it has none."""
        return next((column for column in ("slug", "public_id") if hasattr(self.model, column)), "")

    @property
    def identifying(self) -> tuple[ColumnField | PointerField, ...]:
        fields = (field for field in self.fields if field.key in self.identity)
        return tuple(field for field in fields if isinstance(field, ColumnField | PointerField))

    @property
    def self_pointer(self) -> str:
        """The key that leads to another record of the same kind, which has to be there before it."""
        pointers = (field for field in self.fields if isinstance(field, PointerField) and field.model is self.model)
        return next((field.key for field in pointers), "")

    @property
    def noun(self) -> str:
        return str(self.model._meta.verbose_name)


def _names(owner: str) -> tuple[Kind, ...]:
    """What people and organizations are called and found by elsewhere."""
    return (
        Kind(
            Name,
            "names",
            fields(Name, "text", "language", "kind", "period"),
            identity=("text", "language", "kind"),
            owner=owner,
        ),
        Kind(
            Identifier, "identifiers", fields(Identifier, "scheme", "value"), identity=("scheme", "value"), owner=owner
        ),
        Kind(Link, "links", fields(Link, "url", "label"), identity=("url",), owner=owner, repeatable=True),
    )


def _remarks(owner: str, of_event: str = "") -> Kind:
    keys = ("id=public_id", "kind", "date", "text", "statement", "source_language")
    return Kind(Remark, "remarks", fields(Remark, *keys), owner=owner, of_event=of_event)


_STATUS = ("status", "withdrawn_at", "withdrawn_because")

TOPIC = Kind(
    Topic, "topics", fields(Topic, "slug", "name", "description", "parent", "order", *_STATUS, "source_language")
)

ORGANIZATION = Kind(
    Organization,
    "organizations",
    fields(Organization, "slug", "name", "kind", "parent", "note", "source_language"),
    used_by=("event_organizations__event", "capacities__appearance__session__event", "appearances__session__event"),
    parts=_names("organization"),
)

AFFILIATION = Kind(
    Affiliation,
    "affiliations",
    fields(Affiliation, "id=public_id", "organization", "role", "unit", "period", "source_language"),
    owner="person",
)

PERSON = Kind(
    Person,
    "people",
    fields(Person, "slug", "name", "sort_name", "note", "source_language"),
    used_by=("appearances__session__event",),
    parts=(*_names("person"), AFFILIATION, _remarks("person")),
)

SOURCE = Kind(
    Source,
    "sources",
    fields(
        Source,
        *("id=public_id", "kind", "title", "description", "publisher", "author", "url", "archived_url", "language"),
        *("date", "accessed", "licence", "paragraph_count", "text", "text_public", "quoting", "translation_of", "note"),
        "source_language",
    ),
)

WORDING = Kind(
    Wording,
    "wordings",
    fields(Wording, "number", "text", "source_language"),
    identity=("number",),
    owner="proposition",
)

PROPOSITION = Kind(
    Proposition,
    "propositions",
    fields(Proposition, "slug", *_STATUS),
    used_by=("wordings__positions__appearance__session__event",),
    parts=(
        Kind(
            PropositionTopic,
            "topics",
            fields(PropositionTopic, "topic"),
            identity=("topic",),
            owner="proposition",
            item="topic",
        ),
        WORDING,
    ),
)

CAPACITY = Kind(
    Capacity,
    "capacities",
    fields(
        Capacity,
        *("id=public_id", "organization", "affiliation", "organization_name", "role", "unit", "basis"),
        *("doubtful=is_doubtful", "note", "source_language"),
    ),
    owner="appearance",
    of_event="appearance__session__event",
    ordered=True,
)

APPEARANCE = Kind(
    Appearance,
    "appearances",
    fields(
        Appearance,
        *("id=public_id", "person", "organization", "label", "name_as_printed", "role", "absent=is_absent"),
        *("source", "locator"),
    ),
    owner="session",
    of_event="session__event",
    ordered=True,
    parts=(CAPACITY,),
)

SESSION = Kind(
    Session,
    "sessions",
    fields(Session, "id=public_id", "kind", "title", "starts_at", "ends_at", "source_language"),
    owner="event",
    of_event="event",
    ordered=True,
    parts=(APPEARANCE,),
)

EVENT = Kind(
    Event,
    "event",
    (
        *fields(Event, "slug", *_STATUS, "title", "subtitle", "kind", "date"),
        GroupField(
            "venue",
            fields(Event, "name=venue_name", "room=venue_room", "locality=venue_locality", "country=venue_country"),
        ),
        *fields(Event, "summary", "languages"),
        InheritedField("source_language"),
    ),
    single=True,
    parts=(
        Kind(
            EventOrganization,
            "organizations",
            fields(EventOrganization, "organization", "role"),
            identity=("organization", "role"),
            owner="event",
            of_event="event",
            ordered=True,
        ),
        Kind(
            EventSource,
            "sources",
            fields(EventSource, "source", "role"),
            identity=("source",),
            owner="event",
            of_event="event",
            ordered=True,
        ),
        Kind(
            EditorialNote,
            "notes",
            fields(EditorialNote, "about", "text", "source_language"),
            identity=("about",),  # the first, second ... note about it
            repeatable=True,
            owner="event",
            of_event="event",
            ordered=True,
        ),
        Kind(
            EventRelation,
            "related",
            fields(EventRelation, "event=to_event", "kind"),
            identity=("event", "kind"),
            owner="from_event",
            of_event="from_event",
        ),
        _remarks("event", of_event="event"),
        SESSION,
    ),
)

_EVENT_OF_POSITION = "position__appearance__session__event"

EVIDENCE = Kind(
    Evidence,
    "evidence",
    fields(
        Evidence,
        *("id=public_id", "source", "locator", "quote", "quote_language", "prefix", "suffix", "start", "end", "state"),
    ),
    owner="position",
    of_event=_EVENT_OF_POSITION,
)

POSITION_CAPACITY = Kind(
    PositionCapacity,
    "capacities",
    fields(PositionCapacity, "capacity"),
    identity=("capacity",),
    owner="position",
    of_event=_EVENT_OF_POSITION,
    item="capacity",
)

POSITION_LINK = Kind(
    PositionLink,
    "links",
    fields(PositionLink, "id=public_id", "to=to_position", "kind"),
    owner="from_position",
    of_event="from_position__appearance__session__event",
)

POSITION = Kind(
    Position,
    "positions",
    (
        *fields(Position, "id=public_id", *_STATUS, "appearance"),
        WordingField(),
        *fields(Position, "stance", "condition", "kind", "summary", "source_language"),
    ),
    of_event="appearance__session__event",
    parts=(POSITION_CAPACITY, EVIDENCE, POSITION_LINK, _remarks("position", of_event=_EVENT_OF_POSITION)),
)

DOSSIER = (TOPIC, ORGANIZATION, PERSON, SOURCE, PROPOSITION, EVENT, POSITION)


def _with_owners(kinds: tuple[Kind, ...], owner: Kind | None) -> Iterator[tuple[Kind, Kind | None]]:
    for kind in kinds:
        yield kind, owner
        yield from _with_owners(kind.parts, kind)


# Every kind with what it is part of, each after all that it can point to.
KINDS: dict[Kind, Kind | None] = dict(_with_owners(DOSSIER, None))


def named(model: type[Model]) -> list[Kind]:
    return [kind for kind in KINDS if kind.model is model]


def defaults(kind: Kind, language: str, status: str) -> Columns:
    """The columns that follow the dossier's language and the event's status where a record says nothing."""
    follows = Status.DRAFT if kind is EVENT or not status else Status(status)
    return {"source_language": language, "status": follows.value}
