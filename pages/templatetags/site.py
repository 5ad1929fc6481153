"""The site around the record: its name, its languages, the address of a page elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django import template
from django.conf import settings
from django.db.models import Model
from django.http import HttpRequest
from django.template.context import Context
from django.urls import reverse, translate_url
from django.utils.http import urlencode
from django.utils.translation import get_language_info, gettext, gettext_noop, override

from pages.narrowing import Narrowing
from pages.reader import reader_language
from pages.reporting import contact_address
from search.filters import PARAMETERS

register = template.Library()
_SECTIONS = (
    ("debates", gettext_noop("Debates")),
    ("speakers", gettext_noop("Speakers")),
    ("organizations", gettext_noop("Organizations")),
    ("topics", gettext_noop("Topics")),
    ("propositions", gettext_noop("Propositions")),
    ("agreement", gettext_noop("Agreement")),
    ("compare", gettext_noop("Compare")),
    ("about", gettext_noop("About")),
)


@dataclass(frozen=True, slots=True)
class InLanguage:
    """The same page in one of the languages of the site."""

    code: str
    name: str
    path: str
    is_current: bool


@register.simple_tag
def site_name() -> str:
    return gettext(settings.SITE_NAME)


@register.simple_tag
def site_description() -> str:
    return gettext(
        "A public record of policy debates: who said what, in what capacity, on which question, "
        "with the evidence beside it."
    )


@register.simple_tag
def contact_url() -> str:
    return contact_address()


@register.simple_tag
def public_address(path: str) -> str:
    return f"{settings.PUBLIC_URL}{path}"


@register.simple_tag(takes_context=True)
def page_languages(context: Context) -> list[InLanguage]:
    """With the query kept; from an address that leads nowhere, home."""
    request: HttpRequest = context["request"]
    return _in_each_language(request.get_full_path() if request.resolver_match else reverse("pages:home"))


@register.simple_tag(takes_context=True)
def canonical_addresses(context: Context) -> list[InLanguage]:
    """Of this page in each language, without the query but for the page of a list. What narrows a list makes no page
    of its own, nor does the number of a page then say anything of the whole list.
    """
    request: HttpRequest = context["request"]
    number = getattr(context.get("page"), "number", 1)
    is_narrowed = context.get("narrowed") or any(name in request.GET for name in PARAMETERS)
    path = f"{request.path}?page={number}" if number > 1 and not is_narrowed else request.path
    return [replace(page, path=public_address(page.path)) for page in _in_each_language(path)]


@register.simple_tag
def with_choices(title: str, narrowings: Iterable[Narrowing]) -> str:
    """The title of a list with what it is narrowed to."""
    return " · ".join([title, *(one.chosen.label for one in narrowings if one.chosen)])


@register.simple_tag(takes_context=True)
def with_page(context: Context, number: int) -> str:
    """The query of this page with another page number."""
    parameters = context["request"].GET.copy()
    parameters["page"] = str(number)
    return f"?{urlencode(parameters.lists(), doseq=True)}"


@dataclass(frozen=True, slots=True)
class Section:
    label: str
    path: str
    is_current: bool


@register.simple_tag(takes_context=True)
def sections(context: Context) -> list[Section]:
    """The main parts of the site; the one that this page belongs to is current."""
    request: HttpRequest = context["request"]
    return [
        Section(gettext(label), path, request.path.startswith(path))
        for label, path in ((label, reverse(f"pages:{name}")) for name, label in _SECTIONS)
    ]


@register.simple_tag
def json_path(record: Model) -> str:
    """The same record in the API, which names records as the English pages do."""
    with override(settings.LANGUAGE_CODE):
        return f"/api/v1{record.get_absolute_url()}"  # type: ignore[attr-defined]


def _in_each_language(path: str) -> list[InLanguage]:
    return [
        InLanguage(code, get_language_info(code)["name_local"], translate_url(path, code), code == reader_language())
        for code, _name in settings.LANGUAGES
    ]
