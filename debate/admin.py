from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.checks import InlineModelAdminChecks
from django.core.checks import CheckMessage
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.forms.models import BaseModelFormSet, modelformset_factory
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from debate import help as helping
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
from speakers.listing import EnteredBy, LastChanged, YesOrNo


class InDebate(LastChanged):
    title = _("debate")
    parameter_name = "debate"
    records = Event


class OfProgramme(InDebate):
    column = "session__event"


class WithText(YesOrNo):
    title = _("text")
    parameter_name = "text"

    def has(self, queryset: QuerySet[Any]) -> Any:
        return ~Q(text_hash="")


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
    list_display = [shortened, "kind", "date", "status", "positions", "updated_at"]
    list_filter = ["status", "kind", EnteredBy, "updated_at"]
    date_hierarchy = "date_earliest"
    ordering = ["-pk"]
    help_texts = helping.EVENT
    sections = [
        (_("venue"), [*columns("venue_name"), *columns("venue_room"), *columns("venue_locality"), "venue_country"]),
        (_("summary"), [*columns("summary"), "languages"]),
    ]
    search_fields = [*columns("title"), "slug"]
    inlines = [
        EventOrganizationInline,
        SessionInline,
        EventAppearanceInline,
        EventSourceInline,
        EditorialNoteInline,
        EventRelationInline,
    ]

    def listed(self, rows: QuerySet[Event]) -> QuerySet[Event]:
        """Counted for the rows of the page alone: the order of the list is that of an index."""
        of_event = Event.objects.filter(pk=OuterRef("pk")).values("pk")
        return rows.annotate(positions_held=Subquery(of_event.annotate(held=Count("positions")).values("held")))

    @admin.display(description=_("positions"))
    def positions(self, event: Event) -> str:
        held: int = event.positions_held  # type: ignore[attr-defined]
        address = f"{reverse('admin:positions_position_changelist')}?debate={event.pk}"
        return format_html('<a href="{}">{}</a>', address, held) if held else "0"


class CapacityInline(RecordStack):
    model = Capacity
    help_texts = helping.CAPACITY
    autocomplete_fields = ["affiliation", "organization"]


class SessionAppearanceInline(RecordInline):
    model = Appearance
    fields = ["order", "person", "organization", "label", "name_as_printed", "role", "is_absent", "source", "locator"]
    autocomplete_fields = ["person", "organization", "source"]
    ordering = ["order", "pk"]
    show_change_link = True


class InDebateOfSession(InDebate):
    column = "event"


@admin.register(Session)
class SessionAdmin(RecordAdmin):
    list_display = ["__str__", "event", "order", "kind", "is_public"]
    list_filter = ["kind", "is_public", InDebateOfSession]
    list_select_related = ["event"]
    search_fields = [*columns("title"), *(f"event__{column}" for column in columns("title"))]
    autocomplete_fields = ["event"]
    inlines = [SessionAppearanceInline]


@admin.register(Appearance)
class AppearanceAdmin(RecordAdmin):
    list_display = ["speaker", "as_what", "role", "session", "event", "is_public"]
    list_filter = ["role", "is_absent", "is_public", OfProgramme]
    help_texts = helping.APPEARANCE
    list_select_related = ["person", "organization", "session__event"]
    search_fields = [
        *(f"person__{column}" for column in (*columns("name"), "names__text")),
        *(f"organization__{column}" for column in (*columns("name"), "names__text")),
        *(f"session__event__{column}" for column in columns("title")),
        "label",
        "name_as_printed",
    ]
    autocomplete_fields = ["session", "person", "organization", "source"]
    inlines = [CapacityInline]

    def listed(self, rows: QuerySet[Appearance]) -> QuerySet[Appearance]:
        return rows.prefetch_related("capacities")

    @admin.display(description=_("capacity"))
    def as_what(self, appearance: Appearance) -> str:
        return "; ".join(map(str, appearance.capacities.all()))

    @admin.display(ordering="session__event", description=_("debate"))
    def event(self, appearance: Appearance) -> str:
        return str(appearance.session.event)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Appearance]:
        """Autocompletion shows person and session too: one query for a page of them."""
        appearances: QuerySet[Appearance] = super().get_queryset(request)
        return appearances.select_related("person", "organization", "session__event")


class InDebateOfCapacity(InDebate):
    column = "appearance__session__event"


@admin.register(Capacity)
class CapacityAdmin(RecordAdmin):
    help_texts = helping.CAPACITY
    list_display = ["appearance", *columns("organization_name"), *columns("role"), "basis", "is_doubtful"]
    list_filter = ["basis", "is_doubtful", InDebateOfCapacity]
    list_select_related = ["appearance__person", "appearance__organization", "appearance__session"]
    search_fields = [
        *(f"appearance__person__{column}" for column in columns("name")),
        *columns("organization_name"),
        *columns("role"),
    ]
    autocomplete_fields = ["appearance", "affiliation", "organization"]


@admin.register(Source)
class SourceAdmin(RecordAdmin):
    list_display = [shortened, "kind", "publisher", "date", "language", "has_text", "quoting", "is_public"]
    list_filter = ["kind", "language", WithText, "quoting", "is_public", EnteredBy]
    date_hierarchy = "date_earliest"
    ordering = ["-pk"]
    help_texts = helping.SOURCE
    search_fields = ["title", *columns("description"), "publisher", "author", "url"]
    autocomplete_fields = ["translation_of"]
    exclude = ["text"]  # has a screen of its own, that cleans it and shows what becomes of the marks in it
    readonly_fields = ["text_hash"]
    sections = [
        (_("what of it may be shown"), ["licence", "text_public", "quoting"]),
        (_("text"), ["paragraph_count", "text", "text_hash"]),
    ]

    def listed(self, rows: QuerySet[Source]) -> QuerySet[Source]:
        return rows.defer("text")

    @admin.display(description=_("text"), boolean=True, ordering="text_hash")
    def has_text(self, source: Source) -> bool:
        return bool(source.text_hash)
