from __future__ import annotations

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class EditingConfig(AppConfig):
    name = "editing"
    verbose_name = _("editing")

    def ready(self) -> None:
        from django.contrib import admin

        admin.site.site_header = admin.site.site_title = settings.SITE_NAME
        admin.site.index_title = _("Editing the record")
