from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib.auth.models import Group

from positions.models import Position
from review import roles
from review.roles import ROLES, Author
from speakers.identity import Recorded
from tests.review.people import author_as, person_as

pytestmark = pytest.mark.django_db
RECORDS = [
    model
    for label in ("speakers", "debate", "positions")
    for model in apps.get_app_config(label).get_models()
    if issubclass(model, Recorded)
]
MAY = {
    "contributor": {"view", "add", "change"},
    "editor": {"view", "add", "change", "delete"},
    "reviewer": {"view", "add", "change", "delete"},
    "administrator": {"view"},
    "": set(),
}


def test_the_groups_are_there_after_migrating():
    assert set(Group.objects.values_list("name", flat=True)) >= set(ROLES)


@pytest.mark.parametrize("role", MAY)
def test_each_role_may_do_what_is_written_down_with_every_kind_of_record(role):
    author = author_as(role)
    for model in RECORDS:
        assert {act for act in ("view", "add", "change", "delete") if author.may(act, model)} == MAY[role], model


@pytest.mark.parametrize(
    ("role", "publishes", "sends", "tokens", "accounts"),
    [
        ("", False, False, set(), False),
        ("contributor", False, False, {"view", "add"}, False),
        ("editor", False, True, {"view", "add"}, False),
        ("reviewer", True, True, {"view", "add"}, False),
        ("administrator", False, False, {"view", "add", "change"}, True),
    ],
)
def test_publishing_tokens_and_accounts_are_of_those_whom_they_are_given_to(role, publishes, sends, tokens, accounts):
    user = person_as(role)
    author = Author(user)
    assert (author.may_publish, author.may_send_to_review) == (publishes, sends)
    assert {act for act in ("view", "add", "change", "delete") if user.has_perm(f"review.{act}_token")} == tokens
    assert user.has_perm("auth.change_user") is accounts


def test_what_an_administrator_took_from_a_group_is_only_given_back_when_it_is_established_anew():
    reviewers = Group.objects.get(name="reviewer")
    reviewers.permissions.remove(*reviewers.permissions.filter(codename="publish"))
    assert not author_as("reviewer").may_publish
    roles.establish(apps)
    assert author_as("reviewer").may_publish


def test_a_token_of_less_scope_holds_back_publishing_from_one_who_may():
    reviewer = person_as("reviewer")
    assert Author(reviewer).may_publish and not Author(reviewer, publishing=False).may_publish
    assert Author(reviewer, publishing=False).may("change", Position)
