"""What only a browser can tell of the screens of a round."""

from __future__ import annotations

import pytest
from django.db import connection

from tests.editing.rounds.people import Team
from tests.pages.test_in_browser import DESK, PHONE, WIDTH, barriers, chromium

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BRIDGE, AGAIN = "the state should pay for the bridge", "the state should pay all the same"


def with_password(user):
    user.is_staff = True
    user.set_password("a-long-pass-7")
    user.save()
    return user


def entered(page, address, user):
    page.goto(f"{address}/admin/login/")
    page.fill("#id_username", user.username)
    page.fill("#id_password", "a-long-pass-7")
    page.press("#id_password", "Enter")
    page.wait_for_load_state()


def test_a_round_is_coded_compared_and_settled_by_keyboard_on_pages_without_barriers(django_db_setup, live_server):
    connection.ensure_connection()
    team = Team()
    team.reads(1, BRIDGE, "opposes")
    desk = f"/admin/rounds/{team.round.public_id}/"
    coder, editor = (with_password(author.user) for author in (team.authors[0], team.editor))
    with chromium() as page:
        wrong = []
        page.on("console", lambda message: wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        entered(page, live_server.url, coder)
        looked_at(page, live_server.url, f"{desk}coding/", PHONE)
        page.get_by_label("Quote").fill(BRIDGE)
        page.get_by_label("Speaker").select_option(str(team.han.pk))
        page.get_by_role("combobox", name="Proposition").press("Enter")
        page.keyboard.type("bridge")
        page.get_by_role("option", name="The state should pay for the bridge").wait_for()
        page.keyboard.press("Enter")
        page.get_by_label("supports", exact=True).press("Space")
        page.get_by_label("Kind").select_option("recommendation")
        page.get_by_label("Summary (the editors' paraphrase) (English)").fill("Wants it paid")
        page.get_by_role("button", name="Keep the reading").press("Enter")
        page.get_by_text("Your reading is kept.").wait_for()
        page.context.clear_cookies()
        entered(page, live_server.url, editor)
        page.goto(f"{live_server.url}{desk}")
        page.locator("#id_reason").fill("Enough.")
        page.get_by_role("button", name="Close the round").press("Enter")
        page.get_by_text("Units side by side").wait_for()
        looked_at(page, live_server.url, desk, PHONE)
        looked_at(page, live_server.url, f"{desk}units/1/", DESK)
        page.get_by_label("Why so?").fill("He says so.")
        page.get_by_role("button", name=f"Take {coder.username}'s reading").press("Enter")
        page.get_by_text("The round is settled").wait_for()
        assert wrong == []
    unit = team.round.units.get()
    assert (unit.position.stance, unit.position.summary_en, unit.taken_from.coder) == (
        "supports",
        "Wants it paid",
        coder,
    )


def looked_at(page, address, path, size):
    page.set_viewport_size(size)
    page.goto(f"{address}{path}")
    assert page.evaluate(WIDTH) <= size["width"], path
    assert barriers(page) == "", path
