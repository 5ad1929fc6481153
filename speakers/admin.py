from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.options import InlineModelAdmin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import ForeignKey, Model, QuerySet
from django.http import HttpRequest
from simple_history.admin import SimpleHistoryAdmin

from speakers.bilingual import columns
from speakers.models import Affiliation, FormerAddress, Identifier, Link, Name, Organization, Person

KEPT_BY_THE_DATABASE = ("public_id", "is_public", "revision", "created_at", "updated_at")


class RecordAdmin(SimpleHistoryAdmin):
    """Every record: what the database keeps is shown and not asked for; the history is one click away."""

    save_on_top = True
    show_full_result_count = False
    list_per_page = 50

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        names = {field.name for field in self.model._meta.get_fields()}
        kept = [name for name in KEPT_BY_THE_DATABASE if name in names and obj is not None]
        return [*super().get_readonly_fields(request, obj), *kept]


class KnownSelection(AutocompleteSelect):
    """Shows what a row already points to without asking the database for it again."""

    known: Model | None = None

    def optgroups(self, name: str, value: Sequence[str], attrs: Any = None) -> Any:
        if self.known is None or [str(chosen) for chosen in value] != [str(self.known.pk)]:
            return super().optgroups(name, value, attrs)
        option = self.create_option(name, self.known.pk, str(self.known), selected=True, index=0)
        return [(None, [option], 0)]


class RecordForm(forms.ModelForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            if isinstance(widget, KnownSelection):
                widget.known = self.instance._state.fields_cache.get(name)


class FewQueries(InlineModelAdmin):
    """Rows come with what they point to, so that an inline asks once, not once a row."""

    extra = 0
    form = RecordForm

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        return rows.select_related(*self.autocomplete_fields) if self.autocomplete_fields else rows

    def formfield_for_foreignkey(self, db_field: ForeignKey[Any, Any], request: HttpRequest, **options: Any) -> Any:
        if db_field.name in self.autocomplete_fields:
            options["widget"] = KnownSelection(db_field, self.admin_site, using=options.get("using"))
        return super().formfield_for_foreignkey(db_field, request, **options)


class RecordInline(FewQueries, admin.TabularInline):
    """A row for each."""


class RecordStack(FewQueries, admin.StackedInline):
    """A block for each, where there is much to say."""


class NameInline(RecordInline):
    model = Name


class IdentifierInline(RecordInline):
    model = Identifier


class LinkInline(RecordInline):
    model = Link


class AffiliationInline(RecordStack):
    model = Affiliation
    autocomplete_fields = ["organization"]


@admin.register(Person)
class PersonAdmin(RecordAdmin):
    list_display = ["__str__", "name_en", "name_ko", "is_public", "updated_at"]
    list_filter = ["is_public"]
    search_fields = [*columns("name"), *columns("sort_name"), "slug", "names__text"]
    ordering = ["sort_key_en", "pk"]
    inlines = [NameInline, AffiliationInline, IdentifierInline, LinkInline]


@admin.register(Organization)
class OrganizationAdmin(RecordAdmin):
    list_display = ["__str__", "name_en", "name_ko", "kind", "parent", "is_public", "updated_at"]
    list_filter = ["kind", "is_public"]
    list_select_related = ["parent"]
    search_fields = [*columns("name"), "slug", "names__text"]
    ordering = ["sort_key_en", "pk"]
    autocomplete_fields = ["parent"]
    inlines = [NameInline, IdentifierInline, LinkInline]


@admin.register(Affiliation)
class AffiliationAdmin(RecordAdmin):
    list_display = ["person", "organization", "role_en", "role_ko", "period"]
    list_select_related = ["person", "organization"]
    search_fields = [f"{part}__{column}" for part in ("person", "organization") for column in columns("name")]
    autocomplete_fields = ["person", "organization"]


@admin.register(Name)
class NameAdmin(RecordAdmin):
    list_display = ["text", "language", "kind", "person", "organization"]
    list_filter = ["kind", "language"]
    list_select_related = ["person", "organization"]
    search_fields = ["text"]
    autocomplete_fields = ["person", "organization"]


@admin.register(Identifier)
class IdentifierAdmin(RecordAdmin):
    list_display = ["scheme", "value", "person", "organization"]
    list_filter = ["scheme"]
    list_select_related = ["person", "organization"]
    search_fields = ["value"]
    autocomplete_fields = ["person", "organization"]


@admin.register(Link)
class LinkAdmin(RecordAdmin):
    list_display = ["url", "person", "organization"]
    list_select_related = ["person", "organization"]
    search_fields = ["url"]
    autocomplete_fields = ["person", "organization"]


@admin.register(FormerAddress)
class FormerAddressAdmin(admin.ModelAdmin):
    """Written by the database when a slug changes; to be looked at, and deleted where an address is to be let go."""

    list_display = ["slug", "kind", "target"]
    list_filter = ["kind"]
    search_fields = ["slug"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
