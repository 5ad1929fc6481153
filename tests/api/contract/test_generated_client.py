"""A program that knows nothing but the schema: a client that a public generator makes from it."""

from __future__ import annotations

import importlib
import subprocess
import sys

import pytest
from django.core.management import call_command

from tests.api.test_schema import COMMITTED

pytestmark = pytest.mark.full
# It is not to format what it made, and knows no media types but a few.
CHOICES = """
post_hooks: []
content_type_overrides:
  application/zip: application/octet-stream
  application/x-ndjson: application/octet-stream
"""


@pytest.fixture(scope="module")
def generated(tmp_path_factory):
    """What the generator said, and where the package is."""
    folder = tmp_path_factory.mktemp("client")
    (folder / "generator.yaml").write_text(CHOICES, encoding="ascii")
    done = subprocess.run(
        [sys.executable, "-m", "openapi_python_client", "generate", "--path", COMMITTED, "--meta", "none",
         "--config", "generator.yaml", "--output-path", "record_client"],
        cwd=folder, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr, folder


@pytest.fixture
def client(generated, record, monkeypatch):
    _said, folder = generated
    monkeypatch.syspath_prepend(folder)
    with importlib.import_module("record_client").Client(base_url=record) as client:
        yield client
    for name in [name for name in sys.modules if name.partition(".")[0] == "record_client"]:
        del sys.modules[name]


@pytest.fixture
def record(django_db_setup, live_server, settings):
    settings.PUBLIC_URL = live_server.url
    call_command("load_bundled", verbosity=0)
    return live_server.url


@pytest.mark.once
def test_the_generator_takes_the_whole_schema(generated):
    said, folder = generated
    assert "warning" not in said.lower(), said
    assert (folder / "record_client" / "models" / "position.py").exists()


def test_it_reads_a_debate_and_walks_through_its_positions(client):
    debate = operation("debates", "debates_retrieve").sync("deepsec-and-koreas-path-in-ai", client=client)
    assert debate.title.en and debate.date.edtf == "XXXX-XX-12"
    pages = [
        operation("positions", "positions_list").sync(client=client, debate=[debate.id], page=page, page_size=10)
        for page in (1, 2, 3, 4)
    ]
    found = [position for page in pages for position in page.results]
    assert len({position.id for position in found}) == len(found) == pages[0].count == 31
    assert all(position.debate.id == debate.id for position in found)
    assert all(position.evidence and position.evidence[0].source.url for position in found)


def test_it_is_told_what_is_wrong(client):
    problem = operation("positions", "positions_list").sync(client=client, speaker=["nobody"])
    assert problem.status == 400 and problem.errors[0].parameter == "speaker"
    assert operation("debates", "debates_retrieve").sync("nothing", client=client).status == 404


def operation(tag: str, name: str):
    return importlib.import_module(f"record_client.api.{tag}.{name}")
