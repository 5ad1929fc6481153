from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from review import tokens
from review.models import Scope


class Command(BaseCommand):
    help = "Makes a token by which a program acts for an account, and prints it once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("user", help="the name of the account")
        parser.add_argument("--scope", choices=Scope.values, default=Scope.WRITE, help="what it may do (write)")
        parser.add_argument("--days", type=int, default=tokens.USUAL.days, help="how long it lasts (%(default)s)")
        parser.add_argument("--name", default="command line", help="what it is for")

    def handle(self, *, user: str, scope: str, days: int, name: str, **options: Any) -> None:
        if not 1 <= days <= tokens.LONGEST.days:
            raise CommandError(f"--days {days}: write a number from 1 to {tokens.LONGEST.days}.")
        if not name.strip() or len(name) > 100:
            raise CommandError("--name: write one of at most 100 characters.")
        _token, text = tokens.issue(self._owner(user), name, scope, lasts=timedelta(days=days))
        self.stderr.write(f"A token for {user}, shown only now; it lasts {days} {'day' if days == 1 else 'days'}:")
        self.stdout.write(text)

    def _owner(self, name: str) -> Any:
        accounts = get_user_model()
        owner = accounts._default_manager.filter(**{accounts.USERNAME_FIELD: name}).first()
        if owner is None:
            raise CommandError(f"There is no account {name!r}. ./run editor makes one.")
        if not owner.is_active:
            raise CommandError(f"The account {name!r} is not active: its token would do nothing.")
        return owner
