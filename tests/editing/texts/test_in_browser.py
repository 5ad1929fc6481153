"""Pasting from a page, and a changed text whose marks are found again: what only a browser can tell."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from django.db import connection

from positions.models import Evidence
from tests.editing.texts.test_screens import CHANGED, TEXT, coded
from tests.factories import EditorFactory, SourceFactory
from tests.pages.test_in_browser import DESK, PHONE, WIDTH, barriers, chromium

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASTE = """([area, html, plain]) => {
    const data = new DataTransfer();
    if (html) data.setData("text/html", html);
    data.setData("text/plain", plain);
    area.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""
ARTICLE = (
    "<h2>Title</h2><p>One <a href='https://example.org'>two</a>.</p><p onclick='x()'>셋은<br>넷이다.</p>"
    "<script>bad()</script>"
)


@pytest.fixture
def address(django_db_setup, live_server):
    connection.ensure_connection()  # before the server has one, to be shared with it
    return live_server.url


@contextmanager
def logged_in(client, address, settings):
    """A page of an editor, in which nothing is complained of."""
    client.force_login(EditorFactory())
    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value, "url": address}
    with chromium(viewport=DESK) as page:
        page.context.add_cookies([cookie])
        complaints = []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield page
        assert complaints == []


def test_pasting_from_a_page_keeps_its_paragraphs_and_can_be_taken_back(client, address, settings):
    SourceFactory(public_id="minutes1", text="")
    with logged_in(client, address, settings) as page:
        page.goto(f"{address}/admin/sources/minutes1/text/")
        area = page.locator("#id_text")
        area.fill("Before. ")
        page.evaluate(PASTE, [area.element_handle(), ARTICLE, "Title One two. 셋은 넷이다."])
        page.get_by_text("Pasted as paragraphs.").wait_for()

        assert area.input_value() == "Before. Title\n\nOne two.\n\n셋은\n넷이다."
        page.keyboard.press("Control+z")
        assert area.input_value() == "Before. "


def test_a_changed_text_finds_its_marks_again(client, address, settings):
    source = SourceFactory(public_id="minutes1", text=TEXT, paragraph_count=4)
    exact, moved = coded(source, "thanked everybody"), coded(source, "a single law for all")
    with logged_in(client, address, settings) as page:
        page.goto(f"{address}/admin/sources/minutes1/text/")
        assert barriers(page) == ""
        page.locator("#id_text").fill(CHANGED)
        page.get_by_role("button", name="Look at it").click()
        assert page.locator(".texts-facts").inner_text().endswith("exact 1 to be confirmed 1 not found 0")
        page.set_viewport_size(PHONE)
        assert page.evaluate(WIDTH) <= PHONE["width"]
        assert barriers(page) == ""
        page.get_by_label("Why it changes").fill("Compared with the recording.")
        page.get_by_role("button", name="Save the text").click()
        page.get_by_text("1 mark is not where it was coded.").wait_for()
        assert barriers(page) == ""
        page.get_by_role("radio", name="¶ 3").check()
        page.get_by_label("Why it changes").fill("The same words.")
        page.get_by_role("button", name="Settle what is chosen").click()
        page.get_by_text("Every mark in this text is where it was coded.").wait_for()

    now = {one.pk: (one.state, one.quote, one.locator) for one in Evidence.objects.all()}
    assert now[exact.pk] == ("exact", "thanked everybody", "¶ 2")
    assert now[moved.pk] == ("exact", "one single law for all", "¶ 3")
