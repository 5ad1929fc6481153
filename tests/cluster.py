"""A PostgreSQL server for one run of the tests: in a temporary folder, on a socket, gone afterwards."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

OWNER = "debate"
# A socket's path may not be longer than this on any system that PostgreSQL runs on.
SOCKET_FOLDER_MAX = 80
SECONDS_TO_START = 30


class ClusterError(Exception):
    """Its text says what failed and ends with what the server wrote."""


def find_binaries() -> Path | None:
    """The folder of initdb and postgres, the newest version first; they are rarely in PATH."""
    folders = [Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep) if folder]
    versions = Path("/usr/lib/postgresql").glob("*/bin")
    folders += sorted(versions, key=lambda folder: int(folder.parent.name), reverse=True)
    if shutil.which("pg_config"):
        answer = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=False)
        folders.append(Path(answer.stdout.strip()))
    return next((folder for folder in folders if _are_binaries(folder)), None)


def _are_binaries(folder: Path) -> bool:
    return all(os.access(folder / name, os.X_OK) for name in ("initdb", "postgres"))


@contextmanager
def running_cluster(binaries: Path) -> Iterator[str]:
    """Gives the DATABASE_URL of an empty server. Raises ClusterError where it can't be started."""
    with _folder() as folder:
        server = _start(binaries, folder)
        try:
            _wait_until_ready(server, folder)
            yield f"postgresql://{OWNER}@/postgres?host={quote(str(folder))}"
        finally:
            server.send_signal(signal.SIGQUIT)  # at once: nothing in it is worth a checkpoint
            server.wait()


@contextmanager
def _folder() -> Iterator[Path]:
    parent = tempfile.gettempdir()
    path = Path(tempfile.mkdtemp(prefix="debate-tests-", dir=parent if len(parent) < SOCKET_FOLDER_MAX else "/tmp"))
    try:
        if os.geteuid() == 0:
            shutil.chown(path, **_account())
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def _account() -> dict[str, Any]:
    import pwd

    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid}


def _unprivileged() -> dict[str, Any]:
    """Arguments for subprocess: PostgreSQL refuses to be run by root."""
    return {**_account(), "extra_groups": []} if os.geteuid() == 0 else {}


def _start(binaries: Path, folder: Path) -> subprocess.Popen[bytes]:
    # ICU's order rather than C: whatever leans on the server's collation shows here as it would in production.
    order = ("--encoding=UTF8", "--locale=C", "--locale-provider=icu", "--icu-locale=en-US")
    made = subprocess.run(
        [binaries / "initdb", "--pgdata", folder / "data", "--username", OWNER, "--auth=trust", "--no-sync", *order],
        **_unprivileged(),
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        raise ClusterError(f"initdb failed: {made.stderr.strip()}")
    options = {
        "listen_addresses": "",
        "unix_socket_directories": folder,
        "max_connections": 200,
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "autovacuum": "off",
    }
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [binaries / "postgres", "-D", folder / "data", *(f"--{name}={value}" for name, value in options.items())],
            **_unprivileged(),
            cwd=folder,
            stdout=log,
            stderr=subprocess.STDOUT,
            # Ctrl-C in the terminal is for the tests: the server goes when they have stopped.
            start_new_session=True,
        )


def _wait_until_ready(server: subprocess.Popen[bytes], folder: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and server.poll() is None:
        try:
            psycopg.connect(host=str(folder), user=OWNER, dbname="postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise ClusterError(f"PostgreSQL did not start: {(folder / 'log').read_text(errors='replace').strip()}")
