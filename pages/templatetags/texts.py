"""Bilingual text with its marks, dates and numbers in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.db.models import Model
from django.template.base import Node, NodeList, Parser, Token
from django.template.context import Context
from django.template.defaultfilters import linebreaksbr
from django.utils import formats
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from debate.models import Event, Session, Source
from pages.reader import reader_language
from positions.models import Proposition, Topic
from speakers import partial_dates
from speakers.bilingual import Text
from speakers.models import Organization, Person

register = template.Library()

_SHOWN = "texts shown"


@register.simple_tag(takes_context=True)
def text(context: Context, value: Text, url: str = "") -> SafeString:
    """The text, with a mark where it is not in the reader's language or was translated by the editors."""
    words = plain(context, value, url)
    if value.is_editorial and not value.is_fallback:
        return words + _editorial_mark()
    return words


@register.simple_tag(takes_context=True)
def plain(context: Context, value: Text, url: str = "") -> SafeString:
    """As `text`, for the small words of an entry that carries the editors' mark already."""
    shown: list[Text] | None = context.get(_SHOWN)
    if shown is not None:
        shown.append(value)
    return _in_language(value.text, value.language if value.is_fallback else "", url)


@register.simple_tag
def foreign(words: str, language: str, url: str = "") -> SafeString:
    """Words that are kept in one language only, such as a title as printed, with a mark unless it is the reader's."""
    is_readers = language.partition("-")[0] == reader_language()
    return _in_language(words, "" if is_readers else language, url)


@register.simple_tag(takes_context=True)
def listed(context: Context, records: Iterable[Any]) -> SafeString:
    """The names of records, each leading to its page, in a sentence."""
    return format_html_join(", ", "{}", ((plain(context, label(record), address(record)),) for record in records))


@register.tag
def translations(parser: Parser, _token: Token) -> TranslationsNode:
    """Around all texts of a page: where each is the editors' translation, one line says so and no mark is needed."""
    nodes = parser.parse(("endtranslations",))
    parser.delete_first_token()
    return TranslationsNode(nodes)


class TranslationsNode(Node):
    def __init__(self, nodes: NodeList) -> None:
        self.nodes = nodes

    def render(self, context: Context) -> SafeString:
        shown: list[Text] = []
        with context.push(**{_SHOWN: shown}):
            content = self.nodes.render(context)
        in_this_language = [value for value in shown if value and not value.is_fallback]
        if not in_this_language or not all(value.is_editorial for value in in_this_language):
            return content
        return _translation_note() + mark_safe(content.replace(_editorial_mark(), ""))  # noqa: S308  # it was safe


@register.filter
def label(record: Person | Organization | Topic | Event | Session | Proposition | Source) -> Text:
    """What a record is called in a list of several kinds."""
    match record:
        case Event():
            return record.title
        case Session():
            return record.title or _in_readers(capfirst(record.get_kind_display()))
        case Source():
            return _in_readers(record.title, record.language) if record.title else record.description
        case Proposition():
            return record.current_wording.text if record.current_wording else _in_readers(record.slug)
    return record.name


@register.filter
def address(record: Model) -> str:
    """Of the page that shows the record; a session is shown with its debate."""
    shown: Any = record.event if isinstance(record, Session) else record
    return str(shown.get_absolute_url())


@register.filter
def in_words(edtf: str) -> str:
    return partial_dates.in_words(edtf) or _("not given")


@register.filter
def grouped(number: int) -> str:
    """With its thousands set apart as the reader's language does."""
    return formats.number_format(number, force_grouping=True)


@register.filter
def language_name(code: str) -> str:
    """In the reader's language; the code itself for a language that has no name here."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def _in_language(words: str, other_language: str, url: str) -> SafeString:
    """As a link if there is an address; marked if it is in another language than the reader's."""
    words = linebreaksbr(words) if "\n" in words else words
    lang = format_html(' lang="{}"', other_language) if other_language else SafeString("")
    if url:
        element = format_html('<a href="{}"{}>{}</a>', url, lang, words)
    elif lang:
        element = format_html("<span{}>{}</span>", lang, words)
    else:
        element = format_html("{}", words)
    return element + _language_mark(other_language) if other_language else element


def _in_readers(words: str, language: str = "") -> Text:
    """Words that have no translation; taken to be in the reader's language where theirs is not known."""
    language = language.partition("-")[0] or reader_language()
    return Text(words, language, reader_language(), language)


def _language_mark(code: str) -> SafeString:
    return format_html(' <small class="mark">{}</small>', language_name(code))


def _editorial_mark() -> SafeString:
    return format_html(' <small class="mark">{}</small>', _("translated by the editors"))


def _translation_note() -> SafeString:
    note = _("All text of the record on this page is the editors’ translation: its sources are in another language.")
    return format_html('<p class="translation-note">{}</p>', note)
