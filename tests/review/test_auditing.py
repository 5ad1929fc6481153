from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from review import auditing, tokens
from review.models import Act, AuditEntry
from tests.review.people import person_as

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"


@pytest.fixture
def editor():
    person = person_as("editor", is_staff=True)
    person.set_password(PASSWORD)
    person.save()
    AuditEntry.objects.all().delete()
    return person


def _log_in(client, name, password, **headers):
    return client.post(reverse("admin:login"), {"username": name, "password": password}, **headers)


def _written():
    return [(entry.act, entry.name, entry.about) for entry in AuditEntry.objects.order_by("pk")]


def test_coming_in_going_out_and_failing_to_are_written_down_with_the_address(client, editor):
    _log_in(client, editor.username, "wrong", REMOTE_ADDR="203.0.113.9")
    _log_in(client, editor.username, PASSWORD, REMOTE_ADDR="203.0.113.9")
    client.post(reverse("admin:logout"), REMOTE_ADDR="203.0.113.9")
    assert _written() == [
        ("login_failed", editor.username, ""),
        ("login", editor.username, ""),
        ("logout", editor.username, ""),
    ]
    assert set(AuditEntry.objects.values_list("address", flat=True)) == {"203.0.113.9"}
    assert AuditEntry.objects.get(act="login").by == editor


def test_whoever_guesses_is_held_back_from_that_address_and_others_are_not(client, editor):
    for guess in range(5):
        _log_in(client, editor.username, f"guess {guess}", REMOTE_ADDR="203.0.113.9")
    held_back = _log_in(client, editor.username, PASSWORD, REMOTE_ADDR="203.0.113.9")
    assert held_back.status_code == 429
    assert "Too many attempts" in held_back.content.decode()
    assert "locked_out" in [act for act, _name, _about in _written()]
    assert _log_in(client, editor.username, PASSWORD, REMOTE_ADDR="198.51.100.7").status_code == 302


def test_the_password_that_was_tried_is_kept_nowhere(client, editor):
    _log_in(client, editor.username, "my-other-secret")
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if name.startswith(("axes", "review"))]
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            assert "my-other-secret" not in str(cursor.fetchall())


def test_changed_accounts_permissions_and_tokens_are_written_down(admin_client, admin_user, editor):
    address = reverse("admin:auth_user_change", args=[editor.pk])
    reviewers = Group.objects.get(name="reviewer")
    form = {"username": editor.username, "is_active": "on", "is_superuser": "on", "groups": [reviewers.pk]}
    answer = admin_client.post(address, {**form, "date_joined_0": "2026-01-01", "date_joined_1": "00:00:00"})
    assert answer.status_code == 302
    token, _text = tokens.issue(editor, "import")
    tokens.revoke(token)
    assert _written() == [
        ("account", admin_user.username, f"{editor.username}: is_staff True → False, is_superuser False → True"),
        ("permissions", admin_user.username, f"{editor.username}: - editor"),
        ("permissions", admin_user.username, f"{editor.username}: + reviewer"),
        ("token", "", f"{editor.username}: {token}, write"),
        ("token", "", f"{editor.username}: {token}, revoked"),
    ]


def test_a_permission_given_to_a_group_and_a_new_password_are_written_down(editor):
    Group.objects.get(name="editor").permissions.add(Permission.objects.get(codename="publish"))
    editor.set_password("another one entirely")
    editor.save()
    given, password = _written()
    assert given[2].startswith("editor: + ") and "publish" in given[2].casefold()
    assert password == ("account", "", f"{editor.username}: password")


def test_nobody_changes_the_log_and_only_administrators_read_it(client):
    auditing.note(Act.EXPORT, about="a dossier")
    entry = AuditEntry.objects.get(act="export")
    for role, status in (("reviewer", 403), ("administrator", 200)):
        client.force_login(person_as(role, is_staff=True))
        assert client.get(reverse("admin:review_auditentry_changelist")).status_code == status
    for page in ("change", "delete"):
        address = reverse(f"admin:review_auditentry_{page}", args=[entry.pk])
        assert client.post(address, {"post": "yes"}).status_code == 403
    assert client.get(reverse("admin:review_auditentry_add")).status_code == 403


def test_old_entries_are_forgotten(settings):
    settings.AUDIT_DAYS = 30
    auditing.note(Act.EXPORT, about="new")
    auditing.note(Act.EXPORT, about="old")
    AuditEntry.objects.filter(about="old").update(at=timezone.now() - timedelta(days=31))
    assert auditing.forget_what_is_old() == 1
    assert AuditEntry.objects.get().about == "new"


@pytest.mark.parametrize(
    ("behind_proxy", "forwarded", "address"),
    [
        (False, "203.0.113.1", "192.0.2.1"),
        (True, "198.51.100.9, 203.0.113.1", "203.0.113.1"),
        (True, "", "192.0.2.1"),
        (True, "2001:db8::1", "2001:db8::1"),
        (True, "unknown", None),
    ],
)
def test_only_a_proxy_of_ours_says_for_whom_it_asks(settings, behind_proxy, forwarded, address):
    settings.BEHIND_PROXY = behind_proxy
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=forwarded)
    assert auditing.address_of(request) == address


def test_a_session_ends_after_the_hours_that_are_set(client, editor, settings):
    _log_in(client, editor.username, PASSWORD)
    assert client.session.get_expiry_age() == 12 * 3600
    assert client.cookies["sessionid"]["httponly"] and client.cookies["sessionid"]["samesite"] == "Lax"
