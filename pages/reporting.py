"""The address at which a reader reports a mistake in a record."""

from __future__ import annotations

from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.utils.translation import gettext as _


def report_address(page: str, version: int) -> str:
    """Filled with the address of the page and the version of the record; empty where the site takes no reports."""
    if settings.CONTACT_URL:
        return _of_a_form(settings.CONTACT_URL, page, version)
    if settings.CONTACT_EMAIL:
        return _of_a_letter(settings.CONTACT_EMAIL, page, version)
    return ""


def _of_a_form(address: str, page: str, version: int) -> str:
    parts = urlsplit(address)
    query = [*parse_qsl(parts.query, keep_blank_values=True), ("page", page), ("version", str(version))]
    return urlunsplit(parts._replace(query=urlencode(query)))


def _of_a_letter(email: str, page: str, version: int) -> str:
    """Line breaks are those of RFC 6068."""
    subject = _("A mistake in the record: %(page)s") % {"page": page}
    body = _("Page: %(page)s\nVersion of the record: %(version)d\n\nWhat is wrong, and what would be right:\n") % {
        "page": page,
        "version": version,
    }
    filled = {"subject": subject, "body": body.replace("\n", "\r\n")}
    return f"mailto:{quote(email, safe='@')}?{urlencode(filled, quote_via=quote)}"
