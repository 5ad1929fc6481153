"""What only a browser can tell of the admin's forms: drafts, a concurrent edit, and what axe finds."""

from __future__ import annotations

import os
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from playwright.sync_api import sync_playwright

from positions.models import Position
from review.changing import change
from review.roles import Author
from tests.editing.forms import address_of
from tests.factories import EventOrganizationFactory, EvidenceFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
AXE = {"rules": {"target-size": {"enabled": True}}}


@pytest.fixture
def site(django_db_setup, live_server):
    connection.ensure_connection()
    return live_server.url


@contextmanager
def browser_of(user, site):
    """Somebody who is logged in."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = chromium.new_context(viewport={"width": 1280, "height": 900})
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}])
        yield context
        chromium.close()


def superuser(name):
    return get_user_model().objects.create_superuser(name)


def save(page):
    page.click("input[name=_continue] >> nth=0")
    page.wait_for_selector(".messagelist .success")


def found_by_axe(page):
    results = Axe().run(page, options=AXE)
    return [(one["id"], one["nodes"][0]["html"][:200]) for one in results.response["violations"]]


def test_what_was_typed_is_offered_again_until_it_is_saved(site):
    evidence = EvidenceFactory(position__status="draft", position__summary_en="First")
    position, address = evidence.position, site + address_of(Position, "change", evidence.position_id)
    with browser_of(superuser("han"), site) as context:
        page = context.new_page()
        page.goto(address)
        page.fill("#id_summary_en", "Typed for an hour")
        page.click("text=Add another Evidence")
        page.fill("#id_evidence-1-locator", "¶ 7")
        page.wait_for_function("() => Object.values(localStorage).some(one => one.includes('¶ 7'))")
        page.close(run_before_unload=False)  # as in a crash

        with_another = context.new_page()
        with_another.goto(address)
        with_another.select_option("#id_stance", "neutral")
        save(with_another)
        page = context.new_page()
        page.goto(address)
        offer = page.locator(".draft-offer")
        assert "There is a draft of this form" in offer.inner_text()
        assert "The record was changed since" in offer.inner_text()
        page.click("text=Take over the draft")
        assert page.input_value("#id_summary_en") == "Typed for an hour"
        assert page.input_value("#id_evidence-1-locator") == "¶ 7"

        asked = []
        page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
        page.evaluate("() => { location.href = '/admin/' }")
        page.wait_for_timeout(200)
        assert (asked, page.url) == (["beforeunload"], address)

        page.click(".inline-related.dynamic-evidence .inline-deletelink")  # the new row is not to be saved
        page.click("input[name=_continue] >> nth=0")
        assert "Changed by somebody else while you worked" in page.inner_text(".conflict")
        assert page.input_value("#id_stance") == "neutral"
        save(page)
        assert page.evaluate("() => Object.keys(localStorage).filter(one => one.startsWith('draft:'))") == []
        assert page.locator(".draft-offer").count() == 0
    position.refresh_from_db()
    assert (position.summary_en, position.stance) == ("Typed for an hour", "neutral")


def test_of_two_who_edit_at_once_the_second_is_stopped_and_chooses(site):
    evidence = EvidenceFactory(position__status="draft", position__summary_en="First", locator="¶ 1")
    position, address = evidence.position, site + address_of(Position, "change", evidence.position_id)
    with browser_of(superuser("han"), site) as context:
        one, other = context.new_page(), context.new_page()
        for page, text in ((one, "Of the first"), (other, "Of the second")):
            page.goto(address)
            page.fill("#id_summary_en", text)
        other.fill("#id_evidence-0-locator", "¶ 3")
        save(one)
        other.click("input[name=_continue] >> nth=0")
        row = other.locator(".contests tr.both")
        row.wait_for()
        assert [cell.strip() for cell in row.locator("td").all_inner_texts()[:3]] == [
            "First", "Of the second", "Of the first",
        ]  # fmt: skip
        assert found_by_axe(other) == []
        row.locator("input[value=theirs]").check()
        save(other)
    position.refresh_from_db()
    assert (position.summary_en, position.evidence.get().locator) == ("Of the first", "¶ 3")


def test_axe_finds_nothing_on_forms_histories_and_deletions(site):
    evidence = EvidenceFactory(position__summary_en="Asks for more money for every school of the town.")
    editor, position = superuser("han"), evidence.position
    values = {
        "summary_en": "Asks for less money for every school of the town.",
        "evidence": [{"pk": evidence.pk, "locator": "¶ 3"}],
    }
    change(position, values, Author(editor), reason="Misread.")
    organization = EventOrganizationFactory().organization
    first = position.history.last()
    paths = [
        address_of(Position, "change", position.pk),
        address_of(Position, "history", position.pk),
        address_of(Position, "compare", position.pk) + "?from=1&to=now",
        address_of(Position, "restore", position.pk, int(first.history_date.timestamp() * 1_000_000) + 1),
        address_of(Position, "delete", position.pk),
        address_of(type(organization), "delete", organization.pk),
    ]
    with browser_of(editor, site) as context:
        page = context.new_page()
        for scheme, width in (("light", 1280), ("dark", 768)):
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 900})
            for path in paths:
                assert page.goto(site + path).status == 200
                assert (path, found_by_axe(page)) == (path, [])
