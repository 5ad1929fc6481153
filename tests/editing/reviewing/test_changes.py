from __future__ import annotations

import pytest
from django.urls import reverse

from positions.models import Evidence
from review import deciding
from review.changing import change
from review.models import Revision
from speakers.models import Name
from tests.factories import AppearanceFactory, EvidenceFactory, PositionFactory
from tests.review.people import author_as

pytestmark = pytest.mark.django_db
CHANGE_QUERIES = 12


def logged_in(client, by):
    by.user.is_staff = True
    by.user.save()
    client.force_login(by.user)
    return client


def fresh(record):
    return type(record)._base_manager.get(pk=record.pk)


def proposed(by, position=None, **values):
    record = position or EvidenceFactory(position=PositionFactory(summary_en="As published")).position
    waiting = change(record, values or {"summary_en": "As proposed"}, by, base_revision=record.revision, reason="Why.")
    assert waiting.waiting is not None
    return waiting.waiting


def page(revision):
    return reverse("editing:review-change", args=[revision.pk])


def decide(client, waiting, act, **more):
    return client.post(reverse("editing:review-decide", args=[waiting.pk]), {"act": act, **more})


def everywhere(client, position):
    """What the public reads of it: on its page and in the API."""
    page_text = client.get(position.get_absolute_url()).text
    return page_text, client.get(f"/api/v1/positions/{position.public_id}/").json()["summary"]["en"]


def test_a_contributors_edit_of_a_published_position_is_public_only_once_it_is_accepted(client):
    revision = proposed(author_as("contributor"))
    position = revision.record
    shown, told = everywhere(client, position)
    assert "As published" in shown and "As proposed" not in shown and told == "As published"

    logged_in(client, author_as("reviewer"))
    looked_at = client.get(page(revision))
    (told,) = looked_at.context["differences"]
    assert (told.column, told.before, told.after) == ("summary_en", "As published", "As proposed")
    assert "Why." in looked_at.text
    assert decide(client, revision, "accept").headers["Location"] == reverse("editing:review")

    client.logout()
    shown, told = everywhere(client, position)
    assert "As proposed" in shown and "As published" not in shown and told == "As proposed"


def test_sending_back_needs_a_comment_and_what_was_typed_is_kept(client):
    author, reviewer = author_as("contributor"), author_as("reviewer")
    revision = proposed(author)
    logged_in(client, reviewer)
    refused = decide(client, revision, "send_back", comment=" ")
    assert refused.status_code == 409 and "Say why it is sent back." in refused.text
    decide(client, revision, "send_back", comment="The source says otherwise.")
    assert fresh(revision).state == Revision.State.SENT_BACK
    assert fresh(revision.record).summary_en == "As published"
    logged_in(client, author)
    assert "The source says otherwise." in client.get(page(revision)).text


def test_of_two_reviewers_who_decide_at_once_the_second_is_told(client):
    revision = proposed(author_as("contributor"))
    logged_in(client, author_as("reviewer"))
    assert client.get(page(revision)).status_code == 200
    deciding.send_back(revision, author_as("reviewer"), "No.")
    late = decide(client, revision, "accept")
    assert late.status_code == 409 and "accepted or sent back already" in late.text
    assert fresh(revision.record).summary_en == "As published"


@pytest.mark.parametrize("role", ["contributor", "editor"])
def test_nobody_decides_on_what_is_theirs_who_may_not_publish_nor_sees_what_is_others(client, role):
    own, others = author_as(role), proposed(author_as("contributor"))
    revision = proposed(own)
    logged_in(client, own)
    assert "Accept" not in client.get(page(revision)).text
    refused = decide(client, revision, "accept")
    assert refused.status_code == 409 and fresh(revision).state == Revision.State.WAITING
    assert client.get(page(others)).status_code == 403
    assert decide(client, others, "take_back").status_code == 403


def test_what_moved_on_is_made_again_from_the_present_with_what_still_applies(client):
    author, reviewer = author_as("contributor"), author_as("reviewer")
    revision = proposed(author, summary_en="As proposed", kind="concern")
    position = revision.record
    change(position, {"summary_en": "By somebody else"}, reviewer, reason="Read again.")
    logged_in(client, reviewer)
    shown = client.get(page(revision))
    told = {
        one.column: (one.before, one.still.after, one.still.before, one.is_contested)
        for one in shown.context["choices"]
    }
    assert told == {
        "summary_en": ("As published", "As proposed", "By somebody else", True),
        "kind": ("recommendation", "concern", "recommendation", False),
    }
    assert decide(client, revision, "accept").status_code == 409
    now = fresh(position).revision
    assert decide(client, revision, "make_again", revision=now).status_code == 409  # nothing was chosen
    decide(client, revision, "make_again", revision=now, take=["kind"])
    again = Revision.objects.get(state="waiting")
    assert (again.values, again.author, again.follows, again.base_revision) == (
        {"kind": "concern"},
        author.user,
        revision,
        now,
    )
    assert (fresh(revision).state, fresh(revision).is_closed) == ("sent_back", True)
    decide(client, again, "accept")
    assert (fresh(position).kind, fresh(position).summary_en) == ("concern", "By somebody else")


