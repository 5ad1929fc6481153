from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.once
ROOT = Path(__file__).resolve().parent.parent
TOOLS = ("bash", "cat", "cmp", "cp", "dirname", "rm", "touch", "flock")


@pytest.fixture
def checkout(tmp_path):
    """A copy of the script alone, with a Python to find, nothing installed and nothing to install."""
    for name in ("bin", "requirements", "benchmarks"):
        (tmp_path / name).mkdir()
    add_program(tmp_path / "bin", "python3.13", f'exec "{sys.executable}" "$@"')
    (tmp_path / "requirements" / "run.txt").touch()
    shutil.copy(ROOT / "run", tmp_path / "run")
    return tmp_path


@pytest.fixture
def programs(tmp_path):
    """A PATH with a few tools and no Python."""
    folder = tmp_path / "programs"
    folder.mkdir()
    for name in TOOLS:
        if path := shutil.which(name):
            (folder / name).symlink_to(path)
    return folder


def add_program(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{text}\n")
    (folder / name).chmod(0o755)


def run(checkout: Path, *arguments: str, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": str(path or f"{checkout / 'bin'}:{os.environ['PATH']}"), "HOME": str(checkout)}
    command = [checkout / "run", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)


def found_python(checkout: Path, programs: Path) -> str:
    command = ["bash", "-c", "source ./run && find_python"]
    environment = {"PATH": str(programs), "HOME": str(checkout)}
    return subprocess.run(
        command, cwd=checkout, env=environment, capture_output=True, text=True, check=False
    ).stdout.strip()


@pytest.mark.parametrize("arguments", [(), ("help",), ("--help",)])
def test_without_a_word_it_explains_itself_and_installs_nothing(checkout, arguments):
    answer = run(checkout, *arguments)
    assert answer.returncode == 0
    assert "serve [--host HOST] [--port PORT] [--demo]" in answer.stdout
    assert not (checkout / ".venv").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("serve", "--port", "http"), "serve: --port http: write a number from 1 to 65535."),
        (("serve", "--port=65536"), "serve: --port 65536: write a number from 1 to 65535."),
        (("serve", "--port=08000"), "serve: --port 08000: write a number from 1 to 65535."),
        (("serve", "--host"), "serve: --host wants a value."),
        (("serve", "everything"), "serve: everything is not understood."),
        (("dev", "--demo"), "dev: --demo belongs to serve."),
        (("lint", "pages"), "lint takes no arguments."),
        (("--serve",), "--serve is not understood."),
    ],
)
def test_a_mistaken_argument_is_named_before_anything_is_installed(checkout, arguments, message):
    answer = run(checkout, *arguments)
    assert (answer.returncode, answer.stderr) == (2, f"{message} (./run help)\n")
    assert not (checkout / ".venv").exists()


def test_an_unknown_benchmark_lists_those_there_are(checkout):
    (checkout / "benchmarks" / "million_rows.py").touch()
    (checkout / "benchmarks" / "__init__.py").touch()
    answer = run(checkout, "bench", "nosuch")
    assert answer.returncode == 2
    assert answer.stderr == "There is no benchmark nosuch.\nBenchmarks:\n  million_rows\n"


def test_a_busy_port_is_one_line_before_anything_is_installed(checkout):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        answer = run(checkout, "serve", f"--port={port}")
    assert answer.returncode == 1
    assert answer.stderr.startswith(f"127.0.0.1 port {port} can't be served on: address already in use.")
    assert answer.stderr.count("\n") == 1
    assert not (checkout / ".venv").exists()


def test_a_python_that_is_there_but_does_not_start_is_passed_over(checkout, programs):
    add_program(programs, "python3.13", "echo 'version not selected' >&2; exit 127")
    add_program(programs, "python3.12", f'exec "{sys.executable}" "$@"')
    assert found_python(checkout, programs) == str(programs / "python3.12")


def test_a_python_that_is_too_old_is_passed_over_for_one_of_pyenv(checkout, programs):
    add_program(programs, "python3", "exit 1")
    version = checkout / ".pyenv" / "versions" / "3.12.9" / "bin"
    version.mkdir(parents=True)
    add_program(version, "python", f'exec "{sys.executable}" "$@"')
    assert found_python(checkout, programs) == str(version / "python")


def test_uv_is_asked_last(checkout, programs):
    add_program(programs, "uv", "echo /from/uv/python")
    assert found_python(checkout, programs) == "/from/uv/python"
    add_program(programs, "python3", f'exec "{sys.executable}" "$@"')
    assert found_python(checkout, programs) == str(programs / "python3")


def test_without_any_python_it_says_what_to_install(checkout, programs):
    answer = run(checkout, "python", "-c", "", path=programs)
    assert answer.returncode == 1
    assert "Python 3.12 or newer is needed and was not found." in answer.stderr
    assert "apt-get install python3 python3-venv" in answer.stderr


@pytest.mark.full
def test_two_at_once_install_once_and_an_interrupted_installation_is_redone(checkout):
    command = [checkout / "run", "python", "-c", "print('works')"]
    environment = {"PATH": f"{checkout / 'bin'}:{os.environ['PATH']}", "HOME": str(checkout)}
    both = [subprocess.Popen(command, env=environment, stdout=-1, stderr=-1, text=True) for _ in range(2)]
    answers = [process.communicate(timeout=120) for process in both]
    assert [out for out, _err in answers] == ["works\n", "works\n"]
    assert sum("Installing, about half a minute" in err for _out, err in answers) == 1

    assert "Installing" not in run(checkout, "python", "-c", "").stderr
    (checkout / ".venv" / "unfinished").touch()
    assert "Installing" in run(checkout, "python", "-c", "").stderr
    assert "Installing" not in run(checkout, "python", "-c", "").stderr


@pytest.mark.parametrize("name", ["run", "dev"])
def test_locked_requirements_are_exact_hashed_and_name_no_index(name):
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    assert "://" not in text
    assert not [line for line in text.splitlines() if line.startswith("--")]
    requirements = [line for line in text.splitlines() if line[:1].isalnum()]
    assert requirements
    assert all("==" in line and line.endswith("\\") for line in requirements)
    assert text.count("--hash=sha256:") >= len(requirements)


def test_development_uses_the_versions_that_are_served():
    served, developed = ({*_pins("run")}, {*_pins("dev")})
    shared = {name for name, _version in served} & {name for name, _version in developed}
    assert "django" in shared
    assert {pin for pin in developed if pin[0] in shared} <= served


def _pins(name: str) -> list[tuple[str, str]]:
    lines = (ROOT / "requirements" / f"{name}.txt").read_text().splitlines()
    return [(line.split("==")[0], line.split("==")[1].split()[0]) for line in lines if line[:1].isalnum()]
