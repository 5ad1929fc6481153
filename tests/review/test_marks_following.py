"""Evidence stays with its words when the text of its source changes, by whatever way that comes."""

from __future__ import annotations

import pytest

from debate.publishing import Status
from positions.anchoring import anchor
from positions.models import Evidence
from review.changing import change
from review.deciding import accept
from review.refusals import ReasonMissing
from tests.factories import AppearanceFactory, EventFactory, EvidenceFactory, PositionFactory, SourceFactory
from tests.review.people import author_as

pytestmark = pytest.mark.django_db

TEXT = (
    "The chair opened the hearing at nine.\n\nLee wants a single law for all of them.\n\n"
    "Park wants none at all, as he said."
)
LATER = "A new beginning.\n\n" + TEXT


def coded(source, words, *, status=Status.PUBLISHED, event_status=Status.PUBLISHED, **more):
    start = source.text.index(words)
    found = anchor(source.text, start, start + len(words))
    appearance = AppearanceFactory(session__event=EventFactory(status=event_status))
    values = {name: getattr(found, name) for name in ("quote", "prefix", "suffix", "start", "end", "locator")}
    position = PositionFactory(status=status, appearance=appearance)
    return EvidenceFactory(source=source, position=position, state="exact", **{**values, **more})


def fresh(evidence):
    return Evidence.objects.get(pk=evidence.pk)


def test_marks_follow_their_words_and_the_history_says_why():
    source = SourceFactory(text=TEXT)
    mark = coded(source, "a single law")
    change(source, {"text": LATER}, author_as("reviewer"), reason="The beginning was missing.")
    now = fresh(mark)
    assert (now.state, now.quote, now.locator) == ("exact", "a single law", "¶ 3")
    assert LATER[now.start : now.end] == "a single law"
    assert now.history.first().history_change_reason == "The beginning was missing."


def test_words_that_changed_stay_as_coded_and_wait_to_be_confirmed():
    source = SourceFactory(text=TEXT)
    mark = coded(source, "wants a single law for all")
    change(source, {"text": TEXT.replace("a single law", "one single law")}, author_as("reviewer"), reason="A typo.")
    now = fresh(mark)
    assert (now.state, now.quote, now.prefix, now.locator) == (
        "moved",
        "wants a single law for all",
        mark.prefix,
        "¶ 2",
    )


def test_words_that_are_gone_have_no_place():
    source = SourceFactory(text=TEXT)
    mark = coded(source, "wants a single law for all")
    change(source, {"text": "Something else was said."}, author_as("reviewer"), reason="It was the wrong text.")
    now = fresh(mark)
    assert (now.state, now.quote) == ("not_found", "wants a single law for all")
    assert (now.start, now.end, now.locator) == (None, None, "")


def test_a_moved_mark_does_not_become_exact_with_the_next_change_before_somebody_confirmed_it():
    source = SourceFactory(text=TEXT)
    mark = coded(source, "a single law")
    elsewhere = "Nothing yet.\n\nIn the paper it says a single law is what one wants."
    change(source, {"text": elsewhere}, author_as("reviewer"), reason="Replaced.")
    assert fresh(mark).state == "moved"
    source.refresh_from_db()
    change(source, {"text": elsewhere + "\n\nThe end."}, author_as("reviewer"), reason="Replaced.")
    assert fresh(mark).state == "moved"
    source.refresh_from_db()
    change(source, {"text": TEXT}, author_as("reviewer"), reason="Back to the first.")
    assert (fresh(mark).state, fresh(mark).locator) == ("exact", "¶ 2")


def test_a_place_without_words_is_counted_anew():
    source = SourceFactory(text=TEXT)
    mark = EvidenceFactory(source=source, locator="¶ 2–3")
    page = EvidenceFactory(source=source, locator="p. 7")
    change(source, {"text": LATER}, author_as("reviewer"), reason="The beginning was missing.")
    assert (fresh(mark).locator, fresh(page).locator, fresh(page).revision) == ("¶ 3–4", "p. 7", 1)


def test_a_text_that_is_given_for_the_first_time_finds_what_was_quoted_before():
    source = SourceFactory(text="")
    mark = EvidenceFactory(source=source, quote="a single law", state="exact", locator="¶ 2")
    gone = EvidenceFactory(source=source, quote="never said at all in here", state="exact", locator="¶ 2")
    change(source, {"text": TEXT}, author_as("reviewer"), reason="The text is here now.")
    start = TEXT.index("a single law")
    assert (fresh(mark).state, fresh(mark).start, fresh(mark).prefix) == ("exact", start, TEXT[start - 40 : start])
    assert (fresh(gone).state, fresh(gone).locator) == ("not_found", "¶ 2")


def test_a_correction_of_a_public_source_by_a_contributor_waits_with_its_marks_until_it_is_accepted():
    source = SourceFactory(text=TEXT)
    mark, of_draft = coded(source, "a single law"), coded(source, "wants none", status=Status.DRAFT)
    source.refresh_from_db()
    outcome = change(source, {"text": LATER}, author_as("contributor"), reason="The beginning was missing.")
    source.refresh_from_db()
    assert outcome.waiting and source.text == TEXT
    assert (fresh(mark).locator, fresh(of_draft).locator) == ("¶ 2", "¶ 3")

    accept(outcome.waiting, author_as("reviewer"))

    assert (fresh(mark).locator, fresh(of_draft).locator) == ("¶ 3", "¶ 4")
    assert fresh(mark).history.first().history_user == outcome.waiting.author


def test_evidence_of_a_reviewed_position_in_a_draft_of_a_debate_is_not_changed_by_who_may_not_publish():
    source = SourceFactory(text=TEXT)
    mark = coded(source, "a single law", event_status=Status.DRAFT)
    source.refresh_from_db()
    assert not source.is_public
    outcome = change(source, {"text": LATER}, author_as("editor"), reason="The beginning was missing.")
    assert outcome.waiting
    assert fresh(mark).locator == "¶ 2"
    with pytest.raises(ReasonMissing):
        change(source, {"text": LATER}, author_as("reviewer"))
    assert fresh(mark).locator == "¶ 2"


def test_a_text_that_stays_and_one_that_is_taken_out_leave_the_marks_alone():
    source = SourceFactory(text=TEXT)
    mark = coded(source, "a single law")
    change(source, {"title": "Other minutes"}, author_as("reviewer"), reason="Misread.")
    change(source, {"text": ""}, author_as("reviewer"), reason="Not licensed.")
    assert fresh(mark).revision == 1
