"""Completion while typing and the keys of the search box; and that nothing needs them."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.pages.test_in_browser import DESK, PHONE, address, chromium  # noqa: F401  # a fixture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OFFERED = [
    {
        "kind": "person",
        "label": "Kang Hoon-sik",
        "detail": "Member of the National Assembly",
        "path": "/speakers/kang/",
    },
    {"kind": "organization", "label": "<b>Startup</b> Alliance", "detail": "", "path": "/organizations/alliance/"},
    {"kind": "proposition", "label": "AI needs power", "detail": "", "path": "/propositions/power/"},
]


class Offering:
    """Stands for the address that completes; keeps what was asked, and holds back answers while told to."""

    def __init__(self, page):
        self.asked = []
        self.held = {}
        self.holds = set()
        page.route("**/api/v1/suggest/**", self._answer)

    def _answer(self, route):
        asked = parse_qs(urlsplit(route.request.url).query)
        self.asked.append((asked["q"][0], asked["lang"][0]))
        if asked["q"][0] in self.holds:
            self.held[asked["q"][0]] = route
            return
        listed = [] if asked["q"][0] == "zzz" else OFFERED
        route.fulfill(json=[{**one, "html_url": f"https://elsewhere.example{one['path']}"} for one in listed])


@pytest.fixture
def search_page(address):  # noqa: F811
    with chromium(viewport=DESK) as page:
        offering = Offering(page)
        page.goto(f"{address}/debates/")
        yield page, page.get_by_role("combobox"), offering


def at_its_own_pace(page):
    """Stops the page's clock: it goes on only as far as a test says, however slow the machine is."""
    page.clock.install()
    page.reload()
    page.clock.pause_at(page.evaluate("Date.now()") + 1_000)


def test_quick_letters_are_asked_for_once(search_page):
    page, box, offering = search_page
    at_its_own_pace(page)
    box.press_sequentially("kan")
    page.clock.run_for(100)
    assert offering.asked == []

    page.clock.run_for(100)
    expect(page.get_by_role("option")).to_have_count(3)
    assert offering.asked == [("kan", "en")]


def test_names_are_offered_while_typing_and_chosen_with_the_keys(search_page):
    page, box, _offering = search_page
    expect(box).to_have_attribute("aria-expanded", "false")
    box.fill("kan")

    options = page.get_by_role("option")
    expect(options).to_have_count(3)
    assert options.first.inner_text() == "Kang Hoon-sik\nperson · Member of the National Assembly"
    assert "<b>Startup</b> Alliance" in options.nth(1).inner_text()
    expect(box).to_have_attribute("aria-expanded", "true")
    assert box.get_attribute("aria-activedescendant") is None

    box.press("ArrowDown")
    box.press("ArrowDown")
    chosen = page.locator("[aria-selected=true]")
    assert chosen.count() == 1 and box.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    assert "Alliance" in chosen.inner_text() and box.input_value() == "kan"
    box.press("ArrowUp")
    with page.expect_navigation():
        box.press("Enter")
    assert urlsplit(page.url).path == "/speakers/kang/"
    assert "elsewhere" not in page.url


def test_past_the_last_the_words_stand_as_written_and_enter_searches_them(search_page):
    page, box, _offering = search_page
    box.fill("kan")  # at once: one question, whose answer is not replaced by that of the next letter
    expect(page.get_by_role("option")).to_have_count(3)
    for _time in range(4):
        box.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") is None
    box.press("ArrowUp")
    assert "power" in page.locator("[aria-selected=true]").inner_text()
    box.press("ArrowDown")
    with page.expect_navigation():
        box.press("Enter")

    assert page.url.endswith("/search/?q=kan")


def test_escape_closes_the_list_and_keeps_the_words(search_page):
    page, box, _offering = search_page
    box.fill("kan")
    expect(page.get_by_role("listbox")).to_be_visible()
    box.press("Escape")

    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_attribute("aria-expanded", "false")
    assert box.input_value() == "kan"
    box.press("ArrowDown")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_what_is_offered_can_be_clicked(search_page):
    page, box, _offering = search_page
    box.fill("kan")
    with page.expect_navigation():
        page.get_by_role("option").nth(2).click()

    assert urlsplit(page.url).path == "/propositions/power/"


def test_only_the_last_of_what_was_typed_is_answered(search_page):
    page, box, offering = search_page
    offering.holds = {"ka"}
    with page.expect_request("**/suggest/?q=ka&*"):
        box.fill("ka")
    with page.expect_response("**/suggest/?q=zzz&*"):
        box.fill("zzz")
    offering.held["ka"].fulfill(json=OFFERED)  # too late: it was called off

    assert offering.asked == [("ka", "en"), ("zzz", "en")]
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_an_answer_that_does_not_come_leaves_the_box_as_it_is(search_page):
    page, box, _offering = search_page
    page.unroute("**/api/v1/suggest/**")
    page.route("**/api/v1/suggest/**", lambda route: route.fulfill(status=503, body="{}"))
    with page.expect_response("**/api/v1/suggest/**"):
        box.fill("kan")

    expect(page.get_by_role("listbox")).to_be_hidden()
    with page.expect_navigation():
        box.press("Enter")
    assert page.url.endswith("/search/?q=kan")


