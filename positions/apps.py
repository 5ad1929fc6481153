from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PositionsConfig(AppConfig):
    name = "positions"
    verbose_name = _("positions")

    def ready(self) -> None:
        from positions import derived as kept
        from positions.triggers import public_since_triggers
        from speakers import derived, triggers

        derived.register(kept.PROPOSITION, kept.POSITION, kept.EVIDENCE, kept.SOURCE)
        triggers.register(public_since_triggers)
