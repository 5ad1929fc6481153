"""However a position becomes public, the database notes when, and counts it as a change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core import serializers
from django.db import connection
from django.utils import timezone

from debate.models import Appearance, Event, Session
from debate.publishing import Status
from positions.models import Position, Proposition, Wording
from speakers import triggers
from tests.factories import AppearanceFactory, EventFactory, PositionFactory, PropositionFactory, SessionFactory

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2026, 1, 1, 12, tzinfo=UTC)
WITHDRAWN = {"status": Status.WITHDRAWN, "withdrawn_at": LONG_AGO, "withdrawn_because": "Entered twice."}


def waiting(**options):
    """One that was entered long ago, and was public then unless something kept it from that."""
    position = PositionFactory(**options)
    since = LONG_AGO if position.is_public else None
    Position.objects.filter(pk=position.pk).update(created_at=LONG_AGO, updated_at=LONG_AGO, public_since=since)
    position.refresh_from_db()
    return position


def became_public_now(position):
    position.refresh_from_db()
    assert position.is_public
    assert position.public_since == position.updated_at
    return abs(timezone.now() - position.public_since) < timedelta(minutes=1)


def as_it_was(position):
    before = (position.public_since, position.updated_at)
    position.refresh_from_db()
    return (position.public_since, position.updated_at) == before


def raw(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def in_a_draft():
    return AppearanceFactory(session=SessionFactory(event=EventFactory(status=Status.DRAFT)))


def with_a_draft():
    return PropositionFactory(status=Status.DRAFT)


BECOMING_PUBLIC = {
    "it is saved": (
        {"status": Status.DRAFT}, lambda position: Position(**{**fields(position), "status": "published"}).save()
    ),
    "it is updated": (
        {"status": Status.IN_REVIEW}, lambda _position: Position.objects.update(status=Status.PUBLISHED)
    ),
    "it is updated in bulk": (
        {"status": Status.DRAFT},
        lambda position: Position.objects.bulk_update([changed(position, status=Status.PUBLISHED)], ["status"]),
    ),
    "it is updated by hand": (
        {"status": Status.DRAFT}, lambda _position: raw("UPDATE positions_position SET status = 'published'")
    ),
    "its debate is saved": (
        {"appearance": in_a_draft}, lambda position: changed(position.event, status=Status.PUBLISHED).save()
    ),
    "debates are updated": (
        {"appearance": in_a_draft}, lambda _position: Event.objects.update(status=Status.PUBLISHED)
    ),
    "its proposition is saved": (
        {"on": with_a_draft}, lambda position: changed(position.proposition, status=Status.PUBLISHED).save()
    ),
    "propositions are updated": (
        {"on": with_a_draft}, lambda _position: Proposition.objects.update(status=Status.PUBLISHED)
    ),
    "its session is moved": (
        {"appearance": in_a_draft}, lambda _position: Session.objects.update(event=EventFactory())
    ),
    "its appearance is moved": (
        {"appearance": in_a_draft}, lambda _position: Appearance.objects.update(session=SessionFactory())
    ),
    "its wording is moved": (
        {"on": with_a_draft}, lambda _position: Wording.objects.update(proposition=bare_proposition())
    ),
}  # fmt: skip


def fields(position):
    return {field.attname: getattr(position, field.attname) for field in Position._meta.concrete_fields}


def changed(record, **values):
    for name, value in values.items():
        setattr(record, name, value)
    return record


def bare_proposition():
    return Proposition.objects.create(slug="bare", status=Status.PUBLISHED)


@pytest.mark.parametrize("way", BECOMING_PUBLIC)
def test_it_is_noted_when_a_position_becomes_public_because(way):
    options, become_public = BECOMING_PUBLIC[way]
    position = waiting(**{name: value() if callable(value) else value for name, value in options.items()})
    assert not position.is_public and position.public_since is None
    assert position.updated_at == LONG_AGO

    become_public(position)

    assert became_public_now(position)
    assert position.created_at == LONG_AGO


def test_one_that_is_entered_public_is_public_since_then_and_its_copy_knows():
    position = PositionFactory()
    known = (position.public_since, position.updated_at)

    assert became_public_now(position)
    assert known == (position.public_since, position.updated_at)
    assert position.created_at <= position.public_since


def test_of_many_that_are_created_at_once_those_are_noted_that_are_public():
    appearance, wording = AppearanceFactory(), PropositionFactory().current_wording
    common = {"appearance": appearance, "wording": wording, "stance": "supports", "kind": "concern"}
    shown, draft = Position.objects.bulk_create(
        Position(summary_en="Concern", status=status, **common) for status in (Status.PUBLISHED, Status.DRAFT)
    )

    assert became_public_now(shown)
    draft.refresh_from_db()
    assert draft.public_since is None


def test_many_become_public_at_the_same_moment():
    appearance = in_a_draft()
    PositionFactory.create_batch(3, appearance=appearance)
    draft = waiting(appearance=appearance, status=Status.DRAFT)

    Event.objects.update(status=Status.PUBLISHED)

    noted = Position.objects.public().values_list("public_since", flat=True)
    assert len(noted) == 3
    assert max(noted) - min(noted) < timedelta(seconds=1)
    assert as_it_was(draft) and draft.public_since is None


def test_what_changes_elsewhere_changes_no_date_of_a_draft_nor_of_what_is_public_already():
    draft, shown = waiting(status=Status.DRAFT), waiting()

    Event.objects.update(date="2024-01-01", status=Status.PUBLISHED)
    Event.objects.update(status=Status.DRAFT)
    Proposition.objects.update(status=Status.PUBLISHED)

    assert as_it_was(draft) and as_it_was(shown)
    assert (draft.public_since, shown.public_since) == (None, LONG_AGO)
    assert not shown.is_public


def test_a_correction_leaves_the_day_of_publication_and_counts_as_a_change():
    position = waiting()

    changed(position, summary_en="Put right", status=Status.PUBLISHED).save()

    assert position.public_since == LONG_AGO
    assert position.updated_at > LONG_AGO


def test_the_day_stays_while_it_is_withdrawn_and_is_a_new_one_when_it_is_public_again():
    position = waiting()
    Position.objects.update(**WITHDRAWN)
    position.refresh_from_db()
    assert not position.is_public and position.public_since == LONG_AGO

    Position.objects.update(status=Status.PUBLISHED)

    assert became_public_now(position)


def test_an_outdated_copy_does_not_undo_it():
    position = waiting(appearance=in_a_draft())
    outdated = Position.objects.get(pk=position.pk)
    Event.objects.update(status=Status.PUBLISHED)

    changed(outdated, summary_en="Put right").save()

    position.refresh_from_db()
    assert outdated.public_since == position.public_since is not None
    assert "public_since" not in {field.name for field in Position.history.model._meta.fields}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has a type for moments")
def test_it_is_stored_as_django_writes_it():
    position = waiting(appearance=in_a_draft())
    Event.objects.update(status=Status.PUBLISHED)

    with connection.cursor() as cursor:
        cursor.execute("SELECT public_since || '', updated_at || '' FROM positions_position")
        since, updated = cursor.fetchone()

    assert since == updated
    assert became_public_now(position)
    assert since == position.public_since.replace(tzinfo=None).isoformat(" ", "microseconds")


def test_one_that_comes_with_its_day_from_a_copy_of_the_record_keeps_it():
    (copy,) = serializers.deserialize("json", serializers.serialize("json", [waiting()]))
    Position.objects.all().delete()

    copy.save()

    position = Position.objects.public().get()
    assert (position.public_since, position.updated_at) == (LONG_AGO, LONG_AGO)


def test_what_became_public_while_triggers_were_off_is_noted_when_they_are_back():
    position = waiting(appearance=in_a_draft())
    triggers.remove(connection)
    Event.objects.update(status=Status.PUBLISHED)
    assert as_it_was(position) and not position.is_public

    triggers.install(connection)

    assert became_public_now(position)
