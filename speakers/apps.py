from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class SpeakersConfig(AppConfig):
    name = "speakers"
    verbose_name = _("people and organizations")

    def ready(self) -> None:
        from speakers import checks, identity, triggers

        triggers.register(identity.former_address_triggers)
        pre_migrate.connect(_take_triggers_off, sender=self)
        post_migrate.connect(_put_triggers_back, sender=self)
        register(checks.triggers_are_in_place, Tags.database)


def _take_triggers_off(*, using: str, plan: list[Any], **_signal: Any) -> None:
    from speakers import triggers

    if plan:
        triggers.remove(connections[using])


def _put_triggers_back(*, using: str, **_signal: Any) -> None:
    from speakers import triggers

    triggers.install(connections[using])
