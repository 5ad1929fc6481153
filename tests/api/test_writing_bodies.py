"""What a request carries is read strictly: each mistake is told with its place, and none is a server error."""

from __future__ import annotations

import json
from contextlib import suppress
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.resources import RESOURCES
from api.writing import document
from api.writing.bodies import BODIES
from api.writing.document import Faulty, Unreadable
from positions.models import Topic
from tests.api.programs import PROBLEM, bodies, drafts, program_of

pytestmark = [pytest.mark.django_db, pytest.mark.words]
TOPICS = "/api/v1/topics/"


@pytest.fixture
def editor(db):
    return program_of("reviewer")


def errors(response):
    assert (response.status_code, response["Content-Type"]) == (422, PROBLEM), response.content
    return {error["pointer"]: error["detail"] for error in response.json()["errors"]}


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (b" ", "It is not JSON: Expecting value, line 1, column 2."),
        (b"{", "It is not JSON"),
        (b"[]", "It is no JSON object"),
        (b'"text"', "It is no JSON object"),
        (b"null", "It is no JSON object"),
        (b'{"order": 1, "order": 2}', "'order' is there twice in one object."),
        (b'{"name": {"en": "x", "en": "y"}}', "'en' is there twice in one object."),
        (b'{"order": NaN}', "NaN is no JSON."),
        (b'{"order": -Infinity}', "-Infinity is no JSON."),
        (b'{"order": ' + b"9" * 5_000 + b"}", "is too large a number."),
        (b'{"name": "\xff"}', "It is not UTF-8: byte 10 can't be read."),
        (b'\xef\xbb\xbf{"order": 1}', "It is not JSON"),
        (b'{"a":' * 20 + b"1" + b"}" * 20, "more than 12 deep"),
        (b"[" * 100_000, "It is no"),
        (b'{"a":' * 100_000, "It"),
    ],
)
def test_what_is_no_clear_json_is_a_bad_request(editor, sent, told):
    response = editor.post(TOPICS, sent)
    assert (response.status_code, response["Content-Type"]) == (400, PROBLEM)
    assert told in response.json()["detail"] or "deep" in response.json()["detail"]
    assert not Topic.objects.exists()


def test_a_name_that_is_there_twice_is_found_at_once_among_very_many():
    names = ", ".join(f'"{number}": 0' for number in range(100_000))
    began = process_time()
    with pytest.raises(document.Unreadable, match="'99999' is there twice"):
        document.read(f'{{{names}, "99999": 0}}'.encode())
    assert process_time() - began < 2


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "", "x"])
def test_anything_but_json_is_not_taken(editor, kind):
    response = editor.post(TOPICS, b'{"name": {"en": "x"}}', content_type=kind)
    assert (response.status_code, response["Content-Type"]) == (415, PROBLEM)
    assert "application/json" in response.json()["detail"]


@pytest.mark.parametrize(
    "kind", ["application/json; charset=utf-8", "APPLICATION/JSON", "application/merge-patch+json"]
)
def test_json_is_taken_under_its_names(editor, kind):
    assert editor.post(TOPICS, b'{"name": {"en": "x"}}', content_type=kind).status_code == 201


def test_a_body_has_an_end(editor):
    response = editor.post(TOPICS, {"description": {"en": "x" * document.LARGEST}})
    assert (response.status_code, response.json()["detail"]) == (413, "At most 2,000,000 bytes.")
    text = "한" * 200_000
    made = editor.post("/api/v1/sources/", {"kind": "article", "title": "Long", "text": text, "text_public": True})
    assert made.status_code == 201 and made.json()["text"] == text


def test_texts_that_no_database_keeps_are_told_with_their_place(editor):
    response = editor.post(TOPICS, b'{"name": {"en": "a\\u0000b", "ko": "\\ud800"}, "a\\u0000": 1}')
    assert errors(response) == {
        "/name/en": "There is a NUL character in it.",
        "/name/ko": "There is half a character in it: a surrogate without its other half.",
        "": "There is a NUL character in it.",
    }


