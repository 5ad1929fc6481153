from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.once
@pytest.mark.full
def test_it_measures_every_way_of_taking_the_record(tmp_path):
    command = [sys.executable, "-m", "benchmarks.exports", "--positions", "1000", "--folder", str(tmp_path), "--json"]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    figures = json.loads(done.stdout.splitlines()[-1])
    assert figures["positions"] == 1000
    rows = {one["name"]: one["rows"] for one in figures["measured"]}
    assert 0 < rows.pop("filtered") < 1000
    assert rows.pop("popolo") > 0
    assert rows == {"bare": 1000, "statements": 1000, "lines": 1000, "archive": 1000}
    assert all(one["grown_mb"] < 100 and one["bytes"] > 1_000 for one in figures["measured"])
