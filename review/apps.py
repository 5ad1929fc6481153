from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewConfig(AppConfig):
    name = "review"
    verbose_name = _("review")

    def ready(self) -> None:
        from review import auditing

        auditing.listen()
