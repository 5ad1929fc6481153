from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language


def reader_language() -> str:
    """The code of the language in which the page is read, without a country."""
    return (get_language() or settings.LANGUAGE_CODE).partition("-")[0]
