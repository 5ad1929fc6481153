"""What only a browser can tell of an agreement network: what fits, what contrasts, what the keyboard reaches."""

from __future__ import annotations

import csv

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.pages.test_in_browser import DESK, PHONE, address, chromium

__all__ = ["address"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DEBATE = "/debates/deepsec-and-koreas-path-in-ai/agreement/"
PAGES = [
    "/agreement/",
    "/agreement/?actors=identified&measure=congruence&normalisation=jaccard",
    "/agreement/?show=stands&neutral=own",
    "/agreement/?measure=love&from=soon",
    DEBATE,
]


@pytest.mark.parametrize(
    ("prefix", "scheme", "paths"),
    [("", "light", PAGES), pytest.param("/ko", "dark", PAGES[:3], marks=pytest.mark.full)],
    ids=["light", "korean-dark"],
)
def test_networks_fit_a_phone_and_are_accessible(address, prefix, scheme, paths):
    with chromium(color_scheme=scheme) as page:
        for path in paths:
            for size in (PHONE, DESK):
                page.set_viewport_size(size)
                page.goto(f"{address}{prefix}{path}")
                assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
                found = Axe().run(page)
                assert found.violations_count == 0, f"{path}\n{found.generate_report()}"


@pytest.mark.parametrize(("size", "shown"), [(PHONE, "tall"), (DESK, "wide")], ids=["phone", "desk"])
def test_one_picture_is_shown_and_its_names_can_be_read(address, size, shown):
    with chromium(viewport=size) as page:
        page.goto(f"{address}{DEBATE}")
        visible = page.locator("svg.network:visible")

        assert visible.count() == 1
        assert f"network-{shown}" in visible.get_attribute("class")
        written = visible.locator("text").first
        height = page.evaluate("text => text.getBoundingClientRect().height", written.element_handle())
        assert height >= 12


def test_the_keyboard_reaches_each_dot_and_shows_where_it_is(address):
    with chromium(viewport=DESK) as page:
        page.goto(f"{address}{DEBATE}")
        dots = page.locator("svg.network-wide a")
        page.get_by_role("link", name="Clear all").focus()
        reached = []
        for _dot in range(dots.count()):
            page.keyboard.press("Tab")
            reached.append(page.evaluate("document.activeElement.querySelector('title').textContent.trim()"))
        around = page.evaluate("getComputedStyle(document.activeElement.querySelector('.area')).strokeWidth")

        assert len(set(reached)) == dots.count() == 9
        assert around == "3px"
        page.keyboard.press("Enter")
        page.wait_for_url("**/speakers/*/")
        assert reached[-1].startswith(page.get_by_role("heading", level=1).inner_text())


def test_a_reader_chooses_another_network_and_takes_it_along(address, tmp_path):
    with chromium(viewport=DESK) as page:
        complaints = []
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(f"{address}{DEBATE}")
        page.get_by_label("Who", exact=True).select_option("identified")
        page.get_by_role("button", name="Apply").click()
        first = page.locator(".network-table tbody tr").first.inner_text()
        with page.expect_download() as download:
            page.get_by_role("link", name="CSV").click()
        file = tmp_path / download.value.suggested_filename
        download.value.save_as(file)

        assert complaints == []
        assert file.name == "agreement-deepsec-and-koreas-path-in-ai-identified-subtract.csv"
        with file.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
        assert rows[0]["actor_1_en"] in first and rows[0]["actor_2_en"] in first
        assert len(rows) == 14
