"""What was written, in whatever way, is found by the next search, and what it replaced is not."""

from __future__ import annotations

import threading
import time

import pytest
from django.db import connection, transaction

from debate.models import Appearance, Capacity, Event, EventOrganization, EventSource, Session, Source
from positions.models import Evidence, Position, PositionCapacity, Proposition, PropositionTopic, Topic, Wording
from record import version
from record.triggers import note_everything
from search import upkeep
from search.filters import Filters
from search.find import SearchUnavailable, find
from speakers import triggers
from speakers.models import Affiliation, Name, Organization, Person
from tests.editing.forms import address_of, as_sent
from tests.factories import (
    AffiliationFactory,
    AppearanceFactory,
    CapacityFactory,
    EditorFactory,
    EventOrganizationFactory,
    EventSourceFactory,
    EvidenceFactory,
    OrganizationFactory,
    PersonFactory,
    PositionFactory,
    PropositionFactory,
    PropositionTopicFactory,
    SourceFactory,
    TopicFactory,
)
from tests.record.commits import as_if_committed

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(found):
    """A position with everything around it, indexed before anything is changed."""
    appearance = AppearanceFactory()
    capacity = CapacityFactory(appearance=appearance, organization__name_en="Ministry")
    position = PositionFactory(summary_en="Said before", appearance=appearance)
    PropositionTopicFactory(proposition=position.proposition, topic__name_en="Energy")
    EventOrganizationFactory(event=position.event, organization__name_en="Subject", role="subject")
    EvidenceFactory(position=position, source__quoting="all", source__title="Minutes", quote="verbatim", state="exact")
    AffiliationFactory(person=appearance.person, organization=capacity.organization)
    assert found("said") == ["Said before"]
    return position


def test_saving(said, found):
    said.summary_en = "Changed since"
    said.save()
    assert found("changed") == ["Changed since"] and found("before") == []


def test_updating_many(said, found):
    Position.objects.update(summary_en="Changed since")
    assert found("changed") == ["Changed since"] and found("before") == []


def test_raw_sql(said, found):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE positions_position SET summary_en = 'Changed since'")
    assert found("changed") == ["Changed since"] and found("before") == []


def test_creating_in_bulk(said, found):
    common = {"appearance": said.appearance, "wording": said.wording, "stance": "supports", "kind": "concern"}
    Position.objects.bulk_create(
        [Position(summary_en=f"Added {status}", status=status, **common) for status in ("published", "draft")]
    )
    assert found("added") == ["Added published"]


def test_the_admin(said, found, client):
    client.force_login(EditorFactory())
    address = address_of(Position, "change", said.pk)
    sent = as_sent(client.get(address)) | {"summary_en": "Changed since", "why": "As printed."}
    assert client.post(address, sent).status_code == 302
    assert found("changed") == ["Changed since"] and found("before") == []
    chosen = {"action": "delete_selected", "_selected_action": [said.pk], "post": "yes", "why": "Entered twice."}
    assert client.post(address_of(Position, "changelist"), chosen).status_code == 302
    assert found("changed") == []


def test_merging_two_people(said, found, beside):
    merged, kept = said.person, PersonFactory(name_en="Kept")
    Appearance.objects.filter(person=merged).update(person=kept)
    Affiliation.objects.filter(person=merged).update(person=kept)
    Name.objects.create(person=kept, text="Merged into")
    merged.delete()
    assert found("kept") == found("merged") == ["Said before"]
    assert beside("merged")["person"] == ["Kept"]


def test_deleting(said, found, beside):
    said.evidence.all().delete()
    said.delete()
    assert found("said") == []
    assert "source" not in beside("minutes")


def test_unpublishing_and_publishing_a_debate(said, found, beside):
    assert beside("subject")
    Event.objects.update(status="withdrawn", withdrawn_because="Doubts", withdrawn_at="2025-01-01T00:00Z")
    assert found("said") == []
    assert set(beside("subject")) <= {"proposition"}
    Event.objects.update(status="published")
    assert found("said") == ["Said before"]
    assert {"event", "session", "organization", "proposition"} <= set(beside("subject"))


