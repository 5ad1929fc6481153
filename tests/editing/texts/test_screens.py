from __future__ import annotations

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from debate.models import Source
from debate.publishing import Status
from editing.texts import incoming, views
from positions.anchoring import anchor
from positions.models import Evidence
from review.models import Revision
from tests.factories import EditorFactory, EvidenceFactory, PositionFactory, SourceFactory
from tests.pages.reading import links, words
from tests.review.people import person_as

pytestmark = pytest.mark.django_db

TEXT = (
    "The chair opened the hearing at nine and thanked everybody.\n\n"
    "Lee wants a single law for all of them, and soon.\n\n"
    "Park said that nobody asked the shops. We need more time, he said.\n\n"
    "The others agreed with the date of the hearing. We need more time, they said."
)
CHANGED = "A new beginning.\n\n" + TEXT.replace("a single law for all", "one single law for all")


@pytest.fixture
def source():
    return SourceFactory(public_id="minutes1", text=TEXT, paragraph_count=4)


@pytest.fixture
def reviewer(client):
    client.force_login(person_as("reviewer", is_staff=True))
    return client


def coded(source, quote, occurrence=1, *, status=Status.PUBLISHED):
    start = -1
    for _time in range(occurrence):
        start = source.text.index(quote, start + 1)
    found = anchor(source.text, start, start + len(quote))
    values = {name: getattr(found, name) for name in ("quote", "prefix", "suffix", "start", "end", "locator")}
    return EvidenceFactory(source=source, position=PositionFactory(status=status), state="exact", **values)


def sent(client, step, text, *, revision=1, **more):
    data = {"step": step, "text": text, "revision": revision, "lines": "as_they_are", "reason": "", **more}
    return client.post("/admin/sources/minutes1/text/", data)


def value_of(response, name, number=0):
    return re.findall(rf'name="{name}" value="([^"]*)"', response.text)[number]


def fresh(record):
    return type(record)._base_manager.get(pk=record.pk)


def test_a_text_is_shown_in_numbered_paragraphs_before_anything_is_saved(reviewer, source):
    response = sent(reviewer, "look", "One\u200b here.\r\n\r\n\r\nTwo  there.\x07")
    assert "Paragraphs 2" in words(response)
    assert "Taken out 1 control character, 1 character that nobody sees, spaces tidied at 1 place" in words(response)
    assert "¶ 1 One here. ¶ 2 Two there." in words(response)
    assert "The source is recorded with 4 paragraphs, this text has 2." in words(response)
    assert fresh(source).text == TEXT


def test_what_is_saved_is_clean_counted_and_in_the_history(reviewer, source):
    response = sent(reviewer, "save", "One\u200b here.\r\n\r\n\r\nTwo  there.")
    now = fresh(source)
    assert response.status_code == 302
    assert (now.text, now.paragraph_count, now.revision) == ("One here.\n\nTwo there.", 2, 2)
    assert now.history.first().history_user.username.startswith("reviewer")


def test_the_fate_of_each_mark_is_told_before(reviewer, source):
    coded(source, "thanked everybody")
    coded(source, "a single law for all")
    coded(source, "nobody asked the shops")
    gone = CHANGED.replace("Park said that nobody asked the shops. We need more time, he said.\n\n", "")
    response = sent(reviewer, "look", gone)
    assert "exact 1 to be confirmed 1 not found 1" in words(response)
    assert "<ins>one</ins>" in response.text
    assert "<del>a</del>" in response.text
    assert [one.locator for one in response.context["preview"].renamed] == ["¶ 2"]


def test_a_mark_is_confirmed_with_the_new_text(reviewer, source):
    mark = coded(source, "a single law for all")
    looked = sent(reviewer, "look", CHANGED)
    choice = {f"mark-{mark.public_id}": value_of(looked, f"mark-{mark.public_id}")}
    sent(reviewer, "save", CHANGED, reason="Corrected.", **choice)
    now = fresh(mark)
    assert (now.state, now.quote, now.locator) == ("exact", "one single law for all", "¶ 3")
    assert CHANGED[now.start : now.end] == now.quote
    assert now.prefix.endswith("Lee wants ")


def test_of_words_that_are_there_twice_one_is_chosen(reviewer, source):
    mark = coded(source, "We need more time")
    text = TEXT.replace("Park said that nobody asked the shops.", "Another beginning altogether here.").replace(
        ", he said", "!"
    )
    looked = sent(reviewer, "look", text)
    assert "to be confirmed 1" in words(looked)
    second = value_of(looked, f"mark-{mark.public_id}", 1)
    sent(reviewer, "save", text, reason="Corrected.", **{f"mark-{mark.public_id}": second})
    assert (fresh(mark).state, fresh(mark).quote) == ("exact", "We need more time")
    assert fresh(mark).start == int(second.split("-")[0])


