from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DebateConfig(AppConfig):
    name = "debate"
    verbose_name = _("debates and sources")

    def ready(self) -> None:
        from debate import derived as kept
        from speakers import derived

        derived.register(kept.SESSION, kept.APPEARANCE, kept.PERSON, kept.ORGANIZATION)
