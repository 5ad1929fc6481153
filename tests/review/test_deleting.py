from __future__ import annotations

import pytest

from debate.models import Appearance, Capacity, Event, Session
from debate.publishing import Status
from positions.models import Evidence, Position
from review.changing import change
from review.deleting import delete
from review.refusals import Gone, InUse, MovedOn, NotAllowed, ReasonMissing
from speakers.models import Name, Person
from tests.factories import (
    AffiliationFactory,
    AppearanceFactory,
    CapacityFactory,
    EvidenceFactory,
    PersonFactory,
    PositionFactory,
)
from tests.review.people import author_as

pytestmark = pytest.mark.django_db


def test_what_is_deleted_goes_with_its_parts_and_the_history_says_who_and_why():
    capacity = CapacityFactory(appearance__session__event__status=Status.DRAFT)
    event, editor = capacity.appearance.session.event, author_as("editor")
    delete(event, editor, base_revision=1, reason="Entered twice.")
    assert not Event.objects.exists()
    for model in (Event, Session, Appearance, Capacity):
        last = model.history.first()
        assert (last.history_type, last.history_user, last.history_change_reason) == (
            "-",
            editor.user,
            "Entered twice.",
        ), model


def test_what_others_refer_to_stays_and_all_of_them_are_named():
    position = PositionFactory(appearance__session__event__status=Status.DRAFT, status=Status.DRAFT)
    with pytest.raises(InUse) as refused:
        delete(position.appearance.session.event, author_as("editor"))
    assert refused.value.referrers == (position,)
    appearance, affiliation = AppearanceFactory(), AffiliationFactory()
    affiliation.person = appearance.person
    affiliation.save()
    with pytest.raises(InUse) as refused:
        delete(appearance.person, author_as("reviewer"), reason="x")
    assert refused.value.referrers == (appearance,)
    assert Position.objects.exists() and Person.objects.count() == 3


@pytest.mark.parametrize(("role", "is_allowed"), [("", False), ("contributor", False), ("editor", True)])
def test_a_draft_is_deleted_by_editors(role, is_allowed):
    position = PositionFactory(status=Status.DRAFT)
    if is_allowed:
        delete(position, author_as(role))
    else:
        with pytest.raises(NotAllowed):
            delete(position, author_as(role))
    assert Position.objects.exists() is not is_allowed


@pytest.mark.parametrize("make", [PositionFactory, EvidenceFactory, CapacityFactory], ids=str)
def test_what_is_public_is_deleted_by_reviewers_alone_and_with_a_reason(make):
    record = make()
    with pytest.raises(NotAllowed):
        delete(record, author_as("editor"), reason="x")
    with pytest.raises(ReasonMissing):
        delete(record, author_as("reviewer"))
    with pytest.raises(NotAllowed):
        delete(record, author_as("reviewer", publishing=False), reason="x")
    delete(record, author_as("reviewer"), reason="Not in the source.")
    assert not type(record)._base_manager.filter(pk=record.pk).exists()


def test_what_was_changed_since_it_was_seen_is_not_deleted():
    position = PositionFactory(status=Status.DRAFT)
    change(position, {"stance": "opposes"}, author_as("editor"))
    with pytest.raises(MovedOn):
        delete(position, author_as("editor"), base_revision=1)
    assert Position.objects.exists()


def test_what_has_waiting_changes_stays_until_they_are_decided():
    evidence = EvidenceFactory()
    waiting = change(evidence, {"locator": "¶ 2"}, author_as("editor"), reason="A slip.").waiting
    with pytest.raises(InUse) as refused:
        delete(evidence, author_as("reviewer"), reason="x")
    assert refused.value.referrers == (waiting,)
    assert Evidence.objects.exists()


def test_the_whole_stays_while_a_part_of_it_has_waiting_changes():
    evidence = EvidenceFactory()
    waiting = change(evidence, {"locator": "¶ 2"}, author_as("editor"), reason="A slip.").waiting
    with pytest.raises(InUse) as refused:
        delete(evidence.position, author_as("reviewer"), reason="x")
    assert refused.value.referrers == (waiting,)
    assert Evidence.objects.exists()


def test_what_is_gone_can_not_be_deleted_again():
    person = PersonFactory()
    Name.objects.create(person=person, text="Other")
    delete(person, author_as("editor"))
    assert not Name.objects.exists()
    with pytest.raises(Gone):
        delete(PersonFactory.build(pk=person.pk), author_as("editor"))