def _another_subject(_said):
    subjects = EventOrganization.objects.filter(role="subject")
    subjects.update(organization=OrganizationFactory(name_en="Renamed"))


def _another_capacity(said):
    capacity = CapacityFactory(appearance=said.appearance, role_en="Renamed")
    PositionCapacity.objects.create(position=said, capacity=capacity)


def _another_proposition(said):
    other = PropositionFactory(wording="Renamed")
    Wording.objects.filter(pk=said.wording_id).update(proposition=other, number=2)


def _name_of_the_subject(_said):
    Name.objects.create(organization=Organization.objects.get(name_en="Subject"), text="Renamed")


AROUND_A_POSITION = {
    "a person": lambda said: Person.objects.filter(pk=said.person_id).update(name_en="Renamed"),
    "an alternate name": lambda said: Name.objects.create(person=said.person, text="Renamed"),
    "an organization": lambda _said: Organization.objects.filter(name_en="Ministry").update(name_en="Renamed"),
    "the subject": lambda _said: Organization.objects.filter(name_en="Subject").update(name_en="Renamed"),
    "an alternate name of the subject": _name_of_the_subject,
    "another subject": _another_subject,
    "a capacity": lambda _said: Capacity.objects.update(role_en="Renamed"),
    "another capacity": _another_capacity,
    "the debate": lambda _said: Event.objects.update(title_en="Renamed"),
    "a topic": lambda _said: Topic.objects.update(name_en="Renamed"),
    "another topic": lambda _said: PropositionTopic.objects.update(topic=TopicFactory(name_en="Renamed")),
    "a wording": lambda _said: Wording.objects.update(text_en="Renamed"),
    "another wording": lambda said: Wording.objects.create(proposition=said.proposition, text_en="Renamed"),
    "another proposition": _another_proposition,
    "a quote": lambda _said: Evidence.objects.update(quote="Renamed"),
}


@pytest.mark.parametrize("change", AROUND_A_POSITION.values(), ids=AROUND_A_POSITION)
def test_a_change_around_a_position(change, said, found):
    assert found("renamed") == []
    change(said)
    assert found("renamed") == ["Said before"]


def test_what_a_position_is_narrowed_by_follows(said, found):
    said.stance = "opposes"
    said.save()
    topic = TopicFactory(slug="another-topic")
    assert found(stance=("supports",)) == [] and found("said", stance=("opposes",)) == ["Said before"]
    PropositionTopicFactory(proposition=said.proposition, topic=topic)
    assert found(topic=("another-topic",)) == ["Said before"]
    PropositionTopic.objects.filter(topic=topic).delete()
    assert found(topic=("another-topic",)) == []
    Event.objects.update(date="1999", date_earliest="1999-01-01", date_latest="1999-12-31")
    assert found(before=said.date_earliest.replace(year=2000)) == ["Said before"]


def test_a_role_in_no_organization(said, found):
    capacity = CapacityFactory(appearance=said.appearance, organization=None, organization_name_en="", role_en="Farmer")
    assert found("farmer") == ["Said before"]
    capacity.role_en = "Fisher"
    capacity.save()
    assert found("farmer") == [] and found("fisher") == ["Said before"]


def test_a_source_that_may_no_longer_be_quoted(said, found):
    assert found("verbatim") == ["Said before"]
    Source.objects.update(quoting="nothing")
    assert found("verbatim") == []


def test_a_renamed_participant_is_found_in_the_programme(said, beside):
    Person.objects.update(name_en="Renamed")
    Organization.objects.filter(name_en="Ministry").update(name_en="Department")
    assert set(beside("renamed")) == {"person", "session", "event"}
    assert set(beside("department")) == {"person", "organization"}