def test_its_author_may_make_it_again_but_not_from_a_state_they_have_not_seen(client):
    author = author_as("contributor")
    revision = proposed(author)
    seen = fresh(revision.record).revision
    change(revision.record, {"kind": "concern"}, author_as("reviewer"), reason="Read again.")
    logged_in(client, author)
    refused = decide(client, revision, "make_again", revision=seen, take=["summary_en"])
    assert refused.status_code == 409 and Revision.objects.count() == 1
    decide(client, revision, "make_again", revision=seen + 1, take=["summary_en"])
    assert Revision.objects.get(state="waiting").values == {"summary_en": "As proposed"}


def test_rows_that_others_wrote_meanwhile_are_not_taken_along_unasked(client):
    person = AppearanceFactory().person
    old = Name.objects.create(person=person, text="Old")
    author, reviewer = author_as("contributor"), author_as("reviewer")
    rows = [{"pk": old.pk, "text": "Old"}, {"text": "Mine"}]
    revision = change(person, {"names": rows, "note_en": "A note"}, author, base_revision=1, reason="x").waiting
    rows = [{"pk": old.pk, "text": "Old"}, {"text": "Theirs"}]
    change(person, {"names": rows}, reviewer, reason="y")
    logged_in(client, reviewer)
    contested = {one.column: one.is_contested for one in client.get(page(revision)).context["choices"]}
    assert contested == {"names": True, "note_en": False}


def test_an_author_takes_back_what_waits_and_closes_what_came_back(client):
    author = author_as("contributor")
    waiting, back = proposed(author), proposed(author)
    deciding.send_back(back, author_as("reviewer"), "No.")
    logged_in(client, author)
    decide(client, waiting, "take_back")
    decide(client, back, "close")
    assert [(one.state, one.is_closed) for one in (fresh(waiting), fresh(back))] == [("sent_back", True)] * 2
    assert client.get(reverse("editing:review-mine")).context["sent_back"] == ([], False)


def test_what_was_sent_back_is_proposed_again_put_right(client):
    author, reviewer = author_as("contributor"), author_as("reviewer")
    revision = proposed(author, summary_en="Wrong", kind="concern")
    deciding.send_back(revision, reviewer, "Not quite.")
    logged_in(client, author)
    address = reverse("editing:review-again", args=[revision.pk])
    form = client.get(address)
    assert "Not quite." in form.text
    assert form.context["values"]["summary_en"].value() == "Wrong"
    data = {"values-summary_en": "Right", "values-kind": "concern", "reason": "Better.", "revision": 1}
    assert client.post(address, data).headers["Location"] == reverse("editing:review-mine")
    again = Revision.objects.get(state="waiting")
    assert (again.values["summary_en"], again.comment, again.follows) == ("Right", "Better.", revision)
    assert fresh(revision).is_closed
    assert client.post(address, data).status_code == 409  # once
    assert Revision.objects.count() == 2


def test_what_is_wrong_with_the_next_attempt_is_told_and_nothing_typed_is_lost(client):
    author = author_as("contributor")
    revision = proposed(author)
    deciding.send_back(revision, author_as("reviewer"), "Not quite.")
    logged_in(client, author)
    address = reverse("editing:review-again", args=[revision.pk])
    refused = client.post(address, {"values-summary_en": "", "reason": "Typed", "revision": 1})
    assert refused.status_code == 409 and "Typed" in refused.text and Revision.objects.count() == 1
    change(revision.record, {"kind": "concern"}, author_as("reviewer"), reason="y")
    stale = client.post(address, {"values-summary_en": "Mine", "reason": "Typed", "revision": 1})
    assert "changed by somebody else meanwhile" in stale.text and "Mine" in stale.text


@pytest.mark.parametrize("data", [{}, {"act": "publish"}, {"act": "make_again", "revision": "x", "take": "summary_en"}])
def test_what_can_not_be_decided_is_told(client, data):
    revision = proposed(author_as("contributor"))
    logged_in(client, author_as("reviewer"))
    assert client.post(reverse("editing:review-decide", args=[revision.pk]), data).status_code == 409
    assert fresh(revision).state == Revision.State.WAITING


def test_a_change_of_what_is_gone_and_a_new_record_can_be_looked_at(client):
    gone = proposed(author_as("contributor"))
    gone.record.delete()
    evidence = EvidenceFactory()
    new = {"position": evidence.position_id, "source": evidence.source_id, "locator": "¶ 7"}
    added = change(Evidence(), new, author_as("contributor"), reason="x").waiting
    logged_in(client, author_as("reviewer"))
    assert "deleted meanwhile" in client.get(page(gone)).text
    assert "¶ 7" in client.get(page(added)).text
    assert client.get(page(added)).context["position"] == evidence.position


@pytest.mark.parametrize("rows", [1, 15])
def test_a_change_runs_the_same_queries_however_much_evidence_there_is(client, rows, django_assert_num_queries):
    position = PositionFactory()
    EvidenceFactory.create_batch(rows, position=position)
    revision = proposed(author_as("contributor"), position, summary_en="x")
    logged_in(client, author_as("reviewer"))
    with django_assert_num_queries(CHANGE_QUERIES):
        client.get(page(revision))
