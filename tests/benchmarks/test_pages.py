from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
COST = {"name", "address", "cpu_ms", "worst_ms", "wall_ms", "ratio", "queries", "gzip_bytes"}


@pytest.mark.once
@pytest.mark.full
def test_it_prints_what_pages_cost_as_one_object_and_finds_the_record_again(tmp_path):
    first = measured(tmp_path, "list of nothing")
    again = measured(tmp_path, "debate, ")
    assert (first["positions"], first["debates"], first["pages"]) == (400, 3, [])
    assert again["database"] == "sqlite"
    pages = {page["name"]: page for page in again["pages"]}
    assert {"debate, typical", "debate, heaviest", "debate, matrix, heaviest"} <= set(pages)
    assert all(set(page) == COST and page["cpu_ms"] > again["bare_ms"] > 0 for page in pages.values())
    typical, heaviest = pages["debate, typical"], pages["debate, heaviest"]
    assert typical["address"] != heaviest["address"] and typical["queries"] == heaviest["queries"] > 0


def measured(folder: Path, only: str) -> dict:
    command = [sys.executable, "-m", "benchmarks.pages", "--positions", "400", "--debates", "3", "--json"]
    environment = {**os.environ, "DATA_DIR": str(folder / "elsewhere"), "DATABASE_URL": ""}
    done = subprocess.run(
        [*command, "--folder", str(folder / "kept"), "--only", only],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert not (folder / "elsewhere").exists()
    return json.loads(done.stdout.splitlines()[-1])
