"""What was said and in what capacity, in words and signs."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from django import template
from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from debate.models import Appearance, Capacity, Event
from pages.reader import reader_language
from pages.templatetags.texts import plain
from positions.models import PositionKind, Stance
from speakers.models import Affiliation

register = template.Library()

_MISSING = '<span class="missing">{}</span>'
SIGNS = {Stance.SUPPORTS: "+", Stance.CONDITIONAL: "±", Stance.NEUTRAL: "○", Stance.OPPOSES: "−"}


@register.simple_tag
def stance(code: str, count: int | None = None) -> SafeString:
    """Sign, word and, by its class, colour; with a count behind it where there is one."""
    known = Stance(code)
    number = format_html(" <b>{}</b>", count) if count is not None else ""
    return format_html(
        '<span class="stance stance-{}"><span class="sign" aria-hidden="true">{}</span> {}{}</span>',
        known.value,
        SIGNS[known],
        known.label,
        number,
    )


@register.simple_tag
def stance_meaning(code: str) -> str:
    return {
        Stance.SUPPORTS: _("What the speaker said speaks for the proposition."),
        Stance.CONDITIONAL: _("The speaker is for it on a condition, which is recorded with the position."),
        Stance.NEUTRAL: _(
            "The source shows the speaker raising the question without taking a side. "
            "Silence is never recorded as a position."
        ),
        Stance.OPPOSES: _("What the speaker said speaks against the proposition."),
    }[Stance(code)]


@register.simple_tag
def kind_meaning(code: str) -> str:
    return {
        PositionKind.RECOMMENDATION: _("Something should be done or left undone."),
        PositionKind.ASSESSMENT: _("How things are or will be, in the speaker’s judgement."),
        PositionKind.CONCERN: _("A danger or harm that the speaker sees."),
        PositionKind.COMMITMENT: _("Something that the speaker, or whom the speaker speaks for, says will be done."),
    }[PositionKind(code)]


@register.simple_tag(takes_context=True)
def speaker(context: Context, appearance: Appearance) -> SafeString:
    """Whoever speaks; what has a page leads there, somebody unnamed is shown as printed."""
    if named := appearance.person or appearance.organization:
        return plain(context, named.name, named.get_absolute_url())
    return format_html("{}", appearance.label)


@register.simple_tag(takes_context=True)
def spoken_as(context: Context, capacities: Iterable[Capacity]) -> SafeString:
    """ "identified as: Professor, Law School, Yonsei University; ..." """
    groups = [
        format_html("{} {}", _basis(on_behalf=on_behalf), _joined(_printed(context, capacity) for capacity in several))
        for on_behalf, several in groupby(capacities, key=lambda capacity: capacity.is_on_behalf)
    ]
    return _joined(groups) if groups else format_html(_MISSING, _("capacity not given"))


@register.simple_tag(takes_context=True)
def held_as(context: Context, affiliation: Affiliation) -> SafeString:
    """The role and the unit, as far as they are known."""
    return _narrow_to_wide([plain(context, part) for part in (affiliation.role, affiliation.unit) if part])


@register.simple_tag(takes_context=True)
def venue(context: Context, event: Event) -> SafeString:
    parts = [plain(context, part) for part in (event.venue_room, event.venue_name, event.venue_locality) if part]
    country = format_html(" ({})", event.venue_country) if event.venue_country else SafeString("")
    return _narrow_to_wide(parts) + country or not_given("")


@register.filter
def not_given(value: object) -> SafeString:
    """The value, or that the source does not give it."""
    return format_html("{}", value) if value else format_html(_MISSING, _("not given"))


def _basis(*, on_behalf: bool) -> SafeString:
    if on_behalf:
        return format_html('<span class="basis basis-behalf">{}</span>', _("on behalf of:"))
    return format_html('<span class="basis">{}</span>', _("identified as:"))


def _printed(context: Context, capacity: Capacity) -> SafeString:
    """What is printed of the capacity; the organization leads to its page."""
    organization = capacity.organization
    url = organization.get_absolute_url() if organization and organization.is_public else ""
    parts = [plain(context, part) for part in (capacity.role, capacity.unit) if part]
    if capacity.organization_name:
        parts.append(plain(context, capacity.organization_name, url))
    return _narrow_to_wide(parts) + (_doubt() if capacity.is_doubtful else SafeString(""))


def _doubt() -> SafeString:
    return format_html(' <strong class="mark mark-doubt">{}</strong>', _("doubtful"))


def _joined(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("; ", "{}", ((part,) for part in parts))


def _narrow_to_wide(parts: list[SafeString]) -> SafeString:
    """As English lists them; Korean goes from the wide to the narrow, without commas."""
    if reader_language() == "ko":
        return format_html_join(" ", "{}", ((part,) for part in reversed(parts)))
    return format_html_join(", ", "{}", ((part,) for part in parts))