def test_a_mark_may_be_kept_as_not_found_or_be_left_for_later(reviewer, source):
    given_up, later = coded(source, "a single law for all"), coded(source, "wants a single law")
    sent(reviewer, "save", CHANGED, reason="Corrected.", **{f"mark-{given_up.public_id}": "not_found"})
    assert (fresh(given_up).state, fresh(given_up).start) == ("not_found", None)
    assert fresh(later).state == "moved"
    listed = reviewer.get("/admin/sources/minutes1/marks/")
    assert "2 marks are not where they were coded." in words(listed)
    assert [one.evidence for one in listed.context["marks"]] == [later, given_up]


def test_marks_that_are_left_are_settled_later(reviewer, source):
    mark = coded(source, "a single law for all")
    response = sent(reviewer, "save", CHANGED, reason="Corrected.")
    assert response.url == "/admin/sources/minutes1/marks/"
    listed = reviewer.get(response.url)
    name, seen = f"mark-{mark.public_id}", f"revision-{mark.public_id}"
    data = {name: value_of(listed, name), seen: value_of(listed, seen), "reason": "Compared with the tape."}
    reviewer.post(response.url, data)
    assert (fresh(mark).state, fresh(mark).quote) == ("exact", "one single law for all")
    assert fresh(mark).history.first().history_change_reason == "Compared with the tape."
    assert "Every mark in this text is where it was coded." in words(reviewer.get(response.url))


def test_a_mark_that_somebody_else_settled_meanwhile_is_not_overwritten(reviewer, source):
    mark = coded(source, "a single law for all")
    sent(reviewer, "save", CHANGED, reason="Corrected.")
    name = f"mark-{mark.public_id}"
    value = value_of(reviewer.get("/admin/sources/minutes1/marks/"), name)
    data = {name: value, f"revision-{mark.public_id}": "1", "reason": "Late."}
    response = reviewer.post("/admin/sources/minutes1/marks/", data)
    assert response.status_code == 409
    assert "It was changed by somebody else meanwhile." in words(response)
    assert fresh(mark).state == "moved"


@pytest.mark.parametrize("value", ["5-3", "0-999999", "x", "12", "3-3"])
def test_a_place_that_is_not_in_the_text_is_refused(reviewer, source, value):
    mark = coded(source, "a single law for all")
    sent(reviewer, "save", CHANGED, reason="Corrected.")
    response = reviewer.post("/admin/sources/minutes1/marks/", {f"mark-{mark.public_id}": value, "reason": "x"})
    assert response.status_code == 409
    assert "A place that was chosen is no longer in the text." in words(response)


def test_a_mark_of_another_source_is_left_alone(reviewer, source):
    other = coded(SourceFactory(text=TEXT), "a single law for all")
    sent(reviewer, "save", CHANGED, **{f"mark-{other.public_id}": "not_found"})
    assert fresh(other).state == "exact"


def test_a_text_that_changed_meanwhile_is_not_overwritten_and_both_are_shown(reviewer, source):
    Source.objects.get(pk=source.pk).save()
    response = sent(reviewer, "save", CHANGED, revision=1)
    assert response.status_code == 409
    assert "It was changed by somebody else meanwhile. Nothing was overwritten." in words(response)
    assert "<ins>A new beginning." in response.text
    assert response.context["form"].initial["text"] == CHANGED
    assert 'name="revision" value="2"' in response.text
    assert fresh(source).text == TEXT


def test_a_published_source_asks_for_a_reason_and_keeps_what_was_chosen(reviewer, source):
    mark = coded(source, "a single law for all")
    name = f"mark-{mark.public_id}"
    chosen = value_of(sent(reviewer, "look", CHANGED), name)
    response = sent(reviewer, "save", CHANGED, **{name: chosen})
    assert response.status_code == 400
    assert "Say why: this changes something published." in words(response)
    assert re.search(rf'value="{chosen}"\s+checked', response.text)
    assert fresh(source).text == TEXT


def test_a_contributors_text_of_a_public_source_waits(client, source):
    mark = coded(source, "a single law for all")
    client.force_login(person_as("contributor", is_staff=True))
    response = client.post(
        "/admin/sources/minutes1/text/",
        {"step": "save", "text": CHANGED, "revision": fresh(source).revision, "reason": "Corrected."},
        follow=True,
    )
    assert "The text waits until somebody who may publish accepts it." in words(response)
    assert (fresh(source).text, fresh(mark).state) == (TEXT, "exact")
    assert Revision.objects.get().values["text"] == CHANGED


def test_a_contributors_confirmation_of_public_evidence_waits(client, source):
    mark = coded(source, "a single law for all")
    Evidence.objects.filter(pk=mark.pk).update(state="moved")
    client.force_login(person_as("contributor", is_staff=True))
    data = {f"mark-{mark.public_id}": "not_found", "reason": "It is not there."}
    response = client.post("/admin/sources/minutes1/marks/", data, follow=True)
    assert "1 mark waits until somebody who may publish accepts it." in words(response)
    assert fresh(mark).state == "moved"


