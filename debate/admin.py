from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.checks import InlineModelAdminChecks
from django.core.checks import CheckMessage
from django.db.models import QuerySet
from django.forms.models import BaseModelFormSet, modelformset_factory
from django.http import HttpRequest

from debate.models import (
    Appearance,
    Capacity,
    EditorialNote,
    Event,
    EventOrganization,
    EventRelation,
    EventSource,
    Session,
    Source,
)
from speakers.admin import RecordAdmin, RecordInline, RecordStack, shortened
from speakers.bilingual import columns


class SessionInline(RecordInline):
    model = Session
    fields = ["order", "kind", *columns("title"), "starts_at", "ends_at"]
    ordering = ["order", "pk"]
    show_change_link = True


class EventOrganizationInline(RecordInline):
    model = EventOrganization
    autocomplete_fields = ["organization"]


class EventSourceInline(RecordInline):
    model = EventSource
    autocomplete_fields = ["source"]


class EditorialNoteInline(RecordStack):
    model = EditorialNote


class EventRelationInline(RecordInline):
    model = EventRelation
    fk_name = "from_event"
    autocomplete_fields = ["to_event"]


class EventAppearanceFormSet(BaseModelFormSet):
    """The appearances in all sessions of one event, though each belongs to a session."""

    def __init__(self, *args: Any, instance: Event, queryset: QuerySet[Appearance], **options: Any) -> None:
        options.pop("save_as_new", None)  # the admin offers it to inlines; events are not saved as new ones
        self.sessions = Session.objects.filter(event=instance.pk).in_order()
        self.session_choices = [("", "---------"), *((session.pk, _short(session)) for session in self.sessions)]
        of_event = queryset.filter(session__event=instance.pk).order_by("session__order", "order", "pk")
        super().__init__(*args, **{**options, "queryset": of_event})

    @classmethod
    def get_default_prefix(cls) -> str:
        return "appearances"

    def add_fields(self, form: forms.ModelForm[Any], index: int | None) -> None:
        super().add_fields(form, index)
        session = form.fields["session"]
        assert isinstance(session, forms.ModelChoiceField)
        session.queryset = self.sessions
        session.choices = self.session_choices  # read once, not once a row


def _short(session: Session) -> str:
    return f"{session.order}. {session.get_kind_display()}"


class _NoForeignKeyNeeded(InlineModelAdminChecks):
    def _check_relation(self, obj: Any, parent_model: Any) -> list[CheckMessage]:
        return []

    def _check_exclude_of_parent_model(self, obj: Any, parent_model: Any) -> list[CheckMessage]:
        return []


class EventAppearanceInline(RecordInline):
    """Who appeared, beside the programme; a new session has to be saved before somebody can appear in it.

    Capacities, and whether somebody was absent, are in the form of the appearance itself, one click away.
    """

    model = Appearance
    fields = ["session", "order", "person", "organization", "label", "name_as_printed", "role", "locator"]
    autocomplete_fields = ["person", "organization", "source"]
    formset: Any = EventAppearanceFormSet
    checks_class = _NoForeignKeyNeeded
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Appearance]:
        return super().get_queryset(request).select_related("session")

    def get_formset(self, request: HttpRequest, obj: Any = None, **options: Any) -> Any:
        can_delete = self.can_delete and self.has_delete_permission(request, obj)
        return modelformset_factory(
            Appearance,
            form=self.form,
            formset=self.formset,
            fields=[str(field) for field in self.fields],
            extra=self.get_extra(request, obj),
            can_delete=can_delete,
            formfield_callback=lambda field, **kwargs: self.formfield_for_dbfield(field, request, **kwargs),
        )


@admin.register(Event)
class EventAdmin(RecordAdmin):
    list_display = [shortened, "kind", "date", "status", "updated_at"]
    list_filter = ["status", "kind"]
    search_fields = [*columns("title"), "slug"]
    inlines = [
        EventOrganizationInline,
        SessionInline,
        EventAppearanceInline,
        EventSourceInline,
        EditorialNoteInline,
        EventRelationInline,
    ]


class CapacityInline(RecordStack):
    model = Capacity
    autocomplete_fields = ["affiliation", "organization"]


class SessionAppearanceInline(RecordInline):
    model = Appearance
    fields = ["order", "person", "organization", "label", "name_as_printed", "role", "is_absent", "source", "locator"]
    autocomplete_fields = ["person", "organization", "source"]
    ordering = ["order", "pk"]
    show_change_link = True


@admin.register(Session)
class SessionAdmin(RecordAdmin):
    list_display = ["__str__", "event", "order", "kind", "is_public"]
    list_filter = ["kind", "is_public"]
    list_select_related = ["event"]
    search_fields = [*columns("title"), *(f"event__{column}" for column in columns("title"))]
    autocomplete_fields = ["event"]
    inlines = [SessionAppearanceInline]


@admin.register(Appearance)
class AppearanceAdmin(RecordAdmin):
    list_display = ["speaker", "role", "session", "event", "is_public"]
    list_filter = ["role", "is_public"]
    list_select_related = ["person", "organization", "session__event"]
    search_fields = [
        *(f"person__{column}" for column in columns("name")),
        *(f"organization__{column}" for column in columns("name")),
        *(f"session__event__{column}" for column in columns("title")),
        "label",
        "name_as_printed",
    ]
    autocomplete_fields = ["session", "person", "organization", "source"]
    inlines = [CapacityInline]

    @admin.display(ordering="session__event")
    def event(self, appearance: Appearance) -> str:
        return str(appearance.session.event)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Appearance]:
        """Autocompletion shows person and session too: one query for a page of them."""
        appearances: QuerySet[Appearance] = super().get_queryset(request)
        return appearances.select_related("person", "organization", "session__event")


@admin.register(Capacity)
class CapacityAdmin(RecordAdmin):
    list_display = ["appearance", *columns("organization_name"), *columns("role"), "basis", "is_doubtful"]
    list_filter = ["basis", "is_doubtful"]
    list_select_related = ["appearance__person", "appearance__organization", "appearance__session"]
    search_fields = [
        *(f"appearance__person__{column}" for column in columns("name")),
        *columns("organization_name"),
        *columns("role"),
    ]
    autocomplete_fields = ["appearance", "affiliation", "organization"]


@admin.register(Source)
class SourceAdmin(RecordAdmin):
    list_display = [shortened, "kind", "publisher", "date", "language", "is_public"]
    list_filter = ["kind", "language", "is_public"]
    search_fields = ["title", *columns("description"), "publisher", "author", "url"]
    autocomplete_fields = ["translation_of"]
    exclude = ["text"]  # has a screen of its own, that cleans it and shows what becomes of the marks in it
    readonly_fields = ["text_hash"]
