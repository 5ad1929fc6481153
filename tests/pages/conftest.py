from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.signals import request_finished
from django.db import close_old_connections, transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.utils import translation

from tests.pages.reading import links, words

BUNDLED = "exchange/dossiers/ai-hegemony-debate.yaml"
STARTS = (
    "/",
    "/ko/",
    "/search/?q=DeepSeek",
    "/search/?q=18,000+GPUs",
    "/search/?q=%ED%94%8C%EB%9E%AB%ED%8F%BC",
    "/ko/search/?q=%ED%94%8C%EB%9E%AB%ED%8F%BC&stance=supports",
    "/search/?q=xyzzy",
)
NARROWED = STARTS[-2]  # the one search whose facets are followed: each adds a filter, without end


def _close(response):
    """Closes the file, and keeps the connection, in whose transaction the test runs."""
    request_finished.disconnect(close_old_connections)
    try:
        response.close()
    finally:
        request_finished.connect(close_old_connections)


class Site:
    """Every page that can be reached by following links, from a record with nothing but the bundled debate in it."""

    def __init__(self) -> None:
        self.pages: dict[str, HttpResponse] = {}
        self.from_page: dict[str, str] = {}

    def crawl(self, client: Client) -> None:
        waiting = list(STARTS)
        while waiting:
            here = waiting.pop()
            page = self.pages[here] = client.get(here)
            if page.streaming:
                _close(page)
            for address in self._onward(here):
                if address not in self.pages and address not in self.from_page:
                    self.from_page[address] = here
                    waiting.append(address)

    def words(self, path: str) -> str:
        return words(self.pages[path])

    def _onward(self, here: str) -> list[str]:
        if not self.pages[here].get("Content-Type", "").startswith("text/html") or here.startswith("/api/"):
            return []
        leading = links(self.pages[here], followed=here != NARROWED)
        found = [here.partition("?")[0] + link if link.startswith("?") else link for link in leading]
        # A narrowed list is like any other: its feed, and what is narrowed in Korean, stand for no more than those do.
        found = [link for link in found if "?" not in link or not (link.startswith("/ko/") or "/feeds/" in link)]
        return [link for link in found if link.startswith("/") and not link.startswith("//")]


@pytest.fixture(autouse=True)
def _in_english():
    """A request for a Korean page leaves its language to the next one in the thread."""
    with translation.override("en"):
        yield


@pytest.fixture(scope="session")
def site(django_db_setup, django_db_blocker, tmp_path_factory):
    """Loaded and read once, and taken back: the tests that use it need no database."""
    index = override_settings(SEARCH_INDEX_DIR=tmp_path_factory.mktemp("site") / "search")
    with django_db_blocker.unblock(), index, transaction.atomic():
        call_command("load_dossier", str(settings.BASE_DIR / BUNDLED))
        crawled = Site()
        crawled.crawl(Client())
        transaction.set_rollback(True)
    return crawled


@pytest.fixture(scope="session")
def as_loaded():
    """A copy of the database with the bundled debate, once a test has loaded it: copying it back takes no time."""
    with closing(sqlite3.connect(":memory:", check_same_thread=False)) as copy:
        yield copy