@pytest.mark.parametrize(
    ("name", "content", "paragraphs"),
    [
        ("a.txt", "정부는 기다린다.\n\n끝.".encode("cp949"), ["정부는 기다린다.", "끝."]),
        ("a.TXT", "One.\n\nTwo.".encode("utf-16"), ["One.", "Two."]),
        ("a.html", b"<h1>One</h1><p>Two <b>three</b></p><script>x</script>", ["One", "Two three"]),
        ("a.srt", b"1\r\n00:00:01,000 --> 00:00:02,500\r\nLEE: One.\r\n", ["[00:00:01–00:00:02] LEE: One."]),
        ("a.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Lee>One.\n", ["[00:00:01–00:00:02] Lee: One."]),
    ],
)
def test_files_become_paragraphs(reviewer, source, name, content, paragraphs):
    response = sent(reviewer, "look", "", file=SimpleUploadedFile(name, content))
    assert [text for _number, text in response.context["preview"].paragraphs] == paragraphs


def test_pasted_subtitles_are_known_by_their_beginning(reviewer, source):
    response = sent(reviewer, "look", "1\n00:00:01,000 --> 00:00:02,500\nLEE: One.\n")
    assert "[00:00:01–00:00:02] LEE: One." in words(response)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.pdf", b"%PDF", "Files ending in .txt, .html, .htm, .srt, .vtt can be read, not .pdf."),
        ("noending", b"x", "not one without an ending."),
        ("a.txt", b"PK\x00\x01", "It can't be read as text."),
        ("a.srt", b"no times", "There are no subtitles in it"),
    ],
)
def test_a_file_that_cant_be_read_is_refused_with_a_reason_and_the_text_is_kept(
    reviewer, source, name, content, message
):
    response = sent(reviewer, "look", "What I typed.", file=SimpleUploadedFile(name, content))
    assert response.status_code == 400
    assert message in html.unescape(words(response))
    assert "What I typed." in response.text


def test_a_file_that_is_too_large_is_refused_while_it_comes_in(reviewer, source, monkeypatch):
    monkeypatch.setattr(views, "MAX_BYTES", 100)
    response = sent(reviewer, "look", "What I typed.", file=SimpleUploadedFile("a.txt", b"x" * 200_000))
    assert response.status_code == 400
    assert "The file is larger than 0 MB." in words(response)


def test_a_text_that_is_too_long_is_refused(reviewer, source, monkeypatch):
    monkeypatch.setattr(incoming, "LONGEST", 10)
    response = sent(reviewer, "look", "Much too long for that.")
    assert response.status_code == 400
    assert "The text has 23 characters. At most 10 are kept" in words(response)


@pytest.mark.parametrize("data", [{}, {"revision": "x", "text": "y"}, {"revision": 1, "text": "y", "lines": "z"}])
def test_a_form_that_no_page_sends_is_refused(reviewer, source, data):
    assert reviewer.post("/admin/sources/minutes1/text/", data).status_code == 400
    assert fresh(source).text == TEXT


def test_what_is_pasted_comes_back_as_paragraphs(reviewer):
    response = reviewer.post("/admin/sources/pasted/", {"html": "<p>One<script>x</script></p><p>two</p>"})
    assert response.json() == {"text": "One\n\ntwo"}


@pytest.mark.parametrize(
    "path", ["/admin/sources/minutes1/text/", "/admin/sources/minutes1/marks/", "/admin/sources/pasted/"]
)
def test_nobody_else_sees_it(client, source, path):
    assert client.post(path).status_code == 302
    client.force_login(person_as("administrator", is_staff=True))
    assert client.post(path).status_code == 403
    assert fresh(source).text == TEXT


@pytest.mark.parametrize("marks", [1, 8])
def test_looking_at_a_text_runs_the_same_queries_at_any_number_of_marks(
    reviewer, source, marks, django_assert_max_num_queries
):
    for _mark in range(marks):
        coded(source, "a single law for all")
    sent(reviewer, "look", CHANGED)
    with django_assert_max_num_queries(12) as counted:
        sent(reviewer, "look", CHANGED)
    looked = len(counted)
    Evidence.objects.update(state="moved")
    with django_assert_max_num_queries(12) as listed:
        reviewer.get("/admin/sources/minutes1/marks/")
    assert (looked, len(listed)) == (LOOK_QUERIES, LIST_QUERIES)


LOOK_QUERIES, LIST_QUERIES = 7, 7


def test_the_list_of_marks_is_paged(reviewer, source, monkeypatch):
    monkeypatch.setattr(views, "MARKS_SHOWN", 2)
    for _mark in range(3):
        coded(source, "a single law for all")
    Evidence.objects.update(state="moved")
    first, second = (reviewer.get(f"/admin/sources/minutes1/marks/?page={page}") for page in (1, 2))
    assert (len(first.context["marks"]), len(second.context["marks"])) == (2, 1)
    assert reviewer.get("/admin/sources/minutes1/marks/?page=x").status_code == 200


def test_the_admin_leads_to_the_text_and_does_not_change_it_itself(client, source):
    client.force_login(EditorFactory())
    response = client.get(f"/admin/debate/source/{source.pk}/change/")
    assert "/admin/sources/minutes1/text/" in links(response)
    assert "/admin/sources/minutes1/marks/" in links(response)
    assert 'name="text"' not in response.text
