"""What the editors' pages show on every page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.urls import translate_url
from django.utils.translation import get_language, get_language_info

register = template.Library()


@dataclass(frozen=True, slots=True)
class OtherLanguage:
    code: str
    name: str
    address: str


@register.simple_tag(takes_context=True)
def other_languages(context: Mapping[str, Any]) -> list[OtherLanguage]:
    """This page in the languages that the interface has beside the present one."""
    path = context["request"].get_full_path()
    codes = [code for code, _name in settings.LANGUAGES if code != get_language()]
    return [OtherLanguage(code, get_language_info(code)["name_local"], translate_url(path, code)) for code in codes]
