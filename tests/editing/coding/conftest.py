from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import translation

from tests.editing.coding.scenes import hearing
from tests.review.people import person_as


@pytest.fixture(autouse=True)
def _in_english():
    """A request for a Korean page leaves its language to the next one in the thread."""
    with translation.override("en"):
        yield


@pytest.fixture
def scene(db):
    return hearing()


class Coder:
    """Somebody at the coding screen of a source, as the site sees their browser."""

    def __init__(self, client, scene, role):
        self.client, self.scene = client, scene
        self.user = person_as(role, is_staff=True)
        client.force_login(self.user)

    def address(self, name, *args):
        return reverse(f"editing:coding{name}", args=[self.scene.source.public_id, *args])

    def open(self):
        return self.client.get(self.address(""))

    def post(self, name, values, *args):
        return self.client.post(self.address(name, *args), values, content_type="application/json")

    def add(self, values):
        return self.post("-add", values)


@pytest.fixture
def coder(client, scene):
    return lambda role="editor": Coder(client, scene, role)