def test_a_topic_and_an_organization_are_found_by_what_they_became_part_of(said, beside):
    above = OrganizationFactory(name_en="Government")
    Organization.objects.filter(name_en="Ministry").update(parent=above)
    assert sorted(beside("government")["organization"]) == ["Government", "Ministry"]
    Organization.objects.filter(pk=above.pk).update(name_en="Cabinet")
    assert sorted(beside("cabinet")["organization"]) == ["Cabinet", "Ministry"]
    wider = TopicFactory(name_en="Climate")
    Topic.objects.filter(name_en="Energy").update(parent=wider)
    Topic.objects.filter(pk=wider.pk).update(name_en="Weather")
    assert sorted(beside("weather")["topic"]) == ["Energy", "Weather"]


def test_a_proposition_learns_the_subject_of_a_debate_with_its_next_position(said, beside):
    proposition = PropositionFactory(wording="Taken later")
    assert beside("subject")["proposition"] == [str(said.proposition)]
    PositionFactory(appearance=said.appearance, on=proposition)
    assert "Taken later" in beside("subject")["proposition"]


def test_a_proposition_forgets_the_subject_of_a_debate_whose_position_is_gone(said, beside):
    assert "proposition" in beside("subject")
    said.evidence.all().delete()
    said.delete()
    assert "proposition" not in beside("subject")


def test_a_proposition_is_found_by_an_older_wording_while_a_public_position_stands_on_it(said, beside):
    proposition = said.proposition
    current = Wording.objects.create(proposition=proposition, text_en="Worded anew", number=3)
    draft = Wording.objects.create(proposition=proposition, text_en="Secretly drafted", number=2)
    assert "proposition" in beside("anew") and "proposition" not in beside("secretly")
    Position.objects.update(wording=draft)
    assert beside("secretly")["proposition"] == ["Worded anew"]
    Position.objects.update(wording=current)
    assert "proposition" not in beside("secretly")


def test_a_person_is_found_where_they_work_now(said, beside):
    assert beside("ministry")["person"] == [str(said.person)]
    Affiliation.objects.all().delete()
    assert "person" not in beside("ministry")


def test_sources_and_sessions_follow_their_debate(said, beside):
    source = EventSourceFactory(event=said.event, source=SourceFactory(title="Film")).source
    Event.objects.update(title_en="Hearing")
    assert beside("hearing")["source"] == ["Film"]
    EventSource.objects.all().delete()
    assert "source" not in beside("hearing")
    Session.objects.update(title_en="Question time")
    assert set(beside("question")) == {"session", "event"}
    assert not source.is_public


def test_withdrawing_a_proposition_hides_its_positions(said, found):
    Proposition.objects.update(status="draft")
    assert found("said") == []


def test_changes_that_went_unnoticed_are_found_once_the_triggers_are_back(said, found):
    triggers.remove(connection)
    Position.objects.update(summary_en="Unnoticed")
    triggers.install(connection)
    assert found("unnoticed") == ["Unnoticed"]


def test_a_small_change_is_written_into_the_index_and_not_built_anew(said, found):
    before = upkeep.latest()
    Position.objects.update(summary_en="Changed since")
    found("changed")
    assert upkeep._process.opened.path.name in str(upkeep.storage.current())
    assert upkeep.latest().stamp.number > before.stamp.number
    note_everything(connection)
    path = upkeep.storage.current()
    found("changed")
    assert upkeep.storage.current() != path


BESIDE_AN_ORGANIZATION = {
    "an affiliation": lambda ministry: AffiliationFactory(organization=ministry, person=Person.objects.public()[0]),
    "a capacity": lambda ministry: CapacityFactory(organization=ministry),
    "a host": lambda ministry: EventOrganizationFactory(organization=ministry),
}


@pytest.mark.parametrize("add", BESIDE_AN_ORGANIZATION.values(), ids=BESIDE_AN_ORGANIZATION)
def test_what_is_added_beside_an_organization_leaves_all_that_was_stated_for_it_alone(add, found, monkeypatch):
    capacity = CapacityFactory(organization__name_en="Ministry")
    PositionFactory.create_batch(12, appearance=capacity.appearance)
    assert len(found("ministry")) == 12
    monkeypatch.setattr(upkeep, "AT_ONCE", 8)
    add(capacity.organization)
    as_if_committed()
    assert find(Filters()).version == version.current()


