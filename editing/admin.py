"""The guard on the forms of records; accounts and roles, with what this record has of permissions and nothing else;
and what crosses packages in the lists: actions on many records, and filters for what is incomplete.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, Permission, User
from django.db.models import ManyToManyField, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

import debate.admin
import positions.admin
import speakers.admin
from editing.finding import find_by_any_spelling
from editing.guarding.records import guard
from editing.publishing.actions import offer_actions
from editing.start.gaps import offer_filters
from review.roles import permissions_in_use

__all__ = ["debate", "positions", "speakers"]  # registered before they are guarded

find_by_any_spelling(admin.site)
guard(admin.site)
offer_actions(admin.site)
offer_filters(admin.site)
admin.site.unregister([User, Group])


@admin.register(User)
class AccountAdmin(UserAdmin):
    """What somebody may do comes from the roles they are in, so that it can be said in a word."""

    list_display = ["username", "first_name", "last_name", "roles", "is_active", "last_login"]
    list_filter = ["groups", "is_active", "is_superuser"]
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": ("first_name", "last_name", "email")}),
        (_("Roles"), {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
        (_("Kept by the database"), {"fields": ("last_login", "date_joined")}),
    )
    readonly_fields = ("last_login", "date_joined")

    def formfield_for_manytomany(
        self, db_field: ManyToManyField[Any, Any], request: HttpRequest, **options: Any
    ) -> Any:
        options["widget"] = forms.CheckboxSelectMultiple
        options["help_text"] = _(
            "Contributors make drafts and propose changes; editors also send to review, delete and merge;"
            " reviewers publish; administrators keep accounts and read the audit log."
        )
        return super().formfield_for_manytomany(db_field, request, **options)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """An account is there to come in here; whether it still may is changed in its form."""
        obj.is_staff = obj.is_staff or not change
        super().save_model(request, obj, form, change)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=_("roles"))
    def roles(self, account: User) -> str:
        return ", ".join(group.name for group in account.groups.all())


class RoleForm(forms.ModelForm):
    permissions = forms.ModelMultipleChoiceField(
        Permission.objects.none(), required=False, widget=forms.CheckboxSelectMultiple, label=_("permissions")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offered = permissions_in_use(Permission.objects.select_related("content_type"))
        self.fields["permissions"].queryset = offered  # type: ignore[attr-defined]


@admin.register(Group)
class RoleAdmin(GroupAdmin):
    form = RoleForm
    filter_horizontal = ()
