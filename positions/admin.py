from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, Exists, Model, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from debate.admin import InDebate
from positions import help as helping
from positions.models import (
    Coding,
    CodingRound,
    CodingUnit,
    Evidence,
    Position,
    PositionCapacity,
    PositionLink,
    Proposition,
    PropositionTopic,
    Remark,
    RoundCoder,
    Topic,
    Wording,
)
from speakers.admin import RecordAdmin, RecordInline, RecordStack, shortened
from speakers.bilingual import columns
from speakers.listing import EnteredBy, LastChanged, YesOrNo


class DebateOfPosition(InDebate):
    column = "event"


class DebateOfEvidence(InDebate):
    column = "position__event"


class OnProposition(LastChanged):
    title = _("proposition")
    parameter_name = "proposition"
    records = Proposition
    related = ("current_wording",)
    column = "proposition"


class WithEvidence(YesOrNo):
    title = _("evidence")
    parameter_name = "evidence"

    def has(self, queryset: QuerySet[Any]) -> Any:
        return Exists(Evidence.objects.filter(position=OuterRef("pk")))


@admin.register(Topic)
class TopicAdmin(RecordAdmin):
    list_display = ["__str__", *columns("name"), "parent", "order", "status"]
    list_filter = ["status"]
    list_select_related = ["parent"]
    search_fields = [*columns("name"), "slug"]
    ordering = ["order", "sort_key_en", "pk"]
    autocomplete_fields = ["parent"]


class WordingInline(RecordStack):
    model = Wording
    help_texts = helping.WORDING
    min_num = 1
    readonly_fields = ["number"]


class PropositionTopicInline(RecordInline):
    model = PropositionTopic
    autocomplete_fields = ["topic"]


@admin.register(Proposition)
class PropositionAdmin(RecordAdmin):
    list_display = [shortened, "about", "status", "positions", "updated_at"]
    list_filter = ["status", EnteredBy, "updated_at", "topics"]
    list_select_related = ["current_wording"]
    search_fields = ["slug", *(f"wordings__{column}" for column in columns("text"))]
    ordering = ["-pk"]
    inlines = [WordingInline, PropositionTopicInline]

    def listed(self, rows: QuerySet[Proposition]) -> QuerySet[Proposition]:
        """Counted for the rows of the page alone: the order of the list is that of an index."""
        itself = Proposition.objects.filter(pk=OuterRef("pk")).values("pk")
        held = Subquery(itself.annotate(held=Count("positions")).values("held"))
        return rows.annotate(positions_held=held).prefetch_related("topics")

    @admin.display(description=_("topics"))
    def about(self, proposition: Proposition) -> str:
        return ", ".join(str(topic) for topic in proposition.topics.all())

    @admin.display(description=_("positions"))
    def positions(self, proposition: Proposition) -> str:
        held: int = proposition.positions_held  # type: ignore[attr-defined]
        address = f"{reverse('admin:positions_position_changelist')}?proposition={proposition.pk}"
        return format_html('<a href="{}">{}</a>', address, held) if held else "0"


@admin.register(Wording)
class WordingAdmin(RecordAdmin):
    help_texts = helping.WORDING
    list_display = ["__str__", "proposition_slug", "number"]
    list_select_related = ["proposition"]
    search_fields = [*columns("text"), "proposition__slug"]
    autocomplete_fields = ["proposition"]

    @admin.display(ordering="proposition__slug")
    def proposition_slug(self, wording: Wording) -> str:
        return wording.proposition.slug


class EvidenceInline(RecordStack):
    model = Evidence
    help_texts = helping.EVIDENCE
    autocomplete_fields = ["source"]


class PositionCapacityInline(RecordInline):
    model = PositionCapacity
    autocomplete_fields = ["capacity"]


class LinkFromInline(RecordInline):
    model = PositionLink
    fk_name = "from_position"
    autocomplete_fields = ["to_position"]


class RemarkInline(RecordStack):
    model = Remark
    fields = ["kind", "date", *columns("text"), *columns("statement"), "source_language"]