def test_every_mistake_is_told_at_once_with_what_would_be_right(editor):
    sent = {
        "title": {"en": 1, "fr": "x"},
        "subtitle": "text",
        "kind": "party",
        "date": 2025,
        "venue": {"country": 5, "street": "x"},
        "languages": "ko",
        "organizations": [{"organization": "nobody", "role": "guest", "since": 1}, 3, {}],
        "sources": {"source": "x"},
        "id": "x",
        "updated_at": "now",
        "colour": "red",
        "a/b~c": 1,
    }
    found = errors(editor.post("/api/v1/debates/", sent))
    assert found.pop("/colour").startswith("There is no such field. There are: title, subtitle,")
    assert found.pop("/a~1b~0c").startswith("There is no such field.")
    only_read = "It follows from other fields, or is kept by the record: leave it out."
    assert found == {
        "/title/en": "Write a text, or null.",
        "/title/fr": "There is no such language. There are: en, ko.",
        "/subtitle": 'Write the text in its languages, as in {"en": "…", "ko": "…"}, or null.',
        "/kind": "'party' is none of: debate, hearing, plenary, interview, press_conference, publication.",
        "/date": 'Write EDTF, as in "2025-02" or {"edtf": "2025-02"}, or null.',
        "/venue/country": "Write a text, or null.",
        "/venue/street": "There is no such field. There are: name, room, locality, country.",
        "/languages": 'Write a list of language codes, as in ["ko", "en"].',
        "/organizations/0/organization": "There is no organization 'nobody'.",
        "/organizations/0/role": "'guest' is none of: host, co_host, sponsor, subject.",
        "/organizations/0/since": "There is no such field. There are: organization, role.",
        "/organizations/1": "Write an object with: organization, role.",
        "/organizations/2/organization": "It is missing.",
        "/sources": "Write a list of all there are to be.",
        "/id": only_read,
        "/updated_at": only_read,
    }


def test_what_the_admin_would_refuse_is_refused_with_its_place(editor):
    dates = errors(
        editor.post("/api/v1/debates/", {"title": {"en": "x" * 301}, "date": "12 Feb", "slug": "not a slug"})
    )
    assert set(dates) == {"/title/en", "/date", "/slug"}
    assert "Write for example" in dates["/date"]
    address = {"kind": "article", "title": "x", "address": "javascript:alert(1)"}
    assert "/address" in errors(editor.post("/api/v1/sources/", address))
    nameless = editor.post("/api/v1/sources/", {"kind": "article"}).json()["errors"]
    whole = "Give the title as printed, or describe the source in your own words."
    assert {"pointer": "", "detail": whole} in nameless
    names = {"name": {"en": "x"}, "names": [{"text": "y", "period": "2025/2020"}], "links": [{"address": "ftp://x"}]}
    assert {"/names/0/period", "/links/0/address"} <= set(errors(editor.post("/api/v1/speakers/", names)))
    example = drafts()
    position = {**bodies(example)["positions"], "stance": "conditional"}
    assert errors(editor.post("/api/v1/positions/", position))["/stance"] == "Say on which condition."
    appearance = {**bodies(example)["appearances"], "speaker": example.speaker.slug}
    several = editor.post("/api/v1/appearances/", appearance).json()["errors"]
    assert {"pointer": "", "detail": "Name one: a person, an organization, or a label as printed."} in several
    circle = editor.patch(example.addresses["topics"], {"parent": example.topic.slug})
    assert errors(circle)["/parent"] == "This would make it a part of itself."


