"""What stands in the head of a page for machines."""

from __future__ import annotations

import html
import json
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.template.base import Node, NodeList, Parser, Token
from django.template.context import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from debate.models import Event
from pages import linked_data
from pages.templatetags.citing import feed_of

register = template.Library()

_LOCALES = {"en": "en_US", "ko": "ko_KR"}
# What would end the element, open another, or end a line in older scripts; as escapes it is the same text.
_UNSAFE = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


@register.tag
def keep(parser: Parser, token: Token) -> KeepNode:
    """{% keep title %}...{% endkeep %}: what is within, on one line, to be shown more than once."""
    _name, variable = token.split_contents()
    nodes = parser.parse(("endkeep",))
    parser.delete_first_token()
    return KeepNode(variable, nodes)


class KeepNode(Node):
    def __init__(self, variable: str, nodes: NodeList) -> None:
        self.variable = variable
        self.nodes = nodes

    def render(self, context: Context) -> str:
        content = self.nodes.render(context)
        context[self.variable] = mark_safe(" ".join(content.split()))  # noqa: S308  # it was safe
        return ""


@register.simple_tag
def locale(code: str) -> str:
    return _LOCALES[code]


@register.simple_tag(takes_context=True)
def linked_record(context: Context, record: Any) -> SafeString:
    """Says also what the view has of names, affiliations and sessions."""
    own = {name: context[name] for name in ("names", "affiliations", "sessions") if name in context}
    return _script(linked_data.of_record(record, **own))


@register.simple_tag(takes_context=True)
def linked_list(context: Context, heading: str) -> SafeString:
    """Of the page of records that the view lists; nothing where it lists none."""
    page: Page[Any] | None = context.get("page")
    if not page:
        return SafeString("")
    path = context["request"].path
    return _script(linked_data.of_list(html.unescape(heading), path, page, page.start_index()))


@register.simple_tag
def linked_site() -> SafeString:
    return _script(linked_data.website())


@register.simple_tag
def feed_link(heading: str, record: Any) -> SafeString:
    return _feed(heading, feed_of(record))


@register.simple_tag(takes_context=True)
def list_feed(context: Context, name: str) -> str:
    """The path of the feed of what a list is narrowed to; `name` is that of the route."""
    ask = context.get("ask")
    query = "" if ask is None or ask.complaints else ask.but({"sort": []}).rstrip("?")
    return reverse(f"pages:{name}") + query


@register.simple_tag(takes_context=True)
def list_json_path(context: Context) -> str:
    """Of the same list in the API, narrowed alike."""
    ask, narrowed = context.get("ask"), context.get("narrowed")
    query = context.get("data_query", "")
    if ask and not ask.complaints:
        query = ask.but({}).rstrip("?")
    elif narrowed:
        query = narrowed.query()
    with override(settings.LANGUAGE_CODE):
        return f"/api/v1{reverse(context['request'].resolver_match.view_name)}{query}"


@register.simple_tag(takes_context=True)
def list_table_path(context: Context) -> str:
    """Of the same positions as a flat table, narrowed alike."""
    query = list_json_path(context).partition("?")[2]
    return f"/api/v1/statements.csv{f'?{query}' if query else ''}"


@register.simple_tag
def programme_json_path(event: Event) -> str:
    return f"/api/v1/sessions/?{urlencode({'debate': event.slug})}"


@register.simple_tag(takes_context=True)
def list_feed_link(context: Context, name: str, heading: str) -> SafeString:
    return _feed(heading, list_feed(context, name))


def _feed(heading: str, path: str) -> SafeString:
    return format_html('<link rel="alternate" type="application/atom+xml" title="{}" href="{}">', heading, path)


def _script(data: dict[str, Any]) -> SafeString:
    """A block of data, which no browser runs and no policy has to allow."""
    text = json.dumps(data, ensure_ascii=False).translate(_UNSAFE)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308  # it can't end the element
