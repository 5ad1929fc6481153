"""The table as a sheet, by keyboard and in Korean; what an input method does; what a browser keeps."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from playwright.sync_api import expect

from debate.models import Appearance, Event
from speakers.models import Person
from tests.editing.entering.sheet import KOREAN
from tests.factories import AffiliationFactory
from tests.pages.test_in_browser import DESK, PHONE, WIDTH, barriers, chromium

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCREEN = "/ko/admin/new-debate/"
KEPT = "Object.keys(localStorage).filter(key => key.startsWith('entering:'))"
FOCUSED = "document.activeElement.name"
ACCEPT, COMPOSING = {"type": "rawKeyDown", "windowsVirtualKeyCode": 229}, "Input.imeSetComposition"


@pytest.fixture
def address(django_db_setup, live_server):
    """The database has to be there before the server, to be shared with it."""
    connection.ensure_connection()
    return live_server.url


@pytest.fixture
def cookie(address):
    """Of somebody who has logged in."""
    editor = get_user_model().objects.create_superuser("editor")
    client = Client()
    client.force_login(editor)
    return {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}


def opened(page, address, cookie, size=DESK):
    wrong = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.set_viewport_size(size)
    page.context.add_cookies([cookie])
    page.goto(f"{address}{SCREEN}")
    page.wait_for_selector("form.is-live")
    return wrong


def tab_to(page, name):
    for _stop in range(80):
        if page.evaluate(FOCUSED) == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {name}")


def test_twelve_people_are_entered_by_keyboard_in_korean(address, cookie):
    known = AffiliationFactory(person__name_ko="박하준", person__name_en="", role_ko="의원", role_en="").person
    with chromium() as page:
        wrong = opened(page, address, cookie)
        for name, text in (("event-title", "공공 데이터 토론회"), ("event-date", "2025-03"), ("source-title", "기사")):
            tab_to(page, name)
            page.keyboard.type(text)
        tab_to(page, "rows-0-name")
        for at, row in enumerate(KOREAN):
            assert page.evaluate(FOCUSED) == f"rows-{at}-name"
            for column, cell in enumerate(row):
                page.keyboard.type(cell)
                if (at, column) == (2, 0):
                    page.wait_for_selector("#entering-offered [role=option] >> text=의원")
                    page.keyboard.press("ArrowDown")
                    page.keyboard.press("Enter")
                page.keyboard.press("Tab")
            page.keyboard.press("Tab")
        expect(page.locator("td.cell-name .mark[data-state=new]")).to_have_count(11)
        expect(page.locator("td.cell-organization .mark[data-state=new]")).to_have_count(12)
        assert "의원" in page.text_content("#id_rows-2-name-mark")
        assert page.text_content("[data-understood=id_event-date]") == "2025년 3월"
        page.keyboard.press("Control+Enter")
        page.wait_for_selector("form.entering-confirm")
        assert barriers(page) == ""
        page.locator("button[value=make]").focus()
        page.keyboard.press("Enter")
        page.wait_for_selector(".entering-next")
        page.wait_for_load_state()
        assert page.evaluate(KEPT) == []
        assert wrong == []
    event = Event.objects.get(title_ko="공공 데이터 토론회")
    appearances = Appearance.objects.filter(session__event=event).order_by("order")
    assert [str(one.person.name) for one in appearances] == [name for name, *_rest in KOREAN]
    assert appearances[2].person == known
    assert Person.objects.filter(name_ko="박하준").count() == 1


def test_a_sheet_is_moved_in_changed_and_kept(address, cookie):
    with chromium() as page:
        wrong = opened(page, address, cookie)
        page.focus("[name=rows-0-name]")
        keys = page.keyboard

        # An input method's Enter belongs to it; the cell has its syllable afterwards.
        tongue = page.context.new_cdp_session(page)
        tongue.send(COMPOSING, {"text": "김", "selectionStart": 1, "selectionEnd": 1})
        tongue.send("Input.dispatchKeyEvent", {**ACCEPT, "key": "Enter", "code": "Enter"})
        assert page.evaluate(FOCUSED) == "rows-0-name"
        tongue.send("Input.insertText", {"text": "김"})
        assert page.input_value("[name=rows-0-name]") == "김"

        # What a word processor copies, with a cell over two rows.
        page.evaluate(
            """() => {
                const data = new DataTransfer();
                data.setData("text/html", `<table><tr><th>이름</th><th>소속</th><th>위치</th></tr>
                    <tr><td>김서연</td><td rowspan="2">국회</td><td>¶ 2</td></tr>
                    <tr><td>이도윤</td><td>¶ 3</td></tr></table>`);
                data.setData("text/plain", "not this");
                const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
                document.activeElement.dispatchEvent(event);
            }"""
        )
        expect(page.locator("[name=rows-1-organization]")).to_have_value("국회")
        assert page.input_value("[name=rows-1-locator]") == "¶ 3"
        assert page.locator("[name=rows-1-locator]").is_visible()

        # From cell to cell.
        page.focus("[name=rows-0-name]")
        for key, name in (
            ("ArrowDown", "rows-1-name"), ("Tab", "rows-1-organization"), ("Tab", "rows-1-role"),
            ("Enter", "rows-2-name"), ("ArrowUp", "rows-1-name"), ("ArrowRight", "rows-1-organization"),
            ("Shift+Tab", "rows-1-name"), ("F2", "rows-1-name"), ("ArrowLeft", "rows-1-name"),
        ):  # fmt: skip
            keys.press(key)
            assert page.evaluate(FOCUSED) == name, key
        assert page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "2px"

        # Rows change places, go, and come back.
        keys.press("Alt+Shift+ArrowUp")
        assert [page.input_value(f"[name=rows-{at}-name]") for at in (0, 1)] == ["이도윤", "김서연"]
        assert page.evaluate(FOCUSED) == "rows-0-name"
        keys.press("Alt+Delete")
        assert page.input_value("[name=rows-0-name]") == "김서연"
        page.locator("[data-told] button").click()
        assert [page.input_value(f"[name=rows-{at}-name]") for at in (0, 1)] == ["이도윤", "김서연"]

        # The cell above, a word begun, a list closed again.
        page.focus("[name=rows-2-organization]")
        keys.press("Control+d")
        assert page.input_value("[name=rows-2-organization]") == "국회"
        page.focus("[name=rows-0-role_there]")
        keys.type("사회")
        page.wait_for_selector("#entering-offered:not([hidden])")
        assert barriers(page) == ""
        keys.press("Escape")
        assert page.locator("#entering-offered").is_hidden()
        keys.press("Alt+ArrowDown")
        keys.press("ArrowDown")
        keys.press("Enter")
        assert page.input_value("[name=rows-0-role_there]") == "개회사 발언자"

        # Whoever comes back is offered what is unfinished.
        page.wait_for_timeout(500)
        page.goto(f"{address}{SCREEN}")
        page.click("[data-take-up]")
        page.wait_for_selector("form[data-begun]")
        assert page.input_value("[name=rows-0-name]") == "이도윤"
        assert page.input_value("[name=rows-0-role_there]") == "개회사 발언자"
        assert wrong == []


def test_the_screen_fits_and_is_accessible(address, cookie):
    with chromium(color_scheme="dark") as page:
        opened(page, address, cookie, PHONE)
        assert barriers(page) == ""
        assert widths_that_scroll(page) == []
        page.focus("[name=rows-0-name]")
        page.keyboard.type("김서연")
        page.keyboard.press("Control+Enter")
        page.wait_for_selector("form[data-checked]")
        assert page.evaluate(FOCUSED) == "event-title"
        assert barriers(page) == ""
        assert widths_that_scroll(page) == []


def widths_that_scroll(page):
    several = []
    for width in (768, 1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        if page.evaluate(WIDTH) > width:
            several.append(width)
    return several
