"""What only a browser can tell: what fits, what contrasts, what moves, what the keyboard reaches."""

from __future__ import annotations

import os
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import sync_playwright

from tests.factories import AppearanceFactory, CapacityFactory, EventFactory
from tests.pages.conftest import BUNDLED

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
PHONE = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 900}
# One of each kind, and what only some of a kind have. A new page is added here and is in every test of all pages.
PAGES = [
    "/",
    "/debates/",
    "/debates/deepsec-and-koreas-path-in-ai/",
    "/debates/deepsec-and-koreas-path-in-ai/matrix/",
    "/debates/deepsec-and-koreas-path-in-ai/programme/",
    "/debates/deepsec-and-koreas-path-in-ai/agreement/",
    "/speakers/",
    "/speakers/cho-young-ki/",
    "/organizations/",
    "/organizations/startup-alliance/",
    "/topics/",
    "/topics/platform-policy/",
    "/propositions/",
    "/propositions/korea-can-still-compete-in-ai/",
    "/positions/?stance=opposes",
    "/positions/?from=soon",
    "/positions/nxfes4c3/",
    "/sources/",
    "/sources/ff937jne/",
    "/search/?q=platform&stance=opposes&speaker=cho-young-ki",
    "/search/?q=platform&from=soon",
    "/search/?q=kang+hoon+sik&sort=oldest",
    "/search/?q=xyzzy&kind=commitment&from=2025",
    "/search/help/",
    "/agreement/",
    "/compare/",
    "/compare/?speaker=cho-young-ki&speaker=kim-jae-won",
    "/about/",
    "/about/coding/",
    "/about/data/",
    "/about/licence/",
    "/about/accessibility/",
    "/no/such/page/",
]
REFUSED = {"/no/such/": 404, "from=soon": 400}
MANY_KINDS = ["/", "/debates/deepsec-and-koreas-path-in-ai/", "/positions/nxfes4c3/", "/about/coding/"]
MOST_MOVED = 0.005  # a twentieth of what is called good: while a page is read in, the browser may paint at any point
WIDTH = "document.documentElement.scrollWidth"
AXE = {"rules": {"target-size": {"enabled": True}}}
SHIFTS = """() => new Promise(done => {
    let moved = 0;
    new PerformanceObserver(list => { for (const one of list.getEntries()) moved += one.value })
        .observe({type: "layout-shift", buffered: true});
    setTimeout(() => done(moved), 50);
})"""
# What has the focus, how it shows that, and whether anything lies over it.
FOCUS = """() => {
    const one = document.activeElement, style = getComputedStyle(one), drawing = one.ownerSVGElement ?? one;
    // In a drawing the focus is a line around the shape that can be pressed.
    const area = one.ownerSVGElement && getComputedStyle(one.querySelector(".area"));
    const around = area ? [area.stroke, area.strokeWidth] : [style.outlineStyle, style.outlineWidth];
    const box = [...one.getClientRects()].find(part => part.width) ?? one.getBoundingClientRect();
    const on_top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return {
        name: one.outerHTML.slice(0, 120),
        at_end: one === document.body,
        outline: around[0] === "none" ? 0 : parseFloat(around[1]),
        covered: !on_top || !(drawing.contains(on_top) || on_top.contains(one)),
    };
}"""


@pytest.fixture
def address(django_db_setup, live_server, settings, as_loaded):
    """Of a site with the bundled debate. The database has to be there before the server, to be shared with it."""
    connection.ensure_connection()
    if as_loaded.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
        call_command("load_dossier", str(settings.BASE_DIR / BUNDLED))
        connection.connection.backup(as_loaded)
    else:
        as_loaded.backup(connection.connection)
    return live_server.url


@contextmanager
def chromium(**options):
    """A page in a browser that is closed before the test ends, since Django's database is not to be used meanwhile."""
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        try:
            yield browser.new_page(**options)
        finally:
            browser.close()


def visited(page, address, paths, size=PHONE):
    """Opens one path after the other; what the browser complains of, or fetches from elsewhere, fails the test."""
    wrong = []
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda request: request.url.startswith(address) or wrong.append(request.url))
    page.set_viewport_size(size)
    for path in paths:
        status = page.goto(f"{address}{path}").status
        assert status == next((code for part, code in REFUSED.items() if part in path), 200), path
        yield path
        assert [what for what in wrong if f"status of {status}" not in what] == [], path
        wrong.clear()
    assert page.context.cookies() == []


@pytest.mark.parametrize(
    ("prefix", "scheme", "paths"),
    [
        ("", "light", PAGES[::2]),
        ("/ko", "dark", MANY_KINDS),
        pytest.param("", "light", PAGES[1::2], marks=pytest.mark.full),
        pytest.param("/ko", "dark", PAGES, marks=pytest.mark.full),
    ],
    ids=["light", "korean-dark", "light-others", "korean-dark-all"],
)
def test_pages_fit_a_phone_stand_still_and_are_accessible(address, prefix, scheme, paths):
    with chromium(color_scheme=scheme) as page:
        for path in visited(page, address, [f"{prefix}{path}" for path in paths]):
            assert page.evaluate(WIDTH) <= PHONE["width"], path
            assert page.evaluate(SHIFTS) < MOST_MOVED, path
            assert barriers(page) == "", path


