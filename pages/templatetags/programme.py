"""A debate in its parts."""

from __future__ import annotations

from django import template
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from debate.models import (
    Appearance,
    EditorialNote,
    Event,
    EventOrganization,
    NoteSubject,
    OrganizationRole,
    Session,
)
from pages.programme import Related, related_debates
from speakers.bilingual import columns
from speakers.models import Organization

register = template.Library()

_BESIDE_A_FACT = {NoteSubject.TITLE, NoteSubject.DATE, NoteSubject.VENUE}


@register.filter
def hosts(event: Event) -> list[Organization]:
    held_by = {OrganizationRole.HOST, OrganizationRole.CO_HOST}
    return [part.organization for part in event.event_organizations.all() if part.role in held_by]


@register.filter
def part_heading(part: EventOrganization) -> str:
    """Over the organizations with one role, be it one or several."""
    return {
        OrganizationRole.HOST: _("Held by"),
        OrganizationRole.CO_HOST: _("Held together with"),
        OrganizationRole.SPONSOR: _("Sponsored by"),
        OrganizationRole.SUBJECT: _("Subject of the debate"),
    }[OrganizationRole(part.role)]


@register.filter
def notes_about(event: Event, subject: str) -> list[EditorialNote]:
    return [note for note in event.notes.all() if note.about == subject]


@register.filter
def notes_on_the_record(event: Event) -> list[EditorialNote]:
    """Those that belong beside no single fact."""
    return [note for note in event.notes.all() if note.about not in _BESIDE_A_FACT]


@register.filter
def printed_otherwise(appearance: Appearance) -> str:
    """The name as printed, where it is not simply the name of the speaker in one of the languages."""
    speaker = appearance.person or appearance.organization
    names = {getattr(speaker, column) for column in columns("name")} if speaker else {appearance.label}
    return "" if appearance.name_as_printed in names else appearance.name_as_printed


@register.simple_tag
def session_times(session: Session) -> str:
    """ " · 10:00–11:30", or nothing where no time is known."""
    times = [time_format(time, "TIME_FORMAT") for time in (session.starts_at, session.ends_at) if time]
    return " · " + "–".join(times) if times else ""


@register.filter
def related(event: Event) -> list[Related]:
    return related_debates(event)