@admin.register(Position)
class PositionAdmin(RecordAdmin):
    list_display = [shortened, "speaker", "stance", "on", "in_debate", "status", "is_public", "updated_at"]
    list_filter = [
        "status", "stance", "kind", "is_public", WithEvidence, DebateOfPosition, OnProposition, EnteredBy, "updated_at",
    ]  # fmt: skip
    list_select_related = [
        "appearance__person",
        "appearance__organization",
        "wording",
        "event",
    ]
    help_texts = helping.POSITION
    sections = [
        (_("reading"), ["stance", *columns("condition"), "kind", *columns("summary")]),
    ]
    search_fields = [
        *columns("summary"),
        *(f"person__{column}" for column in (*columns("name"), "names__text")),
        *(f"wording__{column}" for column in columns("text")),
        "public_id",
    ]
    ordering = ["-pk"]
    autocomplete_fields = ["appearance", "wording"]
    inlines = [EvidenceInline, PositionCapacityInline, LinkFromInline, RemarkInline]

    @admin.display(ordering="wording__sort_key_en", description=_("proposition"))
    def on(self, position: Position) -> str:
        return shortened(position.wording)

    @admin.display(ordering="event__sort_key_en", description=_("debate"))
    def in_debate(self, position: Position) -> str:
        return Truncator(str(position.event or "")).chars(40)

    @admin.display(ordering="person__sort_key_en", description=_("speaker"))
    def speaker(self, position: Position) -> str:
        return str(position.appearance.speaker)


@admin.register(Evidence)
class EvidenceAdmin(RecordAdmin):
    list_display = [shortened, "locator", "state", "position"]
    list_filter = ["state", DebateOfEvidence]
    help_texts = helping.EVIDENCE
    search_fields = [
        "quote",
        "locator",
        "position__public_id",
        *(f"position__{column}" for column in columns("summary")),
    ]
    autocomplete_fields = ["position", "source"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        evidence: QuerySet[Any] = super().get_queryset(request)
        return evidence.select_related("position", "source").defer("source__text")


@admin.register(PositionLink)
class PositionLinkAdmin(RecordAdmin):
    list_display = ["from_position", "kind", "to_position"]
    list_filter = ["kind"]
    list_select_related = ["from_position", "to_position"]
    search_fields = [
        f"{end}__{column}" for end in ("from_position", "to_position") for column in ("public_id", *columns("summary"))
    ]
    autocomplete_fields = ["from_position", "to_position"]


@admin.register(Remark)
class RemarkAdmin(RecordAdmin):
    list_display = ["__str__", "kind", "date", "position", "person", "event"]
    list_filter = ["kind"]
    date_hierarchy = "date"
    list_select_related = ["position", "person", "event"]
    search_fields = [*columns("text"), *columns("statement")]
    autocomplete_fields = ["position", "person", "event"]


class OfRounds(RecordAdmin):
    """To be read: coders and those who settle have screens of their own."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class RoundCoderInline(RecordInline):
    model = RoundCoder
    autocomplete_fields = ["coder"]


@admin.register(CodingRound)
class CodingRoundAdmin(OfRounds):
    list_display = ["source", "number", "state", "opened_by", "created_at", "compared_at", "settled_at"]
    list_filter = ["state"]
    list_select_related = ["source", "opened_by"]
    search_fields = ["source__title", "public_id"]
    inlines = [RoundCoderInline]


@admin.register(CodingUnit)
class CodingUnitAdmin(OfRounds):
    list_display = ["round", "number", "outcome", "position", "settled_by", "settled_at"]
    list_filter = ["outcome"]
    list_select_related = ["round__source", "position", "settled_by"]
    search_fields = ["round__public_id", "position__public_id"]


@admin.register(Coding)
class CodingAdmin(OfRounds):
    list_display = ["__str__", "coder", "round", "stance", "kind", "certainty"]
    list_filter = ["stance", "certainty"]
    list_select_related = ["round__source", "coder"]
    search_fields = ["round__public_id", *columns("summary")]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        codings: Any = super().get_queryset(request)
        seen: QuerySet[Any] = codings.seen_by(request.user)
        return seen

    def may_see_past(self, request: HttpRequest, key: int) -> bool:
        """What another coder reads meanwhile is not to be learnt from its history either."""
        return bool(Coding.objects.seen_by(request.user).filter(pk=key).exists())
