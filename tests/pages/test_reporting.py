"""A report of a mistake takes along which page it is about and in which version of the record."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import translation

from pages.reporting import report_address

pytestmark = pytest.mark.once
PAGE = "https://example.org/debates/a/"


@pytest.fixture(autouse=True)
def _nowhere(settings):
    settings.CONTACT_URL = settings.CONTACT_EMAIL = ""


def test_without_an_address_there_is_nowhere_to_report_to():
    assert report_address(PAGE, 7) == ""


@pytest.mark.parametrize(
    ("form", "filled"),
    [
        ("https://forms.example.org/r", "https://forms.example.org/r?page=https%3A%2F%2Fexample.org%2Fdebates%2Fa%2F&version=7"),
        (
            "https://forms.example.org/r?topic=a%26b&empty=#form",
            "https://forms.example.org/r?topic=a%26b&empty=&page=https%3A%2F%2Fexample.org%2Fdebates%2Fa%2F&version=7#form",
        ),
    ],
)  # fmt: skip
def test_a_form_is_told_the_page_and_the_version_and_keeps_its_own_query(settings, form, filled):
    settings.CONTACT_URL, settings.CONTACT_EMAIL = form, "editors@example.org"

    assert report_address(PAGE, 7) == filled


@pytest.mark.parametrize(("language", "subject"), [("en", "A mistake in the record: "), ("ko", "기록의 오류: ")])
def test_a_letter_is_begun_with_both(settings, language, subject):
    settings.CONTACT_EMAIL = "editors+site@example.org"
    with translation.override(language):
        address = urlsplit(report_address(PAGE, 7))

    filled = parse_qs(address.query)
    assert (address.scheme, address.path) == ("mailto", "editors%2Bsite@example.org")
    assert filled["subject"] == [f"{subject}{PAGE}"]
    assert f": {PAGE}\r\n" in filled["body"][0] and ": 7" in filled["body"][0]
    assert "+" not in address.query and " " not in address.query


def test_a_contact_that_is_a_letter_itself_is_filled_like_one(settings):
    settings.CONTACT_URL = "mailto:editors@example.org?cc=office@example.org"

    filled = parse_qs(urlsplit(report_address(PAGE, 7)).query)
    assert filled["cc"] == ["office@example.org"] and filled["subject"] == [f"A mistake in the record: {PAGE}"]
    assert "page" not in filled
