from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from debate.models import Appearance, Capacity, Event, Session
from debate.publishing import Status
from positions.models import Evidence, Position, Proposition, Topic, Wording
from record.version import stamp
from review import bin
from review.changing import change
from review.deleting import delete
from review.models import Binned
from review.refusals import Gone, InTheWay, NotAllowed, ReasonMissing
from review.snapshots import kept_columns
from speakers.models import Identifier, Name, Person
from tests.factories import (
    AffiliationFactory,
    AppearanceFactory,
    CapacityFactory,
    CodingFactory,
    CodingUnitFactory,
    EvidenceFactory,
    OrganizationFactory,
    PersonFactory,
    PositionFactory,
    PropositionTopicFactory,
    TopicFactory,
)
from tests.record.commits import as_if_committed
from tests.review.people import author_as

pytestmark = pytest.mark.django_db

MEANWHILE = {"revision", "updated_at"}


def _held(row):
    return {
        field.attname: getattr(row, field.attname)
        for field in kept_columns(type(row))
        if field.attname not in MEANWHILE
    }


def _all(*models):
    return {(model, row.pk): _held(row) for model in models for row in model._base_manager.all()}


def test_a_debate_comes_back_with_all_its_parts_as_they_were():
    capacity = CapacityFactory()
    event = capacity.appearance.session.event
    change(event, {"subtitle_en": "In Seoul"}, reviewer := author_as("reviewer"), reason="From the poster.")
    models = (Event, Session, Appearance, Capacity)
    before = _all(*models)
    binned = delete(event, reviewer, reason="Entered twice.")
    assert _all(*models) == {}
    assert (binned.label, binned.was_public, binned.deleted_by, binned.reason) == (
        event.title_en,
        True,
        reviewer.user,
        "Entered twice.",
    )
    record = bin.put_back(binned, reviewer, "It was another one.")
    assert _all(*models) == before
    assert (record, record.revision, record.is_public) == (event, 3, True)
    assert not Binned.objects.exists()
    told = [(row.history_type, row.history_user, row.history_change_reason) for row in event.history.all()[:2]]
    assert told == [("+", reviewer.user, "It was another one."), ("-", reviewer.user, "Entered twice.")]


def test_a_position_comes_back_with_its_evidence_and_is_public_since_then():
    evidence = EvidenceFactory(quote="We must.", state="exact", start=3, end=11)
    position, reviewer = evidence.position, author_as("reviewer")
    long_ago = timezone.now() - timedelta(days=400)
    Position.objects.filter(pk=position.pk).update(created_at=long_ago, public_since=long_ago)
    position.refresh_from_db()
    before = _all(Position, Evidence)
    binned = delete(position, reviewer, reason="A slip.")
    as_if_committed()
    version, now = stamp().number, timezone.now()
    bin.put_back(binned, reviewer, "It was right.")
    as_if_committed()
    assert _all(Position, Evidence) == before
    found = Position.objects.public().get()
    assert (found.event, found.proposition, found.created_at) == (position.event, position.proposition, long_ago)
    assert stamp().number > version and found.public_since >= now


def test_a_proposition_comes_back_with_its_wordings_and_topics():
    proposition = PropositionTopicFactory(proposition__status=Status.DRAFT).proposition
    editor = author_as("editor")
    Wording.objects.create(proposition=proposition, text_en="Another text")
    before = _all(Proposition, Wording)
    bin.put_back(delete(proposition, editor), editor)
    proposition.refresh_from_db()
    assert _all(Proposition, Wording) == before
    assert (proposition.current_wording.text_en, proposition.topics.count()) == ("Another text", 1)


def test_who_may_not_publish_gets_what_was_published_as_a_draft():
    topic, reviewer = TopicFactory(), author_as("reviewer")
    found = bin.put_back(delete(topic, reviewer, reason="x"), author_as("contributor"))
    assert (found.status, found.slug, found.is_public) == (Status.DRAFT, topic.slug, False)
    withdrawn = TopicFactory(status=Status.WITHDRAWN, withdrawn_because="Empty.", withdrawn_at=timezone.now())
    assert bin.put_back(delete(withdrawn, reviewer, reason="x"), author_as("editor")).status == Status.DRAFT


def test_what_would_be_public_at_once_is_put_back_by_who_may_publish_and_says_why():
    evidence, reviewer = EvidenceFactory(), author_as("reviewer")
    binned = delete(evidence, reviewer, reason="x")
    with pytest.raises(NotAllowed, match="put back what would be public"):
        bin.put_back(binned, author_as("editor"), "It is right.")
    with pytest.raises(ReasonMissing):
        bin.put_back(binned, reviewer)
    with pytest.raises(NotAllowed):
        bin.put_back(binned, author_as("reviewer", publishing=False), "x")
    assert not Evidence.objects.exists()
    assert bin.put_back(binned, reviewer, "It is right.") == evidence


