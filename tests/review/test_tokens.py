from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from record.version import stamp
from review import tokens
from review.models import Scope, Token
from tests.review.people import person_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch):
    """Says what time it is: `clock(seconds=50)` moves it on."""
    times = [datetime(2026, 3, 1, 10, tzinfo=UTC)]
    monkeypatch.setattr(timezone, "now", lambda: times[-1])
    return lambda **passed: times.append(times[-1] + timedelta(**passed))


def staff(role):
    return person_as(role, is_staff=True)


def test_a_token_is_known_by_its_text_which_is_kept_nowhere():
    token, text = tokens.issue(person_as("editor"), "Import")
    assert text.startswith("dr_") and len(text) == 46
    assert tokens.find(text) == token
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM review_token")
        row = " ".join(map(str, cursor.fetchone()))
    assert text not in row and text[12:] not in row


@pytest.mark.parametrize("text", ["", "dr_", "nonsense", "dr_" + "a" * 43, "한국", "dr_" + "a" * 10_000])
def test_what_is_no_token_finds_none(text):
    tokens.issue(person_as("editor"), "Import")
    assert tokens.find(text) is None


def test_the_beginning_of_a_token_is_not_enough():
    _token, text = tokens.issue(person_as("editor"), "Import")
    assert tokens.find(text[:-1]) is None and tokens.find(text[:-1] + "!") is None and tokens.find(text[:11]) is None


def test_its_use_is_noted_once_a_minute_and_changes_no_version_of_the_record(clock):
    token, _text = tokens.issue(person_as("editor"), "Import")
    before, first = stamp(), timezone.now()
    tokens.note_use(Token.objects.get())
    clock(seconds=50)
    tokens.note_use(token)  # as one that was read before has it
    assert Token.objects.get().last_used_at == first
    clock(seconds=20)
    tokens.note_use(Token.objects.get())
    assert Token.objects.get().last_used_at == first + timedelta(seconds=70)
    assert stamp() == before


def test_a_token_ends_by_its_day_or_by_being_revoked(clock):
    token, _text = tokens.issue(person_as("editor"), "Import", lasts=timedelta(days=1))
    other, _text = tokens.issue(token.owner, "Import")
    clock(days=1)
    assert not token.is_valid and other.is_valid
    tokens.revoke(other)
    assert not other.is_valid and other.revoked_at == timezone.now()


def test_one_is_made_in_the_admin_and_shown_in_that_answer_alone(client):
    user = staff("editor")
    client.force_login(user)
    expires = timezone.localtime() + timedelta(days=30)
    form = {"name": "Import", "scope": "write", "expires_at_0": f"{expires:%Y-%m-%d}", "expires_at_1": "12:00"}
    made = client.post(reverse("admin:review_token_add"), form)
    token = Token.objects.get()
    text = made.context["text"]
    assert (token.owner, token.scope, tokens.find(text)) == (user, "write", token)
    assert made.content.decode().count(text) == 2 and "no-store" in made["Cache-Control"]
    for page in ("changelist", "change", "history"):
        address = reverse(f"admin:review_token_{page}", args=[] if page == "changelist" else [token.pk])
        shown = client.get(address).content.decode()
        assert text not in shown and token.digest not in shown
    assert not any(text in entry.object_repr + entry.change_message for entry in LogEntry.objects.all())
    assert text not in str(client.cookies)


def test_one_who_may_not_publish_is_not_offered_a_token_that_does(client):
    client.force_login(staff("editor"))
    page = client.get(reverse("admin:review_token_add"))
    assert [value for value, _label in page.context["adminform"].form.fields["scope"].choices] == ["read", "write"]
    client.force_login(staff("reviewer"))
    page = client.get(reverse("admin:review_token_add"))
    assert "publish" in [value for value, _label in page.context["adminform"].form.fields["scope"].choices]


@pytest.mark.parametrize("days", [-1, 367])
def test_a_token_lasts_at_most_a_year(client, days):
    client.force_login(staff("editor"))
    expires = timezone.localtime() + timedelta(days=days)
    form = {"name": "x", "scope": "read", "expires_at_0": f"{expires:%Y-%m-%d}", "expires_at_1": "23:59"}
    page = client.post(reverse("admin:review_token_add"), form)
    assert page.context["adminform"].form.errors["expires_at"] == ["Choose a day within a year from now."]


def test_everybody_sees_and_revokes_their_own_and_administrators_any(client):
    mine, administrator = staff("editor"), staff("administrator")
    own, others = tokens.issue(mine, "Mine")[0], tokens.issue(staff("reviewer"), "Another's")[0]
    listed, revoke = reverse("admin:review_token_changelist"), {"action": "revoke"}

    client.force_login(mine)
    assert list(client.get(listed).context["cl"].result_list) == [own]
    assert client.get(reverse("admin:review_token_change", args=[others.pk])).status_code == 302
    client.post(listed, {**revoke, "_selected_action": [own.pk, others.pk]})
    assert [Token.objects.get(pk=token.pk).is_valid for token in (own, others)] == [False, True]

    client.force_login(administrator)
    client.post(listed, {**revoke, "_selected_action": [others.pk]})
    assert not Token.objects.get(pk=others.pk).is_valid


def test_nobody_changes_or_deletes_a_token(client):
    token = tokens.issue(staff("administrator"), "Import")[0]
    client.force_login(token.owner)
    assert client.post(reverse("admin:review_token_change", args=[token.pk]), {"name": "x"}).status_code == 403
    assert client.post(reverse("admin:review_token_delete", args=[token.pk]), {"post": "yes"}).status_code == 403


def test_the_command_prints_one_that_lasts_as_long_as_was_said():
    owner, printed = person_as("reviewer"), StringIO()
    command = ["create_token", owner.username, "--scope", "read", "--days", "7", "--name", "Nightly"]
    call_command(*command, stdout=printed, stderr=StringIO())
    token = tokens.find(printed.getvalue().strip())
    assert token is not None
    assert (token.owner, token.scope, token.name) == (owner, Scope.READ, "Nightly")
    assert timedelta(days=6) < token.expires_at - timezone.now() <= timedelta(days=7)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nobody"], "There is no account 'nobody'"),
        (["idle"], "The account 'idle' is not active"),
        (["busy", "--days", "400"], "write a number from 1 to 366"),
        (["busy", "--name", " "], "at most 100 characters"),
    ],
)
def test_the_command_says_what_is_wrong(django_user_model, arguments, message):
    django_user_model.objects.create_user("idle", is_active=False)
    django_user_model.objects.create_user("busy")
    with pytest.raises(CommandError, match=message):
        call_command("create_token", *arguments)
    assert not Token.objects.exists()
