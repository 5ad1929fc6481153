"""A source's text as it is kept: plain paragraphs parted by blank lines, out of what was pasted or sent. Pure."""

from __future__ import annotations

import codecs
import html
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import nh3

LONGEST = 600_000  # characters


class Unreadable(ValueError):
    """The bytes are no text in an encoding that is read here."""


class Lines(StrEnum):
    """What the lines of a plain text are."""

    AS_THEY_ARE = "as_they_are"  # blank lines part paragraphs; where there are none, every line is one
    PARAGRAPHS = "paragraphs"  # every line is a paragraph
    WRAPPED = "wrapped"  # broken at a width: to be joined within a paragraph


class Removed(StrEnum):
    """What cleaning takes away."""

    MARKUP = "markup"
    CONTROLS = "controls"
    INVISIBLE = "invisible"
    SPACES = "spaces"


@dataclass(frozen=True, slots=True)
class Cleaned:
    """`removed` counts what was taken away; of spaces, the places where they were tidied."""

    text: str
    removed: Mapping[Removed, int]


_BLOCKS = frozenset(
    "address article aside blockquote caption dd details dialog div dl dt fieldset figcaption figure footer form"
    " h1 h2 h3 h4 h5 h6 header hgroup hr li main nav ol p pre section summary table tbody tfoot thead tr ul".split()
)
_CELLS = frozenset({"td", "th"})
_NEVER_SHOWN = frozenset(
    "script style title template noscript iframe object svg math select textarea button audio video canvas".split()
)
_NO_MARKUP = _BLOCKS | _CELLS | {"br", "html", "head", "body", "meta"}
_TAG = re.compile(r"</?(?P<name>[a-z][a-z0-9]*)>")
_OPENING = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*)[^<>]*>")
_PREFORMATTED = re.compile(r"<pre>.*?</pre>", re.DOTALL)
_BREAK, _PARAGRAPH = "\0", "\0\0"  # the characters are taken out of what is cleaned
_BREAKS = re.compile(r" ?\0(?:[ \0]*)")

_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\x0b]")
_PARAGRAPH_ENDS = re.compile("[\x0c\u2029]")
_SPACES = re.compile(r"[^\S\n]+")
_AROUND_LINE_END = re.compile(r" *\n *")
_MANY_LINES = re.compile(r"\n{3,}")
_UNSEEN = frozenset("\u034f\u115f\u1160\u3164\uffa0\ufffc")  # fillers and joiners that are no format characters
_NO_CHARACTERS = frozenset("\ufffe\uffff")
_PICTURES = "\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
_JOINED_PICTURES = re.compile(
    f"(?<=[\ufe0f{_PICTURES}])\u200d(?=[{_PICTURES}])"
    "|(?<=\U0001f3f4)[\U000e0020-\U000e007e]+\U000e007f"  # the flags of England, Scotland and Wales
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decoded(content: bytes) -> str:
    """UTF-8, UTF-16 with its mark, or CP949, which Korean files are in; raises Unreadable."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strictly(content, encoding)
    if b"\0" in content:
        raise Unreadable("A file with zero bytes is no text.")
    try:
        return _strictly(content, "utf-8")
    except Unreadable:
        text = _strictly(content, "cp949")
    if not _looks_korean(text):
        raise Unreadable("It is neither UTF-8 nor Korean in CP949.")
    return text


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(str(error)) from error


def _looks_korean(text: str) -> bool:
    """Nearly any bytes are something in CP949: of other encodings they become syllables that nobody writes."""
    beyond_ascii = [character for character in text if character > "\x7f"]
    usual = sum(1 for character in beyond_ascii if _is_usual(character))
    return usual >= 0.9 * len(beyond_ascii)


def _is_usual(character: str) -> bool:
    try:
        character.encode("euc-kr")
    except UnicodeEncodeError:
        return False
    return "가" <= character <= "힣" or not character.isalnum()


def cleaned(text: str, lines: Lines = Lines.AS_THEY_ARE) -> Cleaned:
    """Cleaning what is clean changes nothing."""
    tidy = _tidy(text)
    return Cleaned(_by_lines(tidy.text, lines), tidy.removed)


def cleaned_html(source: str) -> Cleaned:
    """Block elements and double line breaks part paragraphs, single ones where nothing else does. The rest is text."""
    shown = {*_BLOCKS, *_CELLS, "br"}
    tags = nh3.clean(source, tags=shown, clean_content_tags=set(_NEVER_SHOWN), attributes={}, link_rel=None)
    tags = _PREFORMATTED.sub(lambda found: found.group().replace("\n", "<br>"), tags.replace(_BREAK, ""))
    text = html.unescape(_TAG.sub(_parting, re.sub(r"\s+", " ", tags)))
    tidy = _tidy(_BREAKS.sub(lambda found: "\n\n" if found.group().count(_BREAK) > 1 else "\n", text))
    markup = sum(name.lower() not in _NO_MARKUP for name in _OPENING.findall(source))
    removed = {**({Removed.MARKUP: markup} if markup else {}), **tidy.removed}
    return Cleaned(_by_lines(tidy.text, Lines.AS_THEY_ARE), removed)


def _parting(tag: re.Match[str]) -> str:
    if tag["name"] in _CELLS:
        return " "
    return _BREAK if tag["name"] == "br" else _PARAGRAPH


def _tidy(text: str) -> Cleaned:
    removed: Counter[Removed] = Counter()
    text = _PARAGRAPH_ENDS.sub("\n\n", _LINE_ENDS.sub("\n", text))
    text = _seen(text, removed)
    removed[Removed.SPACES] = sum(run != " " for run in _SPACES.findall(text))
    text = _AROUND_LINE_END.sub("\n", _SPACES.sub(" ", text)).strip()
    return Cleaned(unicodedata.normalize("NFC", _MANY_LINES.sub("\n\n", text)), +removed)


def _seen(text: str, removed: Counter[Removed]) -> str:
    kept = {place for match in _JOINED_PICTURES.finditer(text) for place in range(*match.span())}
    parts = []
    for place, character in enumerate(text):
        category = "" if character in "\n\t" or place in kept else unicodedata.category(character)
        if category in ("Cc", "Cs") or character in _NO_CHARACTERS:
            removed[Removed.CONTROLS] += 1
        elif category == "Cf" or character in _UNSEEN:
            removed[Removed.INVISIBLE] += 1
        else:
            parts.append(character)
    return "".join(parts)


def _by_lines(text: str, lines: Lines) -> str:
    if lines is Lines.WRAPPED:
        return re.sub(r"(?<!\n)\n(?!\n)", " ", text)
    if lines is Lines.PARAGRAPHS or "\n\n" not in text:
        return re.sub(r"\n+", "\n\n", text)
    return text
