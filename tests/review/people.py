"""People in the roles that the groups give them."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from review import roles
from review.roles import Author


def person_as(role: str = "", **options: Any) -> Any:
    """Somebody with an account, in the group of that name; without one they may do nothing."""
    number = get_user_model().objects.count()
    user = get_user_model().objects.create_user(f"{role or 'nobody'}{number}", **options)
    if role:
        if not Group.objects.filter(name=role).exists():
            roles.establish(apps)  # a test that empties the tables takes the groups with it
        user.groups.add(Group.objects.get(name=role))
    return user


def author_as(role: str, *, publishing: bool = True) -> Author:
    return Author(person_as(role), publishing)
