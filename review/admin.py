from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from review import tokens
from review.models import AuditEntry, Revision, Scope, Token
from review.roles import PUBLISH


@admin.register(Revision)
class RevisionAdmin(admin.ModelAdmin):
    """To be read; accepting and sending back is a step of its own, not an edit of this row."""

    list_display = ["__str__", "author", "state", "created_at", "decided_by", "decided_at"]
    list_filter = ["state", "content_type"]
    list_select_related = ["content_type", "author", "decided_by"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class TokenForm(forms.ModelForm):
    def clean_expires_at(self) -> Any:
        expires_at, now = self.cleaned_data["expires_at"], timezone.now()
        if not now < expires_at <= now + tokens.LONGEST:
            raise forms.ValidationError(_("Choose a day within a year from now."), code="not_within_a_year")
        return expires_at


@admin.register(Token)
class TokenAdmin(admin.ModelAdmin):
    """Everybody makes, sees and revokes their own; those who may change tokens see and revoke any."""

    form = TokenForm
    fields = ["name", "scope", "expires_at"]
    list_display = ["name", "owner", "begins_with", "scope", "state", "expires_at", "last_used_at"]
    list_filter = ["scope"]
    list_select_related = ["owner"]
    ordering = ["-created_at"]
    actions = ["revoke"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Token]:
        found: QuerySet[Token] = super().get_queryset(request)
        return found if self._sees_all(request) else found.filter(owner=request.user.pk)

    def get_fields(self, request: HttpRequest, obj: Token | None = None) -> Any:
        shown = ["begins_with", "owner", "state", "created_at", "last_used_at", "revoked_at"]
        return self.fields if obj is None else [*self.fields, *shown]

    def get_readonly_fields(self, request: HttpRequest, obj: Token | None = None) -> Any:
        return () if obj is None else self.get_fields(request, obj)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"expires_at": timezone.now() + tokens.USUAL}

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        """Nobody is offered more than they may do; a token could not do it anyway."""
        if db_field.name == "scope" and not request.user.has_perm(PUBLISH):
            options["choices"] = [choice for choice in Scope.choices if choice[0] != Scope.PUBLISH]
        return super().formfield_for_choice_field(db_field, request, **options)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """One way to go on: to the page that shows the token."""
        one_button = {"show_save_and_add_another": False, "show_save_and_continue": False}
        response: HttpResponse = super().add_view(request, form_url, {**one_button, **(extra_context or {})})
        return response

    def save_model(self, request: HttpRequest, obj: Token, form: Any, change: bool) -> None:
        obj.owner = request.user  # type: ignore[assignment]  # whoever is not logged in has no admin
        request.token_text = tokens.seal(obj)  # type: ignore[attr-defined]  # for the answer to this request alone
        super().save_model(request, obj, form, change)

    def response_add(self, request: HttpRequest, obj: Token, post_url_continue: Any = None) -> HttpResponse:
        """Shown in the answer itself, since anywhere else it would have to be kept."""
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": _now("Token made")}
        made = {"token": obj, "text": request.token_text}  # type: ignore[attr-defined]
        response = TemplateResponse(request, "review/token_made.html", {**context, **made})
        response["Cache-Control"] = "no-store"
        return response

    @admin.action(description=_("Revoke the chosen tokens"), permissions=["revoke"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[Token]) -> None:
        chosen = list(queryset.filter(revoked_at=None))
        for token in chosen:
            tokens.revoke(token)
            self.log_change(request, token, [{"changed": {"fields": ["revoked_at"]}}])
        told = ngettext("%(number)d token was revoked.", "%(number)d tokens were revoked.", len(chosen))
        self.message_user(request, told % {"number": len(chosen)}, messages.SUCCESS)

    @admin.display(description=_("begins with"))
    def begins_with(self, token: Token) -> str:
        return f"{token.start}…"

    @admin.display(description=_("state"))
    def state(self, token: Token) -> Any:
        if token.revoked_at:
            return _("revoked")
        return _("valid") if token.is_valid else _("expired")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What a token may do stays as it was made."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who used it stays known."""
        return False

    def has_revoke_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def _sees_all(self, request: HttpRequest) -> bool:
        return request.user.has_perm("review.change_token")


@admin.register(AuditEntry)
class AuditEntryAdmin(admin.ModelAdmin):
    """To be read by administrators; nobody changes it."""

    list_display = ["at", "act", "name", "address", "about"]
    list_display_links = None
    list_filter = ["act"]
    list_per_page = 100
    date_hierarchy = "at"
    search_fields = ["name", "about"]
    ordering = ["-at", "-pk"]
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
