"""The program in docs/open-data.md does what it says."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings

from tests.api.test_changes import differing, renamed, whole, withdrawn
from tests.record.commits import as_if_committed

pytestmark = [pytest.mark.django_db, pytest.mark.words]
TEXT = (settings.BASE_DIR / "docs" / "open-data.md").read_text(encoding="utf-8")


@pytest.fixture
def program(client) -> dict[str, Any]:
    """What the last block of Python defines, reading from this site."""

    def read(address: str) -> bytes:
        response = client.get(address.removeprefix("http://127.0.0.1:8000"))
        if response.status_code == 302:
            return read(response["Location"])
        assert response.status_code == 200, address
        return response.getvalue()

    defined: dict[str, Any] = {}
    exec(re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)[-1], defined)
    defined["read"] = read
    return defined


def test_a_copy_made_by_it_follows_the_record(program, example):
    as_if_committed()
    copy, address = program["from_archive"]()
    assert differing(copy, whole()) == set()

    renamed(example.speaker, name_en="Another")
    withdrawn(example.position)
    as_if_committed()
    address = program["follow"](copy, address)
    assert differing(copy, whole()) == set()

    renamed(example.debate, slug="another")
    as_if_committed()
    program["follow"](copy, address)
    assert differing(copy, whole()) == set()


@pytest.mark.parametrize("address", re.findall(r"'http://127\.0\.0\.1:8000(/[^']*)'", TEXT))
def test_every_address_of_a_command_is_there(client, example, address):
    as_if_committed()
    assert client.get(address).status_code in {200, 302, 410}
