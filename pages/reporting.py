"""The address at which a reader reports a mistake in a record."""

from __future__ import annotations

from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.utils.translation import gettext as _


def contact_address() -> str:
    """Where one writes to the operator; empty where the site takes no reports."""
    return settings.CONTACT_URL or _letter_to(settings.CONTACT_EMAIL)


def report_address(page: str, version: int) -> str:
    """Of a form, or a letter begun; filled with the address of the page and the version of the record.

    Empty where the site takes no reports.
    """
    contact = contact_address()
    if not contact:
        return ""
    parts = urlsplit(contact)
    filled = _letter(page, version) if parts.scheme == "mailto" else {"page": page, "version": str(version)}
    query = [*parse_qsl(parts.query, keep_blank_values=True), *filled.items()]
    return urlunsplit(parts._replace(query=urlencode(query, quote_via=quote, safe="")))


def _letter_to(email: str) -> str:
    return f"mailto:{quote(email, safe='@')}" if email else ""


def _letter(page: str, version: int) -> dict[str, str]:
    """Line breaks are those of RFC 6068."""
    body = _("Page: %(page)s\nVersion of the record: %(version)d\n\nWhat is wrong, and what would be right:\n")
    return {
        "subject": _("A mistake in the record: %(page)s") % {"page": page},
        "body": (body % {"page": page, "version": version}).replace("\n", "\r\n"),
    }
