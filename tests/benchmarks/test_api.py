from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
FIGURES = {
    "positions", "database", "bare_ms", "drf_ms", "datasette_ms", "cold_ms", "changed_ms", "unchanged_ms",
    "not_modified_ms", "first_page_ms", "deep_page_ms", "cursor_ms", "queries_cold", "asked",
}  # fmt: skip
ALWAYS = {"bare", "DRF", "Datasette", "cold", "changed", "unchanged", "not modified", "first", "deep"}


@pytest.mark.once
@pytest.mark.full
@pytest.mark.parametrize(("wanted", "positions"), [(31, 31), (90, 90)])
def test_it_prints_what_requests_cost_as_one_object(tmp_path, wanted, positions):
    figures = measured(tmp_path, wanted)
    assert set(figures) == FIGURES
    assert figures["positions"] == positions and figures["database"] == "sqlite"
    asked = {one["name"]: one for one in figures["asked"]}
    assert set(asked) >= ALWAYS
    assert asked["cold"]["cpu_ms"] == figures["cold_ms"] > 0 and asked["bare"]["queries"] == 0
    assert figures["queries_cold"] == asked["cold"]["queries"] > 0
    assert "stance=supports" in asked["DRF"]["address"] and "supports" in asked["Datasette"]["address"]


@pytest.mark.once
@pytest.mark.full
def test_all_peers_are_asked_for_the_same_rows_in_the_same_order(tmp_path):
    """In a process of its own, whose database is not that of the tests."""
    done = run("-c", SAME_ROWS, str(tmp_path), folder=tmp_path)
    site, plain, datasette = json.loads(done.splitlines()[-1])
    assert len(site[1]) == 20
    assert site == plain == datasette


SAME_ROWS = """
import json, sys
from pathlib import Path
from benchmarks.scale.record import fill_bundled, set_up
set_up(Path(sys.argv[1]))
fill_bundled()
from django.test import override_settings
from benchmarks import api
from benchmarks.peers.wsgi import HOST, Site
with override_settings(ROOT_URLCONF="benchmarks.peers.plain", ALLOWED_HOSTS=[HOST]):
    with api.datasette_over(Path(sys.argv[1])) as peer:
        stances = api.stances_of_a_page()
        query = "&".join(f"stance={stance}" for stance in stances)
        ours = json.loads(Site().get(f"/api/v1/positions/?{query}&page_size=20").body)
        plain = json.loads(Site().get(f"/drf/positions/?{query}").body)
        flat = json.loads(peer.ask(peer.address(stances)))
capacities = lambda rows, name: [[one[name] for one in row["capacities"]] for row in rows]
evidence = lambda rows, name: [[one[name] for one in row["evidence"]] for row in rows]
print(json.dumps([
    [count, [row[key] for row in rows], capacities(rows, key if key == "id" else "public_id"),
     evidence(rows, key if key == "id" else "public_id")]
    for count, rows, key in (
        (ours["count"], ours["results"], "id"),
        (plain["count"], plain["results"], "public_id"),
        (flat["filtered_table_rows_count"], [{**row, "public_id": row["id"]} for row in flat["rows"]], "public_id"),
    )
]))
"""


def measured(folder: Path, positions: int) -> dict:
    done = run("-m", "benchmarks.api", "--positions", str(positions), "--rounds", "1", "--json", folder=folder)
    return json.loads(done.splitlines()[-1])


def run(*arguments: str, folder: Path) -> str:
    environment = {**os.environ, "DATA_DIR": str(folder / "elsewhere"), "DATABASE_URL": ""}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
