"""Answers that are given again: never older than the record, and told apart by what they are."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import replace

import brotli
import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from api import compression
from api.kept import Kept, Store, store, without_encoding
from debate.publishing import Status
from positions.models import Position
from record.version import Stamp
from search.find import find
from search.models import UnansweredQuestion
from tests.api.examples import make_example
from tests.factories import PositionFactory, TopicFactory

LISTS = "/api/v1/positions/", "/api/v1/positions.csv", "/api/v1/positions.ndjson", "/api/v1/search/?q=measure"


@pytest.fixture
def shown(transactional_db):
    """The example, committed: what is told within a transaction is not kept."""
    store.clear()
    return make_example()


def again(client, address, response, **headers):
    return client.get(address, headers={"if-none-match": response["ETag"], **headers})


@pytest.mark.parametrize("address", LISTS)
def test_an_unchanged_list_is_a_304_that_costs_one_small_query(client, shown, address, django_assert_num_queries):
    first = client.get(address)
    assert first.status_code == 200 and b"".join(first)
    with django_assert_num_queries(1):
        unchanged = again(client, address, first)
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert unchanged["ETag"] == first["ETag"]
    assert unchanged["Cache-Control"] == first["Cache-Control"] == "public, no-cache"
    assert unchanged["Vary"] == first["Vary"] == "Accept, Accept-Encoding"


def test_the_same_question_is_answered_in_full_again_with_one_query(client, shown, django_assert_num_queries):
    first = client.get("/api/v1/positions/?stance=supports")
    with django_assert_num_queries(1):
        second = client.get("/api/v1/positions/?stance=supports")
    assert second.content == first.content
    assert dict(second.items()) == dict(first.items())
    assert client.get("/api/v1/positions/?stance=opposes").content != first.content


def test_an_edit_is_in_the_next_answer_whole_and_conditional(client, shown):
    for address in (*LISTS, shown.addresses["positions"]):
        before = client.get(address)
        told = b"".join(before)
        Position.objects.filter(pk=shown.position.pk).update(summary_en=f"Asks for measure and more: {address}")
        after = again(client, address, before)
        assert after.status_code == 200 and f"more: {address}".encode() in b"".join(after), address
        assert told != b"".join(client.get(address))


def test_what_is_withdrawn_is_gone_from_the_next_answer(client, shown):
    address = "/api/v1/positions/?page_size=100"
    listed = client.get(address).json()
    single = client.get(shown.addresses["positions"])
    assert shown.position.public_id in {one["id"] for one in listed["results"]}
    shown.position.status, shown.position.withdrawn_because = Status.WITHDRAWN, "Published twice."
    shown.position.withdrawn_at = "2026-03-01T09:00:00Z"
    shown.position.save()
    assert shown.position.public_id not in {one["id"] for one in client.get(address).json()["results"]}
    assert again(client, shown.addresses["positions"], single).status_code == 410


def test_a_draft_changes_no_answer_and_no_etag(client, shown):
    first = client.get("/api/v1/positions/")
    PositionFactory(status=Status.DRAFT, appearance=shown.appearance, on=shown.proposition)
    assert again(client, "/api/v1/positions/", first).status_code == 304


def test_what_is_not_yet_committed_is_told_to_nobody_later(client, shown):
    topic = TopicFactory(name_en="Before")
    address = f"/api/v1/topics/{topic.slug}/"
    with transaction.atomic():
        topic.name_en = "Within"
        topic.save()
        assert client.get(address).json()["name"]["en"] == "Within"
        transaction.set_rollback(True)
    assert client.get(address).json()["name"]["en"] == "Before"


def test_a_record_by_itself_has_a_strong_etag_of_its_bytes_that_another_edit_leaves(client, shown):
    address = shown.addresses["topics"]
    first = client.get(address)
    assert first["ETag"] == f'"{hashlib.sha256(first.content).hexdigest()[:32]}"'
    Position.objects.filter(pk=shown.position.pk).update(summary_en="Another summary.")
    assert again(client, address, first).status_code == 304
    assert client.get(address)["ETag"] == first["ETag"]


def test_etags_differ_by_question_form_and_compression(client, shown):
    etags = [
        client.get("/api/v1/positions/")["ETag"],
        client.get("/api/v1/positions/?page_size=1")["ETag"],
        client.get("/api/v1/positions/", headers={"accept": "application/ld+json"})["ETag"],
        client.get("/api/v1/positions/", headers={"accept-encoding": "gzip"})["ETag"],
        client.get("/api/v1/positions/", headers={"accept-encoding": "br"})["ETag"],
    ]
    assert len(set(etags)) == len(etags)
    assert {without_encoding(etag) for etag in etags[3:]} == {etags[0]}
    assert not any(etag.startswith("W/") for etag in etags)


@pytest.mark.parametrize("address", LISTS[:3])
def test_answers_come_compressed_to_those_who_can_read_them(client, shown, address):
    plain = b"".join(client.get(address))
    for encoding, read in (("gzip", gzip.decompress), ("br", brotli.decompress)):
        response = client.get(address, headers={"accept-encoding": encoding})
        assert response["Content-Encoding"] == encoding
        assert read(b"".join(response)) == plain
    both = client.get(address, headers={"accept-encoding": "gzip, deflate, br"})
    assert both["Content-Encoding"] == "br"
    assert not client.get(address, headers={"accept-encoding": "br;q=0, identity"}).has_header("Content-Encoding")


def test_head_tells_what_get_would_without_the_body(client, shown):
    for address in ("/api/v1/positions/", shown.addresses["debates"], "/api/v1/version/"):
        for _time in range(2):
            told, asked = client.get(address), client.head(address)
            assert asked.content == b"" and asked["Content-Length"] == str(len(told.content))
            assert asked["ETag"] == told["ETag"]


def test_what_goes_wrong_is_not_kept(client, shown):
    for address, status in (("/api/v1/topics/later/", 404), ("/api/v1/topics/?color=red", 400)):
        response = client.get(address)
        assert (response.status_code, response["Cache-Control"]) == (status, "no-store")
    TopicFactory(slug="later")
    assert client.get("/api/v1/topics/later/").status_code == 200


def test_a_search_that_finds_nothing_is_noted_each_time(client, shown):
    for _time in range(2):
        assert client.get("/api/v1/search/?q=zebrafish").json()["count"] == 0
    assert UnansweredQuestion.objects.get().times == 2


@pytest.mark.parametrize("address", ["search/", "positions/", "statements/"])
def test_what_was_found_in_an_index_that_is_behind_is_not_kept(client, shown, address, monkeypatch):
    module = {"search/": "api.overview", "positions/": "api.resources", "statements/": "api.statements"}[address]
    monkeypatch.setattr(f"{module}.find", lambda filters, **part: replace(find(filters, **part), is_behind=True))
    response = client.get(f"/api/v1/{address}?q=measure")
    assert (response.status_code, response["Cache-Control"]) == (200, "no-store")
    monkeypatch.undo()
    assert client.get(f"/api/v1/{address}?q=measure")["Cache-Control"] == "public, no-cache"


def test_every_list_and_record_is_kept_under_the_state_of_the_record(client, shown, django_assert_num_queries):
    for resource, address in shown.addresses.items():
        for one in (f"/api/v1/{resource}/", address):
            client.get(one)
            with django_assert_num_queries(1):
                assert client.get(one).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example"])
def test_another_host_is_refused_whether_or_not_an_answer_is_kept(client, shown, host):
    client.get("/api/v1/positions/")
    response = client.get("/api/v1/positions/", headers={"host": host})
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert response.json()["detail"] == "This host name is not served here."


def test_a_mistake_of_the_site_is_a_problem_document_too(client, shown, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("api.overview.linked.context", lambda: 1 / 0)
    response = client.get("/api/v1/context/")
    assert (response.status_code, response["Content-Type"]) == (500, "application/problem+json")
    assert response.json()["type"].endswith("#failed")


@pytest.mark.once
def test_the_oldest_answers_make_room():
    small = Store(most_bytes=100)
    questions = [(Stamp(number, "t"), "/api/v1/", "") for number in range(4)]
    for question in questions[:3]:
        small.put(question, Kept(b"x" * 20, {}, '"e"'))
    assert small.get(questions[0]) is None and small.get(questions[1])  # which is asked for, and so the newer now
    small.put(questions[3], Kept(b"x" * 20, {}, '"e"'))
    assert small.get(questions[2]) is None and small.get(questions[1])


@pytest.mark.parametrize("ending", ["csv", "ndjson"])
def test_the_head_of_a_whole_list_reads_no_records(client, shown, ending, monkeypatch):
    address = f"/api/v1/positions.{ending}"
    whole = client.get(address)
    monkeypatch.setattr("api.resources.position_rows", None)
    head = client.head(address)
    assert (head.status_code, head["ETag"], head["Content-Type"]) == (200, whole["ETag"], whole["Content-Type"])


def test_what_is_asked_and_the_headers_take_room_as_well():
    small = Store(most_bytes=1_000)
    long, links = (Stamp(1, "t"), "/api/v1/?" + "x" * 600, ""), {"Link": "x" * 900}
    small.put(long, Kept(b"x", {}, '"e"'))
    small.put((Stamp(2, "t"), "/api/v1/", ""), Kept(b"x", links, '"e"'))
    assert small.get(long) is None
    small.put((Stamp(3, "t"), "/api/v1/", "x" * 999), Kept(b"x", {}, '"e"'))
    assert small.get((Stamp(2, "t"), "/api/v1/", "")) is None
    small.put((Stamp(3, "t"), "/api/v1/", "x" * 999), Kept(b"x", {}, '"e"'))
    assert small.get((Stamp(3, "t"), "/api/v1/", "x" * 999)) is None  # larger than all the room there is


@pytest.mark.once
@given(st.lists(st.binary(), max_size=20), st.sampled_from(list(compression.COMPRESS)))
def test_pieces_and_the_whole_are_read_back_the_same(pieces, encoding):
    read = {"gzip": gzip.decompress, "br": brotli.decompress}[encoding]
    assert read(b"".join(compression.pieces(pieces, encoding))) == b"".join(pieces)
    assert read(compression.COMPRESS[encoding](b"".join(pieces))) == b"".join(pieces)


@pytest.mark.once
@pytest.mark.parametrize(
    ("accepted", "best"),
    [
        ("", ""), ("identity", ""), ("gzip", "gzip"), ("*", "br"), ("br;q=0", ""), ("gzip;q=0.5, br;q=0.1", "br"),
        ("GZIP , deflate", "gzip"), ("br;q=0, *", "gzip"), ("gzip;q=x", ""), (",;,=", ""),
    ],
)  # fmt: skip
def test_what_can_be_read_is_told_by_accept_encoding(accepted, best):
    assert compression.best_of(accepted) == best


@pytest.mark.once
@pytest.mark.parametrize("encoding", list(compression.COMPRESS))
def test_the_first_piece_goes_out_before_the_second_is_asked_for(encoding):
    def pieces():
        yield b"id,stance\r\n"
        raise AssertionError("asked for more than the first")

    assert next(compression.pieces(pieces(), encoding))
