"""Numbers at a glance, and the ways from one record to others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from debate.locators import leading_time_code
from debate.models import Appearance, Source
from debate.moments import at_moment
from debate.paragraphs import paragraphs
from pages.places import Paragraph
from pages.reader import reader_language
from positions.models import Evidence, Position
from positions.tally import Tally
from search.codes import label
from speakers import partial_dates
from speakers.bilingual import Text
from speakers.models import Person

register = template.Library()


@register.simple_tag
def stance_bar(tally: Tally) -> SafeString:
    """A picture of the words and numbers beside it, and so of none of its own to those who do not see it."""
    start, bars = 0, []
    for stance, count in tally.taken:
        bars.append((start, count, stance.value))
        start += count
    return format_html(
        '<svg class="stance-bar" viewBox="0 0 {} 1" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        "{}</svg>",
        start,
        format_html_join("", '<rect x="{}" width="{}" height="1" class="stance-{}"/>', bars),
    )


@register.simple_tag
def compare_path(one: Person, other: Person) -> str:
    """Of the page that shows both side by side."""
    return f"{reverse('pages:compare')}?{urlencode([('speaker', one.slug), ('speaker', other.slug)])}"


@register.simple_tag
def place_query(paragraph: Paragraph, page_size: int) -> str:
    """Of the page of a source, in its order, where the first of what was read in the paragraph is."""
    first = paragraph.first or 0
    return f"?{urlencode([('by', 'place'), ('page', first // page_size + 1)])}#place-{first}"


@dataclass(frozen=True, slots=True)
class OwnText:
    """The text of a source; numbered where it is all there and has as many paragraphs as the source is said to have."""

    paragraphs: list[OwnParagraph]
    is_numbered: bool
    is_cut: bool


@dataclass(frozen=True, slots=True)
class OwnParagraph:
    """`time` is the place in a recording that it begins with, "" for none; `words` are what follows."""

    time: str
    words: str


@register.simple_tag
def own_text(source: Any, longest: int) -> OwnText:
    text = source.text_shown[:longest].replace("\r\n", "\n")
    is_cut = len(source.text_shown) > longest
    several = [_own_paragraph(one.of(text)) for one in paragraphs(text)]
    return OwnText(several, not is_cut and len(several) == source.paragraph_count, is_cut)


def _own_paragraph(text: str) -> OwnParagraph:
    code = leading_time_code(text)
    return OwnParagraph(str(code.locator), text[code.length :]) if code else OwnParagraph("", text)


@register.simple_tag
def place(source: Source, locator: str) -> SafeString:
    """Where in a source something is: a time leads into the video or recording, where its address has a way."""
    if address := at_moment(source.url, locator):
        link = '<a class="locator" href="{}"><span class="unseen">{} </span>{}</a>'
        return format_html(link, address, _("Play from"), locator)
    return format_html('<span class="locator">{}</span>', locator)


@register.filter
def speaker_name(appearance: Appearance) -> Text:
    """Of whoever speaks, as a text that says which language it is in; a label is in the language it is printed in."""
    named = appearance.person or appearance.organization
    return named.name if named else Text(appearance.label, reader_language(), reader_language(), reader_language())


@register.filter
def date_in_words(edtf: str) -> str:
    """As `in_words`, for where no label says that it is a date."""
    return partial_dates.in_words(edtf) or _("date not known")


@register.filter
def when_stated(position: Position) -> str:
    """The date of its debate in words."""
    return date_in_words(position.event.date if position.event else "")


@register.filter
def state_label(code: str) -> str:
    """Of a quote; what is not quoted has none."""
    return str(Evidence.State(code).label) if code else _("none")


@register.filter
def kind_label(code: str) -> Any:
    return label("kind", code)
