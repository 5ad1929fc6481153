from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from django.utils import timezone

from review import tokens
from review.models import Token
from tests.api.programs import PROBLEM, drafts, program_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def program(db):
    return program_of("editor")


def read(program, **headers):
    return program.client.get("/api/v1/topics/", headers={"authorization": f"Bearer {program.text}", **headers})


def refused(response):
    assert (response.status_code, response["Content-Type"]) == (401, PROBLEM)
    assert response["WWW-Authenticate"] == 'Bearer realm="api", error="invalid_token"'
    return response.json()["detail"]


def test_a_token_that_ended_is_refused_even_for_reading_and_says_since_when(program):
    Token.objects.update(expires_at=timezone.now() - timedelta(days=1))
    expired = Token.objects.get().expires_at
    assert refused(read(program)) == f"This token expired on {expired:%Y-%m-%d}."


def test_a_revoked_token_is_refused_at_once(program):
    assert read(program).status_code == 200
    tokens.revoke(Token.objects.get())
    assert refused(read(program)) == "This token was revoked."


def test_the_token_of_an_account_that_is_not_active_is_not_known(program):
    program.owner.is_active = False
    program.owner.save()
    assert refused(read(program)) == "This token is not known here."


def test_a_token_can_no_more_than_its_owner_can_now(program):
    example = drafts()
    assert program.patch(example.addresses["topics"], {"order": 3}).status_code == 200
    program.owner.groups.clear()
    assert program.get(example.addresses["topics"]).status_code == 404
    assert program.post("/api/v1/topics/", {"name": {"en": "x"}}).status_code == 403


@pytest.mark.parametrize(
    "shown",
    ["Bearer", "Bearer ", "Bearer x", "bearer dr_" + "x" * 43, "Bearer dr_한국", "Bearer " + "x" * 5_000, "Bearer a b"],
)
def test_what_is_no_token_is_not_known(client, program, shown):
    response = client.get("/api/v1/topics/", headers={"authorization": shown})
    assert refused(response) == "This token is not known here."


@pytest.mark.parametrize("shown", ["", "Basic ZWRpdG9yOng=", "Token x", "dr_x"])
def test_another_way_of_saying_who_one_is_counts_as_none(client, program, shown):
    assert client.get("/api/v1/topics/", headers={"authorization": shown}).status_code == 200
    response = client.post("/api/v1/topics/", {}, content_type="application/json", headers={"authorization": shown})
    assert (response.status_code, response["WWW-Authenticate"]) == (401, 'Bearer realm="api"')


def test_the_scheme_may_be_written_as_one_likes(client, program):
    made = client.post(
        "/api/v1/topics/",
        {"name": {"en": "x"}},
        content_type="application/json",
        headers={"authorization": f"bEARER   {program.text} "},
    )
    assert made.status_code == 201


def test_its_use_is_noted(program):
    read(program)
    assert timezone.now() - Token.objects.get().last_used_at < timedelta(minutes=1)


def test_a_token_is_in_no_log_and_in_no_answer(program, caplog):
    caplog.set_level(logging.DEBUG)
    answers = [
        program.post("/api/v1/topics/", {"name": 1}),
        program.post("/api/v1/topics/", b"{"),
        program.get("/api/v1/topics/nowhere/"),
        program.client.get("/api/v1/topics/", headers={"authorization": f"Bearer {program.text}x"}),
    ]
    assert all(program.text not in answer.content.decode() + str(answer.headers) for answer in answers)
    assert program.text not in caplog.text
