from __future__ import annotations

import re
from io import StringIO

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.management import call_command
from django.core.management.base import CommandError

pytestmark = pytest.mark.django_db


def create_demo_editor() -> str:
    output = StringIO()
    call_command("create_editor", "--demo", stdout=output)
    return output.getvalue()


def test_the_demo_editor_can_sign_in_with_the_password_that_is_printed(rf):
    password = re.search(r'name "editor", password "([^"]{16})"', create_demo_editor())[1]
    editor = authenticate(rf.post("/admin/login/"), username="editor", password=password)
    assert editor.is_superuser
    assert editor.is_staff


def test_an_account_that_is_there_keeps_its_password(rf):
    get_user_model().objects.create_superuser("editor", password="chosen by its owner")
    assert "./run changepassword editor" in create_demo_editor()
    assert authenticate(rf.post("/admin/login/"), username="editor", password="chosen by its owner")


def test_a_public_site_gets_no_demo_editor(settings):
    settings.HTTPS = True
    with pytest.raises(CommandError, match="--demo is for a trial on this machine"):
        create_demo_editor()
    assert not get_user_model().objects.exists()


def test_otherwise_it_asks_as_createsuperuser_does(monkeypatch):
    asked = []
    monkeypatch.setattr("editing.management.commands.create_editor.call_command", lambda name, **_: asked.append(name))
    call_command("create_editor")
    assert asked == ["createsuperuser"]
