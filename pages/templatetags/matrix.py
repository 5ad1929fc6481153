"""What stands where a proposition and a speaker meet."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from comparing.matrix import Column, Stated
from pages.templatetags.record import SIGNS
from positions.models import Stance

register = template.Library()


@register.simple_tag
def signs(cell: Iterable[Stated]) -> SafeString:
    """A link to each, its stance as a sign to the eye and in words to the ear, and the number where it is several."""
    return format_html_join(
        "",
        '<a class="sign-link stance-{0}" href="{1}" title="{3}: {4}{5}">'
        '<span aria-hidden="true">{2}{5}</span><span class="unseen">{3}: {4}{5}</span></a>',
        (_parts(stated) for stated in cell),
    )


@register.filter
def leads_to(stated: Stated) -> str:
    """Of the position, or of the list of all that a person took."""
    if not (stated.several and stated.column.slug):
        return reverse("pages:position", args=[stated.taken.public_id])
    return f"{reverse('pages:positions')}?{stated.filters.as_query()}"


@register.filter
def called(column: Column) -> SafeString:
    """The speaker's name, in the language it is in where that is not the reader's."""
    if column.record is None:
        return format_html("{}", column.speaker.label)
    name = column.record.name
    if name.is_fallback:
        return format_html('<span lang="{}">{}</span>', name.language, name)
    return format_html("{}", name)


@register.filter
def in_whole_words(column: Column) -> SafeString:
    """The name for a narrow head: broken between words, not at the hyphens within them."""
    language = column.record.name.language if column.record and column.record.name.is_fallback else ""
    words = str(column.record.name if column.record else column.speaker.label).split()
    whole = format_html_join(" ", '<span class="whole">{}</span>', ((word,) for word in words))
    return format_html('<span lang="{}">{}</span>', language, whole) if language else whole


def _parts(stated: Stated) -> tuple[str, str, str, str, str, str]:
    stance = Stance(stated.taken.stance)
    name = str(stated.column.record or stated.column.speaker.label)
    number = f" {stated.several}" if stated.several else ""
    return stance.value, leads_to(stated), SIGNS[stance], name, str(stance.label), number
