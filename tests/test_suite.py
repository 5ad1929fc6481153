"""The suite's own runner: what it runs where, and what it answers."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.__main__ import CONFIGURATION, INSTALL_BROWSER, find_browser, read, verdict
from tests.cluster import ClusterError, find_binaries, running_cluster

pytestmark = pytest.mark.once
ROOT = Path(__file__).resolve().parent.parent


def test_long_tests_are_left_out_unless_everything_is_asked_for():
    assert read([]).expression("browser") == "not browser and not full"
    assert read(["--full"]).expression("browser") == "not browser"
    assert read(["--full"]).expression() == ""


def test_what_pages_and_screens_do_is_asked_of_one_database_unless_everything_is_asked_for():
    assert read([]).not_again == ("browser", "once", "words", "faces")
    assert read(["--full"]).not_again == ("browser", "once", "words")


def test_a_choice_of_markers_is_narrowed_not_replaced():
    wish = read(["-m", "browser or once", "-k", "search", "tests/pages"])
    assert wish.expression("once") == "(browser or once) and not once and not full"
    assert wish.arguments == ("-k", "search", "tests/pages")


@pytest.mark.parametrize("argument", ["--pdb", "-s", "-n0", "--numprocesses=3"])
def test_the_tests_run_in_parallel_unless_one_talks_to_them(argument):
    assert read([]).parallel() == ["--numprocesses=auto"]
    assert read([argument]).parallel() == []


@pytest.mark.parametrize(
    ("results", "missing", "ci", "code"),
    [
        ([0, 0], [], True, 0),
        ([0, 1], [], False, 1),
        ([2], [], False, 2),
        ([0, 5], [], True, 0),
        ([5, 5], [], False, 5),
        ([5, 3], [], False, 3),
        ([0], [INSTALL_BROWSER], False, 0),
        ([0], [INSTALL_BROWSER], True, 1),
    ],
)
def test_the_exit_code_tells_whether_any_part_failed(results, missing, ci, code):
    assert verdict(results, missing, everything_wanted=ci) == code


def test_no_setting_of_the_operator_reaches_the_tests():
    names = set()
    for module in (ROOT / "config").glob("*.py"):
        names |= set(re.findall(r'(?:text|flag|number|words|environ\.get)\("([A-Z_]+)"', module.read_text()))
    assert "DATABASE_URL" in names
    assert names <= CONFIGURATION


def test_a_browser_is_the_one_named_or_none(monkeypatch, tmp_path):
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "nosuch"))
    assert find_browser() is None
    monkeypatch.setenv("CHROMIUM", "/bin/sh")
    assert find_browser() == "/bin/sh"


def test_a_server_that_does_not_start_says_why_and_leaves_nothing(monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("tests.cluster._unprivileged", dict)
    initdb = tmp_path / "bin" / "initdb"
    initdb.parent.mkdir()
    initdb.write_text("#!/bin/sh\necho 'the disk is full' >&2; exit 1\n")
    initdb.chmod(0o755)
    with pytest.raises(ClusterError, match=r"^initdb failed: "), running_cluster(initdb.parent):
        pass
    assert list(tmp_path.iterdir()) == [initdb.parent]


@pytest.mark.full
@pytest.mark.skipif(not find_binaries(), reason="PostgreSQL's server is not installed")
def test_the_server_is_stopped_and_removed_when_the_run_is_interrupted():
    seen = {}

    def interrupted_run():
        with running_cluster(find_binaries()) as url:
            seen["folder"] = Path(url.split("host=")[1])
            seen["pid"] = int((seen["folder"] / "data" / "postmaster.pid").read_text().split()[0])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted_run()
    assert not seen["folder"].exists()
    with pytest.raises(ProcessLookupError):
        os.kill(seen["pid"], 0)
