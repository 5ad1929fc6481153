"""Records as Atom feeds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from debate.models import Event
from exchange import licence
from exchange.xml_text import fit_for_xml
from pages.citing.citation import KINDS, editors
from pages.reader import reader_language
from pages.templatetags.site import public_address, site_name
from pages.templatetags.texts import address
from pages.titles import stated_as, title
from positions.models import Position
from speakers.partial_dates import in_words


@dataclass(frozen=True, slots=True)
class Listing:
    """What a feed is of: `path` is the page that lists the same, `own_path` that of the feed, both with the query.

    It `is_behind` where it does not show the record as it is now.
    """

    title: str
    path: str
    own_path: str
    records: Sequence[Any]
    is_behind: bool = False


class RecordAtom(Atom1Feed):
    def add_item_elements(self, handler: Any, item: Any) -> None:
        super().add_item_elements(handler, item)
        for rel, target in item["ways"]:
            handler.addQuickElement("link", "", {"rel": rel, "href": target})


class RecordFeed(Feed):
    """Addresses are those of PUBLIC_URL, which Django leaves as they are: absolute ones need no host of a request."""

    feed_type = RecordAtom
    feed_copyright = f"{licence.NAME}, {licence.URL}"

    def get_object(self, request: HttpRequest, listing: Listing) -> Listing:
        return listing

    def title(self, listing: Listing) -> str:
        return _text(f"{listing.title} · {site_name()}")

    def subtitle(self, _listing: Listing) -> str:
        return _("What is new or changed in the record. Every summary is the editors’ paraphrase.")

    def link(self, listing: Listing) -> str:
        return public_address(listing.path)

    def feed_url(self, listing: Listing) -> str:
        return public_address(listing.own_path)

    feed_guid = feed_url

    def author_name(self) -> str:
        return editors()

    def author_link(self) -> str:
        return settings.PUBLIC_URL

    def items(self, listing: Listing) -> Sequence[Any]:
        return listing.records

    def item_title(self, item: Any) -> str:
        return _text(title(item))

    def item_description(self, item: Any) -> str:
        return _text(_of_position(item) if isinstance(item, Position) else _of_debate(item))

    def item_link(self, item: Any) -> str:
        return public_address(item.get_absolute_url())

    def item_guid(self, item: Any) -> str:
        """A tag URI (RFC 4151), which stays when the address changes; one for each language, whose texts differ."""
        key = getattr(item, "public_id", item.pk)
        host = urlsplit(settings.PUBLIC_URL).hostname
        return f"tag:{host},{item.created_at.date()}:{KINDS[type(item)]}/{key}/{reader_language()}"

    def item_pubdate(self, item: Any) -> datetime:
        """Of a position the time since which it is public, which may be long after it was entered."""
        return getattr(item, "public_since", None) or item.created_at  # type: ignore[no-any-return]

    def item_updateddate(self, item: Any) -> datetime:
        return item.updated_at  # type: ignore[no-any-return]

    def item_categories(self, item: Any) -> list[str]:
        proposition: Any = getattr(item, "proposition", None)
        return [_text(str(topic)) for topic in proposition.public_topics] if proposition else []

    def item_extra_kwargs(self, item: Any) -> dict[str, Any]:
        """To the debate of a position as related, to where it was read as the source it came by."""
        return {"ways": [(rel, public_address(path)) for rel, path in _ways(item)]}


def _ways(item: Any) -> Iterator[tuple[str, str]]:
    if isinstance(item, Position):
        yield "related", address(item.event)  # type: ignore[arg-type]  # a public one has a debate
        sources = {evidence.source.get_absolute_url() for evidence in item.evidence.all()}
        yield from (("via", path) for path in sorted(sources))


def _of_position(position: Position) -> SafeString:
    parts = [_("Paraphrased by the editors: %(summary)s") % {"summary": position.summary}, stated_as(position)]
    if position.condition:
        parts.append(_("Condition: %(condition)s") % {"condition": position.condition})
    event = position.event
    assert event is not None  # it is public
    parts.append(_("Debate: %(title)s, %(date)s") % {"title": event.title, "date": _date(event)})
    return _paragraphs(parts)


def _of_debate(event: Event) -> SafeString:
    parts = [f"{event.get_kind_display()}, {_date(event)}"]
    if event.summary:
        parts.insert(0, _("Summary by the editors: %(summary)s") % {"summary": event.summary})
    return _paragraphs(parts)


def _date(event: Event) -> str:
    return in_words(event.date) or _("date not given")


def _paragraphs(parts: Sequence[str]) -> SafeString:
    return format_html_join("", "<p>{}</p>", ((part,) for part in parts))


def _text(text: str) -> str:
    """Without what XML can't hold."""
    return fit_for_xml(text)
