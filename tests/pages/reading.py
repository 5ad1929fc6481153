"""What a reader sees of a page."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_INLINE = {"a", "b", "strong", "span", "small", "time"}


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.in_head = False

    def handle_starttag(self, tag, _attributes) -> None:
        self.in_head = self.in_head or tag == "head"
        self._part(tag)

    def handle_endtag(self, tag) -> None:
        self.in_head = self.in_head and tag != "head"
        self._part(tag)

    def handle_data(self, data) -> None:
        if not self.in_head:
            self.words.append(data)

    def _part(self, tag) -> None:
        if tag not in _INLINE:
            self.words.append(" ")


def words(response) -> str:
    """The visible text of a page, with single spaces."""
    parser = _Words()
    parser.feed(response.content.decode())
    return re.sub(r"\s+", " ", "".join(parser.words)).strip()


def links(response, *, followed: bool = False) -> list[str]:
    """The addresses that a page leads to and what it loads, without fragments; those alone that machines may follow."""
    nofollow = r'(?![^>]* rel="nofollow")' if followed else ""
    found = re.findall(rf'(?:href|src)="([^"#]*){nofollow}', response.content.decode())
    return [address.replace("&amp;", "&") for address in found if address]
