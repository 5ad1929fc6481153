from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.admin import ActionLocation
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from search.models import UnansweredQuestion


@admin.register(UnansweredQuestion)
class UnansweredQuestionAdmin(admin.ModelAdmin):
    """Written by searches; to be read, tried again, and forgotten once it is answered or was nothing."""

    list_display = ["text", "times", "first_day", "last_day", "again"]
    list_display_links = None
    list_filter = ["last_day"]
    list_per_page = 50
    search_fields = ["text"]
    search_help_text = _("Part of what was asked for")
    ordering = ["-times", "-last_day", "-id"]
    show_full_result_count = False
    actions = ["forget"]

    @admin.display(description=_("search"))
    def again(self, question: UnansweredQuestion) -> str:
        address = f"{reverse('pages:search')}?{urlencode({'q': question.text})}"
        return format_html('<a href="{}">{}</a>', address, _("Search again"))

    @admin.action(permissions=["delete"], description=_("Forget the chosen searches"))
    def forget(self, request: HttpRequest, questions: QuerySet[UnansweredQuestion]) -> None:
        """Without a trace in the log of the admin, which is kept for ever."""
        number = questions.delete()[0]
        message = ngettext("%(count)d search was forgotten.", "%(count)d searches were forgotten.", number)
        self.message_user(request, message % {"count": number})

    def get_actions(self, request: HttpRequest, action_location: Any = ActionLocation.CHANGE_LIST) -> Any:
        actions = super().get_actions(request, action_location)
        actions.pop("delete_selected", None)
        return actions

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None and super().has_delete_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
