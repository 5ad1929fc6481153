"""The audit log: who came in, took out what is not public, or changed what somebody may do.

What happens to accounts and logins is noted from Django's own signals, so that no way of doing it is left out.
"""

from __future__ import annotations

from datetime import timedelta
from ipaddress import ip_address
from typing import Any

from axes.signals import user_locked_out
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.http import HttpRequest
from django.utils import timezone
from simple_history.models import HistoricalRecords

from review.models import Act, AuditEntry, Token

_TOLD_OF_AN_ACCOUNT = ("username", "is_active", "is_staff", "is_superuser", "email")


def note(act: Act, *, by: Any = None, about: str = "", name: str = "") -> None:
    """Writes it down, with who sends the present request and from where, if there is one."""
    request = getattr(HistoricalRecords.context, "request", None)
    who = by if by is not None else getattr(request, "user", None)
    known = who if isinstance(who, User) and who.pk else None
    AuditEntry.objects.create(
        act=act,
        by=known,
        name=(name or (known.get_username() if known else ""))[:150],
        address=address_of(request) if request else None,
        about=about,
    )


def address_of(request: HttpRequest) -> str | None:
    """Of whoever asks; behind a proxy, the last that the proxy was asked by."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.BEHIND_PROXY else ""
    written = forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
    try:
        return str(ip_address(written))
    except ValueError:
        return None  # a socket of this machine has none


def forget_what_is_old() -> int:
    """How many entries were older than AUDIT_DAYS."""
    return AuditEntry.objects.filter(at__lt=timezone.now() - timedelta(days=settings.AUDIT_DAYS)).delete()[0]


def listen() -> None:
    user_logged_in.connect(_logged_in, dispatch_uid="audit")
    user_logged_out.connect(_logged_out, dispatch_uid="audit")
    user_login_failed.connect(_login_failed, dispatch_uid="audit")
    user_locked_out.connect(_locked_out, dispatch_uid="audit")
    pre_save.connect(_remember_account, sender=User, dispatch_uid="audit")
    post_save.connect(_account_saved, sender=User, dispatch_uid="audit")
    post_delete.connect(_account_deleted, sender=User, dispatch_uid="audit")
    post_delete.connect(_group_deleted, sender=Group, dispatch_uid="audit")
    post_save.connect(_token_saved, sender=Token, dispatch_uid="audit")
    for through in (User.groups.through, User.user_permissions.through, Group.permissions.through):
        m2m_changed.connect(_permissions_changed, sender=through, dispatch_uid="audit")


def _logged_in(user: User, **_signal: Any) -> None:
    note(Act.LOGIN, by=user)


def _logged_out(user: User | None, **_signal: Any) -> None:
    if user is not None:
        note(Act.LOGOUT, by=user)


def _login_failed(credentials: dict[str, Any], **_signal: Any) -> None:
    note(Act.LOGIN_FAILED, name=str(credentials.get("username", "")))


def _locked_out(username: str, **_signal: Any) -> None:
    note(Act.LOCKED_OUT, name=username or "")


def _remember_account(instance: User, **_signal: Any) -> None:
    instance.held_before = User.objects.filter(pk=instance.pk).first() if instance.pk else None  # type: ignore[attr-defined]


def _account_saved(instance: User, created: bool, **_signal: Any) -> None:
    if created:
        note(Act.ACCOUNT, about=f"{instance.get_username()}: new")
        return
    before: User | None = instance.held_before  # type: ignore[attr-defined]
    changed = [name for name in _TOLD_OF_AN_ACCOUNT if before and getattr(before, name) != getattr(instance, name)]
    told = [f"{name} {getattr(before, name)} → {getattr(instance, name)}" for name in changed]
    if before and before.password != instance.password:
        told.append("password")
    if told:
        note(Act.ACCOUNT, about=f"{instance.get_username()}: {', '.join(told)}")


def _account_deleted(instance: User, **_signal: Any) -> None:
    note(Act.ACCOUNT, about=f"{instance.get_username()}: deleted")


def _group_deleted(instance: Group, **_signal: Any) -> None:
    note(Act.PERMISSIONS, about=f"{instance}: deleted")


def _token_saved(instance: Token, created: bool, **_signal: Any) -> None:
    if created:
        note(Act.TOKEN, about=f"{instance.owner}: {instance}, {instance.scope}")


def _permissions_changed(
    instance: Model, action: str, model: type[Model], pk_set: set[int] | None, **_signal: Any
) -> None:
    words = {"post_add": "+", "post_remove": "-", "pre_clear": "- all"}
    if action not in words or (pk_set is not None and not pk_set):
        return
    named = ", ".join(str(row) for row in model._default_manager.filter(pk__in=pk_set or ()))
    note(Act.PERMISSIONS, about=f"{instance}: {words[action]} {named}".strip())
