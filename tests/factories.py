"""Valid records with nothing surprising in them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import factory
from django.contrib.auth import get_user_model
from factory.django import DjangoModelFactory

from debate.models import Appearance, Capacity, Event, EventOrganization, EventSource, Session, Source
from debate.publishing import Status
from positions.models import (
    Coding,
    CodingRound,
    CodingUnit,
    Evidence,
    Position,
    Proposition,
    PropositionTopic,
    RoundCoder,
    Topic,
    Wording,
)
from speakers.models import Affiliation, Organization, Person

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)


class PersonFactory(DjangoModelFactory[Person]):
    class Meta:
        model = Person

    name_en = factory.Sequence(lambda number: f"Han Person{number}")


class OrganizationFactory(DjangoModelFactory[Organization]):
    class Meta:
        model = Organization

    name_en = factory.Sequence(lambda number: f"Organization {number}")


class AffiliationFactory(DjangoModelFactory[Affiliation]):
    class Meta:
        model = Affiliation

    person = factory.SubFactory(PersonFactory)
    organization = factory.SubFactory(OrganizationFactory)
    role_en = "Member"


class EventFactory(DjangoModelFactory[Event]):
    class Meta:
        model = Event

    title_en = factory.Sequence(lambda number: f"Debate {number}")
    status = Status.PUBLISHED
    date = "2025-02-12"


class EventOrganizationFactory(DjangoModelFactory[EventOrganization]):
    class Meta:
        model = EventOrganization

    event = factory.SubFactory(EventFactory)
    organization = factory.SubFactory(OrganizationFactory)


class SourceFactory(DjangoModelFactory[Source]):
    class Meta:
        model = Source

    kind = "minutes"
    title = factory.Sequence(lambda number: f"Minutes {number}")
    language = "en"


class EventSourceFactory(DjangoModelFactory[EventSource]):
    class Meta:
        model = EventSource

    event = factory.SubFactory(EventFactory)
    source = factory.SubFactory(SourceFactory)


class SessionFactory(DjangoModelFactory[Session]):
    class Meta:
        model = Session

    event = factory.SubFactory(EventFactory)
    order = factory.Sequence(lambda number: number + 1)
    kind = "discussion"


class AppearanceFactory(DjangoModelFactory[Appearance]):
    class Meta:
        model = Appearance

    session = factory.SubFactory(SessionFactory)
    person = factory.SubFactory(PersonFactory)
    role = "panellist"


class CapacityFactory(DjangoModelFactory[Capacity]):
    class Meta:
        model = Capacity

    appearance = factory.SubFactory(AppearanceFactory)
    organization = factory.SubFactory(OrganizationFactory)
    organization_name_en = factory.LazyAttribute(lambda capacity: capacity.organization.name_en)
    role_en = "Member"


class TopicFactory(DjangoModelFactory[Topic]):
    class Meta:
        model = Topic

    name_en = factory.Sequence(lambda number: f"Topic {number}")
    status = Status.PUBLISHED


class PropositionFactory(DjangoModelFactory[Proposition]):
    """With a wording, `text_en`."""

    class Meta:
        model = Proposition
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda number: f"proposition-{number}")
    status = Status.PUBLISHED

    @factory.post_generation
    def wording(self: Any, create: bool, extracted: str | None, **_options: Any) -> None:
        if create:
            Wording.objects.create(proposition=self, text_en=extracted or f"The state should do {self.slug}")
            self.refresh_from_db()


class PropositionTopicFactory(DjangoModelFactory[PropositionTopic]):
    class Meta:
        model = PropositionTopic

    proposition = factory.SubFactory(PropositionFactory)
    topic = factory.SubFactory(TopicFactory)


class PositionFactory(DjangoModelFactory[Position]):
    """Published, in a published debate, on a published proposition; `on=` chooses which."""

    class Meta:
        model = Position

    class Params:
        on = factory.SubFactory(PropositionFactory)

    appearance = factory.SubFactory(AppearanceFactory)
    wording = factory.LazyAttribute(lambda position: position.on.current_wording)
    stance = "supports"
    kind = "recommendation"
    summary_en = factory.Sequence(lambda number: f"Asks for measure {number}")
    status = Status.PUBLISHED


class EvidenceFactory(DjangoModelFactory[Evidence]):
    class Meta:
        model = Evidence

    position = factory.SubFactory(PositionFactory)
    source = factory.SubFactory(SourceFactory)
    locator = "¶ 1"


class EditorFactory(DjangoModelFactory[Any]):
    """May do everything in the admin."""

    class Meta:
        model = get_user_model()

    username = factory.Sequence(lambda number: f"editor{number}")
    is_staff = True
    is_superuser = True


class CoderFactory(EditorFactory):
    username = factory.Sequence(lambda number: f"coder{number}")


class CodingRoundFactory(DjangoModelFactory[CodingRound]):
    """Open, without coders: each reading of `CodingFactory` brings its own."""

    class Meta:
        model = CodingRound

    source = factory.SubFactory(SourceFactory)
    number = 1
    opened_by = factory.SubFactory(CoderFactory)


class RoundCoderFactory(DjangoModelFactory[RoundCoder]):
    class Meta:
        model = RoundCoder

    round = factory.SubFactory(CodingRoundFactory)
    coder = factory.SubFactory(CoderFactory)


class CodingUnitFactory(DjangoModelFactory[CodingUnit]):
    class Meta:
        model = CodingUnit

    round = factory.SubFactory(CodingRoundFactory, state="compared", compared_at=NOW)
    number = factory.Sequence(lambda number: number + 1)


class CodingFactory(DjangoModelFactory[Coding]):
    class Meta:
        model = Coding

    class Params:
        on = factory.SubFactory(PropositionFactory)

    round = factory.SubFactory(CodingRoundFactory)
    coder = factory.SubFactory(CoderFactory)
    appearance = factory.SubFactory(AppearanceFactory)
    wording = factory.LazyAttribute(lambda coding: coding.on.current_wording)
    locator = "¶ 1"
    stance = "supports"
    kind = "recommendation"
    summary_en = factory.Sequence(lambda number: f"Asks for measure {number}")
