"""A merge and its undoing, as an editor does it in a browser, and whether everybody can use these pages."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse

from review.deleting import delete
from review.merging import merge
from review.pairs import declare
from review.roles import Author
from tests.factories import AffiliationFactory, AppearanceFactory, PersonFactory
from tests.pages.test_in_browser import WIDTH, barriers, chromium
from tests.review.people import person_as

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TABLET, PHONE = {"width": 768, "height": 1024}, {"width": 320, "height": 640}


@pytest.fixture
def address(django_db_setup, live_server):
    connection.ensure_connection()  # has to be there before the server, to be shared with it
    return live_server.url


@pytest.fixture
def reviewer(client):
    user = person_as("reviewer", is_staff=True)
    client.force_login(user)
    return user


@pytest.fixture
def pair():
    kang, gang = PersonFactory(name_en="Kang Hoon-sik", name_ko="강훈식"), PersonFactory(name_en="Gang Hunsik")
    affiliation = AffiliationFactory(person=kang)
    AffiliationFactory(person=gang, organization=affiliation.organization, role_en="Chair")
    AppearanceFactory(person=kang)
    AppearanceFactory(person=gang, name_as_printed="Gang Hunsik")
    return kang, gang


def _let_in(page, address, client):
    page.context.add_cookies(
        [
            {
                "name": settings.SESSION_COOKIE_NAME,
                "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
                "url": address,
            }
        ]
    )


def test_two_are_merged_their_old_address_leads_on_and_it_is_undone(address, client, reviewer, pair):
    kang, gang = pair
    with chromium(viewport=TABLET) as page:
        _let_in(page, address, client)
        page.goto(f"{address}{reverse('editing:merging')}")
        page.get_by_role("link", name="Kang Hoon-sik and Gang Hunsik").click()
        page.get_by_role("radio", name="name (English): Gang Hunsik").check()
        page.get_by_label("Reason").fill("The same portrait.")
        page.get_by_role("button", name="Merge them").click()
        page.get_by_text("“Gang Hunsik” is now one with").wait_for()
        moved = page.goto(f"{address}/speakers/{gang.slug}/")
        assert moved.url == f"{address}/speakers/{kang.slug}/" and moved.status == 200
        assert page.get_by_role("heading", level=1).inner_text().startswith("Gang Hunsik")
        page.goto(f"{address}{reverse('editing:merges')}")
        page.get_by_role("link", name="Gang Hunsik → Kang Hoon-sik").click()
        page.get_by_label("Reason").fill("Two men after all.")
        page.get_by_role("button", name="Undo it").click()
        page.get_by_text("is a record of its own again").wait_for()
    assert client.get(f"/speakers/{gang.slug}/").status_code == 200


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_these_pages_fit_and_everybody_can_use_them(address, client, reviewer, pair, scheme):
    kang, gang = pair
    done = merge(PersonFactory(), PersonFactory(), Author(reviewer), reason="The same portrait.")
    declare(kang, PersonFactory(), Author(reviewer), "Father and son.")
    binned = delete(PersonFactory(name_ko="김민수", source_language="ko"), Author(reviewer), reason="Twice.")
    prefix = {"light": "", "dark": "/ko"}[scheme]
    paths = [
        reverse("editing:bin"),
        reverse("editing:binned", args=[binned.pk]),
        f"{reverse('editing:merging')}?q=kang+hoonsik",
        f"{reverse('editing:compare')}?kind=person&kept={kang.pk}&gone={gang.pk}",
        reverse("editing:merges"),
        reverse("editing:merge", args=[done.pk]),
        reverse("editing:apart"),
    ]
    with chromium(color_scheme=scheme, viewport=PHONE) as page:
        wrong = []
        page.on("console", lambda message: wrong.append(message.text))
        _let_in(page, address, client)
        for path in paths:
            assert page.goto(f"{address}{prefix}{path}").status == 200, path
            assert page.evaluate(WIDTH) <= PHONE["width"], path
            assert barriers(page) == "", path
        assert wrong == []
