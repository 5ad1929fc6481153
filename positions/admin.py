from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from positions.models import (
    Coding,
    Evidence,
    Position,
    PositionCapacity,
    PositionLink,
    Proposition,
    PropositionTopic,
    Remark,
    Topic,
    Wording,
)
from speakers.admin import RecordAdmin, RecordInline, RecordStack, shortened
from speakers.bilingual import columns


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
    min_num = 1
    readonly_fields = ["number"]


class PropositionTopicInline(RecordInline):
    model = PropositionTopic
    autocomplete_fields = ["topic"]


@admin.register(Proposition)
class PropositionAdmin(RecordAdmin):
    list_display = [shortened, "slug", "status", "updated_at"]
    list_filter = ["status", "topics"]
    list_select_related = ["current_wording"]
    search_fields = ["slug", *(f"wordings__{column}" for column in columns("text"))]
    inlines = [WordingInline, PropositionTopicInline]


@admin.register(Wording)
class WordingAdmin(RecordAdmin):
    list_display = ["__str__", "proposition_slug", "number"]
    list_select_related = ["proposition"]
    search_fields = [*columns("text"), "proposition__slug"]
    autocomplete_fields = ["proposition"]

    @admin.display(ordering="proposition__slug")
    def proposition_slug(self, wording: Wording) -> str:
        return wording.proposition.slug


class EvidenceInline(RecordStack):
    model = Evidence
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


class CodingInline(RecordInline):
    model = Coding
    autocomplete_fields = ["coder"]


@admin.register(Position)
class PositionAdmin(RecordAdmin):
    list_display = [shortened, "speaker", "stance", "on", "status", "is_public"]
    list_filter = ["status", "stance", "kind", "is_public"]
    list_select_related = [
        "appearance__person",
        "appearance__organization",
        "wording",
    ]
    search_fields = [
        *columns("summary"),
        *(f"person__{column}" for column in columns("name")),
        *(f"wording__{column}" for column in columns("text")),
        "public_id",
    ]
    ordering = ["-pk"]
    autocomplete_fields = ["appearance", "wording"]
    inlines = [EvidenceInline, PositionCapacityInline, LinkFromInline, RemarkInline, CodingInline]

    @admin.display(ordering="wording__sort_key_en", description=_("proposition"))
    def on(self, position: Position) -> str:
        return shortened(position.wording)

    @admin.display(ordering="person__sort_key_en", description=_("speaker"))
    def speaker(self, position: Position) -> str:
        return str(position.appearance.speaker)


@admin.register(Evidence)
class EvidenceAdmin(RecordAdmin):
    list_display = [shortened, "locator", "state", "position"]
    list_filter = ["state"]
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
    list_select_related = ["position", "person", "event"]
    search_fields = [*columns("text"), *columns("statement")]
    autocomplete_fields = ["position", "person", "event"]


@admin.register(Coding)
class CodingAdmin(RecordAdmin):
    list_display = ["position", "coder", "round", "stance", "kind", "certainty"]
    list_filter = ["round", "stance", "certainty"]
    list_select_related = ["position", "coder"]
    search_fields = ["position__public_id", *(f"position__{column}" for column in columns("summary"))]
    autocomplete_fields = ["position", "coder"]