@pytest.mark.parametrize(
    ("prefix", "scheme", "paths"),
    [
        ("", "dark", MANY_KINDS[:2]),
        pytest.param("", "dark", PAGES, marks=pytest.mark.full),
        pytest.param("/ko", "light", PAGES, marks=pytest.mark.full),
    ],
    ids=["dark", "dark-all", "korean-light-all"],
)
def test_pages_are_as_accessible_on_a_desk(address, prefix, scheme, paths):
    with chromium(color_scheme=scheme) as page:
        for path in visited(page, address, [f"{prefix}{path}" for path in paths], DESK):
            assert page.evaluate(WIDTH) <= DESK["width"], path
            assert page.evaluate(SHIFTS) < MOST_MOVED, path
            assert barriers(page) == "", path


def barriers(page):
    found = Axe().run(page, options=AXE)
    return found.generate_report() if found.violations_count else ""


@pytest.mark.parametrize("paths", [MANY_KINDS[1:3], pytest.param(PAGES, marks=pytest.mark.full)], ids=["some", "all"])
def test_every_stop_of_the_keyboard_shows_its_focus_and_is_not_covered(address, paths):
    with chromium() as page:
        for path in visited(page, address, paths):
            stops = list(walk(page))
            assert len(stops) > 15, path
            assert [stop["name"] for stop in stops if stop["outline"] < 2 or stop["covered"]] == [], path


def walk(page):
    """Tab by tab through the page, until the focus leaves it."""
    page.keyboard.press("Tab")
    while not (stop := page.evaluate(FOCUS))["at_end"]:
        yield stop
        page.keyboard.press("Tab")


@pytest.mark.parametrize("paths", [MANY_KINDS, pytest.param(PAGES, marks=pytest.mark.full)], ids=["some", "all"])
def test_a_page_says_the_same_without_javascript(address, paths):
    assert texts(address, paths, java_script_enabled=False) == texts(address, paths)


def texts(address, paths, **options):
    with chromium(**options) as page:
        return {path: page.locator("body").inner_text() for path in visited(page, address, paths)}


def test_long_lists_are_narrowed_by_links_that_fit_a_phone(address):
    for number in range(26):
        event = EventFactory(kind=("hearing", "interview")[number % 2], date=f"20{number:02}")
        appearance = AppearanceFactory(session__event=event, person__name_en=f"{chr(65 + number)} Person")
        kind = ("party", "research_group", "university")[number % 3]
        CapacityFactory(
            appearance=appearance, organization__name_en=f"{chr(90 - number)} House", organization__kind=kind
        )
    with chromium() as page:
        for path in visited(page, address, ["/debates/", "/speakers/", "/ko/organizations/?kind=party"]):
            assert page.evaluate(WIDTH) <= PHONE["width"], path
            assert barriers(page) == "", path
        page.goto(f"{address}/debates/")
        page.get_by_role("navigation", name="Kind").get_by_role("link", name="Hearing 13").click()
        page.get_by_role("navigation", name="Year").get_by_role("link", name="2024 1").click()
        assert page.locator(".entry").count() == 1
        assert page.url.endswith("/debates/?kind=hearing&year=2024")


def test_what_a_reader_sets_is_followed(address):
    with chromium(viewport=PHONE) as page:
        page.goto(f"{address}/debates/deepsec-and-koreas-path-in-ai/")
        usual = style(page, ".kicker", "color")
        page.emulate_media(contrast="more")
        assert style(page, ".kicker", "color") != usual
        assert barriers(page) == ""
        page.emulate_media(contrast="no-preference", forced_colors="active")
        assert style(page, ".stance .sign", "borderInlineEndStyle") == "solid"


def style(page, selector, name):
    return page.locator(selector).first.evaluate(f"one => getComputedStyle(one).{name}")


def test_on_paper_nothing_is_left_that_only_a_screen_can_use(address):
    with chromium() as page:
        page.goto(f"{address}/debates/deepsec-and-koreas-path-in-ai/")
        page.emulate_media(media="print")
        for control in ("navigation", "search", "button"):
            assert page.get_by_role(control).count() == 0, control
        assert page.locator(".address").is_visible()
        assert page.locator(".position .stance").first.is_visible()


def test_the_keyboard_reaches_the_content_first(address):
    with chromium() as page:
        page.goto(f"{address}/debates/")
        page.keyboard.press("Tab")

        assert page.locator(":focus").inner_text() == "Skip to the content"
        assert page.locator(":focus").bounding_box()["y"] >= 0
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.locator(":focus").inner_text().startswith("China's DeepSec raid")


def test_a_reader_finds_a_position_and_its_evidence(address):
    with chromium(viewport=PHONE) as page:
        page.goto(f"{address}/")
        page.get_by_role("combobox").fill("modular data centres")
        page.get_by_role("button", name="Search").click()
        page.locator(".summary a").first.click()

        assert page.get_by_role("heading", level=1).inner_text() == "Kim Jae-won"
        assert "¶ 9" in page.locator("#evidence").inner_text()
        page.get_by_role("link", name="한국어").click()
        assert page.locator("html").get_attribute("lang") == "ko"
        assert "¶ 9" in page.locator("#evidence").inner_text()
