from __future__ import annotations

import pytest
from playwright.sync_api import sync_playwright

from tests.__main__ import find_browser

pytestmark = pytest.mark.words


def test_the_documentation_holds_nothing_in_line(client, db):
    response = client.get("/api/docs/")
    assert response.status_code == 200
    page = response.content.decode()
    assert "<style" not in page and "style=" not in page
    assert page.count("<script") == page.count("<script src=") == 2
    assert "unsafe" not in response["Content-Security-Policy"]


def test_the_documentation_leads_back_to_the_site_and_to_its_tables(client, db):
    page = client.get("/api/docs/").text
    assert 'href="/"' in page and 'href="/about/data/"' in page


def test_the_script_that_starts_it_is_served_as_a_script(client, db):
    response = client.get("/api/docs/?script=")
    assert response["Content-Type"].partition(";")[0] == "application/javascript"
    assert "validatorUrl" in response.content.decode()  # no answer is sent to a validator elsewhere


@pytest.mark.browser
def test_the_documentation_is_drawn_under_the_policy_from_this_site_alone(live_server):
    complaints: list[str] = []
    asked: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_browser(), args=["--no-sandbox", "--disable-background-networking"]
        )
        page = browser.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{live_server.url}/api/docs/")
        page.locator("#operations-positions-positions_list").click()
        page.get_by_text("Languages of the sources, as alternatives.").wait_for()
        locks = page.locator(".authorization__btn:visible")
        assert locks.count() == page.locator(".opblock:not(.opblock-get) .authorization__btn:visible").count() + 2
        page.locator("section.models").get_by_text("Affiliation", exact=True).first.wait_for()
        browser.close()
    assert complaints == []
    assert [url for url in asked if not url.startswith((live_server.url, "data:"))] == []
