from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from review.models import Revision


@admin.register(Revision)
class RevisionAdmin(admin.ModelAdmin):
    """To be read; accepting and sending back is a step of its own, not an edit of this row."""

    list_display = ["record", "author", "state", "created_at", "decided_by", "decided_at"]
    list_filter = ["state", "content_type"]
    list_select_related = ["content_type", "author", "decided_by"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
