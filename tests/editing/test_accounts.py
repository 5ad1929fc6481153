from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse

from tests.review.people import person_as

pytestmark = pytest.mark.django_db


def test_an_account_is_put_into_roles_and_has_no_permissions_of_its_own(admin_client):
    editor = person_as("contributor", is_staff=True)
    page = admin_client.get(reverse("admin:auth_user_change", args=[editor.pk]))
    fields = page.context["adminform"].form.fields
    assert "groups" in fields and "user_permissions" not in fields
    reviewer = Group.objects.get(name="reviewer")
    sent = {"username": editor.username, "is_active": "on", "is_staff": "on", "groups": [reviewer.pk]}
    assert admin_client.post(page.request["PATH_INFO"], sent).status_code == 302
    assert User.objects.get(pk=editor.pk).has_perm("review.publish")


def test_a_role_offers_what_means_something_here_and_keeps_what_was_chosen(admin_client):
    editors = Group.objects.get(name="editor")
    page = admin_client.get(reverse("admin:auth_group_change", args=[editors.pk]))
    offered = page.context["adminform"].form.fields["permissions"].queryset
    assert offered.filter(codename="publish").exists()
    assert not offered.filter(codename__contains="historical").exists()
    assert not offered.filter(content_type__app_label__in=["axes", "sessions"]).exists()
    publish = Permission.objects.get(codename="publish")
    assert (
        admin_client.post(page.request["PATH_INFO"], {"name": "editor", "permissions": [publish.pk]}).status_code == 302
    )
    assert set(editors.permissions.all()) == {publish}


@pytest.mark.parametrize("accounts", [1, 20])
def test_the_list_of_accounts_runs_the_same_queries_at_any_size(admin_client, accounts, django_assert_num_queries):
    for _account in range(accounts):
        person_as("editor")
    with django_assert_num_queries(7):
        page = admin_client.get(reverse("admin:auth_user_changelist"))
    assert "editor" in page.content.decode()


def test_a_new_account_may_come_in_and_one_that_was_shut_out_stays_so(admin_client):
    sent = {"username": "han", "usable_password": "true", "password1": "a-long-pass-7", "password2": "a-long-pass-7"}
    assert admin_client.post(reverse("admin:auth_user_add"), sent).status_code == 302
    han = User.objects.get(username="han")
    assert han.is_staff and not han.is_superuser
    admin_client.post(reverse("admin:auth_user_change", args=[han.pk]), {"username": "han", "is_active": "on"})
    han.refresh_from_db()
    assert not han.is_staff