def test_who_may_not_make_such_a_record_may_not_put_it_back():
    binned = delete(TopicFactory(status=Status.DRAFT), author_as("editor"))
    with pytest.raises(NotAllowed, match="may not add topics"):
        bin.put_back(binned, author_as("administrator"))
    assert not Topic.objects.exists()


def test_all_that_is_in_the_way_is_told_and_nothing_is_put_back():
    person, editor = PersonFactory(slug="kim"), author_as("editor")
    affiliation = AffiliationFactory(person=person)
    Identifier.objects.create(person=person, scheme="wikidata", value="Q1")
    binned = delete(person, editor)
    delete(affiliation.organization, editor)
    Identifier.objects.create(person=PersonFactory(slug="kim"), scheme="wikidata", value="Q1")
    with pytest.raises(InTheWay) as refused:
        bin.put_back(binned, editor)
    target, slug, identifier = refused.value.problems
    assert (target, slug, identifier) == (
        f"affiliation {affiliation.pk}: what it refers to as its “organization” is not there any more.",
        f"person “{person}”: Person with this Slug already exists.",
        "identifier “wikidata:Q1”: Identifier with this Scheme and Value already exists.",
    )
    assert not Person.objects.filter(pk=person.pk).exists() and Binned.objects.filter(pk=binned.pk).exists()


def test_an_address_that_another_has_by_now_is_in_the_way_and_an_old_link_leads_on_again():
    person, editor = PersonFactory(slug="kim"), author_as("editor")
    person.slug = "kim-min-su"
    person.save()
    bin.put_back(delete(person, editor), editor)
    assert Person.objects.at_address("kim") == person
    binned = delete(person, editor)
    PersonFactory(slug="kim-min-su")
    with pytest.raises(InTheWay, match="put back"):
        bin.put_back(binned, editor)


def test_of_two_who_put_it_back_the_second_is_told():
    binned, editor = delete(TopicFactory(status=Status.DRAFT), author_as("editor")), author_as("editor")
    bin.put_back(binned, editor)
    with pytest.raises(Gone):
        bin.put_back(binned, editor)
    assert Topic.objects.count() == 1


def test_the_bin_is_emptied_after_thirty_days_by_the_command_and_by_the_next_deletion():
    editor = author_as("editor")

    def lies_since(days):
        binned = delete(PersonFactory(), editor)
        Binned.objects.filter(pk=binned.pk).update(deleted_at=timezone.now() - timedelta(days=days))
        return binned

    old, recent = lies_since(31), lies_since(29)
    assert list(bin.lying()) == [recent]
    with pytest.raises(Gone):
        bin.put_back(old, editor)
    call_command("empty_bin")
    assert list(Binned.objects.all()) == [recent]
    old = lies_since(31)
    newest = delete(PersonFactory(), editor)
    assert set(Binned.objects.all()) == {recent, newest}
    assert Person.history.filter(id=old.object_id, history_type="-").exists()


def test_what_refers_to_it_keeps_it_out_of_the_bin():
    with pytest.raises(Exception, match="refer to it"):
        delete(AppearanceFactory().person, author_as("reviewer"), reason="x")
    assert not Binned.objects.exists()


def test_names_of_an_organization_are_kept_with_it():
    organization, editor = OrganizationFactory(), author_as("editor")
    Name.objects.create(organization=organization, text="협회", language="ko", period="2020/..")
    bin.put_back(delete(organization, editor), editor)
    name = Name.objects.get()
    assert (name.organization, name.period, str(name.period_earliest)) == (organization, "2020/..", "2020-01-01")


def test_a_label_of_any_length_fits():
    position = PositionFactory(summary_en="long " * 200, status=Status.DRAFT)
    assert len(delete(position, author_as("editor")).label) == 300


def test_what_pointed_to_it_and_stayed_points_to_it_again():
    unit, reviewer = CodingUnitFactory(), author_as("reviewer")
    coding, other = CodingFactory(unit=unit, round=unit.round), CodingFactory(unit=unit, round=unit.round)
    binned = delete(unit, reviewer, reason="x")
    coding.refresh_from_db()
    assert coding.unit is None
    another = CodingUnitFactory(round=unit.round)
    other.refresh_from_db()
    other.unit = another
    other.save()
    bin.put_back(binned, reviewer, "y")
    coding.refresh_from_db()
    other.refresh_from_db()
    assert (coding.unit, other.unit) == (unit, another)
    assert coding.history.first().history_change_reason == "y"
