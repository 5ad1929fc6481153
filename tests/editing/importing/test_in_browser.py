"""A table is brought in by hand, from the upload to the confirmation, as a person does it."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as site
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.urls import reverse

from speakers.models import Affiliation
from tests.editing.importing.conftest import written
from tests.exchange.tables.workbooks import workbook
from tests.factories import AffiliationFactory, PersonFactory
from tests.pages.test_in_browser import chromium
from tests.review.people import person_as

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TABLET = {"width": 768, "height": 1024}
PHONE = {"width": 320, "height": 640}
WIDTH = "document.documentElement.scrollWidth"


def cookie_of(user, address):
    """Of a browser in which they are logged in."""
    session = SessionStore()
    session["_auth_user_id"] = str(user.pk)
    session["_auth_user_backend"] = site.AUTHENTICATION_BACKENDS[-1]
    session["_auth_user_hash"] = user.get_session_auth_hash()
    session.create()
    return {"name": site.SESSION_COOKIE_NAME, "value": session.session_key, "url": address}


def look(page, wrong):
    """Nothing is amiss for a screen reader, on a tablet or on a phone."""
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    page.set_viewport_size(PHONE)
    assert page.evaluate(WIDTH) <= PHONE["width"]
    page.set_viewport_size(TABLET)
    assert wrong == []


def test_a_workbook_with_an_ambiguous_name_is_brought_in(django_db_setup, live_server, tmp_path):
    connection.ensure_connection()
    known = AffiliationFactory(person__name_en="Han Ji-woo", organization__name_en="Ministry", role_en="Clerk").person
    PersonFactory(name_en="Han Ji-woo")
    cookie = cookie_of(person_as("reviewer", is_staff=True), live_server.url)
    file = tmp_path / "people at the port.xlsx"
    file.write_bytes(
        workbook(
            ["Name", "Organization", "Role (English)", "Period"],
            ["Han Ji-woo", "Port Authority", "Director", "2019-02/.."],
            ["Han Ji-woo", "Port Authority", "Clerk", "2017"],
        )
    )
    mistaken = tmp_path / "mistaken.csv"
    mistaken.write_bytes(written(["person", "organization", "period"], ["Han Ji-woo", "Ministry", "2025/2024"]))
    wrong: list[str] = []
    with chromium(viewport=TABLET) as page:
        page.on("console", lambda message: wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.context.add_cookies([cookie])
        page.goto(live_server.url + reverse("editing:import"))
        look(page, wrong)
        page.get_by_label("Affiliations", exact=True).check()
        page.get_by_label("File").set_input_files(mistaken)
        page.get_by_role("button", name="Next").click()
        page.get_by_role("button", name="Show what would happen").click()
        assert (
            page.get_by_role(
                "cell", name="The end is before the start. Write the earlier date first.", exact=True
            ).count()
            == 1
        )
        look(page, wrong)

        page.get_by_role("link", name="send it once more").click()
        page.get_by_label("Affiliations", exact=True).check()
        page.get_by_label("File").set_input_files(file)
        page.get_by_role("button", name="Next").click()
        assert page.get_by_label("Name (A)").input_value() == "person"
        look(page, wrong)
        page.get_by_role("button", name="Show what would happen").click()
        page.get_by_label("Clerk, Ministry").check()
        page.get_by_role("button", name="Take these choices").click()
        assert page.get_by_text("Besides, 1 record is made that rows point to: Port Authority").count() == 1
        look(page, wrong)
        page.get_by_label("Why").fill("From the register of the port")
        page.get_by_role("button", name="Bring all of it in").click()
        assert page.get_by_text("2 added, 0 changed, 1 made besides").count() == 1
    brought = Affiliation.objects.filter(organization__name_en="Port Authority").order_by("pk")
    assert [(one.person, one.role_en, one.period) for one in brought] == [
        (known, "Director", "2019-02/.."),
        (known, "Clerk", "2017"),
    ]
    assert {one.history.get().history_change_reason for one in brought} == {"From the register of the port"}
