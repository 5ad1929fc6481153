"""The history of a record in the admin: who, when, why, what; compared and restored; and what is deleted there."""

from __future__ import annotations

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from debate.models import Event
from debate.publishing import Status
from positions.models import Evidence, Position
from review import history
from review.changing import change
from review.models import Revision
from review.roles import Author
from speakers.models import Organization, Person
from tests.editing.forms import address_of
from tests.factories import (
    CapacityFactory,
    EditorFactory,
    EventOrganizationFactory,
    EvidenceFactory,
    OrganizationFactory,
    PersonFactory,
    PositionFactory,
)
from tests.review.people import author_as, person_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(EditorFactory())
    return client


@pytest.fixture
def contributor(client):
    client.force_login(person_as("contributor", is_staff=True))
    return client


def fresh(record):
    return type(record)._base_manager.get(pk=record.pk)


@pytest.fixture
def reworded():
    """A published position with two versions."""
    position = EvidenceFactory(locator="¶ 1", position__summary_en="Asks for more money for every school.").position
    by = Author(EditorFactory(username="han"))
    rows = [{"pk": position.evidence.get().pk, "locator": "¶ 2"}]
    values = {"summary_en": "Asks for less money for every school.", "evidence": rows}
    change(position, values, by, reason="Misread the minutes.")
    return fresh(position)


def first_version(record):
    return history.past(type(record), record.pk).versions[-1]


# --- history -------------------------------------------------------------------------------------------------


def test_a_history_says_who_when_why_and_what(editor, reworded):
    page = editor.get(address_of(Position, "history", reworded.pk))
    latest, first = page.context["past"].versions
    assert (str(latest.user), latest.reason, first.is_beginning) == ("han", "Misread the minutes.", True)
    assert "Misread the minutes." in page.text
    assert "<del>more</del><ins>less</ins>" in page.text
    assert "<del>¶ 1</del> → <ins>¶ 2</ins>" in " ".join(page.text.split())


@pytest.mark.parametrize("versions", [2, 30])
def test_a_history_runs_the_same_queries_at_any_length(editor, versions, django_assert_max_num_queries):
    person, by = PersonFactory(), author_as("editor")
    for number in range(versions - 1):
        change(person, {"note_en": f"Note {number}"}, by)
    address = address_of(Person, "history", person.pk)
    with django_assert_max_num_queries(9):
        page = editor.get(address)
    assert len(page.context["past"].versions) == min(versions, history.A_PAGE)
    assert page.context["past"].is_cut == (versions == 30)


def test_older_versions_are_on_pages_of_their_own(editor):
    person, by = PersonFactory(), author_as("editor")
    for number in range(30):
        change(person, {"note_en": f"Note {number}"}, by)
    page = editor.get(address_of(Person, "history", person.pk))
    older = editor.get(address_of(Person, "history", person.pk), {"before": page.context["older"]})
    assert len(older.context["past"].versions) == 11
    assert older.context["past"].versions[-1].is_beginning


def test_any_two_versions_are_compared_in_their_order(editor, reworded):
    latest, first = history.past(Position, reworded.pk).versions
    address = address_of(Position, "compare", reworded.pk)
    for chosen in ({"from": first.number, "to": latest.number}, {"from": latest.number, "to": first.number}):
        told = {one.column: one for one in editor.get(address, chosen).context["differences"]}
        assert set(told) == {"summary_en", "evidence"}
        assert told["summary_en"].before == "Asks for more money for every school."
    with_now = editor.get(address, {"from": latest.number})
    assert with_now.context["differences"] == [] and "Nothing differs." in with_now.text


@pytest.mark.parametrize("number", ["x", "-1", "9" * 30, "1"])
def test_a_version_that_there_is_not_is_not_found(editor, reworded, number):
    assert editor.get(address_of(Position, "compare", reworded.pk), {"from": number, "to": number}).status_code == 404
    assert editor.get(address_of(Position, "history", reworded.pk), {"before": number}).status_code in {200, 404}


def test_an_old_version_is_restored_with_a_reason(editor, reworded):
    address = address_of(Position, "restore", reworded.pk, first_version(reworded).number)
    page = editor.get(address)
    assert [one.column for one in page.context["differences"]] == ["summary_en", "evidence"]
    sent = {"_seen": page.context["revision"]}
    assert "Say why" in editor.post(address, sent).text
    assert editor.post(address, sent | {"why": "It was right."}).url == address_of(Position, "change", reworded.pk)
    restored = fresh(reworded)
    assert (restored.summary_en, restored.evidence.get().locator, restored.is_public) == (
        "Asks for more money for every school.", "¶ 1", True,
    )  # fmt: skip
    assert restored.history.first().history_change_reason == "It was right."


def test_restoring_by_who_may_not_publish_waits(contributor, reworded):
    address = address_of(Position, "restore", reworded.pk, first_version(reworded).number)
    contributor.post(address, {"_seen": reworded.revision, "why": "It was right."})
    assert fresh(reworded).summary_en == "Asks for less money for every school."
    assert Revision.objects.get().values["summary_en"] == "Asks for more money for every school."


