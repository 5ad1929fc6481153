from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

DEMO_NAME = "editor"


class Command(BaseCommand):
    help = "Makes an account for the admin, asking for its name and password."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--demo", action="store_true", help=f'ask nothing: make "{DEMO_NAME}" with a password that is printed once'
        )

    def handle(self, *, demo: bool, verbosity: int, **options: Any) -> None:
        if demo:
            self._create_demo_editor()
        else:
            call_command("createsuperuser", verbosity=verbosity, stdout=self.stdout, stderr=self.stderr)

    def _create_demo_editor(self) -> None:
        if settings.HTTPS:
            raise CommandError(f"--demo is for a trial on this machine, and this site is public: {settings.PUBLIC_URL}")
        users = get_user_model()._default_manager
        if users.filter(**{get_user_model().USERNAME_FIELD: DEMO_NAME}).exists():
            self.stdout.write(
                f'The account "{DEMO_NAME}" is there already; a new password: ./run changepassword {DEMO_NAME}'
            )
            return
        password = secrets.token_urlsafe(12)
        users.create_superuser(DEMO_NAME, password=password)
        self.stdout.write(f'Account for the admin, shown only now: name "{DEMO_NAME}", password "{password}"')
