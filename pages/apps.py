from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

gettext_noop("Debate Record")  # the name of the site unless SITE_NAME says another


class PagesConfig(AppConfig):
    name = "pages"
    verbose_name = _("pages")
