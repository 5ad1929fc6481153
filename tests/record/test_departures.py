"""What leaves the public record is noted by the address that it had, whatever way it is written; drafts are not."""

from __future__ import annotations

import pytest
from django.db import connection

from debate.publishing import Status
from positions.models import Position, PositionLink, Remark
from record.departures import LEAVINGS, WATCHED
from record.models import Departure
from record.triggers import NOTES
from tests.factories import (
    AffiliationFactory,
    AppearanceFactory,
    EvidenceFactory,
    OrganizationFactory,
    PersonFactory,
    PositionFactory,
    TopicFactory,
)
from tests.record.commits import as_if_committed

pytestmark = pytest.mark.django_db
WITHDRAWN = {"status": Status.WITHDRAWN, "withdrawn_at": "2026-01-01T00:00:00Z", "withdrawn_because": "A mistake."}


def left():
    """Kinds and addresses; not what may only show less."""
    as_if_committed()
    return {one for one in Departure.objects.values_list("kind", "address") if not one[0].startswith("~")}


def raw(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_nothing_leaves_while_the_record_grows_and_is_put_right():
    position = EvidenceFactory().position
    position.summary_en = "Another"
    position.save()
    assert not Departure.objects.exists()


def test_a_withdrawn_position_takes_along_what_belongs_to_it():
    evidence = EvidenceFactory()
    position = evidence.position
    remark = Remark.objects.create(position=position, kind="correction", date="2026-01-02", text_en="A note.")
    link = PositionLink.objects.create(from_position=position, to_position=PositionFactory(), kind="disputes")
    Position.objects.filter(pk=position.pk).update(**WITHDRAWN)
    assert left() == {
        ("position", position.public_id),
        ("evidence", evidence.public_id),
        ("source", evidence.source.public_id),  # which nothing else shows
        ("remark", remark.public_id),
        ("link", link.public_id),
    }


def test_a_link_leaves_once_when_both_its_ends_do():
    first, second = PositionFactory.create_batch(2)
    link = PositionLink.objects.create(from_position=first, to_position=second, kind="disputes")
    Position.objects.update(**WITHDRAWN)
    assert ("link", link.public_id) in left()
    assert Departure.objects.filter(kind="link").count() == 1


def test_raw_sql_is_noted_too():
    position = PositionFactory()
    raw("UPDATE positions_position SET status = 'draft'")
    assert left() == {("position", position.public_id)}


def test_a_changed_slug_leaves_under_the_one_it_had():
    topic = TopicFactory(slug="work")
    topic.slug = "labour"
    topic.save()
    draft = TopicFactory(slug="secret", status=Status.DRAFT)
    draft.slug = "more-secret"
    draft.save()
    assert left() == {("topic", "work")}


def test_what_is_deleted_leaves_and_a_deleted_draft_does_not():
    public, draft = PositionFactory(), PositionFactory(status=Status.DRAFT)
    identifier = public.public_id
    draft.delete()
    assert left() == set()
    public.delete()
    assert left() == {("position", identifier)}


def test_a_person_who_is_no_longer_shown_takes_along_affiliations_that_were():
    appearance = AppearanceFactory()
    shown = OrganizationFactory()
    AppearanceFactory(person=None, organization=shown)
    open_one = AffiliationFactory(person=appearance.person, organization=shown)
    AffiliationFactory(person=appearance.person, organization=OrganizationFactory())
    AffiliationFactory(person=PersonFactory(), organization=shown)
    public_id = appearance.public_id
    appearance.delete()
    assert left() == {
        ("person", open_one.person.slug),
        ("appearance", public_id),
        ("affiliation", open_one.public_id),
    }


@pytest.mark.once
def test_every_kind_of_record_that_is_noted_can_leave():
    assert set(LEAVINGS) == set(WATCHED)
    itself = {leaving.kind for leavings in LEAVINGS.values() for leaving in leavings}
    noted = {note.kind for notes in NOTES.values() for note in notes if not note.kind.startswith("~")}
    assert noted | {"evidence", "affiliation", "link", "remark"} <= itself
