"""Runs the whole suite: on SQLite, then on PostgreSQL, with the browser tests where there is a browser."""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import NoReturn

import pytest

from tests.cluster import ClusterError, find_binaries, running_cluster

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# The operator's own configuration stays out of the tests; above all no test may meet the operator's database.
CONFIGURATION = set(
    "ACCESS_LOG ALLOWED_HOSTS API_RATE AUDIT_DAYS BEHIND_PROXY CONTACT_EMAIL CONTACT_URL DATABASE_POOL DATABASE_URL "
    "DATA_DIR DEBUG EXPORTS_DIR HSTS_SECONDS HSTS_SUBDOMAINS LOAD_BUNDLED LOG_LEVEL PUBLIC_URL SEARCH_INDEX_DIR "
    "SECRET_KEY SESSION_HOURS SITE_NAME STATIC_HASHED STATIC_ROOT TIME_ZONE WEB_CONCURRENCY".split()
)
ALONE = {"--pdb", "--trace", "-s", "--capture", "--numprocesses", "--collect-only", "--co", "-h", "--help"}
SECONDS_TO_STOP = 30
INSTALL_BROWSER = "browser tests (no Chromium found): apt-get install chromium"
INSTALL_POSTGRESQL = "PostgreSQL (no server binaries found): apt-get install postgresql"


@dataclass(frozen=True, slots=True)
class Wish:
    full: bool
    markers: str
    arguments: tuple[str, ...]

    def expression(self, *left_out: str) -> str:
        """The -m of one run: what was asked for, without what belongs to another run."""
        unwanted = left_out if self.full else (*left_out, "full")
        parts = [f"not {marker}" for marker in unwanted]
        return " and ".join([f"({self.markers})", *parts] if self.markers else parts)

    @property
    def not_again(self) -> tuple[str, ...]:
        """What is left out of the second run, on another database."""
        return ("browser", "once", "words") if self.full else ("browser", "once", "words", "faces")

    def parallel(self) -> list[str]:
        """xdist's arguments, unless a choice was made already or the tests are to talk to the terminal."""
        said = {argument.partition("=")[0] for argument in self.arguments}
        return [] if said & ALONE or any(word.startswith("-n") for word in said) else ["--numprocesses=auto"]


def read(arguments: Sequence[str]) -> Wish:
    parser = argparse.ArgumentParser(prog="./run test", allow_abbrev=False, add_help=False)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("-m", dest="markers", default="")
    known, rest = parser.parse_known_args(arguments)
    return Wish(known.full, known.markers, tuple(rest))


def find_browser() -> str | None:
    given = os.environ.get("CHROMIUM")
    if given:
        return shutil.which(given)
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def main(arguments: Sequence[str]) -> int:
    wish = read(arguments)
    started = time.monotonic()
    missing = []
    with ExitStack() as cleanup:
        environment = _environment(wish, cleanup.enter_context(tempfile.TemporaryDirectory(prefix="debate-tests-")))
        if browser := find_browser():
            environment["CHROMIUM"] = browser
        else:
            missing.append(INSTALL_BROWSER)
        results = [_run("SQLite", wish, environment, left_out=() if browser else ("browser",))]
        binaries = find_binaries()
        if not binaries:
            missing.append(INSTALL_POSTGRESQL)
        elif results != [pytest.ExitCode.INTERRUPTED]:
            try:
                environment["DATABASE_URL"] = cleanup.enter_context(running_cluster(binaries))
            except ClusterError as error:
                print(error, file=sys.stderr)
                results.append(pytest.ExitCode.INTERNAL_ERROR)
            else:
                results.append(_run("PostgreSQL", wish, environment, left_out=wish.not_again))
    for part in missing:
        print(f"Not run: {part}")
    print(f"{time.monotonic() - started:.0f} s in all", flush=True)
    return verdict(results, missing, everything_wanted=os.environ.get("CI") == "true")


def verdict(results: Sequence[int], missing: Sequence[str], *, everything_wanted: bool) -> int:
    """The exit code. A run that found none of the chosen tests is no failure if the other found some."""
    nothing, fine = pytest.ExitCode.NO_TESTS_COLLECTED, pytest.ExitCode.OK
    if all(result == nothing for result in results):
        return nothing
    failed = [result for result in results if result not in {nothing, fine}]
    if failed:
        return failed[0]
    return 1 if missing and everything_wanted else 0


def _environment(wish: Wish, data_folder: str) -> dict[str, str]:
    environment = {name: value for name, value in os.environ.items() if name not in CONFIGURATION}
    environment["DATA_DIR"] = data_folder
    if wish.full:
        environment["TEST_FULL"] = "1"
    return environment


def _run(database: str, wish: Wish, environment: dict[str, str], left_out: Sequence[str]) -> int:
    print(f"== {database}", flush=True)
    expression = wish.expression(*left_out)
    command = [sys.executable, "-m", "pytest", *wish.parallel(), *wish.arguments]
    with subprocess.Popen([*command, "-m", expression] if expression else command, env=environment) as tests:
        try:
            return tests.wait()
        except KeyboardInterrupt:
            # The terminal has told pytest as well; it is left time to tear its databases down.
            return tests.wait()
        except SystemExit:
            tests.send_signal(signal.SIGINT)
            try:
                tests.wait(timeout=SECONDS_TO_STOP)
            except subprocess.TimeoutExpired:
                tests.kill()
            raise


def _stop_tidily(number: int, frame: object) -> NoReturn:
    """Raised rather than died of, so that the server and the temporary folders are removed on the way out."""
    sys.exit(128 + number)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _stop_tidily)
    sys.exit(main(sys.argv[1:]))
