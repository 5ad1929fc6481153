from __future__ import annotations

import os
from threading import RLock

import pytest
from django.core.handlers.wsgi import WSGIHandler
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

OF_THE_SITE = {f"tests/pages/test_{name}.py" for name in ("bundled_debate", "linked_data", "site")}

# What the faces do is run on PostgreSQL only by --full, but for what they ask of it that nothing below them does.
FACES = ("tests/pages/", "tests/api/", "tests/comparing/", "tests/editing/")
ASKING_MUCH = {
    f"tests/api/test_{name}.py" for name in ("changes", "exports", "rows", "walking", "writing", "writing_at_once")
} | {f"tests/pages/test_{name}.py" for name in ("addresses", "lists", "topics")}
ASKING_MUCH |= {f"tests/editing/{name}.py" for name in ("publishing/test_debate", "rounds/test_settling")}

settings.register_profile("default", max_examples=60, deadline=None)
settings.register_profile("full", max_examples=1_000, deadline=None)
settings.load_profile("full" if os.environ.get("TEST_FULL") else "default")


@pytest.fixture(autouse=True)
def _own_data_folder(settings, tmp_path):
    """No test reads or writes the files of another, nor those of the site that runs in this checkout."""
    settings.SEARCH_INDEX_DIR = tmp_path / "search"
    settings.EXPORTS_DIR = tmp_path / "exports"


@pytest.fixture(autouse=True)
def _passwords_cost_nothing(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session", autouse=True)
def _one_request_at_a_time():
    """The threads of the server that browsers are tested with share one connection to SQLite's memory, which can't be
    used by two at once.
    """
    lock, answer = RLock(), WSGIHandler.__call__

    def one_at_a_time(self, environ, start_response):
        with lock:
            return answer(self, environ, start_response)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WSGIHandler, "__call__", one_at_a_time)
        yield


def pytest_collection_modifyitems(items):
    for item in items:
        file = item.nodeid.partition("::")[0]
        if file.startswith(FACES) and file not in ASKING_MUCH:
            item.add_marker("faces")


class Together(LoadScopeScheduling):
    """Each test goes to whichever process is free, but those that read the one crawled site go to the same.

    `--dist=loadgroup` does that by a suffix to the names of tests, which pytest no longer lets xdist 3.8 write.
    """

    def _split_scope(self, nodeid):
        return "site" if nodeid.partition("::")[0] in OF_THE_SITE else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return Together(config, log)
