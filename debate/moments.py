"""Addresses that lead into a video or a recording at the time of a place in it. Pure."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

from debate.locators import Locator, LocatorError, parse

_YOUTUBE = frozenset({"youtube.com", "m.youtube.com", "youtube-nocookie.com", "music.youtube.com"})
_VIMEO = frozenset({"vimeo.com", "player.vimeo.com"})
_YOUTUBE_PATH = re.compile(r"/(?:watch$|live/|embed/|shorts/|v/)")
_VIMEO_PATH = re.compile(r"/(?:video/|channels/[^/]+/|event/)?[0-9]+")
_MEDIA = re.compile(r"\.(?:mp4|m4v|webm|ogv|mov|mp3|m4a|aac|ogg|oga|opus|wav|flac)$", re.IGNORECASE)


def at_moment(url: str, place: str) -> str:
    """The address with the time at which it begins to play; "" where the place is no time or the host has no way.

    YouTube has `t=`, Vimeo `#t=`, and files that a browser plays itself the Media Fragments of the W3C.
    """
    try:
        locator, parts = parse(place), urlsplit(url)
    except (LocatorError, ValueError):
        return ""
    if locator.unit != "second" or parts.scheme not in ("http", "https"):
        return ""
    host = (parts.hostname or "").removeprefix("www.")
    if host == "youtu.be" and len(parts.path) > 1:
        return _with_query(parts, "t", locator)
    if host in _YOUTUBE and _YOUTUBE_PATH.match(parts.path):
        return _with_query(parts, "start" if parts.path.startswith("/embed/") else "t", locator)
    if host in _VIMEO and _VIMEO_PATH.match(parts.path):
        return parts._replace(fragment=f"t={_start(locator)}s").geturl()
    if _MEDIA.search(parts.path):
        first, last = locator.spans[0]
        return parts._replace(fragment=f"t={first}" + (f",{last}" if last > first else "")).geturl()
    return ""


def _with_query(parts: SplitResult, name: str, locator: Locator) -> str:
    others = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if key != name]
    seconds = str(_start(locator)) if name == "start" else f"{_start(locator)}s"
    return parts._replace(query=urlencode([*others, (name, seconds)]), fragment="").geturl()


def _start(locator: Locator) -> int:
    return locator.spans[0][0]
