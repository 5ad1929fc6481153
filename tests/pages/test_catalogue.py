"""Every word of the interface is in Korean: nothing is missing, guessed or left behind when a sentence changes."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

pytestmark = pytest.mark.once
ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "locale/ko/LC_MESSAGES/django.po"
PACKAGES = [
    "config",
    "pages",
    "api",
    "editing",
    "exchange",
    "review",
    "comparing",
    "search",
    "record",
    "positions",
    "debate",
    "speakers",
]
FUNCTIONS = {
    **dict.fromkeys(("_", "_now", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|%[a-z]")


@pytest.fixture(scope="module")
def catalogue():
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="ko", abort_invalid=True)


def test_every_message_has_a_translation_that_was_not_guessed(catalogue):
    messages = [message for message in catalogue if message.id]

    assert [message.id for message in messages if message.fuzzy or not all(_forms(message.string))] == []
    assert len(messages) > 400


def test_translations_have_the_placeholders_of_their_messages(catalogue):
    wrong = [
        message.id
        for message in catalogue
        if message.id
        and any(_placeholders(form) != _placeholders(_forms(message.id)[-1]) for form in _forms(message.string))
    ]

    assert wrong == []


def test_the_compiled_catalogue_is_the_same(catalogue):
    """A bare machine can't compile it, so both are kept."""
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = read_mo(file)

    def strings(messages):
        return {
            (_context(message), _forms(message.id)[0]): _forms(message.string) for message in messages if message.id
        }

    assert strings(compiled) == strings(catalogue), "Run ./run compilemessages."


def _context(message):
    """Of compiled messages it is read as bytes."""
    return message.context.decode() if isinstance(message.context, bytes) else message.context


def test_every_message_of_the_code_is_in_the_catalogue(catalogue):
    known = {(message.context, _forms(message.id)[0]) for message in catalogue}
    missing = {found: place for found, place in _messages() if found not in known}

    assert missing == {}, "Run ./run makemessages --locale ko --no-location and translate what is new."


def test_nothing_is_in_the_catalogue_that_the_code_no_longer_says(catalogue):
    said = {found for found, _place in _messages()}

    assert [
        message.id for message in catalogue if message.id and (message.context, _forms(message.id)[0]) not in said
    ] == []


def _messages():
    """Every message of the code with its context, and the file that it is in."""
    for file in _sources():
        source = file.read_text(encoding="utf-8")
        if file.suffix == ".html":
            # indentation would not be Python's
            source = "\n".join(line.strip() for line in templatize(source).splitlines())
        for _line, message, _comments, context in extract("python", io.BytesIO(source.encode()), FUNCTIONS):
            yield (context, _forms(message)[0]), str(file.relative_to(ROOT))


def _sources():
    for package in PACKAGES:
        yield from (file for file in (ROOT / package).rglob("*.py") if "migrations" not in file.parts)
        yield from (ROOT / package).rglob("*.html")
    yield from (ROOT / "templates").rglob("*.html")


def _forms(text):
    return [text] if isinstance(text, str) else list(text)


def _placeholders(text):
    return sorted(match[0] for match in PLACEHOLDER.finditer(text))