def test_restoring_what_somebody_changed_meanwhile_is_stopped(editor, reworded):
    address = address_of(Position, "restore", reworded.pk, first_version(reworded).number)
    change(reworded, {"summary_en": "Theirs"}, author_as("reviewer"), reason="Also looked.")
    stopped = editor.post(address, {"_seen": 2, "why": "It was right."})
    assert "changed by somebody else meanwhile" in stopped.text
    assert fresh(reworded).summary_en == "Theirs"
    assert stopped.context["revision"] == 3


def test_the_history_of_a_deleted_record_can_be_read(editor):
    person = PersonFactory(name_en="Han")
    key = person.pk
    person.delete()
    page = editor.get(address_of(Person, "history", key))
    assert page.context["past"].versions[0].is_deletion
    assert "This record was deleted" in page.text
    assert editor.get(address_of(Person, "history", key + 1)).status_code == 404
    assert editor.get(address_of(Person, "history", "x")).status_code == 404


def test_histories_are_for_whoever_sees_the_record(client, reworded):
    client.force_login(person_as("", is_staff=True))
    for page, *more in (("history",), ("compare",), ("restore", first_version(reworded).number)):
        assert client.get(address_of(Position, page, reworded.pk, *more)).status_code == 403


# --- deleting ------------------------------------------------------------------------------------------------


def test_what_is_referred_to_is_not_deleted_and_what_refers_to_it_is_linked(editor):
    capacity = CapacityFactory()
    event = EventOrganizationFactory(organization=capacity.organization).event
    address = address_of(Organization, "delete", capacity.organization_id)
    for page in (editor.get(address), editor.post(address, {"_seen": 1, "why": "A double."})):
        assert "It can&#x27;t be deleted while other records refer to it." in page.text
        assert f'href="{address_of(type(capacity), "change", capacity.pk)}"' in page.text
        assert f'href="{address_of(Event, "change", event.pk)}"' in page.text
    assert Organization.objects.filter(pk=capacity.organization_id).exists()
    assert not LogEntry.objects.exists()


def test_what_is_public_is_deleted_with_a_reason(editor):
    evidence = EvidenceFactory()
    address = address_of(Evidence, "delete", evidence.pk)
    page = editor.get(address)
    assert Evidence.objects.count() == 1  # to look changes nothing
    sent = {"_seen": page.context["revision"]}
    assert "Say why" in editor.post(address, sent).text
    assert editor.post(address, sent | {"why": "Not in the source."}).status_code == 302
    assert not Evidence.objects.exists()
    assert Evidence.history.first().history_change_reason == "Not in the source."


def test_what_somebody_changed_meanwhile_is_not_deleted(editor):
    draft = PositionFactory(status=Status.DRAFT)
    address = address_of(Position, "delete", draft.pk)
    sent = {"_seen": editor.get(address).context["revision"]}
    change(draft, {"summary_en": "Better"}, author_as("editor"))
    assert "changed by somebody else meanwhile" in editor.post(address, sent).text
    assert Position.objects.exists()


def test_an_editor_deletes_drafts_and_not_what_is_public(client):
    client.force_login(person_as("editor", is_staff=True))
    draft, public = PositionFactory(status=Status.DRAFT), PositionFactory()
    assert client.post(address_of(Position, "delete", draft.pk), {"_seen": 1}).status_code == 302
    assert client.post(address_of(Position, "delete", public.pk), {"_seen": 1, "why": "So."}).status_code == 403
    assert list(Position.objects.all()) == [public]


def delete_all(client, records, **sent):
    chosen = {"action": "delete_selected", "_selected_action": [record.pk for record in records]}
    return client.post(address_of(type(records[0]), "changelist"), chosen | sent)


def test_several_are_deleted_together_or_none(editor):
    free, other, used = OrganizationFactory(), OrganizationFactory(), CapacityFactory().organization
    refused = delete_all(editor, [free, used], post="yes", why="Doubles.")
    assert "None of them is deleted while some" in refused.text
    assert [one.record for one in refused.context["obstacles"]] == [used]
    assert Organization.objects.count() == 3
    asked = delete_all(editor, [free, other], index="0")
    assert (asked.context["records"], Organization.objects.count()) == ([free, other], 3)
    assert delete_all(editor, [free, other], post="yes").status_code == 302
    assert list(Organization.objects.all()) == [used]
    assert LogEntry.objects.count() == 2


def test_of_several_public_ones_a_reason_is_asked_for(editor):
    evidence = [EvidenceFactory(), EvidenceFactory()]
    assert "Say why" in delete_all(editor, evidence, post="yes").text
    assert Evidence.objects.count() == 2
    delete_all(editor, evidence, post="yes", why="Not in the source.")
    assert not Evidence.objects.exists()


def test_a_record_that_is_not_there_is_told_so(editor):
    assert editor.get(address_of(Position, "delete", 999)).url == reverse("admin:index")
