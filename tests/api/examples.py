"""One of everything the API shows, each thing reached from one debate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from debate.models import Appearance, Capacity, Event, EventRelation, Session, Source
from debate.publishing import Status
from positions.models import Evidence, Position, PositionCapacity, PositionLink, Proposition, Remark, Topic
from speakers.models import Affiliation, Identifier, Link, Name, Organization, Person
from tests.factories import (
    AffiliationFactory,
    AppearanceFactory,
    CapacityFactory,
    EventFactory,
    EventOrganizationFactory,
    EventSourceFactory,
    EvidenceFactory,
    OrganizationFactory,
    PersonFactory,
    PositionFactory,
    PropositionFactory,
    PropositionTopicFactory,
    SessionFactory,
    TopicFactory,
)

RESOURCES = (
    "debates",
    "sessions",
    "appearances",
    "sources",
    "speakers",
    "organizations",
    "affiliations",
    "topics",
    "propositions",
    "positions",
    "evidence",
    "remarks",
    "links",
)


@dataclass(frozen=True)
class Example:
    debate: Event
    session: Session
    appearance: Appearance
    capacity: Capacity
    source: Source
    speaker: Person
    organization: Organization
    affiliation: Affiliation
    topic: Topic
    proposition: Proposition
    position: Position
    evidence: Evidence
    remark: Remark
    link: PositionLink

    @property
    def addresses(self) -> dict[str, str]:
        """Of each resource the path of the one record that is in this example."""
        records: dict[str, Any] = {
            "debates": self.debate,
            "sessions": self.session,
            "appearances": self.appearance,
            "sources": self.source,
            "speakers": self.speaker,
            "organizations": self.organization,
            "affiliations": self.affiliation,
            "topics": self.topic,
            "propositions": self.proposition,
            "positions": self.position,
            "evidence": self.evidence,
            "remarks": self.remark,
            "links": self.link,
        }
        return {
            name: f"/api/v1/{name}/{getattr(record, 'slug', None) or record.public_id}/"
            for name, record in records.items()
        }


def make_example(status: str = Status.PUBLISHED) -> Example:
    """Everything hangs on a debate, a topic and a proposition of that status."""
    debate = EventFactory(status=status, subtitle_en="A subtitle", venue_name_en="Hall", languages=["ko"])
    EventOrganizationFactory(event=debate)
    session = SessionFactory(event=debate, title_en="Discussion", starts_at="10:00")
    source = EventSourceFactory(event=debate).source
    organization = OrganizationFactory(parent=OrganizationFactory())
    speaker = PersonFactory(name_ko="한사람", note_en="A note.")
    affiliation = AffiliationFactory(person=speaker, organization=organization, period="2024-05/..")
    _named(speaker, organization)
    appearance = AppearanceFactory(session=session, person=speaker, source=source, locator="¶ 2", name_as_printed="Han")
    capacity = CapacityFactory(appearance=appearance, organization=organization, affiliation=affiliation)
    topic, proposition = (
        TopicFactory(status=status, parent=TopicFactory(status=status)),
        PropositionFactory(status=status),
    )
    PropositionTopicFactory(topic=topic, proposition=proposition)
    position = PositionFactory(appearance=appearance, on=proposition)
    PositionCapacity.objects.create(position=position, capacity=capacity)
    evidence = EvidenceFactory(position=position, source=source, locator="¶ 3")
    other = PositionFactory(appearance=appearance, on=proposition)
    EventRelation.objects.create(from_event=debate, to_event=EventFactory(status=status))
    return Example(
        debate,
        session,
        appearance,
        capacity,
        source,
        speaker,
        organization,
        affiliation,
        topic,
        proposition,
        position,
        evidence,
        Remark.objects.create(position=position, kind="correction", date="2026-01-02", text_en="The date was wrong."),
        PositionLink.objects.create(from_position=position, to_position=other, kind="elaborates"),
    )


def _named(speaker: Person, organization: Organization) -> None:
    for owner in ({"person": speaker}, {"organization": organization}):
        Name.objects.create(text="Other name", language="en", kind="former", period="2020", **owner)
        Link.objects.create(url="https://example.org/", label_en="Home", **owner)
    Identifier.objects.create(person=speaker, scheme="wikidata", value=f"Q{speaker.pk}")