@pytest.mark.django_db(transaction=True)
def test_a_large_change_is_written_in_the_background_while_the_old_index_answers(found, monkeypatch):
    said = PositionFactory(summary_en="Said before")
    assert found("said") == ["Said before"]
    monkeypatch.setattr(upkeep, "AT_ONCE", 2)
    may_write = threading.Event()
    in_background = upkeep._in_background

    def write_when_allowed():
        may_write.wait(10)
        in_background()
        if connection.connection is not None:  # Django leaves SQLite's database in memory open
            connection.connection.close()

    monkeypatch.setattr(upkeep, "_in_background", write_when_allowed)
    common = {"appearance": said.appearance, "wording": said.wording, "stance": "supports", "kind": "concern"}
    Position.objects.bulk_create(
        [Position(summary_en=f"Imported {number}", status="published", **common) for number in range(5)]
    )
    assert found("imported") == [] and found("said") == ["Said before"]
    assert find(Filters()).version < version.current()
    may_write.set()
    upkeep._process.background.join(timeout=30)
    assert len(found("imported")) == 5


@pytest.mark.django_db(transaction=True)
def test_a_search_waits_for_another_process_only_so_long(found, monkeypatch):
    PositionFactory(summary_en="Said before")
    assert found("said") == ["Said before"]
    monkeypatch.setattr(upkeep, "PATIENCE", 0.1)
    Position.objects.update(summary_en="Changed since")
    with upkeep.storage.held("write", wait=0) as is_ours:
        assert is_ours
        started = time.monotonic()
        answer = find(Filters(q="before"))
        assert time.monotonic() - started < 1
        assert answer.total == 1 and answer.version < version.current()
    assert found("changed") == ["Changed since"]


def test_until_the_first_index_of_a_large_record_is_built_there_is_a_sentence(found, monkeypatch):
    PositionFactory()
    monkeypatch.setattr(upkeep, "AT_ONCE", 2)
    monkeypatch.setattr(upkeep, "_in_background", lambda: None)
    with pytest.raises(SearchUnavailable, match="being built"):
        found()


@pytest.mark.django_db(transaction=True)
def test_renaming_an_organization_that_a_thousand_positions_were_stated_for(found):
    capacity = CapacityFactory(organization__name_en="Ministry")
    said = PositionFactory(appearance=capacity.appearance)
    common = {"appearance": said.appearance, "wording": said.wording, "stance": "supports", "kind": "concern"}
    Position.objects.bulk_create(
        [Position(summary_en=f"Concern {number}", status="published", **common) for number in range(999)]
    )
    assert find(Filters(q="ministry")).total == 1_000
    Organization.objects.update(name_en="Department")
    answer = find(Filters(q="department"))
    assert (answer.total, answer.version) == (1_000, version.current())


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
@pytest.mark.django_db(transaction=True)
def test_emptying_a_table(found, beside):
    EvidenceFactory(source__title="Minutes", source__quoting="all", quote="verbatim", state="exact")
    assert len(found("verbatim")) == 1 and "source" in beside("minutes")
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE positions_evidence")
    assert found("verbatim") == [] and "source" not in beside("minutes")


@pytest.mark.django_db(transaction=True)
def test_after_a_commit_and_only_then():
    """As it is in production, where nothing stands in for the commit."""
    position = PositionFactory(summary_en="Said before")
    assert find(Filters(q="said")).total == 1
    with transaction.atomic():
        position.summary_en = "Changed since"
        position.save()
    assert find(Filters(q="changed")).total == 1
    with pytest.raises(RuntimeError), transaction.atomic():
        Position.objects.update(summary_en="Never committed")
        raise RuntimeError
    assert find(Filters(q="never")).total == 0
    assert find(Filters(q="changed")).total == 1
