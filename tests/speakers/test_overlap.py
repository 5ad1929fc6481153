"""Two editors at the same moment: neither sees what the other writes, and what follows from both is right."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from threading import Event as Signal

import pytest
from django.db import connection, transaction

from debate.models import Appearance, Event, Session
from positions.models import Position, Proposition, Wording
from speakers import derived
from speakers.models import Organization, Person, Touch
from tests.factories import (
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
    SourceFactory,
    TopicFactory,
)

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="on SQLite one writes after the other"),
]
SECONDS = 20
PATIENCE = 0.5
ROUNDS = 10
type Write = Callable[[], object]


def overlap(first: Write, second: Write) -> None:
    """Both have written before either commits, and `first` commits first, unless one has to wait for the other."""
    written, may_commit = Signal(), Signal()

    def write_second() -> None:
        try:
            with transaction.atomic():
                second()
                written.set()
                may_commit.wait(PATIENCE)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            first()
            done = other.submit(write_second)
            written.wait(PATIENCE)
        may_commit.set()
        done.result(SECONDS)


def withdraw(*events: Event) -> Write:
    return lambda: Event.objects.filter(pk__in=[event.pk for event in events]).update(status="draft")


def publish(event: Event) -> Write:
    return lambda: Event.objects.filter(pk=event.pk).update(status="published")


def _one_speaker():
    person = PersonFactory()
    one, other = (AppearanceFactory(person=person).session.event for _debate in range(2))
    return withdraw(one), withdraw(other)


def _one_host():
    host = OrganizationFactory()
    one, other = (EventOrganizationFactory(organization=host).event for _debate in range(2))
    return withdraw(one), withdraw(other)


def _one_organization_spoken_for():
    above = OrganizationFactory()
    parts = OrganizationFactory.create_batch(2, parent=above)
    one, other = (CapacityFactory(organization=part).appearance.session.event for part in parts)
    return withdraw(one), withdraw(other)


def _one_source():
    source = SourceFactory()
    one, other = (EvidenceFactory(source=source).position.event for _debate in range(2))
    return withdraw(one), withdraw(other)


def _one_source_of_two_debates():
    source = SourceFactory()
    one, other = (EventSourceFactory(source=source).event for _debate in range(2))
    return withdraw(one), withdraw(other)


def _a_debate_and_a_proposition():
    source = SourceFactory()
    one, other = (EvidenceFactory(source=source).position for _position in range(2))
    return withdraw(one.event), lambda: Proposition.objects.filter(pk=other.proposition_id).update(status="draft")


def _a_new_position():
    appearance, proposition = AppearanceFactory(), PropositionFactory()
    return withdraw(appearance.session.event), lambda: PositionFactory(appearance=appearance, on=proposition)


def _a_new_position_in_a_new_debate():
    appearance, proposition = AppearanceFactory(session__event__status="draft"), PropositionFactory()
    return publish(appearance.session.event), lambda: PositionFactory(appearance=appearance, on=proposition)


def _a_new_position_on_a_withdrawn_proposition():
    appearance, proposition = AppearanceFactory(), PropositionFactory()
    return (
        lambda: Proposition.objects.filter(pk=proposition.pk).update(status="draft"),
        lambda: PositionFactory(appearance=appearance, on=proposition),
    )


def _a_new_position_and_a_new_topic():
    appearance, proposition, topic = AppearanceFactory(), PropositionFactory(), TopicFactory()
    return (
        lambda: PropositionTopicFactory(proposition=proposition, topic=topic),
        lambda: PositionFactory(appearance=appearance, on=proposition),
    )


def _a_new_position_and_another_day():
    appearance, proposition = AppearanceFactory(), PropositionFactory()
    event = appearance.session.event
    return (
        lambda: Event.objects.filter(pk=event.pk).update(date="1999-01-31"),
        lambda: PositionFactory(appearance=appearance, on=proposition),
    )


def _a_new_position_and_another_speaker():
    appearance, proposition, person = AppearanceFactory(), PropositionFactory(), PersonFactory()
    return (
        lambda: Appearance.objects.filter(pk=appearance.pk).update(person=person),
        lambda: Position.objects.bulk_create(
            [PositionFactory.build(appearance=appearance, wording=proposition.current_wording)]
        ),
    )


def _a_new_position_in_a_session_that_moves():
    appearance, proposition = AppearanceFactory(), PropositionFactory()
    draft = EventFactory(status="draft")
    return (
        lambda: Session.objects.filter(pk=appearance.session_id).update(event=draft),
        lambda: PositionFactory(appearance=appearance, on=proposition),
    )


def _a_new_appearance():
    session, person = SessionFactory(), PersonFactory()
    return withdraw(session.event), lambda: AppearanceFactory(session=session, person=person)


def _a_new_session():
    event = EventFactory()
    return withdraw(event), lambda: SessionFactory(event=event)


def _a_new_capacity():
    appearance, organization = AppearanceFactory(), OrganizationFactory(parent=OrganizationFactory())
    return withdraw(appearance.session.event), lambda: CapacityFactory(appearance=appearance, organization=organization)


def _a_new_host():
    event, organization = EventFactory(), OrganizationFactory()
    return withdraw(event), lambda: EventOrganizationFactory(event=event, organization=organization)


def _a_new_parent():
    capacity, above = CapacityFactory(), OrganizationFactory()
    return (
        withdraw(capacity.appearance.session.event),
        lambda: Organization.objects.filter(pk=capacity.organization_id).update(parent=above),
    )


def _new_evidence():
    position, source = PositionFactory(), SourceFactory()
    return withdraw(position.event), lambda: EvidenceFactory(position=position, source=source)


def _a_new_source_of_a_debate():
    event, source = EventFactory(), SourceFactory()
    return withdraw(event), lambda: EventSourceFactory(event=event, source=source)


def _an_appearance_leaves_a_session_that_moves():
    position = PositionFactory()
    session = position.appearance.session
    beside = SessionFactory(event=session.event)
    draft = EventFactory(status="draft")
    return (
        lambda: Session.objects.filter(pk=session.pk).update(event=draft),
        lambda: Appearance.objects.filter(pk=position.appearance_id).update(session=beside),
    )


def _a_wording_goes_to_a_proposition_that_is_withdrawn():
    position, other = PositionFactory(), PropositionFactory()
    return (
        lambda: Wording.objects.filter(pk=position.wording_id).update(proposition=other, number=2),
        lambda: Proposition.objects.filter(pk=other.pk).update(status="draft"),
    )


def _the_last_appearances_go():
    person = PersonFactory()
    one, other = (AppearanceFactory(person=person) for _debate in range(2))
    return one.delete, other.delete


def _the_last_evidence_goes():
    source = SourceFactory()
    one, other = (EvidenceFactory(source=source) for _position in range(2))
    return one.delete, other.delete


PAIRS = {
    name[1:].replace("_", " "): make for name, make in globals().items() if name.startswith("_") and name[1] != "_"
}


def test_what_two_at_once_write_ends_up_right(subtests):
    """One test, since emptying the database takes longer than all of these."""
    for name, make in PAIRS.items():
        for turn in (1, -1):
            with subtests.test(name, turn=turn):
                overlap(*make()[::turn])
                wrong = {table: count for table, count in derived.wrong_rows(connection).items() if count}
                derived.repair(connection)
                assert wrong == {}


def test_two_who_publish_debates_of_the_same_speakers_do_not_lock_each_other_out():
    people = PersonFactory.create_batch(8)
    events = EventFactory.create_batch(2, status="draft")
    for event, order in zip(events, (people, people[::-1]), strict=True):
        session = SessionFactory(event=event)
        for person in order:
            CapacityFactory(appearance__session=session, appearance__person=person)
    together = Barrier(2, timeout=SECONDS)

    def write(event: Event) -> None:
        try:
            for status in ("published", "draft") * ROUNDS:
                together.wait()
                Event.objects.filter(pk=event.pk).update(status=status)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as editors:
        for done in [editors.submit(write, event) for event in events]:
            done.result(SECONDS)
    assert not any(derived.wrong_rows(connection).values())
    assert not Person.objects.public().exists()


def test_notes_are_forgotten_once_everybody_has_seen_them():
    AppearanceFactory()
    AppearanceFactory()
    transactions = set(Touch.objects.values_list("transaction", flat=True))
    assert len(transactions) == 1, "those of the last are kept for who began before it ended"


def test_a_note_that_another_release_or_server_left_does_no_harm():
    event = EventFactory()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE speakers_touch DISABLE TRIGGER USER")
        Touch.objects.create(transaction=2**40, change="unheard of", keys="1", size=1)
        cursor.execute("ALTER TABLE speakers_touch ENABLE TRIGGER USER")
    withdraw(event)()
    assert not any(derived.wrong_rows(connection).values())
    assert not Touch.objects.filter(transaction=2**40).exists()
