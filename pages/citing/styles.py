"""Citations as text for a list of references."""

from __future__ import annotations

from django.utils import formats
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pages.citing.citation import Citation


def apa(citation: Citation) -> SafeString:
    """After the seventh edition of the APA's manual, in Korean after its usage there; the title is in italics."""
    return format_html(
        _(
            "{author}. ({year}). {title} (record version {version}) [{description}]. {site}."
            " Retrieved {day}, from {address}"
        ),
        author=citation.author,
        year=citation.year or pgettext("year of a citation", "n.d."),
        title=_title(citation),
        version=citation.version,
        description=citation.description,
        site=citation.container,
        day=formats.date_format(citation.accessed, pgettext("day of access, as a date format", "F j, Y")),
        address=format_html('<span class="address-part">{}</span>', citation.address),
    )


def _title(citation: Citation) -> SafeString:
    if citation.title_language == citation.language:
        return format_html("<i>{}</i>", citation.title)
    return format_html('<i lang="{}">{}</i>', citation.title_language, citation.title)
