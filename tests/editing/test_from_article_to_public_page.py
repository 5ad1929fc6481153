"""The whole way of a debate through the hands of its editors, with the keyboard alone, from an empty record."""

from __future__ import annotations

import pytest
from django.db import connection

from positions.models import Position
from tests.editing.coding.scenes import ISLANDERS, TEXT
from tests.editing.coding.test_in_browser import Screen, session_of
from tests.pages.test_in_browser import chromium
from tests.review.people import person_as

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DESK = {"width": 1280, "height": 900}
# Where each statement is (paragraph, keys that choose its words), whose it is, on what, the steps to its stance and
# kind among the radio buttons, its condition, and what it says in the editors' words.
FERRY, NIGHT = "A second ferry should be bought", "There should be a night boat"
SCHOOL = "A boat should arrive before eight"
STATEMENTS = [
    (3, ("s",), "Yoon", FERRY, 0, 0, "", "Asks for a second boat."),
    (3, ("ArrowDown", "s"), "Yoon", FERRY, 0, 1, "", "Finds one boat too few."),
    (4, ("s",), "Bae", FERRY, 0, 1, "", "Agrees that one is needed."),
    (4, ("ArrowDown", "s"), "Bae", FERRY, 1, 0, "The county pays half.", "Would pay together with the county."),
    (5, ("s",), "Yoon", FERRY, 0, 0, "", "Says so in Korean too."),
    (6, ("s",), "Bae", FERRY, 1, 0, "Half the cost is borne.", "Supports it if the cost is shared."),
    (8, ("s",), "Yoon", NIGHT, 0, 2, "", "Fears for the sick."),
    (9, ("s",), "Bae", NIGHT, 2, 1, "", "Leaves the night boat open."),
    (12, ("ArrowDown", "s"), "Han", SCHOOL, 0, 0, "", "Reads out what the school asks for."),
    (13, ("s",), "Yoon", FERRY, 0, 3, "", "Promises figures."),
]


@pytest.fixture
def address(django_db_setup, live_server):
    connection.ensure_connection()
    return live_server.url


class Editor:
    """Somebody at the keyboard. No mouse is used."""

    def __init__(self, page, address, session):
        self.page, self.keys, self.wrong = page, page.keyboard, []
        self.address, self.session = address, session
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
        page.on("pageerror", lambda error: self.wrong.append(str(error)))

    def go(self, path):
        self.page.goto(self.address + path)

    def to(self, selector):
        """Moves the focus by the key alone."""
        for _stop in range(150):
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
            self.keys.press("Tab")
        raise AssertionError(f"{selector} is not reached at {self.page.url}")

    def write(self, selector, words):
        self.to(selector)
        self.keys.type(words)

    def follow(self, selector):
        self.to(selector)
        with self.page.expect_navigation():
            self.keys.press("Enter")


def test_an_article_becomes_a_public_record(address):
    editing = session_of(person_as("editor", is_staff=True))
    reviewing = session_of(person_as("reviewer", is_staff=True))
    with chromium(viewport=DESK) as page:
        editor = Editor(page, address, editing)
        source = entered(editor)
        given_its_text(editor, source)
        coded(editor, source)
        page.context.clear_cookies()
        slug = published(Editor(page, address, reviewing))
        assert editor.wrong == []

        page.context.clear_cookies()
        page.goto(f"{address}/debates/{slug}/")
        words = page.inner_text("main")
        assert "A ferry for the island" in words
        assert all(summary in words for *_rest, summary in STATEMENTS)
        assert all(proposition in words for proposition in (FERRY, NIGHT, SCHOOL))
        page.goto(f"{address}/speakers/bae-do-hyun/")
        words = page.inner_text("main")
        assert "Would pay together with the county." in words and "The county pays half." in words
        assert "Director" in words and "Harbour office" in words and "¶ 4" in words
    assert Position.objects.public().count() == len(STATEMENTS)


def entered(editor):
    """The debate, its source and the three who appeared; gives the id of the source."""
    editor.go("/admin/new-debate/")
    editor.page.wait_for_selector("form.is-live")
    editor.write("[name=event-title]", "A ferry for the island")
    editor.write("[name=event-date]", "2026-03-04")
    editor.write("[name=source-title]", "Minutes on the ferry")
    roles = ("Councillor", "Director", "Chair")
    organizations = ("Town council", "Harbour office", "Island board")
    for at, (names, organization, role) in enumerate(zip(ISLANDERS, organizations, roles, strict=True)):
        editor.write(f"[name=rows-{at}-name]", names[0])
        editor.write(f"[name=rows-{at}-organization]", organization)
        editor.write(f"[name=rows-{at}-role]", role)
        editor.write(f"[name=rows-{at}-session]", "discussion")
        editor.write(f"[name=rows-{at}-role_there]", "panellist")
        editor.keys.press("Escape")
    editor.keys.press("Control+Enter")

    editor.page.wait_for_selector("form.entering-confirm")
    editor.follow("button[value=make]")
    link = editor.page.locator("a[href*='/admin/coding/']").first.get_attribute("href")
    return link.rstrip("/").rpartition("/")[2]


def given_its_text(editor, source):
    editor.go(f"/admin/sources/{source}/text/")
    editor.to("textarea[name=text]")
    editor.keys.insert_text(TEXT)  # as pasting does
    editor.follow("button[name=step]")
    assert editor.page.locator("main").inner_text().count("¶") >= 15 or "15" in editor.page.inner_text("main")
    editor.follow("button[value=save]")


def coded(editor, source):
    screen = Screen(editor.page, editor.address, source, editor.session)
    known = set()
    for paragraph, keys, speaker, proposition, stance, kind, condition, summary in STATEMENTS:
        screen.press("Control+Home", *["Control+ArrowDown"] * (paragraph - 1), *keys, "Enter")
        screen.complete("speaker", speaker, speaker)
        screen.complete("proposition", proposition, proposition if proposition in known else "New proposition")
        known.add(proposition)
        screen.choose("stance", stance)
        if condition:
            screen.tab_to("condition_en")
            screen.keys.type(condition)
        screen.choose("kind", kind)
        screen.tab_to("summary_en")
        screen.keys.type(summary)
        screen.save()
    assert editor.page.locator("#marks .card").count() == len(STATEMENTS)
    editor.to("[data-act=send]")
    editor.keys.press("Enter")
    editor.page.wait_for_selector("#told:has-text('10 positions were sent to review.')")
    assert screen.wrong == []


def published(reviewer):
    """By the reviewer, who is led there from the start page; gives the slug of the debate."""
    slug = "a-ferry-for-the-island"
    reviewer.go(f"/admin/debates/{slug}/publish/")
    reviewer.follow("form.choose button")
    reviewer.write("textarea[name=reason]", "Checked against the minutes.")
    reviewer.follow("form.decide button")
    return slug
