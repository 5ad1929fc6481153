"""What no form sends is refused, and is no failure of the site."""

from __future__ import annotations

import pytest
from django.urls import reverse

from debate.publishing import Status
from editing.guarding.opened import Opened, read
from positions.models import CodingRound
from review.changing import change
from tests.editing.coding.scenes import hearing
from tests.editing.forms import address_of
from tests.editing.rounds.people import Team
from tests.factories import PersonFactory, PositionFactory
from tests.review.people import author_as, person_as

pytestmark = pytest.mark.django_db

LONG = "9" * 5_000  # more digits than Python makes a number of


@pytest.fixture
def reviewer(client):
    client.force_login(person_as("reviewer", is_staff=True))
    return client


def test_a_unit_is_not_settled_by_a_form_without_fields(reviewer):
    team = Team()
    team.reads(0, "Han said the state should pay")
    team.close()
    response = reviewer.post(reverse("editing:round-unit", args=[team.round.public_id, 1]))
    assert (response.status_code, team.units()[0].outcome) == (400, "")


@pytest.mark.parametrize("key", ["' OR 1=1 --", "9" * 25, "-1", LONG])
def test_a_round_on_what_is_no_source_is_refused(reviewer, key):
    response = reviewer.post(reverse("editing:round-new"), {"source": key})
    assert (response.status_code, "source" in response.context["form"].errors) == (400, True)
    assert not CodingRound.objects.exists()


@pytest.mark.parametrize("key", ["' OR 1=1 --", "9" * 25, LONG])
def test_a_reading_of_what_is_no_proposition_is_refused(client, key):
    team = Team()
    client.force_login(team.authors[0].user)
    response = client.post(reverse("editing:round-coding", args=[team.round.public_id]), {"wording": key})
    assert (response.status_code, "wording" in response.context["form"].errors) == (400, True)


def test_a_step_from_a_revision_that_is_no_number_is_refused(reviewer):
    position = PositionFactory()
    sent = {"step": "withdraw", "revision": LONG, "reason": "Wrong."}
    response = reviewer.post(reverse("editing:review-step", args=["position", position.pk]), sent)
    position.refresh_from_db()
    assert (response.status_code, position.status) == (409, Status.PUBLISHED)


def test_a_change_is_not_made_again_from_a_revision_that_is_no_number(reviewer):
    waiting = change(PositionFactory(), {"summary_en": "Another"}, author_as("editor"), reason="Misread.").waiting
    sent = {"act": "make_again", "take": "summary_en", "revision": LONG}
    assert reviewer.post(reverse("editing:review-decide", args=[waiting.pk]), sent).status_code == 409
    waiting.refresh_from_db()
    assert waiting.state == waiting.State.WAITING


def test_nothing_is_deleted_from_a_revision_that_is_no_number(reviewer):
    person = PersonFactory()
    response = reviewer.post(address_of(type(person), "delete", person.pk), {"_seen": LONG, "why": "Twice."})
    assert response.status_code == 200
    person.refresh_from_db()


@pytest.mark.parametrize("sent", ['{"revision": 1e999, "rows": {}}', "[" * 100_000, '{"revision": ' + LONG + "}"])
def test_a_form_opened_from_what_cannot_be_read_was_opened_from_nothing_known(sent):
    assert read(sent) == Opened()


def test_a_revision_with_more_digits_than_a_number_has_is_none(client):
    scene = hearing()
    client.force_login(person_as("reviewer", is_staff=True))
    marks = reverse("editing:text-marks", args=[scene.source.public_id])
    assert client.post(marks, {"revision-x": "9" * 5_000, "mark-x": "take"}).status_code < 500
    sent = {"source": scene.source.public_id, "coders": "\0", "task": "\0"}
    assert client.post(reverse("editing:round-new"), sent).status_code < 500


@pytest.mark.parametrize(
    ("route", "parameter"), [("coding-list", "q"), ("coding-speakers", "q"), ("round-new", "source"), ("merging", "q")]
)
def test_nul_is_asked_for_as_if_it_were_not_there(reviewer, route, parameter):
    """PostgreSQL keeps it in no text, and SQLite in all."""
    asked = [reviewer.get(reverse(f"editing:{route}"), {parameter: text}) for text in ("han", "h\0an")]
    assert [answer.status_code for answer in asked] == [200, 200] or route == "coding-speakers"
    assert asked[0].status_code == asked[1].status_code < 500


def test_nul_in_a_reason_is_left_out(reviewer):
    position = PositionFactory()
    sent = {"step": "withdraw", "revision": position.revision, "reason": "Mis\0read."}
    response = reviewer.post(reverse("editing:review-step", args=["position", position.pk]), sent)
    position.refresh_from_db()
    assert (response.status_code, position.withdrawn_because) == (302, "Misread.")