def test_hangul_is_completed_while_it_is_put_together_and_its_keys_are_left_to_the_input_method(search_page):
    page, box, offering = search_page
    at_its_own_pace(page)
    box.focus()
    keyboard = page.context.new_cdp_session(page)
    for syllable in ("ㄱ", "가", "강"):
        keyboard.send("Input.imeSetComposition", {"text": syllable, "selectionStart": 1, "selectionEnd": 1})
    page.clock.run_for(200)
    expect(page.get_by_role("option")).to_have_count(3)
    assert offering.asked == [("강", "en")]

    for key in ("ArrowDown", "Enter", "Escape"):
        keyboard.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "windowsVirtualKeyCode": 229, "key": key})
    assert page.url.endswith("/debates/")
    assert box.get_attribute("aria-activedescendant") is None
    expect(page.get_by_role("listbox")).to_be_visible()

    keyboard.send("Input.insertText", {"text": "강훈"})
    expect(box).to_have_value("강훈")
    with page.expect_response("**/api/v1/suggest/**"):
        page.clock.run_for(200)
    assert offering.asked == [("강", "en"), ("강훈", "en")]
    box.press("ArrowDown")
    expect(page.locator("[aria-selected=true]")).to_have_count(1)


def test_a_slash_goes_to_the_search_box_unless_one_is_writing(search_page):
    page, box, _offering = search_page
    page.keyboard.press("/")
    expect(box).to_be_focused()
    assert box.input_value() == ""
    page.keyboard.press("/")
    assert box.input_value() == "/"


def test_a_slash_prefers_the_box_of_the_page(address):  # noqa: F811
    with chromium(viewport=DESK) as page:
        page.goto(f"{address}/search/?q=platform")
        page.keyboard.press("/")

        assert page.evaluate("document.activeElement.closest('main') !== null")
        assert page.evaluate("getSelection().toString()") == "platform"


@pytest.mark.parametrize(("scheme", "size"), [("light", DESK), ("dark", PHONE)])
def test_the_open_list_is_accessible_fits_and_moves_nothing(address, scheme, size):  # noqa: F811
    with chromium(color_scheme=scheme, viewport=size) as page:
        Offering(page)
        for path in ("/debates/", "/search/?q=platform", "/"):
            page.goto(f"{address}{path}")
            page.keyboard.press("/")
            height = page.evaluate("document.documentElement.scrollHeight")
            page.keyboard.insert_text("kan")
            expect(page.get_by_role("option")).to_have_count(3)
            page.keyboard.press("ArrowDown")

            assert page.evaluate("document.documentElement.scrollHeight") == height
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
            found = Axe().run(page)
            assert found.violations_count == 0, f"{path}\n{found.generate_report()}"


def test_without_scripts_everything_is_there(address):  # noqa: F811
    with chromium(viewport=PHONE, java_script_enabled=False) as page:
        page.goto(f"{address}/debates/")
        page.get_by_role("searchbox").fill("platform")
        page.get_by_role("button", name="Search").click()
        assert "7 positions" in page.get_by_role("main").inner_text()

        page.get_by_text("Narrow the list").click()
        page.get_by_role("link", name=re.compile("opposes 2")).click()
        assert "2 positions" in page.get_by_role("main").inner_text()
        page.get_by_role("link", name="Remove: opposes").click()
        assert "7 positions" in page.get_by_role("main").inner_text()


def test_facets_are_open_beside_the_list_and_folded_on_a_phone(address):  # noqa: F811
    with chromium(viewport=DESK) as page:
        page.goto(f"{address}/search/?q=platform")
        facet = page.get_by_role("link", name=re.compile("opposes 2"))
        expect(facet).to_be_visible()
        found = page.get_by_role("heading", name="7 positions").bounding_box()
        assert facet.bounding_box()["x"] < found["x"]

        page.set_viewport_size(PHONE)
        expect(facet).to_be_hidden()
        page.get_by_text("Narrow the list").click()
        expect(facet).to_be_visible()


def test_on_a_phone_a_link_jumps_to_what_else_was_found(address):  # noqa: F811
    with chromium(viewport=PHONE) as page:
        page.goto(f"{address}/search/?q=platform")
        page.get_by_role("link", name="Propositions 2").click()

        assert page.locator("#also-found").bounding_box()["y"] < PHONE["height"]


def test_who_is_asked_for_by_name_stands_above_the_positions_on_a_phone(address):  # noqa: F811
    with chromium(viewport=PHONE) as page:
        page.goto(f"{address}/search/?q=kang+hoon-sik")
        people = page.get_by_role("heading", name=re.compile("^People")).bounding_box()

        assert people["y"] < page.get_by_role("heading", name="positions").first.bounding_box()["y"]


def test_a_name_typed_in_any_spelling_leads_to_its_page(address):  # noqa: F811
    with chromium(viewport=PHONE) as page:
        page.goto(f"{address}/ko/topics/")
        box = page.get_by_role("combobox")
        box.fill("gang hu")
        expect(page.get_by_role("option").first).to_contain_text("강훈식")
        box.press("ArrowDown")
        with page.expect_navigation():
            box.press("Enter")

        assert page.url == f"{address}/ko/speakers/kang-hoon-sik/"