@pytest.mark.parametrize(
    ("resource", "document", "told"),
    [
        ("sessions", {"order": -1}, "Write a whole number from 0 to 32767."),
        ("sessions", {"order": 40_000}, "Write a whole number from 0 to 32767."),
        ("sessions", {"order": True}, "Write a whole number from 0 to 32767."),
        ("sessions", {"order": 1.5}, "Write a whole number from 0 to 32767."),
        ("sessions", {"order": 10**17}, "Write a whole number from 0 to 32767."),
        ("sessions", {"order": None}, "Write a whole number from 0 to 32767."),
        ("sessions", {"starts_at": "25:00"}, "Write a time, as in 14:30, or null."),
        ("sessions", {"starts_at": "14:30+09:00"}, "Write a time, as in 14:30, or null."),
        ("sessions", {"debate": None}, "Write the id of a debate."),
        ("sessions", {"debate": {"url": "x"}}, "Write the id of a debate."),
        ("sessions", {"debate": ["x"]}, "Write the id of a debate."),
        ("sources", {"accessed": "2025-02-30"}, "Write a day, as in 2025-02-12, or null."),
        ("sources", {"accessed": "2025-W01-1"}, "Write a day, as in 2025-02-12, or null."),
        ("sources", {"accessed": 20250101}, "Write a day, as in 2025-02-12, or null."),
        ("sources", {"text_public": "yes"}, "Write true or false."),
        ("sources", {"paragraph_count": 2**31}, "Write a whole number from 0 to 2147483647, or null."),
        ("sources", {"translation_of": 5}, "Write the id of a source, or null."),
        ("sources", {"quoting": None}, "None is none of: nothing, short_passages, all."),
        ("positions", {"proposition": {"id": "x", "wording": "1"}}, 'or {"id": "…", "wording": 1}.'),
        ("positions", {"proposition": "nowhere"}, "There is no proposition 'nowhere'."),
        ("positions", {"capacities": ["nowhere"]}, "There is no capacity 'nowhere'."),
        ("propositions", {"topics": [None]}, "Write the id of a topic."),
        ("propositions", {"topics": ["x"] * 501}, "At most 500."),
    ],
)
def test_a_value_of_the_wrong_kind_is_told_what_would_be_right(editor, resource, document, told):
    example = drafts()
    found = errors(editor.patch(example.addresses[resource], document))
    assert len(found) == 1 and next(iter(found.values())).endswith(told)


def test_the_same_row_is_not_there_twice(editor):
    example = drafts()
    path = example.addresses["speakers"]
    name = {"text": "Other", "language": "en", "kind": "former"}
    assert set(errors(editor.patch(path, {"names": [name, name]}))) == {"/names/1"}
    rows = [{"id": example.capacity.public_id}] * 2
    assert set(errors(editor.patch(example.addresses["appearances"], {"capacities": rows}))) == {"/capacities/1"}


def test_one_record_has_one_language_of_its_source(editor):
    sent = {"name": {"en": "x", "source_language": "en"}, "description": {"en": "y", "source_language": "ko"}}
    assert set(errors(editor.post(TOPICS, sent))) == {"/description"}


@pytest.mark.parametrize("reason", [5, None, ["x"], "x" * 1_001])
def test_a_reason_is_a_text_that_is_not_too_long(editor, reason):
    assert set(errors(editor.post(TOPICS, {"name": {"en": "x"}, "reason": reason}))) == {"/reason"}


@pytest.mark.parametrize("resource", RESOURCES)
def test_an_empty_document_makes_nothing_and_changes_nothing(editor, resource):
    example = drafts()
    path = example.addresses[resource]
    before = editor.get(path)
    assert errors(editor.post(f"/api/v1/{resource}/", {}))
    same = editor.patch(path, {})
    assert (same.status_code, same.json(), same["ETag"]) == (200, before.json(), before["ETag"])


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["en", "ko", "draft", "2025"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text() | st.sampled_from(["id", "en"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.binary() | st.text().map(str.encode) | JSON.map(lambda value: json.dumps(value).encode()))
def test_whatever_is_sent_is_read_or_refused_in_words(text):
    with suppress(Unreadable, Faulty):
        assert document.read(text) == json.loads(text)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_document_is_a_server_error(editor, data):
    resource = data.draw(st.sampled_from(sorted(BODIES)))
    names = st.sampled_from([*BODIES[resource].fields, "reason", "id"]) | st.text(max_size=5)
    sent = data.draw(st.dictionaries(names, JSON, max_size=5))
    response = editor.post(f"/api/v1/{resource}/", sent)
    assert response.status_code in {201, 202, 400, 422}, response.content


def test_of_very_many_mistakes_the_first_are_told_and_how_many_there_are():
    told = program_of("editor").post("/api/v1/topics/", {"name": {"en": "T"}, **{f"no-{n}": 1 for n in range(300)}})
    assert told.status_code == 422
    assert len(told.json()["errors"]) == 100
    assert "There are 300 mistakes; the first 100 are told." in told.json()["detail"]
