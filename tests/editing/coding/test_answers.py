"""Who may ask what of the coding screen's addresses, and how they are refused."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse

from positions.models import Position
from tests.editing.coding.scenes import hearing, statement
from tests.factories import EvidenceFactory, PositionFactory
from tests.review.people import person_as

pytestmark = pytest.mark.django_db
JSON = "application/json"


def addresses(scene, position="x", passage="y"):
    source = scene.source.public_id
    return {
        "marks": ("get", reverse("editing:coding-marks", args=[source])),
        "speakers": ("get", reverse("editing:coding-speakers")),
        "propositions": ("get", reverse("editing:coding-propositions")),
        "add": ("post", reverse("editing:coding-add", args=[source])),
        "send": ("post", reverse("editing:coding-send", args=[source])),
        "edit": ("post", reverse("editing:coding-edit", args=[source, position])),
        "remove": ("post", reverse("editing:coding-remove", args=[source, position])),
        "add-passage": ("post", reverse("editing:coding-add-passage", args=[source, position])),
        "remove-passage": ("post", reverse("editing:coding-remove-passage", args=[source, position, passage])),
    }


def asked(client, method, address):
    return client.get(address) if method == "get" else client.post(address, {}, content_type=JSON)


def test_strangers_are_told_so_in_json_and_not_led_to_a_login(client, scene):
    for name, (method, address) in addresses(scene).items():
        answer = asked(client, method, address)
        assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json"), name
        assert answer["Cache-Control"].startswith("max-age=0"), name


@pytest.mark.parametrize("options", [{"role": "", "is_staff": True}, {"role": "editor", "is_staff": False}])
def test_whoever_may_not_code_is_refused_everywhere(client, scene, options):
    client.force_login(person_as(**options))
    for name, (method, address) in addresses(scene).items():
        assert asked(client, method, address).status_code == 403, name
    assert client.get(reverse("editing:coding", args=[scene.source.public_id])).status_code in {302, 403}


def test_an_administrator_sees_but_codes_nothing(coder):
    administrator = coder("administrator")
    assert administrator.open().status_code == 200
    answer = administrator.add(statement(administrator.scene))
    assert answer.status_code == 403
    assert not Position.objects.exists()


def test_the_other_method_is_refused(coder):
    editor = coder()
    for name, (method, address) in addresses(editor.scene).items():
        other = "post" if method == "get" else "get"
        assert asked(editor.client, other, address).status_code == 405, name


def test_a_request_from_another_site_is_refused(scene):
    client = Client(enforce_csrf_checks=True)
    client.force_login(person_as("editor", is_staff=True))
    address = reverse("editing:coding-add", args=[scene.source.public_id])
    assert client.post(address, statement(scene), content_type=JSON).status_code == 403
    assert not Position.objects.exists()


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", JSON, 400),
        (b"[]", JSON, 400),
        (b"\xff\xfe", JSON, 400),
        (b'{"stance": "\\u0000"}', JSON, 400),
        (b'{"stance": "\\ud800"}', JSON, 400),
        (b'{"start": 1e400}', JSON, 400),
        (b"stance=supports", "application/x-www-form-urlencoded", 415),
        (b'{"summary_en": "' + b"x" * 70_000 + b'"}', JSON, 413),
        (b'{"summary_en": "' + b"x" * 3_000_000 + b'"}', JSON, 413),
        (b'{"stance": {"a": [1, {"b": null}]}, "start": true, "capacities": {"x": 1}}', JSON, 422),
    ],
)
def test_what_can_not_be_read_is_refused_plainly(coder, body, kind, status):
    editor = coder()
    answer = editor.client.post(editor.address("-add"), body, content_type=kind)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert answer.json()["detail"]


def test_records_of_another_source_are_not_there(coder):
    editor = coder()
    evidence = EvidenceFactory(position=PositionFactory())
    for name in ("edit", "remove", "add-passage", "remove-passage"):
        method, address = addresses(editor.scene, evidence.position.public_id, evidence.public_id)[name]
        answer = asked(editor.client, method, address)
        assert (answer.status_code, answer.json()["status"]) == (404, 404), name
    other = hearing()
    mine = EvidenceFactory(position=PositionFactory(appearance=editor.scene.appearances[0]), source=editor.scene.source)
    elsewhere = EvidenceFactory(position=mine.position, source=other.source)
    address = editor.address("-remove-passage", mine.position.public_id, elsewhere.public_id)
    assert editor.client.post(address, json.dumps({"revision": 1}), content_type=JSON).status_code == 404


def test_a_source_that_is_not_there_is_no_page(coder):
    assert coder().client.get(reverse("editing:coding", args=["nothing"])).status_code == 404
