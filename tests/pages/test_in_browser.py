"""What only a browser can tell: what fits, what contrasts, what the keyboard reaches."""

from __future__ import annotations

import os
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from playwright.sync_api import sync_playwright

from tests.pages.conftest import BUNDLED

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
PHONE = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 900}
PAGES = [
    "/",
    "/debates/",
    "/debates/deepsec-and-koreas-path-in-ai/",
    "/speakers/cho-young-ki/",
    "/organizations/startup-alliance/",
    "/topics/platform-policy/",
    "/propositions/",
    "/propositions/korea-can-still-compete-in-ai/",
    "/positions/nxfes4c3/",
    "/sources/ff937jne/",
    "/search/?q=platform&stance=opposes&speaker=cho-young-ki",
    "/search/?q=platform&from=soon",
    "/search/?q=kang+hoon+sik&sort=oldest",
    "/search/?q=xyzzy&kind=commitment&from=2025",
    "/search/help/",
    "/about/",
    "/no/such/page/",
]


@pytest.fixture
def address(django_db_setup, live_server, settings):
    """Of a site with the bundled debate. The database has to be there before the server, to be shared with it."""
    call_command("load_dossier", str(settings.BASE_DIR / BUNDLED))
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


@pytest.mark.parametrize(
    ("prefix", "scheme", "paths"),
    [
        ("", "light", PAGES),
        ("/ko", "dark", ["/", *PAGES[2:4], *PAGES[8:11]]),
        pytest.param("", "dark", PAGES, marks=pytest.mark.full),
        pytest.param("/ko", "light", PAGES, marks=pytest.mark.full),
        pytest.param("/ko", "dark", PAGES, marks=pytest.mark.full),
    ],
    ids=["light", "korean-dark", "dark", "korean-light", "korean-dark-all"],
)
def test_pages_fit_a_phone_and_are_accessible(address, prefix, scheme, paths):
    with chromium(color_scheme=scheme) as page:
        for path in paths:
            page.set_viewport_size(PHONE)
            page.goto(f"{address}{prefix}{path}")
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
            page.set_viewport_size(DESK)
            found = Axe().run(page)
            assert found.violations_count == 0, f"{path}\n{found.generate_report()}"


def test_nothing_is_refused_by_the_policy_or_asked_of_others(address):
    with chromium() as page:
        complaints, asked = [], []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{address}/debates/deepsec-and-koreas-path-in-ai/")

        assert complaints == []
        assert all(url.startswith(address) for url in asked)
        assert page.context.cookies() == []


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
