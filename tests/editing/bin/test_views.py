from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from debate.publishing import Status
from positions.models import Evidence, Topic
from review.deleting import delete
from review.models import Binned
from review.roles import Author
from speakers.models import Identifier, Person
from tests.factories import AffiliationFactory, AppearanceFactory, EvidenceFactory, PersonFactory, TopicFactory
from tests.review.people import author_as, person_as

pytestmark = pytest.mark.django_db

BIN = "editing:bin"


@pytest.fixture
def editor(client):
    client.user = person_as("editor", is_staff=True)
    client.force_login(client.user)
    return client


def _inside(binned):
    return reverse("editing:binned", args=[binned.pk])


def _deleted(record, *, days_ago=0, **options):
    binned = delete(record, author_as("reviewer"), **{"reason": "Entered twice.", **options})
    Binned.objects.filter(pk=binned.pk).update(deleted_at=timezone.now() - timedelta(days=days_ago))
    return binned


def test_the_bin_tells_what_who_when_why_and_how_long(editor):
    binned = _deleted(PersonFactory(name_en="Kim Min-su"), days_ago=29)
    _deleted(TopicFactory(), days_ago=30)
    page = editor.get(reverse(BIN))
    assert [(row.binned, row.kind, row.days_left) for row in page.context["rows"]] == [(binned, "person", 1)]
    for told in ("Kim Min-su", str(binned.deleted_by), "Entered twice.", "1 day<"):
        assert told in page.text


@pytest.mark.parametrize("rows", [1, 60])
def test_the_bin_runs_the_same_queries_at_any_size_and_is_paged(editor, rows, django_assert_num_queries):
    for _row in range(rows):
        delete(PersonFactory(), Author(editor.user))
    editor.get(reverse(BIN))
    with django_assert_num_queries(6):  # session, user, two for permissions, how many there are, which
        page = editor.get(reverse(BIN))
    assert len(page.context["rows"]) == min(rows, 50)


def test_one_can_look_inside_and_put_it_back(editor):
    person = PersonFactory(name_en="Kim Min-su", note_en="A minister.")
    affiliation = AffiliationFactory(person=person, role_en="Chair")
    binned = _deleted(person)
    page = editor.get(_inside(binned))
    for told in ("A minister.", "Chair", str(affiliation.organization)):
        assert told in page.text
    answer = editor.post(_inside(binned), {"reason": "Needed."})
    assert answer["Location"] == reverse("admin:speakers_person_change", args=[person.pk])
    assert affiliation.organization.affiliations.get().person == person
    assert person.history.first().history_user == editor.user


@pytest.mark.parametrize("rows", [1, 40])
def test_looking_inside_runs_the_same_queries_at_any_size(editor, rows, django_assert_num_queries):
    person = PersonFactory()
    for _row in range(rows):
        AffiliationFactory(person=person)
    binned = _deleted(person)
    editor.get(_inside(binned))
    with django_assert_num_queries(7):
        page = editor.get(_inside(binned))
    assert [(label, len(several)) for label, several in page.context["groups"]] == [
        ("people", 1),
        ("affiliations", rows),
    ]


def test_what_is_in_the_way_is_told_and_what_was_typed_is_kept(editor):
    person = PersonFactory()
    Identifier.objects.create(person=person, scheme="wikidata", value="Q1")
    binned = _deleted(person)
    Identifier.objects.create(person=PersonFactory(), scheme="wikidata", value="Q1")
    page = editor.post(_inside(binned), {"reason": "Needed & right."})
    assert page.status_code == 409
    assert "It can’t be put back" in page.text or "It can&#x27;t be put back as it was." in page.text
    assert "identifier “wikidata:Q1”: Identifier with this Scheme and Value already exists." in page.text
    assert "Needed &amp; right.</textarea>" in page.text
    assert not Person.objects.filter(pk=person.pk).exists()


def test_an_editor_gets_what_was_published_as_a_draft_and_is_told_before_and_after(editor):
    topic = TopicFactory()
    binned = _deleted(topic)
    assert "from others it comes back as a draft" in editor.get(_inside(binned)).text
    page = editor.post(_inside(binned), {"reason": "x"}, follow=True)
    assert "as a draft" in str(next(iter(page.context["messages"])))
    assert Topic.objects.get().status == Status.DRAFT


def test_what_would_be_public_at_once_is_refused_to_an_editor(editor):
    binned = _deleted(EvidenceFactory())
    page = editor.post(_inside(binned), {"reason": "x"})
    assert page.status_code == 409 and "Only those who may publish can put back" in page.text
    assert not Evidence.objects.exists()


def test_who_was_too_late_is_told(editor):
    binned = _deleted(TopicFactory(status=Status.DRAFT))
    address = _inside(binned)
    editor.post(address, {})
    assert editor.post(address, {}).status_code == 404
    assert Topic.objects.count() == 1
    assert editor.get(_inside(_deleted(TopicFactory(), days_ago=31))).status_code == 404


def test_strangers_and_people_without_a_role_see_nothing_of_it(client):
    binned = _deleted(PersonFactory())
    for address in (reverse(BIN), _inside(binned)):
        assert client.get(address).status_code == 302
    client.force_login(person_as("", is_staff=True))
    for address in (reverse(BIN), _inside(binned)):
        assert client.get(address).status_code == 403
    client.force_login(person_as("administrator", is_staff=True))
    assert "Put it back" not in client.get(_inside(binned)).text
    assert client.post(_inside(binned), {"reason": "x"}).status_code == 409


def test_what_is_deleted_through_the_api_lies_in_the_bin_too(editor, client):
    from review import tokens

    reviewer = person_as("reviewer")
    _token, text = tokens.issue(reviewer, "x", "publish")
    person = PersonFactory(name_en="Kim Min-su")
    AppearanceFactory(session__event__status=Status.DRAFT)
    header = {"Authorization": f"Bearer {text}"}
    etag = client.get(f"/api/v1/speakers/{person.slug}/", headers=header)["ETag"]
    answer = client.delete(f"/api/v1/speakers/{person.slug}/?reason=Twice.", headers={**header, "If-Match": etag})
    assert answer.status_code == 204
    (row,) = editor.get(reverse(BIN)).context["rows"]
    assert (row.binned.label, row.binned.deleted_by, row.binned.reason) == ("Kim Min-su", reviewer, "Twice.")
