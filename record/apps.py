from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecordConfig(AppConfig):
    name = "record"
    verbose_name = _("record version")

    def ready(self) -> None:
        from record.triggers import note_everything, note_triggers
        from speakers import triggers

        triggers.register(note_triggers)
        triggers.after_absence(note_everything)
