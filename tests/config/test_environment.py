from __future__ import annotations

import os
import stat
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import environment

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("written", "value"), [("1", True), ("Yes", True), ("on", True), ("0", False), ("FALSE", False)]
)
def test_a_flag_is_read_in_the_ways_people_write_it(monkeypatch, written, value):
    monkeypatch.setenv("LOAD_BUNDLED", written)
    assert environment.flag("LOAD_BUNDLED", default=not value) is value


def test_an_empty_variable_is_one_that_is_not_set(monkeypatch):
    monkeypatch.setenv("LOAD_BUNDLED", " ")
    assert environment.flag("LOAD_BUNDLED", default=True) is True
    assert environment.text("LOAD_BUNDLED", "default") == "default"
    assert environment.number("LOAD_BUNDLED", 7) == 7
    assert environment.words("LOAD_BUNDLED") == []


def test_a_flag_that_is_neither_is_refused_with_its_name(monkeypatch):
    monkeypatch.setenv("DEBUG", "maybe")
    with pytest.raises(ImproperlyConfigured, match=r"DEBUG='maybe': write 1 or 0\."):
        environment.flag("DEBUG", default=False)


def test_a_link_leads_to_the_web_or_to_an_address_and_to_nothing_that_runs(monkeypatch):
    for written in ("", "https://example.org/report", "mailto:editors@example.org"):
        monkeypatch.setenv("CONTACT_URL", written)
        assert environment.link("CONTACT_URL") == written
    for written in ("javascript:alert(1)", "/report", "example.org"):
        monkeypatch.setenv("CONTACT_URL", written)
        with pytest.raises(ImproperlyConfigured, match="begins with https:// or mailto:"):
            environment.link("CONTACT_URL")


@pytest.mark.parametrize("written", ["-1", "1.5", "ten", "٣"])
def test_a_number_that_is_none_is_refused(monkeypatch, written):
    monkeypatch.setenv("DATABASE_POOL", written)
    with pytest.raises(ImproperlyConfigured, match=r"DATABASE_POOL=.*: write a whole number, for example 4"):
        environment.number("DATABASE_POOL", 4)


def test_words_are_separated_by_commas(monkeypatch):
    monkeypatch.setenv("ALLOWED_HOSTS", "a.example.org, b.example.org,,")
    assert environment.words("ALLOWED_HOSTS") == ["a.example.org", "b.example.org"]


def test_a_secret_key_is_made_once_and_for_its_owner_alone(monkeypatch, tmp_path):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    first = environment.secret_key(tmp_path)
    assert len(first) >= 50
    assert environment.secret_key(tmp_path) == first
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_processes_that_start_together_use_one_secret_key(monkeypatch, tmp_path):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    code = (
        "import sys, pathlib; from config import environment; print(environment.secret_key(pathlib.Path(sys.argv[1])))"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _process in range(6)]
    keys = {process.communicate()[0] for process in started}
    assert len(keys) == 1
    assert len(keys.pop().strip()) >= 50
    assert [file.name for file in tmp_path.iterdir()] == ["secret_key"]


def test_a_given_secret_key_is_used_and_none_is_made(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "given")
    assert environment.secret_key(tmp_path) == "given"
    assert list(tmp_path.iterdir()) == []


def test_an_emptied_secret_key_is_not_used(monkeypatch, tmp_path):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    (tmp_path / "secret_key").touch()
    with pytest.raises(ImproperlyConfigured, match="secret_key is empty: delete it"):
        environment.secret_key(tmp_path)


def test_without_an_address_the_database_is_a_file_in_the_data_folder(monkeypatch, tmp_path):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    database = environment.database(tmp_path)
    assert database["ENGINE"] == "django.db.backends.sqlite3"
    assert database["NAME"] == tmp_path / "debate.sqlite3"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgresql://han:p%40ss@db.example.org:6543/debate",
            {"NAME": "debate", "USER": "han", "PASSWORD": "p@ss", "HOST": "db.example.org", "PORT": "6543"},
        ),
        ("postgres://db/debate", {"NAME": "debate", "USER": "", "PASSWORD": "", "HOST": "db", "PORT": ""}),
        ("postgresql:///debate?host=/run/postgresql", {"NAME": "debate", "HOST": "/run/postgresql"}),
        ("postgresql://han@/debate?host=%2Frun%2Fpostgresql", {"HOST": "/run/postgresql", "USER": "han"}),
        ("postgresql:///debate?host=/run/postgresql&port=6543", {"PORT": "6543"}),
    ],
)
def test_the_forms_of_a_database_url(monkeypatch, tmp_path, url, expected):
    monkeypatch.setenv("DATABASE_URL", url)
    database = environment.database(tmp_path)
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert {key: database[key] for key in expected} == expected


def test_what_else_a_database_url_says_goes_to_the_driver(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgresql://db/debate?sslmode=require")
    options = environment.database(tmp_path)["OPTIONS"]
    assert options == {"pool": {"min_size": 1, "max_size": 4}, "options": "-c jit=off", "sslmode": "require"}


def test_the_servers_settings_can_be_made_otherwise(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgresql://db/debate?options=-c%20jit%3Don")
    assert environment.database(tmp_path)["OPTIONS"]["options"] == "-c jit=on"


@pytest.mark.parametrize("url", ["mysql://db/debate", "db/debate", "postgresql//db"])
def test_a_database_url_of_another_kind_is_refused(monkeypatch, tmp_path, url):
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(ImproperlyConfigured, match="write postgresql://user:password@host:5432/name"):
        environment.database(tmp_path)


def test_no_test_runs_on_the_database_of_whoever_runs_it():
    """The runner gives the tests folders and servers of their own."""
    from django.conf import settings

    if "PYTEST_XDIST_WORKER" in os.environ:
        assert settings.DATA_DIR != settings.BASE_DIR / ".data"


def test_a_port_that_is_none_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgresql://db:abc/debate")
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL: Port could not be cast"):
        environment.database(tmp_path)
