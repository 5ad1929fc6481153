"""From a draft to the public with the keyboard, on pages that are accessible, as only a browser can tell."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.urls import reverse

from debate.publishing import Status
from positions.models import Position
from tests.factories import EventSourceFactory, EvidenceFactory, PositionFactory, PropositionFactory, SessionFactory
from tests.pages.test_in_browser import PHONE, WIDTH, barriers, chromium
from tests.review.people import person_as

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def session_of(client, role):
    client.force_login(person_as(role, is_staff=True))
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def press(page, name, key="Enter"):
    """Goes to the control of that name with the tabulator alone, as somebody without a mouse does."""
    page.evaluate("document.activeElement.blur()")
    for _stop in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == name:
            with page.expect_navigation():
                page.keyboard.press(key)
            return
    raise AssertionError(f"The keyboard does not reach {name!r}.")


def test_a_debate_is_reviewed_and_published_with_the_keyboard_alone(live_server, client):
    session = SessionFactory(event__status=Status.IN_REVIEW, event__summary_en="A hearing", event__slug="the-hearing")
    EventSourceFactory(event=session.event)
    proposition = PropositionFactory(status=Status.IN_REVIEW)
    position = PositionFactory(
        appearance__session=session, on=proposition, status=Status.IN_REVIEW, summary_en="Wants a second ferry"
    )
    EvidenceFactory(position=position, quote="a second ferry", state="exact")
    value, host = session_of(client, "reviewer"), live_server.url
    record = reverse("editing:review-record", args=["position", position.pk])
    pages = [reverse("admin:index"), reverse("editing:review"), reverse("editing:review-mine"), record]
    wrong = []
    with chromium(viewport=PHONE) as page:
        page.on("console", lambda message: wrong.append(message.text))
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": host}])
        for path in pages:
            page.goto(f"{host}{path}")
            assert page.evaluate(WIDTH) <= PHONE["width"], path
            assert barriers(page) == "", path
        page.goto(host + reverse("editing:publish", args=["the-hearing"]))
        assert barriers(page) == ""
        press(page, "See what would be public")
        assert barriers(page) == ""
        assert "Wants a second ferry" in page.inner_text(".becoming")
        page.focus("#reason")
        page.keyboard.type("Read twice.")
        press(page, "Publish")
        assert "Published. Readers see it now." in page.inner_text("body")
        page.goto(host + position.get_absolute_url())
        assert "Wants a second ferry" in page.inner_text("main")
    assert wrong == []
    assert Position.objects.public().get().history.first().history_change_reason == "Read twice."
