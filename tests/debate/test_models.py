from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from debate.models import Appearance, Event, Source
from debate.publishing import Status
from speakers.models import Organization, Person
from tests.factories import (
    AppearanceFactory,
    CapacityFactory,
    EventFactory,
    EventOrganizationFactory,
    EventSourceFactory,
    OrganizationFactory,
    PersonFactory,
    SessionFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


def _public(*records):
    for record in records:
        record.refresh_from_db()
    return [record.is_public for record in records]


def test_people_and_organizations_are_public_while_a_published_debate_shows_them():
    parent = OrganizationFactory()
    organization = OrganizationFactory(parent=OrganizationFactory(parent=parent))
    host = OrganizationFactory()
    capacity = CapacityFactory(organization=organization)
    appearance = capacity.appearance
    event = appearance.session.event
    EventOrganizationFactory(event=event, organization=host)
    source = EventSourceFactory(event=event).source
    shown = (appearance, appearance.session, appearance.person, organization, parent, host, source)

    assert _public(*shown) == [True] * 7
    Event.objects.filter(pk=event.pk).update(status=Status.DRAFT)
    assert _public(*shown) == [False] * 7
    event.refresh_from_db()
    event.status = Status.PUBLISHED
    event.save()
    assert _public(*shown) == [True] * 7


def test_somebody_shown_by_two_debates_stays_public_when_one_is_withdrawn():
    person = PersonFactory()
    first, _second = AppearanceFactory(person=person), AppearanceFactory(person=person)
    first.session.event.delete()
    assert _public(person) == [True]


def test_an_organization_no_longer_spoken_for_is_no_longer_public_nor_what_it_was_part_of():
    parent = OrganizationFactory()
    capacity = CapacityFactory(organization=OrganizationFactory(parent=parent))
    capacity.delete()
    assert _public(capacity.organization, parent) == [False, False]


def test_a_new_parent_becomes_public_and_the_old_one_does_not_stay_so():
    old, new = OrganizationFactory(), OrganizationFactory()
    part = OrganizationFactory(parent=old)
    CapacityFactory(organization=part)
    part.parent = new
    part.save()
    assert _public(old, new) == [False, True]


def test_moving_an_appearance_to_another_debate_moves_what_is_public_with_it():
    appearance = CapacityFactory().appearance
    draft = SessionFactory(event=EventFactory(status=Status.DRAFT))
    appearance.session = draft
    appearance.save()
    assert _public(appearance, appearance.person) == [False, False]


def test_nobody_is_public_without_a_published_debate():
    AppearanceFactory(session__event__status=Status.IN_REVIEW)
    PersonFactory()
    SourceFactory()
    assert not Person.objects.public().exists()
    assert not Organization.objects.public().exists()
    assert not Source.objects.public().exists()


@pytest.mark.parametrize("who", [{}, {"label": "a student", "organization": True}])
def test_an_appearance_is_of_exactly_one(who):
    if who.get("organization"):
        who = {**who, "organization": OrganizationFactory()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Appearance.objects.create(session=SessionFactory(), role="panellist", **who)
    with pytest.raises(ValidationError, match="Name one"):
        Appearance(session=SessionFactory(), role="panellist", **who).clean()


@pytest.mark.parametrize("who", ["person", "organization", "label"])
def test_a_person_an_organization_or_somebody_unnamed_may_speak(who):
    speaker = {
        "person": PersonFactory,
        "organization": OrganizationFactory,
        "label": lambda: "a member of the audience",
    }
    appearance = Appearance.objects.create(session=SessionFactory(), role="questioner", **{who: speaker[who]()})
    assert str(getattr(appearance, who)) == str(appearance.speaker)


def test_a_withdrawn_debate_says_why():
    event = EventFactory()
    event.status = Status.WITHDRAWN
    with pytest.raises(ValidationError) as raised:
        event.full_clean()
    assert "why it is withdrawn" in str(raised.value)
    with pytest.raises(IntegrityError), transaction.atomic():
        event.save()
    event.withdrawn_because = "Entered twice."
    event.full_clean()
    event.save()
    assert event.withdrawn_at is not None


def test_a_partial_date_keeps_its_bounds_and_a_wrong_one_is_not_saved():
    event = EventFactory(date="2025-02")
    assert (str(event.date_earliest), str(event.date_latest)) == ("2025-02-01", "2025-02-28")
    event.date = "XXXX-XX-12"
    event.save()
    assert (event.date_earliest, event.date_latest) == (None, None)
    event.date = "soon"
    with pytest.raises(ValueError, match="is not a date"):
        event.save()


def test_debates_are_listed_newest_first_and_undated_ones_last():
    for date in ("XXXX-XX-12", "2024", "2025-02", "2025-02-12", "2025-02-12/.."):
        EventFactory(title_en=date, date=date)
    assert [event.title_en for event in Event.objects.public().for_list()] == [
        "2025-02",
        "2025-02-12",
        "2024",
        "2025-02-12/..",
        "XXXX-XX-12",
    ]


def test_what_somebody_spoke_as_stays_when_the_organization_is_renamed():
    capacity = CapacityFactory(organization__name_en="Ministry of Old", organization_name_en="Ministry of Old")
    organization = capacity.organization
    organization.name_en = "Ministry of New"
    organization.save()
    capacity.refresh_from_db()
    assert str(capacity.organization_name) == "Ministry of Old"


def test_a_paragraph_that_the_source_does_not_have_is_refused():
    source = SourceFactory(paragraph_count=15)
    appearance = AppearanceFactory.build(
        session=SessionFactory(), person=PersonFactory(), source=source, locator="¶ 16"
    )
    with pytest.raises(ValidationError, match="15 paragraphs"):
        appearance.clean()


def test_the_hash_of_a_sources_text_follows_the_text():
    source = SourceFactory(text="First.")
    first = source.text_hash
    source.text = "Second."
    source.save(update_fields=["text"])
    source.refresh_from_db()
    assert len(first) == len(source.text_hash) == 64
    assert source.text_hash != first


@pytest.mark.parametrize("size", [1, 20])
def test_a_debate_with_its_programme_costs_the_same_at_any_size(size, django_assert_num_queries):
    event = EventFactory()
    for _session in range(size):
        session = SessionFactory(event=event)
        CapacityFactory(appearance__session=session)
        EventSourceFactory(event=event)
        EventOrganizationFactory(event=event)
    with django_assert_num_queries(9):
        found = Event.objects.for_detail().get(pk=event.pk)
        for session in found.sessions.all():
            for appearance in session.appearances.all():
                assert str(appearance.speaker)
                assert [str(capacity.organization) for capacity in appearance.capacities.all()]
        assert [str(link.source) for link in found.event_sources.all()]
        assert [str(part.organization) for part in found.event_organizations.all()]
        assert not [*found.notes.all(), *found.relations_from.all(), *found.relations_to.all()]


def test_a_source_that_only_an_appearance_names_is_public_with_it():
    source = SourceFactory()
    appearance = AppearanceFactory(source=source)
    assert _public(source) == [True]
    appearance.delete()
    assert _public(source) == [False]


def test_an_address_that_is_not_of_the_web_is_not_saved():
    with pytest.raises(IntegrityError), transaction.atomic():
        SourceFactory(url="javascript:alert(1)")
